"""All modules, for the bar and for their list. The bar is on the first screen, so this does without SQLModel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.modules import ListedModule
from minicrm_tui.domain.records import ModuleSummary
from minicrm_tui.store import rows, views
from minicrm_tui.store.engine import driver
from minicrm_tui.store.tally import EVERY_STATUS

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CARDS = "SELECT ifnull(sum(cards), 0) FROM tally WHERE module_id = ? AND status_id = ?"

_TRASHED = "SELECT * FROM module WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id DESC"


def summaries(conn: Connection, now: datetime) -> tuple[ModuleSummary, ...]:
    """The modules in the order of the bar, with their pipelines and how many of their cards have expired."""
    return tuple(
        ModuleSummary(module, rows.statuses(conn, module), views.expired(conn, module.id, now))
        for module in rows.modules(conn)
    )


def installed(conn: Connection, now: datetime) -> tuple[ListedModule, ...]:
    """The same, with the number of their cards."""
    return tuple(
        ListedModule(each.module, each.statuses, _cards(conn, each.module.id), each.expired)
        for each in summaries(conn, now)
    )


def trashed(conn: Connection) -> tuple[ListedModule, ...]:
    """The modules in the trash, what went there last first; none of their cards counts as expired."""
    found = []
    for row in conn.exec_driver_sql(_TRASHED):
        module = rows.module_of(row.id, row)
        at = rows.moment(row.trashed_at)
        found.append(ListedModule(module, rows.statuses(conn, module), _cards(conn, module.id), 0, at))
    return tuple(found)


def _cards(conn: Connection, module_id: int) -> int:
    counted: tuple[int] = driver(conn).execute(_CARDS, (module_id, EVERY_STATUS)).fetchone()
    return counted[0]
