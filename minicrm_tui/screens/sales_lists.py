"""The lists of a sales module: steps and reasons added, renamed, reordered, taken off; and what is forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.forgetting import MOST_DAYS, in_words, parse_days
from minicrm_tui.domain.records import Module
from minicrm_tui.domain.sales_lists import SalesList, list_name
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _, format_number, ngettext
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cells import fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store

FORGOTTEN = "forgotten"
"""The section of what is no list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a list; of none, it is how long until an opportunity is forgotten."""

    which: SalesList | None
    name: str


class EntryList(RowList[Entry]):
    """The values, list by list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e", "choose", N_("Rename"), tooltip=N_("Call it otherwise, on the cards too"), id="entry.rename"
        ),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first value"), id="list.top"),
    ]

    chosen: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_entry(self) -> Entry | None:
        """The value under the cursor."""
        return self._item

    def item_chosen(self, item: Entry) -> None:
        """Enter changes it."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """What the list is called, and where its values are."""
        return [Piece(section.title, "heading", True), Piece(f"  {section.detail}", "muted")]

    def item_pieces(self, entry: Entry, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Its name."""
        return [Piece(fit(f"  {entry.name}", width))]


class SalesListsScreen(ListScreen):
    """The lists of one module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "add", N_("New"), tooltip=N_("A new value at the end of this list"), id="entry.add"),
        Binding("K", "shift(-1)", N_("Up"), tooltip=N_("One place up"), id="entry.up"),
        Binding("J", "shift(1)", N_("Down"), tooltip=N_("One place down"), id="entry.down"),
        Binding("delete,number_sign", "delete", N_("Take off"), id="entry.delete",
                tooltip=N_("Offer it no more; cards that have it keep it")),
        Binding("f", "forgotten", N_("Forgotten"), id="module.forgotten",
                tooltip=N_("After how many quiet days an opportunity is forgotten")),
    ]  # fmt: skip

    def __init__(self, store: Store, module: Module, *, clock: Clock, drafts: Drafts) -> None:
        order = ("entry.add", "entry.rename", "entry.up", "entry.down", "entry.delete", "module.forgotten")
        super().__init__(_("Lists of {module}").format(module=module.name), store, clock, order)
        self._module = module
        self._drafts = drafts
        self._list = EntryList()
        self._list.chosen = self.action_rename
        self._days = module.forgotten_days
        self._to: Spot | None = None
        """Where the cursor goes with the next reading."""

    def listed(self) -> Sequence[Widget]:
        """The values."""
        return (self._list,)

    async def load(self) -> None:
        """The three lists, then how long until an opportunity is forgotten."""
        lists = await self.store.sales_lists(self._module.id)
        summaries = await self.store.modules(self.clock())
        modules = [each.module for each in summaries if each.module.id == self._module.id]
        self._days = modules[0].forgotten_days if modules else None
        groups = {which.value: [Entry(which, name) for name in lists[which]] for which in SalesList}
        groups[FORGOTTEN] = [Entry(None, in_words(self._days))]

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Entry]:
            return groups[section][offset : offset + limit]

        spot, self._to = self._to, None
        first = None if self._list.cursor_section is not None else Spot(SalesList.SALES_STEP, 0)
        await self._list.show(list(_sections(groups)), fetch, spot=spot or first)

    # --- keys

    @property
    def _here(self) -> Entry | None:
        return self._list.cursor_entry

    def action_add(self) -> None:
        """`n`: a new value in the list where the cursor is."""
        section = self._list.cursor_section
        if section == FORGOTTEN:
            self.action_forgotten()
        elif section is not None:
            self.work(partial(self._add, SalesList(section)))

    async def _add(self, which: SalesList) -> None:
        async def write(name: str) -> None:
            await self.store.add_entry(self._module.id, which, name, self.clock())

        if await ask(self, EntryForm(list_name(which), "", write, key=("new entry", which), drafts=self._drafts)):
            self._to = Spot(which.value, len((await self.store.sales_lists(self._module.id))[which]) - 1)

    def action_rename(self) -> None:
        """`enter`, `e`: the value under the cursor."""
        entry = self._here
        if entry is not None and entry.which is None:
            self.action_forgotten()
        elif entry is not None and entry.which is not None:
            self.work(partial(self._rename, entry.which, entry.name))

    async def _rename(self, which: SalesList, old: str) -> str:
        renamed = 0

        async def write(name: str) -> None:
            nonlocal renamed
            renamed = await self.store.rename_entry(self._module.id, which, old, name, self.clock())

        form = EntryForm(list_name(which), old, write, key=("entry", which, old), drafts=self._drafts)
        if not await ask(self, form) or not renamed:
            return ""
        n = format_number(renamed)
        return ngettext("{n} card was changed with it.", "{n} cards were changed with it.", renamed).format(n=n)

    def action_shift(self, direction: int) -> None:
        """`J` `K`: another place."""
        entry = self._here
        if entry is not None and entry.which is not None:
            self.work(partial(self._shift, entry.which, entry.name, direction))

    async def _shift(self, which: SalesList, name: str, direction: int) -> None:
        await self.store.move_entry(self._module.id, which, name, direction, self.clock())
        self._list.action_move(direction)

    def action_delete(self) -> None:
        """`delete`: offered no more."""
        entry = self._here
        if entry is not None and entry.which is not None:
            self.work(partial(self._delete, entry.which, entry.name))

    async def _delete(self, which: SalesList, name: str) -> str:
        await self.store.delete_entry(self._module.id, which, name, self.clock())
        return _("“{name}” is off the list; cards that have it keep it.").format(name=name)

    def action_forgotten(self) -> None:
        """`f`: after how many days."""
        self.work(self._forgotten)

    async def _forgotten(self) -> None:
        async def write(days: int | None) -> None:
            if days != self._days:
                await self.store.set_forgotten_days(self._module.id, days, self.clock())

        await ask(self, DaysForm(self._days, write, module=self._module, drafts=self._drafts))


def _sections(groups: Mapping[str, Sequence[Entry]]) -> Iterable[Section]:
    where = {
        SalesList.SALES_STEP: _("S on an open opportunity"),
        SalesList.CUSTOMER_STEP: _("S on a won one"),
        SalesList.LOSS_REASON: _("X, when it is lost"),
    }
    for which, told in where.items():
        yield Section(which.value, list_name(which), len(groups[which.value]), detail=told)
    told = _("marked in the pipeline, where nothing was noted or changed on the tasks")
    yield Section(FORGOTTEN, _("Forgotten opportunities"), 1, detail=told)


class EntryForm(FieldForm):
    """What a value of a list is called."""

    def __init__(
        self, title: str, name: str, write: Callable[[str], Awaitable[None]], *, key: tuple[str, ...], drafts: Drafts
    ) -> None:
        super().__init__(title, {"name": name}, key=key, drafts=drafts)
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """The name."""
        return [FormField("name", _("Name"))]

    async def store(self, typed: Mapping[str, str]) -> None:
        """Write it."""
        await self._write(typed["name"])


class DaysForm(FieldForm):
    """After how many quiet days an opportunity is forgotten."""

    def __init__(
        self, days: int | None, write: Callable[[int | None], Awaitable[None]], *, module: Module, drafts: Drafts
    ) -> None:
        saved = {"days": "" if days is None else str(days)}
        super().__init__(_("Forgotten opportunities"), saved, key=("forgotten", module.id), drafts=drafts)
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """The number of days."""
        hint = _("a number of days up to {most}; nothing: never").format(most=MOST_DAYS)
        return [FormField("days", _("Forgotten after quiet days"), hint)]

    def note_of(self, field: str, text: str) -> Note | None:
        """What it means."""
        try:
            return Note(in_words(parse_days(text)))
        except Invalid as error:
            return Note(error.why, wrong=True)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it, and write it."""
        await self._write(parse_days(typed["days"]))
