"""The installed modules: the bar's summary of all. It is on the first screen, so it does without SQLModel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import ModuleSummary
from minicrm_tui.store import rows, views

if TYPE_CHECKING:
    from sqlalchemy import Connection


def summaries(conn: Connection, now: datetime) -> tuple[ModuleSummary, ...]:
    """The modules in the order of the bar, with their pipelines and how many of their cards have expired."""
    return tuple(
        ModuleSummary(module, rows.statuses(conn, module), views.expired(conn, module.id, now))
        for module in rows.modules(conn)
    )
