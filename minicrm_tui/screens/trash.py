"""The trash: what is in it, of all modules; cards come back with all that they had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain.records import CardRow, ModuleId, ModuleSummary
from minicrm_tui.i18n import N_, _, format_number, ngettext, short_money
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.main.bulk import MANY, Bulk
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store

_MODULE_CELLS = 14
_VALUE_CELLS = 8


class TrashList(RowList[CardRow]):
    """Trashed cards, what came last first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,r", "choose", N_("Restore"), tooltip=N_("The card comes back, with all that it had"),
                id="trash.restore"),
    ]  # fmt: skip

    modules: Mapping[ModuleId, str] = {}
    chosen: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the cursor."""
        return self._item

    def item_chosen(self, item: CardRow) -> None:
        """Enter brings it back."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """How many there are."""
        return [Piece(section.title, "heading", True), Piece(f" {format_number(section.count)}", "muted")]

    def item_pieces(self, card: CardRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Module, name, client, value."""
        module = fit(self.modules.get(card.module_id, ""), _MODULE_CELLS)
        value = fit(short_money(card.value) if card.value else "", _VALUE_CELLS, right=True)
        room = width - cell_width(module) - cell_width(value) - 4
        name = fit(card.name, room * 3 // 5)
        client = " · ".join(part for part in (card.company, card.person) if part and part != card.name)
        return [
            Piece(f" {module} ", "muted"),
            Piece(name + " "),
            Piece(fit(client, room - cell_width(name)), "muted"),
            Piece(value + " ", "accent"),
        ]


class TrashScreen(ListScreen):
    """Everything that is in the trash."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "E", "empty", N_("Empty the trash"), tooltip=N_("Take it all out of the file, for good"), id="trash.empty"
        ),
    ]

    def __init__(self, store: Store, modules: Sequence[ModuleSummary], clock: Clock) -> None:
        super().__init__(_("Trash"), store, clock, ("trash.restore", "trash.empty"))
        self._list = TrashList()
        self._list.modules = {summary.module.id: summary.module.name for summary in modules}
        self._list.chosen = self.action_restore
        self._emptying: Bulk | None = None

    def listed(self) -> Sequence[Widget]:
        """The cards."""
        return (self._list,)

    async def load(self) -> None:
        """Count them; they are read as they come in sight."""

        async def fetch(_section: str, offset: int, limit: int) -> Sequence[CardRow]:
            return await self.store.trashed(offset, limit)

        self._list.set_empty(await self._about_modules() or _("The trash is empty. delete puts a card here."))
        count = await self.store.trash_count()
        await self._list.show([Section("trash", _("Cards"), count)] if count else [], fetch)

    async def _about_modules(self) -> str:
        """Where those modules are that went to the trash; nothing if there are none."""
        if not await self.store.trashed_modules():
            return ""
        return _("No card in the trash. Modules come back from their own screen: g m.")

    # --- keys

    def action_close(self) -> None:
        """`esc`: back; while the trash is being emptied, that is cancelled."""
        if self._emptying is not None:
            self._emptying.stop.set()
        else:
            super().action_close()

    def action_restore(self) -> None:
        """`enter`, `r`: the card under the cursor comes back."""
        card = self._list.cursor_card
        if card is not None and self._emptying is None:
            self.work(partial(self._restore, card))

    async def _restore(self, card: CardRow) -> str:
        await self.store.restore_cards((card.id,), self.clock())
        return _("{card} is back.").format(card=card.name)

    def action_empty(self) -> None:
        """`E`: the one thing that asks."""
        if self._emptying is None:
            self.work(self._ask_and_empty)

    async def _ask_and_empty(self) -> str:
        count = await self.store.trash_count()
        if not count:
            return await self._about_modules() or _("The trash is empty.")
        sentence = ngettext(
            "Take {n} card out of the file for good? Neither this nor anything before it can be undone then.",
            "Take {n} cards out of the file for good? Neither this nor anything before it can be undone then.",
            count,
        ).format(n=format_number(count))
        if not await ask(self, ConfirmScreen(_("Empty the trash"), sentence)):
            return ""
        gone = await self._empty(count)
        return ngettext("{n} card is gone for good.", "{n} cards are gone for good.", gone).format(
            n=format_number(gone)
        )

    async def _empty(self, count: int) -> int:
        """Many cards show how far it is, in the title; keys come through then, for esc."""
        if count < MANY:
            return await self.store.empty_trash(self.clock())
        bulk = self._emptying = Bulk(_("Emptying the trash"), self.entitle)
        self.is_saving = False
        try:
            return await self.store.empty_trash(self.clock(), progress=bulk.progress, stop=bulk.stop)
        finally:
            self._emptying = None
            self.entitle(self._title)
