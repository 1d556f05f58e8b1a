"""The commands: ids, tooltips, no two on one key, the keymap, and each pressed once on an empty file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from textual.binding import Binding

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.screens.help import keys_of
from minicrm_tui.settings import Settings
from tests.conftest import HandClock
from tests.ui.conftest import Crm, Opening

OURS = "minicrm_tui"

KEYS_OF_UX = (
    *"123456789", "left_square_bracket", "right_square_bracket", "shift+left", "shift+right", "tab", "slash", "x",
    "ctrl+k", "ctrl+p", "colon", "question_mark", "u", "U", "ctrl+r", "escape", "q", "g", "home", "G", "end",
    *"jkhl", "up", "down", "left", "right", "ctrl+d", "ctrl+u", "pageup", "pagedown", "enter", *"nieto", "space", "v",
    "ctrl+a", "asterisk", *"LHWXmy", "delete", "number_sign", *"dcDpP", "full_stop", "Q", "exclamation_mark",
)  # fmt: skip


def our_bindings(crm: Crm) -> list[tuple[str, Binding]]:
    """Every binding that is live on the screen, by the class that owns it."""
    chain = crm.app.screen._modal_binding_chain
    return [
        (type(node).__name__, binding)
        for node, bindings in chain
        if type(node).__module__.startswith(OURS)
        for _key, binding in bindings
    ]


async def panes(crm: Crm) -> list[list[tuple[str, Binding]]]:
    crm.screen.desk.focus_cards()
    await crm.idle()
    found = [our_bindings(crm)]
    crm.screen.desk.focus_board()
    await crm.idle()
    found.append(our_bindings(crm))
    await crm.press("enter")
    if crm.bench.page.is_open:
        found.append(our_bindings(crm))
        await crm.press("escape")
    return found


def own(bindings: list[tuple[str, Binding]]) -> list[tuple[str, Binding]]:
    """Without what Textual declares on every screen and app."""
    foreign = {"app.focus_next", "app.focus_previous", "screen.copy_text", "help_quit"}
    return [(owner, binding) for owner, binding in bindings if binding.action not in foreign]


async def test_every_command_has_an_id_a_name_and_a_tooltip(crm: Crm) -> None:
    for bindings in await panes(crm):
        for owner, binding in own(bindings):
            assert binding.id, f"{owner}: {binding.key} has no id"
            assert binding.description, f"{binding.id} has no name"
            assert binding.tooltip, f"{binding.id} has no tooltip"


async def test_an_id_is_one_command(crm: Crm) -> None:
    for bindings in await panes(crm):
        actions: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for owner, binding in own(bindings):
            actions[binding.id or ""].add((owner, binding.action))
        assert {name: uses for name, uses in actions.items() if len(uses) > 1} == {}


async def test_no_two_live_commands_share_a_key(crm: Crm) -> None:
    for bindings in await panes(crm):
        keys: dict[str, set[str]] = defaultdict(set)
        for _owner, binding in own(bindings):
            keys[binding.key].add(binding.id or "")
        assert {key: ids for key, ids in keys.items() if len(ids) > 1} == {}


async def test_every_key_of_the_design_is_bound(crm: Crm) -> None:
    keys = {binding.key for bindings in await panes(crm) for _owner, binding in bindings}
    assert [key for key in KEYS_OF_UX if key not in keys] == []


async def test_every_key_can_be_pressed_on_an_empty_file(empty_crm: Crm) -> None:
    keys = dict.fromkeys(binding.key for bindings in await panes(empty_crm) for _owner, binding in own(bindings))
    for key in keys:
        if key in ("q", "ctrl+q"):
            continue
        await empty_crm.press(key)
        await empty_crm.press("escape")
        assert empty_crm.app.is_running
    while empty_crm.app.screen is not empty_crm.screen:
        await empty_crm.press("escape")
    await empty_crm.press("u", "n", "a", "enter")
    assert empty_crm.cursor_name == "a"


LIST_SCREENS = {"contacts": ("g", "c"), "contact": ("g", "c", "enter"), "fields": ("g", "f"), "trash": ("g", "t")}


@pytest.mark.parametrize("where", LIST_SCREENS)
async def test_a_screen_of_one_list_has_its_commands_in_order(crm: Crm, where: str) -> None:
    await crm.press("delete", *LIST_SCREENS[where])
    found = own(our_bindings(crm))
    assert [binding for _owner, binding in found if not (binding.id and binding.description and binding.tooltip)] == []
    keys: dict[str, set[str]] = defaultdict(set)
    for _owner, binding in found:
        keys[binding.key].add(binding.id or "")
    # `q` goes back from here; from the cards it ends the program.
    assert {key: ids for key, ids in keys.items() if len(ids) > 1} == {"q": {"screen.close", "app.quit"}}
    shown = {line.name for line in keys_of(crm.app.screen)}
    assert {"Back", "Undo"} <= shown


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "seeded"])
@pytest.mark.parametrize("where", LIST_SCREENS)
async def test_every_key_of_a_screen_of_one_list_can_be_pressed(opening: Opening, where: str, empty: bool) -> None:
    crm = await opening(empty=empty)
    await crm.press("delete", *LIST_SCREENS[where])
    keys = dict.fromkeys(binding.key for _owner, binding in own(our_bindings(crm)))
    there = crm.app.screen, crm.app.focused
    for key in keys:
        if key in ("q", "ctrl+q"):
            continue
        await crm.press(key)
        assert crm.app.is_running, key
        if (crm.app.screen, crm.app.focused) != there:
            while crm.app.screen is not crm.screen:
                await crm.press("escape")
            await crm.press(*LIST_SCREENS[where])
            there = crm.app.screen, crm.app.focused
    while crm.app.screen is not crm.screen:
        await crm.press("escape")
    assert not crm.asks


async def test_a_key_of_the_keymap_works_in_place_of_the_old_one(opening: Opening) -> None:
    crm = await opening(keymap={"task.done_only": "z"})
    await crm.press("z")
    assert (await crm.card("Acme Industries")).tasks == ()


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"task.done": "p"}, ("task.done", "task.postpone")),
        ({"task.done": "z", "task.postpone": "z"}, ("task.done", "task.postpone")),
        ({"app.undo": "slash"}, ("app.undo", "view.filter")),
        ({"app.undo": "?"}, ("app.undo", "app.help")),
        ({"task.dona": "z"}, ("task.dona", "task.done")),
        ({"task.done": " "}, ("task.done",)),
    ],
)
def test_a_wrong_keymap_is_refused_at_the_start(
    tmp_path: Path, clock: HandClock, keymap: dict[str, str], said: tuple[str, ...]
) -> None:
    with pytest.raises(CannotStart) as refused:
        MiniCRMApp(tmp_path / "crm.db", Settings(keymap=keymap), clock=clock)
    assert all(name in refused.value.sentence() for name in said)


def test_two_commands_may_swap_their_keys(tmp_path: Path, clock: HandClock) -> None:
    app = MiniCRMApp(tmp_path / "crm.db", Settings(keymap={"task.done": "p", "task.postpone": "d"}), clock=clock)
    assert app.is_running is False
