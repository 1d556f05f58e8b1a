"""The lists of a module: types of tasks, templates, and of sales the steps, the reasons and what is forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain import follow_ups
from minicrm_tui.domain.checklist_forms import to_tick
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.forgetting import MOST_DAYS, in_words, parse_days
from minicrm_tui.domain.records import Kind, Module
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.domain.templates import TaskOffer, TaskTemplate
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.module_shelves import SalesShelf, Shelf, TypeShelf
from minicrm_tui.screens.template_form import TemplateForm, Write
from minicrm_tui.widgets.cells import cell_width, cut, fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.template_forms import TemplateDraft
    from minicrm_tui.domain.templates import TemplateId
    from minicrm_tui.store.store import Store

TYPES, TEMPLATES, FORGOTTEN = "task_type", "template", "forgotten"
"""The sections that are no list of sales."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: of which section, what it is called, by what the store knows it, and what is said beside it."""

    section: str
    name: str
    key: str = ""
    detail: str = ""
    template: TaskTemplate | None = None


class EntryList(RowList[Entry]):
    """The values, list by list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", N_("Change"), tooltip=N_("Call it otherwise, or change it"), id="entry.rename"),
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
        return [Piece(section.title, "heading", True), Piece(cut(f"  {section.detail}", width), "muted")]

    def item_pieces(self, entry: Entry, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Its name, and what is said of it as far as there is room."""
        name = fit(f"  {entry.name}", width) if not entry.detail else f"  {entry.name}  "
        return [Piece(name), Piece(cut(entry.detail, max(0, width - cell_width(name))), "muted")]


class ModuleListsScreen(ListScreen):
    """The lists of one module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "add", N_("New"), tooltip=N_("A new value at the end of this list"), id="entry.add"),
        Binding("K", "shift(-1)", N_("Up"), tooltip=N_("One place up"), id="entry.up"),
        Binding("J", "shift(1)", N_("Down"), tooltip=N_("One place down"), id="entry.down"),
        Binding("delete,number_sign", "delete", N_("Take off"), id="entry.delete",
                tooltip=N_("Offer it no more; what has it keeps it")),
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
        self._offer = TaskOffer()
        self._shelves: dict[str, Shelf] = {TYPES: TypeShelf(store, module.id)}
        if self._is_sales:
            self._shelves |= {which.value: SalesShelf(store, module.id, which) for which in SalesList}
        self._to: Spot | None = None
        """Where the cursor goes with the next reading."""

    @property
    def _is_sales(self) -> bool:
        return self._module.kind is Kind.SALES

    def listed(self) -> Sequence[Widget]:
        """The values."""
        return (self._list,)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only opportunities are forgotten."""
        return self._is_sales if action == "forgotten" else super().check_action(action, parameters)

    async def load(self) -> None:
        """The types, the templates, and of sales its lists, then how long until an opportunity is forgotten."""
        self._offer = await self.store.task_offer(self._module.id)
        groups = {key: await self._on_shelf(key) for key in self._shelves}
        groups = {TYPES: groups.pop(TYPES), TEMPLATES: self._templates(), **groups}
        if self._is_sales:
            summaries = await self.store.modules(self.clock())
            modules = [each.module for each in summaries if each.module.id == self._module.id]
            self._days = modules[0].forgotten_days if modules else None
            groups[FORGOTTEN] = [Entry(FORGOTTEN, in_words(self._days))]

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Entry]:
            return groups[section][offset : offset + limit]

        spot, self._to = self._to, None
        first = None if self._list.cursor_section is not None else Spot(TYPES, 0)
        await self._list.show(list(self._sections(groups)), fetch, spot=spot or first)

    async def _on_shelf(self, section: str) -> list[Entry]:
        shelf = self._shelves[section]
        return [Entry(section, shelf.name(key), key) for key in await shelf.keys()]

    def _templates(self) -> list[Entry]:
        return [
            Entry(TEMPLATES, each.name, detail=_said(each, self._offer), template=each)
            for each in self._offer.templates
        ]

    def _sections(self, groups: Mapping[str, Sequence[Entry]]) -> Iterator[Section]:
        where = {
            TYPES: _("by the first word of a task, or typed in full (T)"),
            TEMPLATES: _("tab in the line of a task · n makes one"),
            SalesList.SALES_STEP: _("S on an open opportunity"),
            SalesList.CUSTOMER_STEP: _("S on a won one"),
            SalesList.LOSS_REASON: _("X, when it is lost"),
            FORGOTTEN: _("marked in the pipeline, where nothing was noted or changed on the tasks"),
        }
        titles = {key: shelf.title for key, shelf in self._shelves.items()}
        titles |= {TEMPLATES: _("Task templates"), FORGOTTEN: _("Forgotten opportunities")}
        for key, entries in groups.items():
            yield Section(key, titles[key], len(entries), detail=where[key])

    # --- keys

    @property
    def _here(self) -> Entry | None:
        return self._list.cursor_entry

    def action_add(self) -> None:
        """`n`: a new value in the list where the cursor is."""
        section = self._list.cursor_section
        if section == FORGOTTEN:
            self.action_forgotten()
        elif section == TEMPLATES:
            self.work(self._add_template)
        elif section is not None:
            self.work(partial(self._add, section))

    async def _add(self, section: str) -> None:
        shelf = self._shelves[section]

        async def write(name: str) -> None:
            await shelf.add(name, self.clock())

        if await ask(self, EntryForm(shelf.title, "", write, key=("new entry", section), drafts=self._drafts)):
            self._to = Spot(section, len(await shelf.keys()) - 1)

    async def _add_template(self) -> None:
        write = partial(self._write_template, None)
        title = _("New template · {module}").format(module=self._module.name)
        if await ask(self, self._template_form(title, None, write)):
            self._to = Spot(TEMPLATES, len(self._offer.templates))

    def action_rename(self) -> None:
        """`enter`, `e`: the value under the cursor."""
        entry = self._here
        if entry is not None and entry.section == FORGOTTEN:
            self.action_forgotten()
        elif entry is not None and entry.template is not None:
            self.work(partial(self._edit_template, entry.template))
        elif entry is not None:
            self.work(partial(self._rename, entry))

    async def _rename(self, entry: Entry) -> str:
        shelf, said = self._shelves[entry.section], ""

        async def write(name: str) -> None:
            nonlocal said
            said = await shelf.rename(entry.key, name, self.clock())

        key = ("entry", entry.section, entry.key)
        await ask(self, EntryForm(shelf.title, entry.name, write, key=key, drafts=self._drafts))
        return said

    async def _edit_template(self, template: TaskTemplate) -> None:
        title = _("Template · {name}").format(name=template.name)
        await ask(self, self._template_form(title, template, partial(self._write_template, template.id)))

    def _template_form(self, title: str, template: TaskTemplate | None, write: Write) -> TemplateForm:
        return TemplateForm(title, template, write, types=self._offer.types, drafts=self._drafts)

    async def _write_template(self, template_id: TemplateId | None, draft: TemplateDraft) -> None:
        if template_id is None:
            await self.store.add_template(self._module.id, draft, self.clock())
        else:
            await self.store.edit_template(self._module.id, template_id, draft, self.clock())

    def action_shift(self, direction: int) -> None:
        """`J` `K`: another place."""
        entry = self._here
        if entry is not None and entry.section != FORGOTTEN:
            self.work(partial(self._shift, entry, direction))

    async def _shift(self, entry: Entry, direction: int) -> None:
        if entry.template is not None:
            await self.store.move_template(self._module.id, entry.template.id, direction, self.clock())
        else:
            await self._shelves[entry.section].move(entry.key, direction, self.clock())
        self._list.action_move(direction)

    def action_delete(self) -> None:
        """`delete`: offered no more."""
        entry = self._here
        if entry is not None and entry.section != FORGOTTEN:
            self.work(partial(self._delete, entry))

    async def _delete(self, entry: Entry) -> str:
        if entry.template is None:
            return await self._shelves[entry.section].delete(entry.key, self.clock())
        await self.store.delete_template(self._module.id, entry.template.id, self.clock())
        return _("Template “{name}” deleted · u brings it back").format(name=entry.name)

    def action_forgotten(self) -> None:
        """`f`: after how many days."""
        self.work(self._forgotten)

    async def _forgotten(self) -> None:
        async def write(days: int | None) -> None:
            if days != self._days:
                await self.store.set_forgotten_days(self._module.id, days, self.clock())

        await ask(self, DaysForm(self._days, write, module=self._module, drafts=self._drafts))


def _said(template: TaskTemplate, offer: TaskOffer) -> str:
    """What a template says beside its name."""
    task = template.task
    said = [task.text, task_type_name(offer.type_by(task)), follow_ups.in_words(task.days)]
    if template.checklist:
        said.append(to_tick(len(template.checklist)))
    return " · ".join(said)


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
