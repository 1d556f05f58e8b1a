"""Numbers for the documents of a file that was filled at once: in each series by the moment, without a gap.

SQL text: what is written here goes over very many rows that no table of SQLModel holds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.documents import cancelled_by_text, storno_notes, storno_subject
from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STAMP: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', moment * 60, 'unixepoch')"

_NUMBERS: Final = (
    """
    CREATE TEMP TABLE numbered (card_id INTEGER PRIMARY KEY, document_id, moment, series, place, number, issued_on)
    """,
    """
    INSERT INTO temp.numbered
    SELECT card_id, id, serial, series, place, printf('%s/%05d', series, place), issued_on FROM (
        SELECT *, row_number() OVER (PARTITION BY series ORDER BY serial, id) AS place
        FROM document WHERE serial IS NOT NULL
    )
    """,
    "UPDATE document SET serial = place FROM temp.numbered WHERE numbered.document_id = document.id",
    """
    INSERT INTO series (name, last, last_on)
    SELECT series, max(place), max(issued_on) FROM temp.numbered GROUP BY series
    """,
    f"""
    INSERT INTO history (card_id, at, kind, text, field, old, new, by_itself)
    SELECT card_id, {_STAMP}, 'document', number, 'number', '', issued_on, 0 FROM temp.numbered
    """,
    """
    UPDATE link SET description = description || ' ' || number FROM temp.numbered
    WHERE numbered.card_id = link.card_id AND description <> ''
    """,
)
"""Documents have the minute as their serial number before, and their place in the series after."""

_CANCELLING: Final = """
    SELECT document.id, document.card_id, document.cancels, storno.number, original.number, original.issued_on,
           strftime('%Y-%m-%dT%H:%M:%SZ', storno.moment * 60, 'unixepoch')
    FROM document
    JOIN temp.numbered AS storno ON storno.card_id = document.card_id
    JOIN temp.numbered AS original ON original.card_id = document.cancels
    WHERE document.cancels IS NOT NULL ORDER BY document.id
"""

_LINKED: Final = """
    INSERT INTO history (card_id, at, kind, text, field, old, new, by_itself)
    SELECT mine, made, 'linked', card.name, '', '', said, 0 FROM (
        SELECT card_id AS mine, other_id AS theirs, created_at AS made, description AS said, id AS nth FROM link
        UNION ALL SELECT other_id, card_id, created_at, description, id FROM link
    ) JOIN card ON card.id = theirs ORDER BY nth, mine
"""


def number_documents(conn: Connection) -> None:
    """Give each its place in its series, then name what cancels which, and tell it all in the histories."""
    for statement in _NUMBERS:
        driver(conn).execute(statement).close()
    _name_what_cancels(conn)
    driver(conn).execute(_LINKED).close()
    driver(conn).execute("DROP TABLE temp.numbered").close()


def _name_what_cancels(conn: Connection) -> None:
    """Few of them, each with the number of another one in its subject and on its paper."""
    cursor = driver(conn)
    for document_id, card_id, cancelled, told, number, issued_on, at in cursor.execute(_CANCELLING).fetchall():
        subject = storno_subject(number)
        notes = storno_notes(number, date.fromisoformat(issued_on))
        cursor.execute("UPDATE card SET name = ?, folded = ? WHERE id = ?", (subject, fold(subject), card_id)).close()
        cursor.execute("UPDATE document SET notes = ? WHERE id = ?", (notes, document_id)).close()
        cursor.execute(
            "INSERT INTO link (card_id, other_id, description, created_at) VALUES (?, ?, ?, ?)",
            (cancelled, card_id, cancelled_by_text(told), at),
        ).close()
        cursor.execute(
            "INSERT INTO history (card_id, at, kind, text, field) VALUES (?, ?, 'document', ?, 'cancelled_by')",
            (cancelled, at, told),
        ).close()
