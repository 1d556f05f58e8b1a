"""The next expired card, in the order of the list: in a module, then in those behind it.

SQL text, as in `views`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardId, ModuleId, moment_key
from minicrm_tui.store import order
from minicrm_tui.store.order import Standing, card_at
from minicrm_tui.store.rows import LISTED
from minicrm_tui.store.sorting import Sorted, expired_part
from minicrm_tui.store.trashed import IN_USE

if TYPE_CHECKING:
    from sqlalchemy import Connection


def next_expired(
    conn: Connection, kept: Sorted, module_id: ModuleId, after: CardId | None, now: datetime
) -> tuple[ModuleId, CardId] | None:
    """The next expired card of this module after the given one, from the top again at the end, else of the others."""
    here = _next_in(conn, kept, module_id, after, now)
    if here is not None and here != after:
        return module_id, here
    for other in _modules_after(conn, module_id):
        there = _next_in(conn, kept, other, None, now)
        if there is not None:
            return other, there
    return None if here is None else (module_id, here)


def _next_in(conn: Connection, kept: Sorted, module_id: ModuleId, after: CardId | None, now: datetime) -> CardId | None:
    part = expired_part(conn, module_id, moment_key(now))
    if part is not None:
        ids = kept.ids(conn, part)
        at = ids.index(after) + 1 if after is not None and after in ids else 0
        return CardId(ids[at % len(ids)]) if ids else None
    card = None if after is None else card_at(conn, after)
    if card is not None and card.module_id == module_id and card.place == LISTED:
        following = _first(conn, module_id, now, card.standing)
        if following is not None:
            return following
    return _first(conn, module_id, now, None)


def _first(conn: Connection, module_id: ModuleId, now: datetime, after: Standing | None) -> CardId | None:
    follows, values = order.behind(after)
    query = (
        "SELECT id FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = 0 AND sort_key < ?"
        f" AND +module_id IN {IN_USE}{follows} ORDER BY sort_key, folded, id LIMIT 1"
    )
    return conn.exec_driver_sql(query, (module_id, moment_key(now), *values)).scalar_one_or_none()


def _modules_after(conn: Connection, module_id: ModuleId) -> list[ModuleId]:
    """The other modules in the order of the bar, beginning behind this one."""
    query = "SELECT id FROM module WHERE trashed_at IS NULL ORDER BY position, id"
    ids = [ModuleId(found) for found in conn.exec_driver_sql(query).scalars()]
    place = ids.index(module_id) if module_id in ids else -1
    return [*ids[place + 1 :], *ids[: max(place, 0)]]
