"""The shop: the nine kinds of modules with what each is good for; enter installs one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.module_drafts import ModuleDraft, free_name, refuse_one_more
from minicrm_tui.domain.pipelines import item_name, module_name
from minicrm_tui.domain.records import Kind, ModuleId
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cells import cell_width, fit
from minicrm_tui.widgets.kind_window import KindWindow
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class Ware:
    """A kind of module in the shop: how many are installed, and why no more can be, or nothing."""

    kind: Kind
    installed: int
    why_not: str = ""


class KindList(RowList[Ware]):
    """The kinds; those that can't be installed again are dim."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n,i", "choose", N_("Install"), tooltip=N_("Put a module of this kind into the bar"),
                id="shop.install"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first kind"), id="list.top"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    KindList { width: 18; }
    """

    chosen: Callable[[], None] = staticmethod(lambda: None)
    passed: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_ware(self) -> Ware | None:
        """The kind under the cursor."""
        return self._item

    def item_chosen(self, item: Ware) -> None:
        """Enter installs it."""
        self.chosen()

    def cursor_moved(self) -> None:
        """What stands beside it follows."""
        super().cursor_moved()
        self.passed()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """What one can take, and what the numbers are."""
        there = fit(_("installed"), width - cell_width(section.title) - 1, right=True)
        return [Piece(section.title, "heading", True), Piece(f"{there} ", "muted")]

    def item_pieces(self, ware: Ware, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Its name, and how many there are."""
        name = f" {module_name(ware.kind)}"
        there = fit(str(ware.installed or ""), width - cell_width(name) - 1, right=True)
        return [Piece(name, "muted" if ware.why_not else ""), Piece(f"{there} ", "muted")]


class ShopScreen(ListScreen):
    """Where modules come from. `made` is the one that was installed."""

    DEFAULT_CSS = """
    ShopScreen Horizontal { height: 1fr; }
    """

    def __init__(self, store: Store, *, clock: Clock, drafts: Drafts) -> None:
        super().__init__(_("Install a module"), store, clock, ("shop.install",))
        self.made: ModuleId | None = None
        self._drafts = drafts
        self._names: Sequence[str] = ()
        self._list = KindList()
        self._list.chosen = self.action_install
        self._list.passed = self._show_kind
        self._window = KindWindow(Kind.SALES)
        self._counter = Horizontal(self._list, self._window)

    def listed(self) -> Sequence[Widget]:
        """The kinds, and beside them the one under the cursor."""
        return (self._counter,)

    def focus_list(self) -> None:
        """The keys are the kinds'."""
        self._list.focus()

    async def load(self) -> None:
        """What can be installed now."""
        modules = [summary.module for summary in await self.store.modules(self.clock())]
        self._names = [module.name for module in modules]
        wares = [_ware(kind, [module.kind for module in modules]) for kind in Kind]

        async def fetch(_section: str, offset: int, limit: int) -> Sequence[Ware]:
            return wares[offset : offset + limit]

        await self._list.show([Section("kinds", _("Kinds"), len(wares))], fetch)
        self._show_kind()

    def _show_kind(self) -> None:
        ware = self._list.cursor_ware
        if ware is not None:
            self._window.show(ware.kind, ware.why_not)

    def action_install(self) -> None:
        """`enter`: the kind under the cursor."""
        ware = self._list.cursor_ware
        if ware is not None:
            self.work(partial(self._install, ware))

    async def _install(self, ware: Ware) -> str | None:
        if ware.why_not:
            return ware.why_not

        async def write(draft: ModuleDraft) -> None:
            self.made = await self.store.install_module(ware.kind, draft, self.clock())

        name = free_name(module_name(ware.kind), self._names)
        if await ask(self, NewModuleForm(ware.kind, name, write, drafts=self._drafts)):
            self.dismiss(None)
        return None


def _ware(kind: Kind, installed: Sequence[Kind]) -> Ware:
    try:
        refuse_one_more(kind, installed)
    except Refused as refused:
        return Ware(kind, installed.count(kind), refused.sentence())
    return Ware(kind, installed.count(kind))


class NewModuleForm(FieldForm):
    """What a new module and its cards are called; enter takes what stands there."""

    def __init__(
        self, kind: Kind, name: str, write: Callable[[ModuleDraft], Awaitable[None]], *, drafts: Drafts
    ) -> None:
        title = _("Install: {kind}").format(kind=module_name(kind))
        super().__init__(title, {"name": name, "item": item_name(kind)}, key=("new module", kind), drafts=drafts)
        self._kind = kind
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """Two names."""
        return [
            FormField("name", _("Name of the module"), module_name(self._kind)),
            FormField("item", _("What one card is called"), item_name(self._kind)),
        ]

    async def store(self, typed: Mapping[str, str]) -> None:
        """Install it."""
        await self._write(ModuleDraft(typed["name"], typed["item"]))
