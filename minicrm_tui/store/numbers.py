"""Numbers in series: each the next one, on a day that is never before the last one's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import bindparam, col, select, update

from minicrm_tui.domain.documents import DocumentKind, series
from minicrm_tui.store.document_tables import SeriesTable
from minicrm_tui.store.statements import add

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SERIES = select(SeriesTable).where(col(SeriesTable.name) == bindparam("series"))

_TAKE = update(SeriesTable).where(col(SeriesTable.id) == bindparam("found"))


class Taken(NamedTuple):
    """A number that was taken: its series, its place there, and the day that it counts from."""

    series: str
    serial: int
    day: date


def take(conn: Connection, kind: DocumentKind, currency: str, today: date) -> Taken:
    """The next number of the series of this kind, currency and year; in the caller's transaction, so without a gap.

    A clock that was set back gives the last one's day again, and its series.
    """
    latest = _latest(conn, kind, currency, today)
    name = series(kind, currency, latest)
    found = conn.execute(_SERIES, {"series": name}).one_or_none()
    if found is None:
        add(conn, SeriesTable(name=name, last=1, last_on=latest.isoformat()))
        return Taken(name, 1, latest)
    conn.execute(_TAKE, {"found": found.id, "last": found.last + 1, "last_on": latest.isoformat()})
    return Taken(name, found.last + 1, latest)


def _latest(conn: Connection, kind: DocumentKind, currency: str, today: date) -> date:
    """Today, or the day of the last number where that is later: of next year's series, when the clock was set back."""
    days = [today]
    for year in (today.year, today.year + 1):
        name = series(kind, currency, date(year, 1, 1))
        found = conn.execute(_SERIES, {"series": name}).one_or_none()
        if found is not None and found.last_on:
            days.append(date.fromisoformat(found.last_on))
    return max(days)
