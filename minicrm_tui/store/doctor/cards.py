"""Cards against what they follow from: tasks, status, client, key fields; and documents against their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from minicrm_tui.i18n import N_, _, format_number, ngettext
from minicrm_tui.store import guards
from minicrm_tui.store.doctor.findings import Finding, Mending
from minicrm_tui.store.engine import driver
from minicrm_tui.store.upkeep import chunks, stale

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ALL = "SELECT id FROM card ORDER BY id"

_ELSEWHERE = """
    SELECT count(*), min(card.id) FROM card LEFT JOIN status ON status.id = card.status_id
    WHERE status.module_id IS NOT card.module_id
"""

_WITHOUT_DOCUMENT = """
    SELECT count(*), min(card.id) FROM card JOIN module ON module.id = card.module_id
    WHERE module.kind IN ('orders', 'invoicing') AND NOT EXISTS (SELECT 1 FROM document WHERE card_id = card.id)
"""

_FOREIGN_VALUES = """
    SELECT count(*), min(v.card_id) FROM field_value AS v
    JOIN field AS f ON f.id = v.field_id JOIN card AS c ON c.id = v.card_id WHERE f.module_id <> c.module_id
"""

_KEYLESS = """
    SELECT count(*), min(card.id) FROM card JOIN module ON module.id = card.module_id
    WHERE (module.kind = 'sales') <> (card.sales_status IS NOT NULL)
"""

_COUNTED: Final = {
    "foreign-status": (_ELSEWHERE, N_("{n} cards have a status of another module (the first: card {id}).")),
    "no-document": (_WITHOUT_DOCUMENT, N_("{n} orders or documents have no content (the first: card {id}).")),
    "foreign-field": (_FOREIGN_VALUES, N_("{n} values are of another module's fields (the first: card {id}).")),
    "key-fields": (
        _KEYLESS,
        N_("{n} cards have key fields of sales and are none, or lack them (the first: card {id})."),
    ),
}
"""What has no right answer: the query for how many and which is the first, and the sentence."""

_NUMBERS = """
    SELECT series, count(*), count(DISTINCT serial), min(serial), max(serial),
           (SELECT last FROM series AS s WHERE s.name = document.series)
    FROM document WHERE serial IS NOT NULL GROUP BY series ORDER BY series
"""


def stale_cards(conn: Connection) -> Iterator[int]:
    """Cards whose next task, place or words are not what their tasks, status and client say."""
    ids = [card_id for (card_id,) in driver(conn).execute(_ALL)]
    for chunk in chunks(ids):
        yield from stale(conn, chunk)


def kept_on_cards(conn: Connection) -> Iterator[Finding]:
    """What cards keep of their tasks and clients."""
    found = list(stale_cards(conn))
    if found:
        what = ngettext(
            "{n} card is not kept with its tasks and its client (card {id}).",
            "{n} cards are not kept with their tasks and their clients (the first: card {id}).",
            len(found),
        )
        yield Finding(
            "cards", what.format(n=format_number(len(found)), id=found[0]), _("They may stand in a wrong place."),
            Mending.CARDS,
        )  # fmt: skip


def opportunities(conn: Connection) -> Iterator[Finding]:
    """Every opportunity in the status of its key fields."""
    count, first = driver(conn).execute(guards.MISPLACED_CARDS).fetchone()
    if count:
        what = ngettext(
            "{n} opportunity does not stand where its fields put it (card {id}).",
            "{n} opportunities do not stand where their fields put them (the first: card {id}).",
            count,
        )
        hint = _("Their status follows from sales status, qualification and decision.")
        yield Finding("statuses", what.format(n=format_number(count), id=first), hint, Mending.STATUSES)
    yield from _counted(conn, "key-fields")


def belongings(conn: Connection) -> Iterator[Finding]:
    """Statuses, documents and fields that belong to another module than their card."""
    for key in ("foreign-status", "no-document", "foreign-field"):
        yield from _counted(conn, key)


def _counted(conn: Connection, key: str) -> Iterator[Finding]:
    query, sentence = _COUNTED[key]
    count, first = driver(conn).execute(query).fetchone()
    if count:
        yield Finding(key, _(sentence).format(n=format_number(count), id=first), restore_hint())


def numbers(conn: Connection) -> Iterator[Finding]:
    """The series of numbers: none twice, none left out, and the next one known."""
    for series, count, different, first, last, told in driver(conn).execute(_NUMBERS):
        if different < count:
            what = _("Series {name}: a number was given twice.").format(name=series)
            yield Finding("series-double", what, _("Ask your accountant; numbers are never changed."))
        elif first != 1 or last != count:
            what = _("Series {name}: a number between 1 and {last} is missing.").format(name=series, last=last)
            yield Finding("series-gap", what, _("Ask your accountant; numbers are never changed."))
        if told is None or told < last:
            what = _("Series {name}: the next number would be one that was given.").format(name=series)
            yield Finding("series-next", what, _("The next one must follow {last}.").format(last=last), Mending.SERIES)


def restore_hint() -> str:
    """What to do about what has no single right answer."""
    return _("Restore a backup from before (minicrm backups), or report it as a bug.")
