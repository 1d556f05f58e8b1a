"""One contact: its fields, how to reach it, its persons or company, and its cards in all modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from minicrm_tui.domain.contact_forms import field_name
from minicrm_tui.domain.contacts import TEXTS, ContactDetails, ContactKind, ContactRef
from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.pages import OtherCard
from minicrm_tui.domain.records import CardId, Channel, Company, ModuleId, Person
from minicrm_tui.i18n import N_, _, format_due, format_money, format_number, ngettext
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.contact_form import ContactForm
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.merge import ask_and_merge
from minicrm_tui.widgets.cells import cell_width, cut, fit, wrap
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.forms import Drafts
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

_MOST_LABEL_CELLS = 22
_MARGINS = 2
"""The cursor's sign, and the scrollbar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a field, a channel, another contact, or a card that enter goes to."""

    label: str
    text: str
    beside: str = ""
    tone: str = ""
    contact: ContactRef | None = None
    card: tuple[ModuleId, CardId] | None = None


class LineList(RowList[Line]):
    """What is known of a contact."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Open"), id="list.open",
                tooltip=N_("Open the card, the person or the company; change a field")),
        Binding("home", "top", N_("Top"), show=False, tooltip=N_("The first line"), id="list.top"),
    ]  # fmt: skip

    chosen: Callable[[Line], None] = staticmethod(lambda _line: None)
    label_cells = text_cells = 0

    @property
    def cursor_line(self) -> Line | None:
        """The line under the cursor."""
        return self._item

    def lay_out(self, lines: Sequence[Line], width: int) -> None:
        """Columns as wide as what stands in them, and what stands beside it gets the rest."""
        labels = max((cell_width(line.label) for line in lines), default=0)
        texts = max((cell_width(line.text) for line in lines if line.beside), default=0)
        self.label_cells = min(labels, _MOST_LABEL_CELLS)
        self.text_cells = min(texts + 1, self.room(width) // 2)

    def room(self, width: int) -> int:
        """Cells behind the label."""
        return width - self.label_cells - 3

    def item_chosen(self, item: Line) -> None:
        """Enter goes there, or changes it."""
        self.chosen(item)

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """What follows, and how much of it."""
        return [Piece(section.title, "heading", True), Piece(f" {section.detail}", "muted")]

    def item_pieces(self, line: Line, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """Label, text, and what is said beside it."""
        room = self.room(width)
        text = fit(line.text, self.text_cells) if line.beside else cut(line.text, room)
        yield Piece(f" {fit(line.label, self.label_cells)} ", "muted")
        yield Piece(text, line.tone)
        yield Piece(f" {cut(line.beside, room - self.text_cells - 1)}" if line.beside else "", "muted")


class ContactScreen(ListScreen):
    """All about one contact. `card` is the one that was chosen, once the screen is left for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Change"), tooltip=N_("All fields, phones and e-mails"), id="contact.edit"),
        Binding("n,i", "add", N_("New person"), tooltip=N_("A new person of this company"), id="contact.add"),
        Binding("M", "merge", N_("Merge"), tooltip=N_("Make one of this contact and another one"),
                id="contact.merge"),
        Binding("delete,number_sign", "delete", N_("Delete"), tooltip=N_("Delete a contact on which nothing hangs"),
                id="contact.delete"),
        Binding("backspace", "close", N_("Back"), show=False, tooltip=N_("Back to where you were"),
                id="contact.back"),
    ]  # fmt: skip

    def __init__(self, ref: ContactRef, store: Store, settings: Settings, clock: Clock, drafts: Drafts) -> None:
        order = ("list.open", "contact.edit", "contact.add", "contact.merge", "contact.delete")
        super().__init__("", store, clock, order)
        self._settings = settings
        self._drafts = drafts
        self._ref = ref
        self._before: list[ContactRef] = []
        self._details: ContactDetails | None = None
        self._list = LineList()
        self._list.chosen = self._choose
        self.card: tuple[ModuleId, CardId] | None = None

    def listed(self) -> Sequence[Widget]:
        """What is known."""
        return (self._list,)

    async def load(self) -> None:
        """The contact as it is now; one that is gone leaves the screen."""
        try:
            details = await self.store.contact(self._ref)
        except NotFound as error:
            if self._details is None:
                self.say(error.sentence())
            # What took it away, an undo or a deletion, has been said.
            self.action_close()
            return
        self._details = details
        self.entitle(_title(details))
        await self._show(details)

    async def _show(self, details: ContactDetails) -> None:
        """The lines, broken by the width that there is."""
        found = [(key, title, lines) for key, title, lines in self._groups(details) if lines]
        width = self.size.width - _MARGINS
        self._list.lay_out([line for _key, _title, lines in found for line in lines], width)
        room = self._list.room(width)
        groups = {key: tuple(part for line in lines for part in _wrapped(line, room)) for key, _title, lines in found}
        sections = [
            Section(key, title, len(groups[key]), detail=format_number(len(lines)) if key != "fields" else "")
            for key, title, lines in found
        ]

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Line]:
            return groups[section][offset : offset + limit]

        await self._list.show(sections, fetch)

    def on_resize(self) -> None:
        """Long texts are broken anew."""
        if self._details is not None:
            self.run_worker(self._show(self._details), group="layout", exclusive=True)

    def _groups(self, details: ContactDetails) -> Sequence[tuple[str, str, Sequence[Line]]]:
        title = _("Company") if details.ref.kind is ContactKind.COMPANY else _("Person")
        now = self.clock().date()
        return (
            ("fields", title, tuple(_fields(details))),
            ("persons", _("Persons"), tuple(_person(each) for each in details.persons)),
            ("cards", _("Cards"), tuple(_card(each, lambda due: format_due(due, now)) for each in details.cards)),
        )

    # --- going

    def _choose(self, line: Line) -> None:
        if line.card is not None:
            self.card = line.card
            self.dismiss(None)
        elif line.contact is not None:
            self._go_to(line.contact)
            self.reload()
        else:
            self.action_edit()

    def action_close(self) -> None:
        """`esc`: the contact before, then the list."""
        if self._before:
            self._ref = self._before.pop()
            self.reload()
        else:
            self.dismiss(None)

    # --- writing

    def action_edit(self) -> None:
        """`e`: the form."""
        self.work(partial(self._fill_in, self._ref))

    async def _fill_in(self, ref: ContactRef) -> str:
        name = self._details.row.name if self._details is not None else ""
        filled = {"company": name} if ref.is_new else None
        form = ContactForm(ref, self.store, self._settings, self.clock, self._drafts, filled=filled)
        if await ask(self, form) and form.is_known and form.saved is not None:
            self._go_to(form.saved)
        return form.said

    def _go_to(self, ref: ContactRef) -> None:
        """Another contact, from which esc comes back."""
        self._before.append(self._ref)
        self._ref = ref

    def action_add(self) -> None:
        """`n`: a person of this company."""
        if self._ref.kind is ContactKind.COMPANY:
            self.work(partial(self._fill_in, ContactRef(ContactKind.PERSON)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only companies have persons."""
        if action == "add":
            return self._ref.kind is ContactKind.COMPANY
        return super().check_action(action, parameters)

    def action_merge(self) -> None:
        """`M`: with another one that is typed."""
        self.work(self._merge)

    async def _merge(self) -> str:
        return await ask_and_merge(self, self.store, self.clock, self._ref, None, kept=self._became)

    def _became(self, ref: ContactRef) -> None:
        self._ref = ref

    def action_delete(self) -> None:
        """`delete`: refused, with what hangs on it, where something does."""
        self.work(self._delete)

    async def _delete(self) -> None:
        name = self._details.row.name if self._details is not None else ""
        await self.store.delete_contact(self._ref, self.clock())
        self.say(_("{name} is deleted · u brings it back").format(name=name))
        self.action_close()


def _title(details: ContactDetails) -> str:
    row = details.row
    parts = [row.name, row.company, row.ref.key]
    if row.open_tasks:
        parts.append(
            ngettext("{n} open task", "{n} open tasks", row.open_tasks).format(n=format_number(row.open_tasks))
        )
    return " · ".join(part for part in (*parts, *(format_money(each) for each in row.worth)) if part)


def _fields(details: ContactDetails) -> Iterator[Line]:
    contact = details.contact
    yield Line(field_name("name"), contact.name)
    if details.company is not None:
        ref = ContactRef(ContactKind.COMPANY, details.company.id)
        yield Line(field_name("company"), details.company.name, tone="accent", contact=ref)
    for key, channels in (("phone", contact.phones), ("email", contact.emails)):
        for channel in channels:
            yield _channel(field_name(key), channel, alone=len(channels) == 1)
    names = ("first_name", "last_name")
    for key in TEXTS[details.ref.kind]:
        text = str(getattr(contact, key))
        if text and key not in names:
            yield Line(field_name(key), " ".join(text.split()))


def _wrapped(line: Line, room: int) -> Iterator[Line]:
    """A long text goes on under itself; what stands beside another one is one line."""
    parts = [line.text] if line.beside or line.card is not None else wrap(line.text, room)
    for place, part in enumerate(parts or [""]):
        yield replace(line, text=part, label="" if place else line.label)


def _channel(label: str, channel: Channel, *, alone: bool) -> Line:
    said = [channel.label, _("the default") if channel.is_default and not alone else ""]
    said.append(_("not verified") if channel.doubtful else "")
    beside = " · ".join(part for part in said if part)
    return Line(label, channel.value, beside, "warning" if channel.doubtful else "accent")


def _person(person: Person | Company) -> Line:
    channels = [channel.value for channel in (*person.phones[:1], *person.emails[:1])]
    job = person.job if isinstance(person, Person) else ""
    return Line(job, person.name, " · ".join(channels), contact=ContactRef(ContactKind.PERSON, person.id))


def _card(other: OtherCard, when: Callable[..., str]) -> Line:
    row = other.row
    parts = [other.status, "" if row.value is None else format_money(row.value)]
    if row.task is not None:
        # The day first: it is what must not be cut off.
        parts = [when(row.task.due), *parts, row.task.text]
    return Line(other.module, row.name, " · ".join(part for part in parts if part), card=(row.module_id, row.id))
