"""The rows of a file → records, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import Field, FieldId, FieldKind, parse_value, required_fields
from minicrm_tui.domain.imports import (
    Contact,
    ImportedCard,
    ImportedRow,
    Landing,
    Read,
    Standing,
)
from minicrm_tui.domain.money import currency_of
from minicrm_tui.domain.quickadd import NAME_LIMIT, client_name
from minicrm_tui.domain.records import Group, Money, Qualification
from minicrm_tui.domain.sales_lists import ENTRY_LIMIT
from minicrm_tui.domain.text import clean, fold, shorten
from minicrm_tui.exchange.formulas import revealed
from minicrm_tui.exchange.importing.cells import Cells, places_of
from minicrm_tui.exchange.importing.contacts import Client, ContactReader
from minicrm_tui.exchange.importing.mapping import Targets
from minicrm_tui.exchange.importing.statuses import (
    StatusPlan,
    first_standing,
    read_flag,
    read_qualification,
    standing_of,
)
from minicrm_tui.exchange.importing.styles import Styles, plain_number, read_amount, read_when
from minicrm_tui.exchange.importing.survey import Survey
from minicrm_tui.exchange.importing.targets import Subject, What
from minicrm_tui.exchange.importing.tasks import TaskReader
from minicrm_tui.exchange.reading.tables import RawRow
from minicrm_tui.i18n import _

_STANDING: Final = (What.STATUS, What.SALES_STATUS, What.QUALIFICATION, What.DECIDED)
_DETAILS_LIMIT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How rows are read: where columns go, how each writes dates and numbers, and the country of its phones."""

    subject: Subject
    targets: Targets
    styles: Mapping[int, Styles]
    country: str
    now: datetime
    several: bool = False
    """Whether a cell may name several companies or persons, a semicolon between them."""


class RowReader:
    """Reads the rows of one file, one after the other."""

    def __init__(self, survey: Survey, manner: Manner, plan: StatusPlan | None) -> None:
        self._survey, self._manner, self._plan = survey, manner, plan
        self._contacts = ContactReader(
            manner.targets, survey.headers, manner.subject, manner.country, several=manner.several
        )
        self._cards = None if plan is None else CardReader(survey, manner, plan)

    def rows(self) -> Iterator[Read]:
        """Every row of the file, read anew."""
        for row in self._survey.body():
            yield self.read(row)

    def read(self, row: RawRow) -> Read:
        """One row."""
        cells = Cells(row.number, [revealed(cell) for cell in row.cells], self._survey.headers)
        client = self._contacts.read(cells)
        card = None if self._cards is None else self._cards.read(cells, client)
        if cells.problems:
            return tuple(cells.problems)
        return ImportedRow(row.number, client.company, client.persons, card)


class CardReader:
    """Reads the card of a row."""

    def __init__(self, survey: Survey, manner: Manner, plan: StatusPlan) -> None:
        self._manner, self._plan = manner, plan
        self._landing: Landing = plan.landing
        self._places = places_of(manner.targets)
        self._attaches = manner.subject in (Subject.ACTIVITIES, Subject.NOTES)
        self._tasks = TaskReader(plan.landing, self._places, manner.styles, manner.now, self._attaches)
        self._fields = _own_fields(manner.targets, plan.landing)
        self._standings: dict[tuple[str, ...], Standing | None] = {}
        self._required: dict[int, tuple[Field, ...]] = {}

    def read(self, cells: Cells, client: Client) -> ImportedCard | None:
        """The row's card; what is wrong with it is told to the cells."""
        name = self._name(cells, client)
        standing = self._standing(cells)
        stands = standing or first_standing(self._landing)
        task = self._tasks.task(cells, stands.status)
        group = stands.status.group
        closed = self._tasks.when(cells, What.CLOSED)
        ended = self._ended(cells, group)
        expected = self._tasks.when(cells, What.EXPECTED) or (None if ended else closed)
        values = self._values(cells)
        if not self._attaches:
            self._refuse_missing(cells, stands, values)
        return ImportedCard(
            name,
            standing,
            self._value(cells),
            None if self._attaches else self._tasks.moment(cells, What.CREATED),
            ended,
            None if expected is None else expected.day,
            self._step(cells, What.SALES_STEP) or self._word_step(cells),
            self._step(cells, What.CUSTOMER_STEP),
            self._step(cells, What.LOSS_REASON) if group is Group.FAILED else "",
            cells.text(self._places.get(What.LOSS_DETAILS, ()), _DETAILS_LIMIT) if group is Group.FAILED else "",
            values,
            () if task is None else (task,),
            self._tasks.notes(cells, task),
            self._attaches,
            cells.first(self._places.get(What.CARD_NAME, ())) is not None,
        )

    def _name(self, cells: Cells, client: Client) -> str:
        places = self._places.get(What.CARD_NAME, ())
        name = cells.text(places, NAME_LIMIT)
        if name or cells.first(places) is not None:
            return name
        person = client.persons[0] if client.persons else None
        called = client_name(_name_of(client.company), _name_of(person))
        if not called and not cells.problems:
            cells.wrong(places[0] if places else None, _("a card needs a name, a company or a person."))
        return called[:NAME_LIMIT]

    def _ended(self, cells: Cells, group: Group) -> datetime | None:
        if group not in (Group.SUCCESS, Group.FAILED):
            return None
        what = What.WON if group is Group.SUCCESS else What.LOST
        return self._tasks.moment(cells, what) or self._tasks.moment(cells, What.CLOSED)

    def _step(self, cells: Cells, what: What) -> str:
        return cells.text(self._places.get(what, ()), ENTRY_LIMIT)

    # --- the status

    def _standing(self, cells: Cells) -> Standing | None:
        words = tuple(cells.text(self._places.get(what, ())) for what in _STANDING)
        if words not in self._standings:
            before = len(cells.problems)
            found = self._standing_of(cells, *words)
            if len(cells.problems) > before:
                return None
            self._standings[words] = found
        return self._standings[words]

    def _standing_of(self, cells: Cells, word: str, sales: str, qualification: str, decided: str) -> Standing | None:
        plan = self._plan
        status = plan.status_word(word, beside_sales=bool(sales)) if word else None
        stands = plan.sales_word(sales) if sales else None
        qualified = read_qualification(qualification) if qualification else None
        hot = read_flag(decided) if decided else None
        for said, read, what in (
            (word, status, What.STATUS),
            (sales, stands, What.SALES_STATUS),
            (qualification, qualified, What.QUALIFICATION),
            (decided, hot, What.DECIDED),
        ):
            if said and read is None:
                place = cells.first(self._places[what])
                cells.wrong(place, _("“{word}” is not known here.").format(word=shorten(said)))
        if self._landing.is_sales and qualified is Qualification.NONE and not (word or sales):
            qualified = None
        return standing_of(self._landing, status, stands, qualified, hot)

    def _word_step(self, cells: Cells) -> str:
        """The step of a sale that a status word names."""
        word = cells.text(self._places.get(What.STATUS, ()))
        found = self._plan.status_word(word) if word and self._landing.is_sales else None
        return "" if found is None else found.step

    # --- value and fields

    def _value(self, cells: Cells) -> Money | None:
        currency = cells.read(self._places.get(What.CURRENCY, ()), _currency) or self._landing.currency

        def amount(text: str, place: int) -> Money:
            return read_amount(text, self._manner.styles.get(place, Styles()).decimals, currency)

        return cells.read(self._places.get(What.VALUE, ()), amount)

    def _values(self, cells: Cells) -> dict[FieldId, str]:
        found: dict[FieldId, str] = {}
        for place, field in self._fields:
            if cells.cells[place].strip():
                try:
                    found[field.id] = self._field_value(field, cells.cells[place], place)
                except Invalid as error:
                    cells.wrong(place, error.why)
        return found

    def _field_value(self, field: Field, text: str, place: int) -> str:
        styles = self._manner.styles.get(place, Styles())
        typed = text
        if field.kind is FieldKind.NUMBER:
            typed = plain_number(text, styles.decimals)
        elif field.kind is FieldKind.DATE:
            typed = read_when(text, styles.dates).day.isoformat()
        elif field.kind is FieldKind.CHOICES:
            typed = text.replace(";", ",").replace("\n", ",")
        return parse_value(field, typed, self._manner.now)

    def _refuse_missing(self, cells: Cells, stands: Standing, values: Mapping[FieldId, str]) -> None:
        status = stands.status
        if status.id not in self._required:
            self._required[status.id] = required_fields(self._landing.fields, status, self._landing.pipeline)
        for field in self._required[status.id]:
            if not values.get(field.id):
                place = next((place for place, own in self._fields if own.id == field.id), None)
                said = _("“{field}” is required in “{status}”.").format(field=field.name, status=status.name)
                cells.wrong(place, said)


def _own_fields(targets: Targets, landing: Landing) -> tuple[tuple[int, Field], ...]:
    by_name = {fold(field.name): field for field in landing.fields if not field.retired}
    return tuple(
        (place, by_name[fold(target.field)])
        for place, target in enumerate(targets)
        if target is not None and target.what is What.FIELD and fold(target.field) in by_name
    )


def _name_of(contact: Contact | None) -> str | None:
    return contact.name or None if contact is not None else None


def _currency(text: str, _place: int) -> str:
    found = currency_of(clean(text))
    if found is None or found not in EXPONENTS:
        raise Invalid("currency", _("There is no currency “{code}”.").format(code=shorten(clean(text))))
    return found
