"""Another contact of the same kind, chosen by typing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from minicrm_tui.domain.contacts import ContactRef, ContactRow
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.reads import read_anew

if TYPE_CHECKING:
    from minicrm_tui.store.store import Store

MOST = 30
"""Answers that are shown: who needs more types more."""


class ContactPicker(ModalScreen[ContactRef | None]):
    """A field and its answers, anew with each key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), tooltip=N_("Stay where you were"), id="pick.close"),
        Binding("down,ctrl+n", "move(1)", N_("Down"), show=False, tooltip=N_("The next answer"), id="pick.down"),
        Binding("up,ctrl+p", "move(-1)", N_("Up"), show=False, tooltip=N_("The answer before"), id="pick.up"),
    ]

    DEFAULT_CSS = """
    ContactPicker {
        align: center top;
        #pick { width: 80%; max-width: 100; height: auto; max-height: 80%; margin-top: 2; background: $surface;
            border: round $primary; padding: 0 1; }
        #picked { border: none; height: 1; padding: 0; background: $surface; }
        #picked:focus { border: none; }
        #picks { border: none; height: auto; max-height: 20; background: $surface; padding: 0;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #hint { height: 1; color: $text-muted; display: none; }
        #hint.-nobody { display: block; }
    }
    """

    def __init__(self, title: str, store: Store, besides: ContactRef) -> None:
        super().__init__()
        self._title = title
        self._store = store
        self._besides = besides
        self._rows: tuple[ContactRow, ...] = ()
        self._found_for: str | None = None

    def compose(self) -> ComposeResult:
        """The field, the answers, and what enter does."""
        with Vertical(id="pick") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("enter: this one · esc"))
            yield Input(placeholder=_("name, company, phone or e-mail"), id="picked")
            yield OptionList(id="picks", markup=False)
            yield Static(Content(_("Nobody else matches.")), id="hint")

    def on_mount(self) -> None:
        """The field keeps the focus; the arrows move in the answers."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        read_anew(self, "find", partial(self._find, ""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask anew."""
        read_anew(self, "find", partial(self._find, event.value.strip()))

    async def _find(self, text: str) -> None:
        try:
            rows = await self._store.contacts(text, self._besides.kind, 0, MOST)
        except CrmError as error:
            self.notify(error.sentence(), severity="warning", markup=False)
            return
        if text == self.query_one(Input).value.strip():
            self._found_for = text
            self._rows = tuple(row for row in rows if row.ref != self._besides)
            options = self.query_one(OptionList)
            options.clear_options()
            options.add_options([_line(row) for row in self._rows])
            options.highlighted = 0 if self._rows else None
            self.query_one("#hint").set_class(not self._rows, "-nobody")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one under the cursor; typed faster than found: ask first."""
        if event.value.strip() != self._found_for:
            await self._find(event.value.strip())
        chosen = self.query_one(OptionList).highlighted
        if self._rows and chosen is not None:
            self.dismiss(self._rows[chosen].ref)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        self.dismiss(self._rows[event.option_index].ref)

    def action_move(self, by: int) -> None:
        """The cursor in the answers."""
        options = self.query_one(OptionList)
        if self._rows:
            options.highlighted = ((options.highlighted or 0) + by) % len(self._rows)

    def action_close(self) -> None:
        """`esc`."""
        self.dismiss(None)


def _line(row: ContactRow) -> Content:
    channels = [channel.value for channel in (row.phone, row.email) if channel is not None]
    beside = " · ".join(part for part in (row.company, *channels) if part)
    return Content.assemble(row.name, (f"  {beside}", "dim"))
