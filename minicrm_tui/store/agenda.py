"""The agenda of a module: its listed cards in the order of the list, a page at a time.

SQL text, as in `views`.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.agenda import BUCKETS
from minicrm_tui.domain.records import NO_TASK_KEY, Bucket, CardRow, ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.store.calendar import Calendar
from minicrm_tui.store.order import Standing, behind
from minicrm_tui.store.rows import card_rows
from minicrm_tui.store.sorting import Sorted, part_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE: Final = 500
"""Cards that are read together."""


def keys_of(bucket: Bucket | None, calendar: Calendar) -> tuple[int, int]:
    """The sort keys of a bucket, or of all."""
    return (0, NO_TASK_KEY + 1) if bucket is None else calendar.bounds(bucket)


def page(
    conn: Connection, module_id: ModuleId, keys: tuple[int, int], after: Standing | None
) -> tuple[tuple[CardRow, ...], Standing | None]:
    """The next cards by their deadlines, and where they end; nothing more: None."""
    follows, values = behind(after)
    query = (
        "SELECT sort_key, folded, id FROM card INDEXED BY ix_card_list"
        f" WHERE module_id = ? AND place = 0 AND sort_key >= ? AND sort_key < ?{follows}"
        " ORDER BY sort_key, folded, id LIMIT ?"
    )
    found = [Standing(*row) for row in conn.exec_driver_sql(query, (module_id, *keys, *values, PAGE))]
    cards = card_rows(conn, [standing.id for standing in found])
    return cards, found[-1] if len(found) == PAGE else None


def in_order(
    conn: Connection, kept: Sorted, module_id: ModuleId, bucket: Bucket | None, calendar: Calendar
) -> array[int] | None:
    """The ids of the cards in a module's own order; None where that is the order of the deadlines."""
    ids = array("q")
    for each in BUCKETS if bucket is None else (bucket,):
        part = part_of(conn, None, View(module_id), each.value, calendar)
        if part is None:
            return None
        ids.extend(kept.ids(conn, part))
    return ids
