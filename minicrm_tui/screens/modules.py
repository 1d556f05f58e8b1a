"""The modules: installed from the shop, renamed, set, reordered, moved to the trash with their cards and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.modules import ListedModule
from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _, format_number, format_short_day, ngettext
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.results import Undone
    from minicrm_tui.store.store import Store

NUMBERED: Final = 9
"""So many modules have a key of their own."""

INSTALLED: Final = "installed"
TRASHED: Final = "trashed"

_KIND_CELLS, _CARDS_CELLS, _LATE_CELLS = 12, 20, 16
_LEAST_NAME, _MOST_NAME = 10, 40


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A row of the list: the module, its key where it has one, and since when it is in the trash."""

    listed: ListedModule
    key: str = ""
    since: str = ""


class ModuleList(RowList[ModuleRow]):
    """The modules in the order of the bar, then those in the trash."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", N_("Change"), id="module.edit",
                tooltip=N_("Names, currency, the rule for the next step; bring back what is in the trash")),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first module"), id="list.top"),
    ]  # fmt: skip

    chosen: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_row(self) -> ModuleRow | None:
        """The module under the cursor."""
        return self._item

    def item_chosen(self, item: ModuleRow) -> None:
        """Enter changes it, or brings it back."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """Installed, or in the trash."""
        return [Piece(section.title, "heading", True), Piece(f"  {section.detail}", "muted")]

    def item_pieces(self, row: ModuleRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Key, name, kind, cards, and how many of them have expired or since when it is gone."""
        listed = row.listed
        room = width - _KIND_CELLS - _CARDS_CELLS - _LATE_CELLS - 7
        name = fit(listed.module.name, max(_LEAST_NAME, min(room, _MOST_NAME)))
        cards = ngettext("{n} card", "{n} cards", listed.cards).format(n=format_number(listed.cards))
        late = ngettext("{n} expired", "{n} expired", listed.expired).format(n=format_number(listed.expired))
        pieces = [
            Piece(f" {row.key or ' '} ", "sign"),
            Piece(f"{name} ", "muted" if row.since else ""),
            Piece(f"{fit(module_name(listed.module.kind), _KIND_CELLS)} ", "accent"),
            Piece(f"{fit(cards, _CARDS_CELLS, right=True)}  ", "muted"),
        ]
        left = width - sum(cell_width(piece.text) for piece in pieces)
        said = row.since or (late if listed.expired else "")
        return [*pieces, Piece(fit(said, left), "muted" if row.since else "error")]


class ModulesScreen(ListScreen):
    """All modules. `opened`: the one to be shown when the screen is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "install", N_("Install"), tooltip=N_("A new module, from the shop"), id="module.install"),
        Binding("o", "open", N_("Open"), tooltip=N_("Show its cards"), id="module.open"),
        Binding("K", "shift(-1)", N_("Up"), tooltip=N_("One place up: to the left in the bar"), id="module.up"),
        Binding("J", "shift(1)", N_("Down"), tooltip=N_("One place down: to the right in the bar"), id="module.down"),
        Binding("p", "pipeline", N_("Pipeline"), tooltip=N_("Its groups and statuses"), id="module.pipeline"),
        Binding("f", "fields", N_("Fields"), tooltip=N_("Its own fields: add, change, retire"), id="module.fields"),
        Binding("l", "lists", N_("Lists"), tooltip=N_("Types of tasks, templates, steps of sales"), id="module.lists"),
        Binding("delete,number_sign", "trash", N_("Trash"), id="module.trash",
                tooltip=N_("To the trash, with all its cards")),
        Binding("r", "restore", N_("Restore"), tooltip=N_("Bring it back from the trash"), id="module.restore"),
    ]  # fmt: skip

    KEPT: ClassVar[Sequence[str]] = ("module.install", "module.edit", "screen.close", "module.trash", "screen.undo")

    def __init__(self, store: Store, here: ModuleId, *, clock: Clock, drafts: Drafts, currency: str) -> None:
        """`here`: the module that one comes from."""
        order = ("install", "edit", "open", "up", "down", "pipeline", "fields", "lists", "trash", "restore")
        super().__init__(_("Modules"), store, clock, [f"module.{name}" for name in order])
        self.opened: ModuleId | None = None
        self._drafts = drafts
        self._currency = currency
        self._list = ModuleList()
        self._list.chosen = self.action_edit
        self._to: ModuleId | None = here
        """Where the cursor goes with the next reading; else it stays with its module."""

    def listed(self) -> Sequence[Widget]:
        """The modules."""
        return (self._list,)

    async def load(self) -> None:
        """Those in the bar, then those in the trash."""
        installed, gone = await self.store.installed_modules(self.clock()), await self.store.trashed_modules()
        groups = {
            INSTALLED: [
                ModuleRow(each, str(place) if place <= NUMBERED else "") for place, each in enumerate(installed, 1)
            ],
            TRASHED: [ModuleRow(each, since=self._since(each)) for each in gone],
        }

        async def fetch(section: str, offset: int, limit: int) -> Sequence[ModuleRow]:
            return groups[section][offset : offset + limit]

        here, wanted = self._here, self._to
        self._to = None
        spot = None if wanted is None else _spot_of(groups, wanted)
        if spot is None:
            spot = _spot_of(groups, None if here is None else here.listed.module.id)
        await self._list.show(list(_sections(groups)), fetch, spot=spot)

    def _since(self, listed: ListedModule) -> str:
        if listed.trashed_at is None:
            return ""
        now = self.clock()
        day = listed.trashed_at.astimezone(now.tzinfo).date()
        return _("since {day}").format(day=format_short_day(day, now.date()))

    @property
    def _here(self) -> ModuleRow | None:
        return self._list.cursor_row

    @property
    def _installed(self) -> ListedModule | None:
        """The module under the cursor, where it is in the bar."""
        row = self._here
        return None if row is None or row.since else row.listed

    def _on_installed(self, work: Callable[[ListedModule], Awaitable[str | None]]) -> None:
        """Do this with the module under the cursor; with one in the trash, say what comes first."""
        if self._installed is not None:
            self.work(partial(work, self._installed))
        elif self._here is not None:
            self.say(_("It is in the trash: r brings it back."))

    # --- keys

    def action_install(self) -> None:
        """`n`: the shop."""
        self.work(self._install)

    async def _install(self) -> str | None:
        from minicrm_tui.screens.shop import ShopScreen

        shop = ShopScreen(self.store, clock=self.clock, drafts=self._drafts)
        await ask(self, shop)
        if shop.made is None:
            return None
        self._to = shop.made
        modules = [summary.module for summary in await self.store.modules(self.clock())]
        place = next(place for place, module in enumerate(modules) if module.id == shop.made)
        if place >= NUMBERED:
            return _("{module} is installed: o shows it.").format(module=modules[place].name)
        return _("{module} is installed: o shows it, or {key} on the main screen.").format(
            module=modules[place].name, key=place + 1
        )

    def action_edit(self) -> None:
        """`enter`, `e`: the form; what is in the trash comes back."""
        if self._here is not None and self._here.since:
            self.action_restore()
        else:
            self._on_installed(self._edit)

    async def _edit(self, listed: ListedModule) -> None:
        from minicrm_tui.screens.module_form import ModuleForm

        module = listed.module

        async def write(draft: ModuleDraft) -> None:
            await self.store.edit_module(module.id, draft, self.clock())

        types = await self.store.task_types(module.id)
        await ask(self, ModuleForm(module, types, self._currency, write, drafts=self._drafts))

    def action_open(self) -> None:
        """`o`: to its cards."""
        self._on_installed(self._open)

    async def _open(self, listed: ListedModule) -> None:
        self.opened = listed.module.id
        self.dismiss(None)

    def action_shift(self, direction: int) -> None:
        """`J` `K`: another place in the bar."""
        self._on_installed(partial(self._shift, direction))

    async def _shift(self, direction: int, listed: ListedModule) -> None:
        await self.store.move_module(listed.module.id, direction, self.clock())

    def action_trash(self) -> None:
        """`delete`: with all its cards."""
        self._on_installed(self._trash)

    async def _trash(self, listed: ListedModule) -> str:
        rows = [each.module.id for each in await self.store.installed_modules(self.clock())]
        await self.store.trash_module(listed.module.id, self.clock())
        at = rows.index(listed.module.id)
        self._to = rows[at + 1] if at + 1 < len(rows) else rows[at - 1]
        return ngettext(
            "{module} is in the trash with its {n} card: u takes it back.",
            "{module} is in the trash with its {n} cards: u takes it back.",
            listed.cards,
        ).format(module=listed.module.name, n=format_number(listed.cards))

    def action_restore(self) -> None:
        """`r`: back, at the end of the bar."""
        row = self._here
        if row is not None and row.since:
            self.work(partial(self._restore, row.listed))
        elif row is not None:
            self.say(_("It is not in the trash."))

    async def _restore(self, listed: ListedModule) -> str:
        back = await self.store.restore_module(listed.module.id, self.clock())
        if back.name != listed.module.name:
            return _("{module} is back as {name}: there is another {module} now.").format(
                module=listed.module.name, name=back.name
            )
        return _("{module} is back, at the end of the bar.").format(module=back.name)

    def go_to(self, undone: Undone) -> None:
        """To the module that came back, or that it was done to."""
        if undone.verb.startswith("module."):
            self._to = undone.module_id

    # --- other screens of a module

    def action_pipeline(self) -> None:
        """`p`: its groups and statuses."""
        self._on_installed(self._pipeline)

    async def _pipeline(self, listed: ListedModule) -> None:
        from minicrm_tui.screens.pipeline_editor import PipelineScreen

        await ask(self, PipelineScreen(self.store, listed.module, clock=self.clock, drafts=self._drafts))

    def action_fields(self) -> None:
        """`f`: its own fields."""
        self._on_installed(self._fields)

    async def _fields(self, listed: ListedModule) -> None:
        from minicrm_tui.screens.fields import FieldsScreen

        fields = FieldsScreen(self.store, listed.module, listed.statuses, clock=self.clock, drafts=self._drafts)
        await ask(self, fields)

    def action_lists(self) -> None:
        """`l`: its lists."""
        self._on_installed(self._lists)

    async def _lists(self, listed: ListedModule) -> None:
        from minicrm_tui.screens.module_lists import ModuleListsScreen

        await ask(self, ModuleListsScreen(self.store, listed.module, clock=self.clock, drafts=self._drafts))


def _sections(groups: Mapping[str, Sequence[ModuleRow]]) -> Iterable[Section]:
    installed, gone = groups[INSTALLED], groups[TRASHED]
    yield Section(INSTALLED, _("Installed"), len(installed), detail=_("in the order of the bar"))
    if gone:
        yield Section(TRASHED, _("In the trash"), len(gone), detail=_("with their cards; r brings one back"))


def _spot_of(groups: Mapping[str, Sequence[ModuleRow]], wanted: ModuleId | None) -> Spot | None:
    """Where a module stands; without one, the first."""
    for section, rows in groups.items():
        for place, row in enumerate(rows):
            if wanted is None or row.listed.module.id == wanted:
                return Spot(section, place)
    return None
