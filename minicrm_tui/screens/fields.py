"""The fields of a module: added, renamed, put in another order, taken out of use and back, required or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain.fields import MOST_CHOICES, MOST_IN_ROW, Field, FieldDraft, FieldId, FieldKind, kind_name
from minicrm_tui.domain.pipelines import told_apart
from minicrm_tui.domain.records import Module, Status, StatusId
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.widgets.cells import fit
from minicrm_tui.widgets.pick import Pick
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.store import Store

_NAME_CELLS, _KIND_CELLS = 21, 18


class FieldList(RowList[Field]):
    """Fields by their order; those out of use apart."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", N_("Change"), tooltip=N_("Name, choices, required or not"), id="field.edit"),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first field"), id="list.top"),
    ]

    statuses: Mapping[StatusId, str] = {}
    chosen: Callable[[], None] = staticmethod(lambda: None)

    @property
    def cursor_field(self) -> Field | None:
        """The field under the cursor."""
        return self._item

    def item_chosen(self, item: Field) -> None:
        """Enter changes it."""
        self.chosen()

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """In use, or out of use."""
        return [Piece(section.title, "heading", True)]

    def item_pieces(self, field: Field, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Name, kind, where it is shown besides, when it is required, its choices."""
        required = ""
        status = self.statuses.get(field.from_status) if field.from_status is not None else None
        if field.required and status is not None:
            required = _("required from {status} on").format(status=status)
        elif field.required:
            required = _("required")
        choices = ", ".join(choice.name for choice in field.offered)
        rest = " · ".join(filter(None, (_shown_in(field.in_row, field.in_peek), required, choices)))
        name, kind = fit(field.name, _NAME_CELLS), fit(kind_name(field.kind), _KIND_CELLS)
        return [
            Piece(f" {name} ", "muted" if field.retired else ""),
            Piece(f"{kind} ", "accent"),
            Piece(fit(rest, width - _NAME_CELLS - _KIND_CELLS - 3), "muted"),
        ]


class FieldsScreen(ListScreen):
    """The fields of one module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,i", "add", N_("New"), tooltip=N_("A new field"), id="field.add"),
        Binding("l", "show('row')", N_("In the list"), tooltip=N_("Show it in the rows of the list, or not"),
                id="field.row"),
        Binding("b", "show('peek')", N_("Below it"), id="field.peek",
                tooltip=N_("Show it below the list, for the card under the cursor, or not")),
        Binding("K", "shift(-1)", N_("Up"), tooltip=N_("One place up"), id="field.up"),
        Binding("J", "shift(1)", N_("Down"), tooltip=N_("One place down"), id="field.down"),
        Binding("delete,r", "retire", N_("In use or not"), id="field.retire",
                tooltip=N_("Take it out of use, or into it again; values are kept")),
    ]  # fmt: skip

    KEPT: ClassVar[Sequence[str]] = (
        *("field.edit", "field.add", "field.row", "field.peek", "field.retire", "screen.close"),
    )

    def __init__(
        self, store: Store, module: Module, statuses: Sequence[Status], *, clock: Clock, drafts: Drafts
    ) -> None:
        order = ("field.add", "field.edit", "field.row", "field.peek", "field.up", "field.down", "field.retire")
        super().__init__(_("Fields of {module}").format(module=module.name), store, clock, order)
        self._module = module
        self._statuses = told_apart(module, statuses)
        self._drafts = drafts
        self._made: FieldId | None = None
        self._list = FieldList()
        self._list.statuses = self._statuses
        self._list.chosen = self.action_edit

    def listed(self) -> Sequence[Widget]:
        """The fields."""
        return (self._list,)

    async def load(self) -> None:
        """Those on the cards, then those out of use."""
        fields = await self.store.fields(self._module.id)
        groups = {
            "used": [field for field in fields if not field.retired],
            "retired": [field for field in fields if field.retired],
        }

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Field]:
            return groups[section][offset : offset + limit]

        titles = {"used": _("On the cards"), "retired": _("Out of use")}
        self._list.set_empty(_("No fields of its own yet: n makes one."))
        sections = [Section(key, titles[key], len(group)) for key, group in groups.items() if group]
        made, self._made = self._made, None
        spots = (Spot("used", place) for place, field in enumerate(groups["used"]) if field.id == made)
        await self._list.show(sections, fetch, spot=next(spots, None))

    # --- keys

    def action_add(self) -> None:
        """`n`: a new field."""
        self.work(partial(self._ask, None))

    def action_edit(self) -> None:
        """`enter`, `e`: the field under the cursor."""
        if self._list.cursor_field is not None:
            self.work(partial(self._ask, self._list.cursor_field))

    async def _ask(self, field: Field | None) -> None:
        async def write(draft: FieldDraft) -> None:
            if field is None:
                self._made = (await self.store.add_field(self._module.id, draft, self.clock())).id
            else:
                await self.store.edit_field(field.id, draft, self.clock())

        form = FieldEditor(self._module.name, field, self._statuses, write, drafts=self._drafts)
        await ask(self, form)

    def action_shift(self, direction: int) -> None:
        """`J` `K`: another place."""
        field = self._list.cursor_field
        if field is not None:
            self.work(partial(self._shift, field, direction))

    async def _shift(self, field: Field, direction: int) -> str:
        await self.store.move_field(field.id, direction, self.clock())
        self._list.action_move(direction)
        return ""

    def action_show(self, where: str) -> None:
        """`l` `b`: in the rows of the list, below it; or not."""
        field = self._list.cursor_field
        if field is not None:
            self.work(partial(self._show, field, where))

    async def _show(self, field: Field, where: str) -> str:
        in_row, in_peek = field.in_row != (where == "row"), field.in_peek != (where == "peek")
        await self.store.show_field(field.id, self.clock(), in_row=in_row, in_peek=in_peek)
        return ""

    def action_retire(self) -> None:
        """`delete`: out of use, or back."""
        field = self._list.cursor_field
        if field is not None:
            self.work(partial(self._retire, field))

    async def _retire(self, field: Field) -> str:
        await self.store.retire_field(field.id, self.clock(), retired=not field.retired)
        if field.retired:
            return _("{field} is on the cards again.").format(field=field.name)
        return _("{field} is out of use; its values are kept.").format(field=field.name)


class FieldEditor(FieldForm):
    """The form of a field's definition."""

    def __init__(
        self,
        module: str,
        field: Field | None,
        statuses: Mapping[StatusId, str],
        write: Callable[[FieldDraft], Awaitable[None]],
        *,
        drafts: Drafts,
    ) -> None:
        """`statuses`: what each of the module's is called here, in their order."""
        key = ("field", field.id) if field is not None else ("new field", module)
        super().__init__(field.name if field is not None else _("A new field"), _filled(field, statuses), key=key,
                         drafts=drafts)  # fmt: skip
        self._field = field
        self._statuses = {name: status for status, name in statuses.items()}
        self._write = write

    def fields(self) -> Sequence[FormField]:
        """Name, kind, choices, required, where it is shown. A field that is there keeps its kind."""
        kinds = tuple(FieldKind) if self._field is None else (self._field.kind,)
        return [
            FormField("name", _("Name")),
            FormField("kind", _("Kind"), options=tuple(kind_name(kind) for kind in kinds)),
            FormField("choices", _("Choices"), _("Low, Middle, High")),
            FormField("required", _("Required"), options=(_("no"), _("yes"), *self._statuses)),
            FormField("shown", _("Shown"), options=tuple(_places())),
        ]

    def on_mount(self) -> None:
        """Choices are asked only of a kind that has them."""
        super().on_mount()
        self._ask_choices()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Another kind may have choices."""
        super().on_pick_changed(event)
        self._ask_choices()

    def _ask_choices(self) -> None:
        has_choices = self._kind(self.typed()["kind"]) in MOST_CHOICES
        for part in ("choices-label", "choices", "choices-note"):
            self.query_one(f"#{part}").display = has_choices

    def note_of(self, field: str, text: str) -> Note | None:
        """What a kind holds, where the field is required and shown, and what becomes of choices."""
        if field == "kind":
            return Note(_what_it_holds(self._kind(text)))
        if field == "required":
            return Note(self._where(text))
        if field == "choices" and self._field is not None:
            return Note(_("Those you leave out are offered no more; cards keep them."))
        if field == "shown":
            return Note(_where_shown(*_places()[text]))
        return None

    def _where(self, text: str) -> str:
        if text == _("yes"):
            return _("a card can't be moved without it, wherever it stands")
        if text in self._statuses:
            return _("a move to {status} or further asks for it").format(status=text)
        return _("it may stay empty")

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read it whole, and write it."""
        required, status = typed["required"] != _("no"), self._statuses.get(typed["required"])
        choices = tuple(part.strip() for part in typed["choices"].split(","))
        shown = _places()[typed["shown"]]
        await self._write(FieldDraft(self._kind(typed["kind"]), typed["name"], required, status, choices, *shown))

    @staticmethod
    def _kind(name: str) -> FieldKind:
        return next(kind for kind in FieldKind if kind_name(kind) == name)


def _filled(field: Field | None, statuses: Mapping[StatusId, str]) -> dict[str, str]:
    if field is None:
        kind, shown = kind_name(FieldKind.TEXT), next(iter(_places()))
        return {"name": "", "kind": kind, "choices": "", "required": _("no"), "shown": shown}
    status = statuses.get(field.from_status) if field.from_status is not None else None
    return {
        "name": field.name,
        "kind": kind_name(field.kind),
        "choices": ", ".join(choice.name for choice in field.offered),
        "required": _("no") if not field.required else status or _("yes"),
        "shown": next(name for name, shown in _places().items() if shown == (field.in_row, field.in_peek)),
    }


def _places() -> dict[str, tuple[bool, bool]]:
    """Where a field is shown, as the form says it: in the rows, in the peek."""
    return {
        _("card"): (False, False),
        _("card, list"): (True, False),
        _("card, below the list"): (False, True),
        _("all three"): (True, True),
    }


def _where_shown(in_row: bool, in_peek: bool) -> str:
    """The same in words."""
    if in_row:
        said = _("the rows of the list show it too: {most} fields at most").format(most=MOST_IN_ROW)
        return said if not in_peek else _("{said}; and below the list").format(said=said)
    return _("below the list too, for the card under the cursor") if in_peek else _("on the card's page only")


def _shown_in(in_row: bool, in_peek: bool) -> str:
    """Where a field is shown besides the card's page, as the list of fields says it."""
    if in_row and in_peek:
        return _("in the list and below it")
    return _("in the list") if in_row else _("below the list") if in_peek else ""


def _what_it_holds(kind: FieldKind) -> str:
    return {
        FieldKind.TEXT: _("words, on one line"),
        FieldKind.NUMBER: _("a number, such as 12.5"),
        FieldKind.DATE: _("a day, typed like 15 dec or +2w"),
        FieldKind.CHOICE: _("one of the choices below"),
        FieldKind.CHOICES: _("any of the choices below, 16 at most"),
        FieldKind.LINK: _("a web address, or a file's path"),
    }[kind]
