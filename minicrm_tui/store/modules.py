"""The installed modules: putting one in, and the bar's summary of all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.records import Kind, ModuleId, ModuleSummary
from minicrm_tui.i18n import _
from minicrm_tui.store import rows, views

if TYPE_CHECKING:
    from sqlalchemy import Connection

ONCE = frozenset({Kind.ORDERS, Kind.INVOICING})
"""Kinds of which there is one module at most: their numbers are one series."""


def install(conn: Connection, kind: Kind, name: str | None = None, item: str | None = None) -> ModuleId:
    """Put a module at the end of the bar, with its kind's pipeline. No action of its own: the caller begins one."""
    if kind in ONCE and _is_installed(conn, kind):
        raise Refused(_("{module} can be installed only once.").format(module=pipelines.module_name(kind)))
    inserted = conn.exec_driver_sql(
        "INSERT INTO module (kind, name, item, position) SELECT ?, ?, ?, ifnull(max(position) + 1, 0) FROM module",
        (kind.value, name, item),
    )
    module_id = ModuleId(inserted.lastrowid or 0)
    conn.exec_driver_sql(
        "INSERT INTO status (module_id, key, grp, position) VALUES (?, ?, ?, ?)",
        [
            (module_id, status.key, status.group.value, position)
            for position, status in enumerate(pipelines.template(kind))
        ],
    )
    return module_id


def _is_installed(conn: Connection, kind: Kind) -> bool:
    query = "SELECT 1 FROM module WHERE kind = ? AND trashed_at IS NULL LIMIT 1"
    return conn.exec_driver_sql(query, (kind.value,)).first() is not None


def summaries(conn: Connection, now: datetime) -> tuple[ModuleSummary, ...]:
    """The modules in the order of the bar, with their pipelines and how many of their cards have expired."""
    return tuple(
        ModuleSummary(module, rows.statuses(conn, module), views.expired(conn, module.id, now))
        for module in rows.modules(conn)
    )
