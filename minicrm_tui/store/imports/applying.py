"""An import as a whole: row by row, in portions, all of it or nothing; a dry run is the same, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.contacts import ContactKind
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.imports import (
    CLOSED_TO_IMPORTS,
    Contact,
    Counts,
    ImportedCard,
    ImportedRow,
    ImportReport,
    OnDuplicate,
    Problem,
    Read,
    Sort,
    Wish,
)
from minicrm_tui.domain.records import ActionId, CardId
from minicrm_tui.i18n import _
from minicrm_tui.store import journal, tally
from minicrm_tui.store.actions import rename
from minicrm_tui.store.engine import driver, roomy
from minicrm_tui.store.imports import TakenBack
from minicrm_tui.store.imports.cards import CardMaker
from minicrm_tui.store.imports.changing import CardChanger
from minicrm_tui.store.imports.contacts import ContactBook, Known
from minicrm_tui.store.imports.duplicates import CardBook
from minicrm_tui.store.imports.rows import Ids
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.rows import stamp
from minicrm_tui.store.targets import Progress
from minicrm_tui.store.uncollected import uncollected
from minicrm_tui.store.upkeep import refresh
from minicrm_tui.store.wide import MANY

if TYPE_CHECKING:
    from sqlalchemy import Connection

PORTION: Final = 1000
"""Rows that are looked up and written together."""

_SORTS: Final = {ContactKind.COMPANY: Sort.COMPANY, ContactKind.PERSON: Sort.PERSON}


def import_rows(
    conn: Connection,
    wish: Wish,
    rows: Iterator[Read],
    total: int,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    at_the_end: Callable[[ImportReport], None] | None = None,
) -> ImportReport:
    """Take these rows; one undo step. Raises TakenBack where it is a dry run, with the report.

    `total`: how many rows there are, for the progress. `at_the_end`: called with the report before anything is kept;
    what it raises takes all back. A set `stop` refuses the whole.
    """
    landing = wish.landing
    if landing is not None and module_record(conn, landing.module.id).kind in CLOSED_TO_IMPORTS:
        raise Refused(_("Cards can't be imported into this module."))
    module_id = None if landing is None else landing.module.id
    action_id = journal.begin_action(conn, "import", wish.subject, 1, None, module_id, now)
    work = _Import(conn, wish, now)
    done = 0
    with uncollected(), roomy(conn), _at_once(conn, wish, total):
        while portion := list(islice(rows, PORTION)):
            if stop is not None and stop.is_set():
                raise Refused(_("Cancelled: nothing was changed."))
            work.take(portion)
            done += len(portion)
            if progress is not None:
                progress(min(done, total), total)
    report = work.report(done)
    if at_the_end is not None:
        at_the_end(report)
    if wish.dry_run:
        raise TakenBack(report)
    work.name(action_id)
    return report


@contextmanager
def _at_once(conn: Connection, wish: Wish, total: int) -> Iterator[None]:
    """Very many new cards are counted once, not one by one, where the import changes none that is there."""
    if total < MANY or wish.landing is None or wish.on_duplicate is OnDuplicate.UPDATE or wish.brings_to_cards:
        yield
        return
    first = Ids(conn, "card").first
    new = (
        f"WITH RECURSIVE new (id) AS (VALUES ({first}) UNION ALL SELECT id + 1 FROM new WHERE id < {first + total})"
        " SELECT id FROM new"
    )
    with tally.counted_at_once(conn, new):
        yield


class _Import:
    """The rows of one file on their way in."""

    def __init__(self, conn: Connection, wish: Wish, now: datetime) -> None:
        self._conn, self._wish, self._at = conn, wish, stamp(now)
        self._mode = wish.on_duplicate
        self._book = ContactBook(conn, self._at)
        self._counts = {sort: Counts() for sort in Sort}
        self._matched_by = {"email": 0, "phone": 0, "name": 0}
        self._problems: list[Problem] = []
        self._seen: set[tuple[ContactKind, int]] = set()
        self._cards = None if wish.landing is None else _Cards(conn, wish, now, self._counts, self._problems)

    def take(self, portion: list[Read]) -> None:
        """Write one portion of rows."""
        rows = []
        for each in portion:
            if isinstance(each, ImportedRow):
                rows.append(each)
            else:
                self._problems.extend(each)
        self._book.look_up(rows)
        if self._cards is not None:
            self._cards.book.look_up(rows)
        for row in rows:
            self._take_row(row)
        renamed = self._book.flush()
        if self._cards is not None:
            self._cards.flush()
        self._refresh_cards_of(renamed)

    def report(self, rows: int) -> ImportReport:
        """What became of all."""
        problems = tuple(sorted(self._problems, key=lambda problem: problem.row))
        first = None if self._cards is None or self._cards.first_card is None else CardId(self._cards.first_card)
        return ImportReport(rows, self._counts, problems, self._wish.dry_run, self._matched_by, first)

    def name(self, action_id: ActionId) -> None:
        """Say where its undo leads."""
        if self._cards is not None and self._cards.first_card is not None:
            rename(self._conn, action_id, self._wish.subject, CardId(self._cards.first_card))

    def _take_row(self, row: ImportedRow) -> None:
        if self._is_refused(row):
            return
        company = None if row.company is None else self._contact(row.company)
        company_id = None if company is None else company.id
        persons = [self._contact(person, company_id) for person in row.persons]
        if row.card is None or self._cards is None:
            return
        person = persons[0] if persons else None
        if company is None and person is not None and person.company_id is not None:
            company = self._company_of(person)
        if self._cards.take(row, row.card, company, person):
            for each in persons:
                self._book.join(each, company_id)

    def _is_refused(self, row: ImportedRow) -> bool:
        """Before anything of the row is made: one with an error leaves nothing."""
        if self._mode is OnDuplicate.ERROR and any(self._refuse_known(row, each) for each in _subjects(row)):
            return True
        if self._cards is None or row.card is None:
            return False
        if not (self._mode is OnDuplicate.ERROR or (row.card.attaches and row.card.named)):
            return False
        company = None if row.company is None else self._book.find(row.company)
        company_id = None if company is None else company[0].id
        person = self._book.find(row.persons[0], company_id) if row.persons else None
        lacks = (row.company is not None and company is None) or (bool(row.persons) and person is None)
        found = None if lacks else self._cards.find(row.card, company and company[0], person and person[0])
        return self._cards.refuse(row, row.card, found)

    def _refuse_known(self, row: ImportedRow, contact: Contact) -> bool:
        found = self._book.find(contact)
        if found is None:
            return False
        why = _("“{name}” is there already, by the same {what}.")
        said = {"email": _("e-mail"), "phone": _("phone"), "name": _("name")}[found[1]]
        self._problems.append(Problem(row.row, "", why.format(name=found[0].name, what=said)))
        return True

    def _contact(self, contact: Contact, company_id: int | None = None) -> Known:
        """The contact behind one of a row: known, filled, or made."""
        counts = self._counts[_SORTS[contact.kind]]
        found = self._book.find(contact, company_id)
        if found is None or (contact.is_subject and self._mode is OnDuplicate.COPY):
            counts.made += 1
            return self._book.make(contact, company_id)
        known, by = found
        self._matched_by[by] += 1
        if self._mode is OnDuplicate.UPDATE and not known.is_made:
            # Of two rows that contradict each other the first one counts, each time.
            again = (known.kind, known.id) in self._seen
            self._seen.add((known.kind, known.id))
            changed = self._book.fill(known, contact, company_id, overwrite=contact.is_subject and not again)
            counts.updated += changed
            counts.matched += not changed
        elif known.is_made:
            # The file says more of a contact that it has made itself.
            self._book.fill(known, contact, company_id)
            counts.matched += 1
        else:
            counts.skipped += contact.is_subject
            counts.matched += not contact.is_subject
        return known

    def _company_of(self, person: Known) -> Known | None:
        """The company of a known person, for the card that names only them."""
        if person.company_id is None:
            return None
        known = self._book.by_id(ContactKind.COMPANY, person.company_id)
        if known is not None:
            return known
        query = "SELECT name, folded FROM company WHERE id = ?"
        name, folded = driver(self._conn).execute(query, (person.company_id,)).fetchone()
        return Known(ContactKind.COMPANY, person.company_id, name, folded)

    def _refresh_cards_of(self, renamed: tuple[Known, ...]) -> None:
        for known in renamed:
            query = f"SELECT id FROM card WHERE {known.kind.value}_id = ?"
            refresh(self._conn, [card_id for (card_id,) in driver(self._conn).execute(query, (known.id,)).fetchall()])


def _subjects(row: ImportedRow) -> Iterator[Contact]:
    """The contacts that the row is about."""
    everyone = row.persons if row.company is None else (row.company, *row.persons)
    return (each for each in everyone if each.is_subject)


class _Cards:
    """The cards of the rows."""

    def __init__(
        self, conn: Connection, wish: Wish, now: datetime, counts: dict[Sort, Counts], problems: list[Problem]
    ) -> None:
        assert wish.landing is not None
        self._conn, self._mode, self._at = conn, wish.on_duplicate, stamp(now)
        self._counts, self._problems = counts, problems
        self._maker = CardMaker(conn, wish.landing, now)
        self._changer = CardChanger(conn, wish.landing, self._maker, now)
        self.book = CardBook(conn, wish.landing.module.id, self._maker.first_id)
        self.first_card: int | None = None

    def take(self, row: ImportedRow, card: ImportedCard, company: Known | None, person: Known | None) -> bool:
        """Make the card of a row, or do with the one that is there as is wished; whether it was made."""
        found = None if self._mode is OnDuplicate.COPY and not card.attaches else self.book.find(card, company, person)
        if found is None:
            self._make(card, company, person)
            return True
        if card.attaches or found >= self._maker.first_id:
            self._attach(found, card)
        elif self._mode is OnDuplicate.UPDATE:
            self._change(found, card)
        else:
            self._counts[Sort.CARD].skipped += 1
        return False

    def find(self, card: ImportedCard, company: Known | None, person: Known | None) -> int | None:
        """The card that was there before the import, or the latest that a row attaches to."""
        found = self.book.find(card, company, person)
        return found if found is None or card.attaches or found < self._maker.first_id else None

    def refuse(self, row: ImportedRow, card: ImportedCard, found: int | None) -> bool:
        """Whether the row has an error: a card that is there, or one to which it belongs and that is not."""
        if card.attaches:
            if found is not None:
                return False
            why = _("there is no card “{name}” of this client: import the cards first.").format(name=card.name)
        else:
            if found is None:
                return False
            why = _("“{name}” of this client is there already (card {id}).").format(name=card.name, id=found)
        self._problems.append(Problem(row.row, "", why))
        return True

    def flush(self) -> None:
        """Write what a portion gave."""
        self._maker.rows.flush(self._conn)
        if self._changer.touched:
            refresh(self._conn, sorted(self._changer.touched))
        self._changer.forget()

    def _make(self, card: ImportedCard, company: Known | None, person: Known | None) -> None:
        card_id = self._maker.make(card, company, person)
        self.first_card = self.first_card or card_id
        self.book.add(card_id, card, company, person, self._at)
        self._counts[Sort.CARD].made += 1
        self._counts[Sort.TASK].made += len(card.tasks)
        self._counts[Sort.NOTE].made += len(card.notes)

    def _attach(self, card_id: int, card: ImportedCard) -> bool:
        tasks, notes = self._changer.attach(card_id, card)
        self._counts[Sort.TASK].made += tasks
        self._counts[Sort.NOTE].made += notes
        self._counts[Sort.TASK].skipped += len(card.tasks) - tasks
        self._counts[Sort.NOTE].skipped += len(card.notes) - notes
        if not card.attaches:
            self._counts[Sort.CARD].skipped += 1
        return bool(tasks or notes)

    def _change(self, card_id: int, card: ImportedCard) -> None:
        changed = self._changer.change(card_id, card)
        tasks, notes = self._changer.attach(card_id, card)
        self._counts[Sort.TASK].made += tasks
        self._counts[Sort.NOTE].made += notes
        if changed or tasks or notes:
            self._counts[Sort.CARD].updated += 1
        else:
            self._counts[Sort.CARD].skipped += 1
