"""The program's commands as the palette and the keymap see them: read from the bindings, never listed twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from minicrm_tui.i18n import _
from minicrm_tui.screens.keymap import Command, commands_of


def palette_commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """What can be done here and now, by name."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is None or binding.id in seen or not active.enabled or _is_motion(binding.id):
            continue
        seen.add(binding.id)
        run = partial(app.run_action, binding.action, active.node)
        yield SystemCommand(_(binding.description), f"{_(binding.tooltip)} ({app.get_key_display(binding)})", run)


def _is_motion(name: str) -> bool:
    """Whether only a key makes sense of it."""
    room, _dot, rest = name.partition(".")
    return (
        room in ("list", "board", "line", "edit") or rest.isdigit() or name in ("view.back", "app.palette", "go.chord")
    )


def all_commands(app_type: type[DOMNode]) -> list[Command]:
    """Every command that has an id, by the screen where it is live."""
    from minicrm_tui.screens.forms import FieldForm
    from minicrm_tui.screens.help import HelpScreen
    from minicrm_tui.screens.jump import JumpScreen
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.screens.reading import TextScreen
    from minicrm_tui.widgets.card_commands import CardCommands
    from minicrm_tui.widgets.card_list import CardList
    from minicrm_tui.widgets.card_page import CardPage
    from minicrm_tui.widgets.column import PipelineColumn
    from minicrm_tui.widgets.desk import Desk
    from minicrm_tui.widgets.in_place import InPlaceEditor
    from minicrm_tui.widgets.pipeline import PipelineBoard
    from minicrm_tui.widgets.row_list import RowList

    everywhere: list[type[DOMNode]] = [app_type, MainScreen, CardCommands, RowList]
    found = commands_of("main", [*everywhere, Desk, CardList, PipelineBoard, PipelineColumn])
    found += commands_of("page", [*everywhere, CardPage])
    for screen_type in (FieldForm, JumpScreen, HelpScreen, TextScreen, InPlaceEditor):
        found += commands_of(screen_type.__name__, [screen_type])
    return found
