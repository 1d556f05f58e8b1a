"""Records of the whole → rows of their tables, with what follows from other data worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final

from minicrm_tui.domain.reach import Reach, plain
from minicrm_tui.domain.records import NO_TASK_KEY, Due
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.whole import Record, damaged_at
from minicrm_tui.i18n import _
from minicrm_tui.store.exports.kinds import Value, WrongValueError
from minicrm_tui.store.exports.layout import DERIVED, LAYOUT, Part, Written
from minicrm_tui.store.rows import FINISHED, LISTED
from minicrm_tui.store.upkeep import newest_first

Values = Mapping[str, Value]
"""A row by the names of its columns."""


def columns_of(name: str) -> tuple[str, ...]:
    """The columns that a part's rows are written with, in their order."""
    return (*(column.column for column in LAYOUT[name].columns), *DERIVED.get(name, ()))


def row_of(record: Record) -> tuple[Value, ...]:
    """A record as a row, in the order of `columns_of`; Refused, with its line, for a value that can't be."""
    part = LAYOUT[record.part]
    _refuse_unknown(record, part)
    values = {column.column: _value(record, column) for column in part.columns}
    derive = _DERIVED.get(record.part)
    if derive is not None:
        values |= derive(values)
    return tuple(values[column] for column in columns_of(record.part))


def _refuse_unknown(record: Record, part: Part) -> None:
    unknown = record.values.keys() - {column.key for column in part.columns}
    if unknown:
        key = min(unknown)[:40]
        raise damaged_at(record.line, _("{part} have no “{key}”").format(part=record.part, key=key))


def _value(record: Record, column: Written) -> Value:
    said = record.values.get(column.key)
    if said is None:
        if column.required:
            raise damaged_at(record.line, _("“{key}” is missing").format(key=column.key))
        return column.missing
    try:
        return column.kind.take(said) if said != column.missing else column.missing
    except WrongValueError as error:
        raise damaged_at(record.line, f"“{column.key}”: {error}") from None


def _named(values: Values) -> Values:
    return {"folded": fold(str(values["name"]))}


def _of_channel(values: Values) -> Values:
    return {"plain": plain(Reach(str(values["kind"])), str(values["value"]))}


def _of_card(values: Values) -> Values:
    """Its tasks and client come later: only where it stands while it has none is known."""
    finished_at = values["sort_key"]
    return {
        **_named(values),
        "search": "",
        "place": LISTED if finished_at is None else FINISHED,
        "sort_key": NO_TASK_KEY if finished_at is None else newest_first(str(finished_at)),
        "next_task_id": None,
        "open_tasks": 0,
    }


def _of_task(values: Values) -> Values:
    at = values["at"]
    due = Due(date.fromisoformat(str(values["day"])), None if at is None else time.fromisoformat(str(at)))
    return {"due_key": due.key}


_DERIVED: Final[Mapping[str, Callable[[Values], Values]]] = {
    "companies": _named,
    "persons": _named,
    "channels": _of_channel,
    "products": _named,
    "cards": _of_card,
    "tasks": _of_task,
}
