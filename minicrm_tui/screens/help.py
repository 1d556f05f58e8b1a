"""`?`: the keys that work here, read from the bindings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import N_, _
from minicrm_tui.widgets.cells import cell_width, cut, fit

TWO_COLUMNS = 90
"""Cells from which two columns fit."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One command: its keys as they are shown, its name and what it does."""

    room: str
    keys: str
    name: str
    what: str

    def matches(self, text: str) -> bool:
        """Whether a typed text is in it."""
        return fold(text) in fold(f"{self.keys} {self.name} {self.what}")


ROOMS = (
    ("contacts", N_("Contacts")),
    ("contact", N_("The contact")),
    ("field", N_("The fields")),
    ("trash", N_("The trash")),
    ("task", N_("The task")),
    ("card", N_("Cards")),
    ("document", N_("The document")),
    ("page", N_("The card's page")),
    ("mark", N_("Marks")),
    ("list", N_("The list")),
    ("board", N_("The pipeline")),
    ("grid", N_("The items")),
    ("go", N_("Going")),
    ("module", N_("Modules")),
    ("view", N_("The view")),
    ("app", N_("Everywhere")),
)


def keys_of(screen: Screen[object]) -> tuple[KeyLine, ...]:
    """The commands that are live on this screen now, by where they belong."""
    keys: dict[str, list[str]] = {}
    bindings: dict[str, Binding] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is not None and active.enabled:
            keys.setdefault(binding.id, []).append(screen.app.get_key_display(binding))
            bindings.setdefault(binding.id, binding)
    lines = [
        KeyLine(_room(binding), " ".join(keys[name]), _(binding.description), _(binding.tooltip))
        for name, binding in bindings.items()
        if not _is_number(name)
    ]
    order = [room for room, _name in ROOMS]
    return tuple(sorted([*lines, *_numbers(bindings)], key=lambda line: order.index(line.room)))


def _is_number(name: str) -> bool:
    return name.startswith("module.") and name[-1].isdigit()


def _numbers(names: Iterable[str]) -> Iterable[KeyLine]:
    """Nine keys that do the same are one line."""
    numbers = sorted(name[-1] for name in names if _is_number(name))
    if numbers:
        yield KeyLine("module", f"{numbers[0]} … {numbers[-1]}", _("Module"), _("Show the module with this number"))


def _room(binding: Binding) -> str:
    """The part before the dot, where it is one of the rooms."""
    room = (binding.id or "").partition(".")[0]
    return room if any(room == known for known, _name in ROOMS) else "view"


class HelpScreen(ModalScreen[None]):
    """The keys in two columns, narrowed by what one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), tooltip=N_("Back to the cards"), id="help.close"),
        Binding("down", "scroll(1)", N_("Down"), show=False, tooltip=N_("A line down"), id="help.down"),
        Binding("up", "scroll(-1)", N_("Up"), show=False, tooltip=N_("A line up"), id="help.up"),
        Binding("pagedown", "scroll(10)", N_("Page down"), show=False, tooltip=N_("A page down"), id="help.page_down"),
        Binding("pageup", "scroll(-10)", N_("Page up"), show=False, tooltip=N_("A page up"), id="help.page_up"),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        #help { width: 90%; max-width: 124; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
        #find { border: none; height: 1; padding: 0; background: $surface; margin-bottom: 1; }
        #find:focus { border: none; }
        #keys-scroll { height: 1fr; scrollbar-size-vertical: 1; }
        #keys-shown { width: 100%; height: auto; }
    }
    """

    def __init__(self, lines: Sequence[KeyLine]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """A field to narrow, and the keys."""
        with Vertical(id="help") as box:
            box.border_title = Content(_("Keys"))
            box.border_subtitle = Content(_("type to find · esc closes"))
            yield Input(placeholder=_("find a key or a command"), id="find")
            with VerticalScroll(id="keys-scroll", can_focus=False):
                yield Static(id="keys-shown")

    def on_mount(self) -> None:
        """All keys at first."""
        self.call_after_refresh(self._show, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrowed by each key."""
        self._show(event.value)

    def on_resize(self) -> None:
        """One column or two."""
        self.call_after_refresh(lambda: self._show(self.query_one("#find", Input).value))

    def _show(self, text: str) -> None:
        width = self.query_one("#keys-scroll").content_size.width
        lines = [line for line in self._lines if line.matches(text)]
        drawn = drawn_keys(lines, width) if lines else Content(_("No key does that."))
        self.query_one("#keys-shown", Static).update(drawn)

    def action_scroll(self, lines: int) -> None:
        """The field keeps the focus while the keys scroll."""
        self.query_one("#keys-scroll").scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """`esc`."""
        self.dismiss(None)


def drawn_keys(lines: Sequence[KeyLine], width: int) -> Content:
    """The keys under their headings; in two columns where they fit."""
    columns = 2 if width >= TWO_COLUMNS else 1
    each = width // columns
    rows = _rows(lines, each - 2)
    if columns == 1:
        return Content("\n").join(rows)
    half = (len(rows) + 1) // 2
    left, right = rows[:half], [*rows[half:], Content("")]
    pairs = [
        Content.assemble(one, " " * max(0, each - one.cell_length), right[at] if at < len(right) else "")
        for at, one in enumerate(left)
    ]
    return Content("\n").join(pairs)


def _rows(lines: Sequence[KeyLine], width: int) -> list[Content]:
    rows: list[Content] = []
    keys_width = max(cell_width(line.keys) for line in lines) + 2
    room = ""
    for line in lines:
        if line.room != room:
            room = line.room
            heading = Content.styled(_(dict(ROOMS)[room]), "bold $text-primary")
            rows += [Content(""), heading] if rows else [heading]
        rows.append(_row(line, keys_width, width))
    return rows


def _row(line: KeyLine, keys_width: int, width: int) -> Content:
    keys = fit(line.keys, keys_width)
    return Content.assemble((keys, "bold $text-accent"), cut(line.what or line.name, width - keys_width))
