"""`ctrl+k`: any module, card, company or person, by name, phone digits, e-mail, or what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardRow, ModuleSummary
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import Hit
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.cells import fit

if TYPE_CHECKING:
    from minicrm_tui.store.store import Store

MOST = 50
"""Answers that are shown: who needs more types more."""

WHERE = 10
"""Cells of the module's name, or of what kind the answer is."""


@dataclass(frozen=True, slots=True)
class NewCard:
    """Nothing is called like that: make a card of it."""

    text: str


class JumpScreen(ModalScreen[Hit | NewCard | None]):
    """A field and its answers, anew with each key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), tooltip=N_("Stay where you were"), id="jump.close"),
        Binding("down,ctrl+n", "move(1)", N_("Down"), show=False, tooltip=N_("The next answer"), id="jump.down"),
        Binding("up,ctrl+p", "move(-1)", N_("Up"), show=False, tooltip=N_("The answer before"), id="jump.up"),
    ]

    DEFAULT_CSS = """
    JumpScreen {
        align: center top;
        #jump { width: 80%; max-width: 100; height: auto; max-height: 80%; margin-top: 2; background: $surface;
            border: round $primary; padding: 0 1; }
        #sought { border: none; height: 1; padding: 0; background: $surface; }
        #sought:focus { border: none; }
        #hits { border: none; height: auto; max-height: 20; background: $surface; padding: 0;
            scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #hits:focus { border: none; }
    }
    """

    def __init__(self, store: Store, modules: Sequence[ModuleSummary]) -> None:
        super().__init__()
        self._title = _("Jump to")
        self._store = store
        self._modules = {summary.module.id: summary.module.name for summary in modules}
        self._statuses = {status.id: status.name for summary in modules for status in summary.statuses}
        self._hits: tuple[Hit, ...] = ()
        self._found_for = ""

    def compose(self) -> ComposeResult:
        """The field, the answers, and what enter does."""
        with Vertical(id="jump") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(self.hint(""))
            yield Input(placeholder=_("name, phone, e-mail, or words of a note"), id="sought")
            yield OptionList(id="hits", markup=False)

    def on_mount(self) -> None:
        """The field keeps the focus; the arrows move in the answers."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask anew; an answer that is no longer wanted is stopped."""
        read_anew(self, "find", partial(self._find, event.value.strip()))

    async def _find(self, text: str) -> None:
        try:
            hits = self.wanted((*self._modules_called(text), *await self._store.find(text, MOST))) if text else ()
        except CrmError as error:
            self.notify(error.sentence(), severity="warning", markup=False)
            return
        if text == self.query_one(Input).value.strip():
            self._show(text, hits)

    def _show(self, text: str, hits: tuple[Hit, ...]) -> None:
        self._hits, self._found_for = hits, text
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([self._line(hit) for hit in hits])
        options.highlighted = 0 if hits else None
        self.query_one("#jump").border_subtitle = Content(self.hint(text))

    def _line(self, hit: Hit) -> Content:
        kinds = {"module": _("Module"), "company": _("Company"), "person": _("Person"), "note": _("Note")}
        where = kinds.get(hit.kind) or (self._modules.get(hit.module_id, "") if hit.module_id is not None else "")
        status = self._statuses.get(hit.status_id, "") if hit.status_id is not None else ""
        details = [detail for detail in (hit.detail if hit.detail != hit.name else "", status, hit.task) if detail]
        said = "  " + " · ".join(details)
        return Content.assemble((fit(where, WHERE), "$text-primary"), "  ", hit.name, (said, "dim"))

    def _modules_called(self, text: str) -> Iterator[Hit]:
        """The modules with these words in their names; they are few, and known by what they are called here."""
        words = fold(text).split()
        for module_id, name in self._modules.items():
            if all(word in fold(name) for word in words):
                yield Hit("module", module_id, name, "", module_id)

    def wanted(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Those of what was found that can be answered: all."""
        return hits

    def hint(self, text: str) -> str:
        """What enter does."""
        if not text:
            return _("modules, cards of all of them, companies, persons, notes")
        if not self._hits:
            return _("Nothing found: enter makes a new card of it.")
        return _("enter: go there · esc")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the answer under the cursor; typed faster than found: ask first."""
        text = event.value.strip()
        if text != self._found_for:
            await self._find(text)
        chosen = self.query_one(OptionList).highlighted
        if self._hits and chosen is not None:
            self.dismiss(self._hits[chosen])
        else:
            self.nothing_found(text)

    def nothing_found(self, text: str) -> None:
        """Enter without an answer: a new card of what is typed."""
        self.dismiss(NewCard(text) if text else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        self.dismiss(self._hits[event.option_index])

    def action_move(self, by: int) -> None:
        """The cursor in the answers."""
        options = self.query_one(OptionList)
        if self._hits:
            options.highlighted = ((options.highlighted or 0) + by) % len(self._hits)

    def action_close(self) -> None:
        """`esc`."""
        self.dismiss(None)


class CardPicker(JumpScreen):
    """Another card, to be linked to the one that is named in the title."""

    def __init__(self, card: CardRow, store: Store, modules: Sequence[ModuleSummary]) -> None:
        super().__init__(store, modules)
        self._title = _("Link {card} to").format(card=card.name)
        self._card = card

    def _modules_called(self, text: str) -> Iterator[Hit]:
        """The modules with these words in their names; they are few, and known by what they are called here."""
        words = fold(text).split()
        for module_id, name in self._modules.items():
            if all(word in fold(name) for word in words):
                yield Hit("module", module_id, name, "", module_id)

    def wanted(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Cards, found by their names or notes, but the same one."""
        return tuple(hit for hit in hits if hit.kind in ("card", "note") and hit.card_id != self._card.id)

    def hint(self, text: str) -> str:
        """Enter takes a card, and makes none."""
        if not text:
            return _("cards of all modules")
        return _("enter: this card · esc") if self._hits else _("No other card is called so.")

    def nothing_found(self, text: str) -> None:
        """Something else has to be typed, or esc."""
