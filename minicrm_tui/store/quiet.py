"""Since when nothing has happened to cards, where their modules mark what is forgotten, or their statuses what rots.

SQL text, since the list, the pipeline and the peek show it. It is looked up for the rows of a page only; where nothing
is marked, it costs one look at the modules and their statuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain.quiet import Quiet, Still
from minicrm_tui.domain.records import CardDetails, CardRow
from minicrm_tui.store import rows
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list, moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ARE_MARKED = """
    SELECT EXISTS (SELECT 1 FROM module WHERE forgotten_days IS NOT NULL),
           EXISTS (SELECT 1 FROM status WHERE rot_days IS NOT NULL)
"""

_QUIET = """
    SELECT c.id, m.forgotten_days, max(
        c.created_at,
        ifnull((SELECT max(max(t.created_at, t.changed_at)) FROM task AS t WHERE t.card_id = c.id), ''),
        ifnull((
            SELECT h.at FROM history AS h WHERE h.card_id = c.id AND h.kind IN ('note', 'task', 'reopened')
            ORDER BY h.at DESC, h.id DESC LIMIT 1
        ), '')
    )
    FROM card AS c JOIN module AS m ON m.id = c.module_id
    WHERE c.id IN (SELECT value FROM json_each(?)) AND c.sales_status = 'in_progress' AND m.forgotten_days IS NOT NULL
"""

_STILL = """
    SELECT c.id, s.rot_days, max(
        c.created_at,
        ifnull((
            SELECT h.at FROM history AS h WHERE h.card_id = c.id AND h.kind IN ('note', 'task', 'status')
            ORDER BY h.at DESC, h.id DESC LIMIT 1
        ), '')
    ), ifnull((SELECT max(t.due_key) FROM task AS t WHERE t.card_id = c.id AND t.closed_at IS NULL), 0)
    FROM card AS c JOIN status AS s ON s.id = c.status_id
    WHERE c.id IN (SELECT value FROM json_each(?)) AND c.place <> 2 AND s.rot_days IS NOT NULL
"""


def with_quiet(conn: Connection, cards: Sequence[CardRow]) -> tuple[CardRow, ...]:
    """The same rows; those that may be forgotten, or rot, say since when nothing has happened."""
    if not cards:
        return ()
    forgets, rots = driver(conn).execute(_ARE_MARKED).fetchone()
    if not (forgets or rots):
        return tuple(cards)
    ids = id_list(card.id for card in cards)
    quiet = _quiet(conn, ids) if forgets else {}
    still = _still(conn, ids) if rots else {}
    return tuple(
        replace(card, quiet=quiet.get(card.id), still=still.get(card.id))
        if card.id in quiet or card.id in still
        else card
        for card in cards
    )


def card_details(conn: Connection, card_id: int) -> CardDetails:
    """As `rows.card_details`; a card that may be forgotten, or rot, says since when nothing has happened."""
    details = rows.card_details(conn, card_id)
    (row,) = with_quiet(conn, (details.row,))
    return details if row is details.row else replace(details, row=row)


def _quiet(conn: Connection, ids: str) -> dict[int, Quiet]:
    """Of those that are in progress, in a module that marks what is forgotten."""
    found: list[tuple[int, int, str]] = driver(conn).execute(_QUIET, (ids,)).fetchall()
    return {card_id: Quiet(moment(since), days) for card_id, days, since in found}


def _still(conn: Connection, ids: str) -> dict[int, Still]:
    """Of those in a status that marks what rots in it."""
    found: list[tuple[int, int, str, int]] = driver(conn).execute(_STILL, (ids,)).fetchall()
    return {card_id: Still(moment(since), days, planned) for card_id, days, since, planned in found}
