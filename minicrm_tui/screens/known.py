"""Before a contact is saved: those who are known by the same e-mail, phone or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from minicrm_tui.domain.contact_forms import why_alike
from minicrm_tui.domain.contacts import ContactKind, ContactRef, Similar
from minicrm_tui.i18n import N_, _
from minicrm_tui.widgets.cells import fit

_KIND_CELLS = 10


class KnownScreen(ModalScreen[ContactRef | bool]):
    """Answers the known one that is meant, True to save all the same, False to go back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "answer(True)", N_("Save all the same"), tooltip=N_("It is somebody else"), id="known.save"),
        Binding("escape", "answer(False)", N_("Back"), tooltip=N_("Back to the form"), id="known.leave"),
    ]

    DEFAULT_CSS = """
    KnownScreen {
        align: center middle;
        #known { width: 76; max-width: 96%; height: auto; max-height: 80%; background: $surface;
            border: round $warning; padding: 0 1; }
        #known Static { height: auto; margin-bottom: 1; }
        OptionList { border: none; height: auto; max-height: 12; background: $surface; padding: 0;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        OptionList:focus { border: none; }
        OptionList:focus > .option-list--option-highlighted { background: $primary 35%; color: $foreground; }
    }
    """

    def __init__(self, found: Sequence[Similar], *, is_new: bool) -> None:
        super().__init__()
        self._found = tuple(found)
        self._is_new = is_new

    def compose(self) -> ComposeResult:
        """What it is about, and a line for each of them."""
        with Vertical(id="known") as box:
            box.border_title = Content(_("Known already"))
            use = _("enter: use this one · s: save all the same · esc: back")
            box.border_subtitle = Content(use if self._is_new else _("s: save all the same · esc: back"))
            yield Static(Content(_("Somebody with the same e-mail, phone or name is among the contacts.")))
            yield OptionList(*(self._line(each) for each in self._found), markup=False)

    def _line(self, each: Similar) -> Content:
        """Who it is; under it, what is the same, which no long name may hide."""
        kind = _("Company") if each.ref.kind is ContactKind.COMPANY else _("Person")
        beside = f" · {each.beside}" if each.beside else ""
        reason = f"\n{' ' * _KIND_CELLS}{why_alike(each)}"
        return Content.assemble((fit(kind, _KIND_CELLS), "$text-accent"), each.name, (beside, "dim"), (reason, "dim"))

    def on_mount(self) -> None:
        """The first of them."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one is meant."""
        if self._is_new:
            self.dismiss(self._found[event.option_index].ref)

    def action_answer(self, save: bool) -> None:
        """Saved all the same, or not yet."""
        self.dismiss(save)
