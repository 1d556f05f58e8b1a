"""Since when nothing was noted or changed on the tasks of opportunities in progress, where modules mark that.

SQL text, since the pipeline and the peek show it. It is looked up for the rows of a page only; where no module marks
what is forgotten, it costs one look at the modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain.quiet import Quiet
from minicrm_tui.domain.records import CardDetails, CardRow
from minicrm_tui.store import rows
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import id_list, moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

_IS_MARKED = "SELECT 1 FROM module WHERE forgotten_days IS NOT NULL LIMIT 1"

_SINCE = """
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


def with_quiet(conn: Connection, cards: Sequence[CardRow]) -> tuple[CardRow, ...]:
    """The same rows; those that may be forgotten say since when they are quiet."""
    if not cards or driver(conn).execute(_IS_MARKED).fetchone() is None:
        return tuple(cards)
    found = _quiet(conn, (card.id for card in cards))
    return tuple(replace(card, quiet=found[card.id]) if card.id in found else card for card in cards)


def card_details(conn: Connection, card_id: int) -> CardDetails:
    """As `rows.card_details`; a card that may be forgotten says since when it is quiet."""
    details = rows.card_details(conn, card_id)
    (row,) = with_quiet(conn, (details.row,))
    return details if row is details.row else replace(details, row=row)


def _quiet(conn: Connection, card_ids: Iterable[int]) -> dict[int, Quiet]:
    """Of those that are in progress, in a module that marks what is forgotten."""
    found: list[tuple[int, int, str]] = driver(conn).execute(_SINCE, (id_list(card_ids),)).fetchall()
    return {card_id: Quiet(moment(since), days) for card_id, days, since in found}
