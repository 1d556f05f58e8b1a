"""What the list sorts and counts by, kept on each card: worked out again after its tasks, status or client changed.

SQL text: every write of any number of cards ends here, and its rows are read by position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from minicrm_tui.domain.records import NO_TASK_KEY
from minicrm_tui.domain.text import fold
from minicrm_tui.store.rows import FINISHED, LISTED, TRASHED, id_list, moment
from minicrm_tui.store.updates import Value, update_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.rows import Columns

CHUNK = 1000
"""How many cards are read and written at a time: enough to be fast, few enough to keep memory flat."""

_CARDS = """
    SELECT c.id, c.name, c.created_at, c.trashed_at, s.grp, company.folded AS company, person.folded AS person,
           c.folded, c.search, c.place, c.sort_key, c.next_task_id, c.open_tasks
    FROM card AS c
    JOIN status AS s ON s.id = c.status_id
    LEFT JOIN company ON company.id = c.company_id
    LEFT JOIN person ON person.id = c.person_id
    WHERE c.id IN (SELECT value FROM json_each(?))
"""

_OPEN_TASKS = """
    SELECT card_id, id, due_key, text FROM task
    WHERE card_id IN (SELECT value FROM json_each(?)) AND closed_at IS NULL
    ORDER BY card_id, due_key, id
"""

_FINISHED_AT = """
    SELECT card_id, max(at) FROM history
    WHERE card_id IN (SELECT value FROM json_each(?)) AND kind IN ('status', 'task')
    GROUP BY card_id
"""


class Kept(NamedTuple):
    """The columns of a card that follow from its other data, in the order of the update."""

    folded: str
    search: str
    place: int
    sort_key: int
    next_task_id: int | None
    open_tasks: int


@dataclass(slots=True)
class _OpenTasks:
    """A card's open tasks, as far as the card keeps them."""

    next_id: int
    due_key: int
    texts: list[str]


_FIELD_VALUES = """
    SELECT card_id, folded FROM field_value
    WHERE card_id IN (SELECT value FROM json_each(?)) AND folded <> '' ORDER BY card_id, field_id
"""


def refresh(conn: Connection, card_ids: Iterable[int]) -> int:
    """Bring these cards up to date with their tasks, status and client; says how many had to be written."""
    return sum(_refresh_chunk(conn, chunk) for chunk in chunks(card_ids))


def chunks(ids: Iterable[int], size: int = CHUNK) -> Iterator[tuple[int, ...]]:
    """The ids in portions."""
    rest = iter(ids)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def stale(conn: Connection, card_ids: tuple[int, ...]) -> list[int]:
    """Those of these cards that `refresh` would write."""
    return [int(row[-1] or 0) for row in _due(conn, card_ids)]


def _refresh_chunk(conn: Connection, card_ids: tuple[int, ...]) -> int:
    changed = _due(conn, card_ids)
    if changed:
        update_rows(conn, "card", Kept._fields, changed)
    return len(changed)


def _due(conn: Connection, card_ids: tuple[int, ...]) -> list[tuple[Value, ...]]:
    """The updates that these cards need, each ending with the card's id."""
    wanted = id_list(card_ids)
    tasks, fields = _open_tasks(conn, wanted), _field_values(conn, wanted)
    changed: list[tuple[Value, ...]] = []
    finished: list[tuple[Columns, Kept]] = []
    for row in conn.exec_driver_sql(_CARDS, (wanted,)).all():
        kept = _kept(row, tasks.get(row.id), fields.get(row.id, ()))
        if kept.place == FINISHED and row.place != FINISHED:
            finished.append((row, kept))
        elif tuple(row[7:]) != kept:
            changed.append((*kept, row.id))
    if finished:
        changed.extend(_just_finished(conn, finished))
    return changed


def _open_tasks(conn: Connection, wanted: str) -> dict[int, _OpenTasks]:
    found: dict[int, _OpenTasks] = {}
    for card_id, task_id, due_key, text in conn.exec_driver_sql(_OPEN_TASKS, (wanted,)).all():
        if card_id in found:
            found[card_id].texts.append(text)
        else:
            found[card_id] = _OpenTasks(task_id, due_key, [text])
    return found


def _field_values(conn: Connection, wanted: str) -> dict[int, list[str]]:
    """What the fields of the cards' modules say, folded."""
    found: dict[int, list[str]] = {}
    for card_id, folded in conn.exec_driver_sql(_FIELD_VALUES, (wanted,)):
        found.setdefault(card_id, []).append(folded)
    return found


def _kept(row: Columns, tasks: _OpenTasks | None, fields: Sequence[str]) -> Kept:
    texts = () if tasks is None else map(fold, tasks.texts)
    place = _place(row, tasks)
    return Kept(
        folded=fold(row.name),
        search="\n".join(line for line in (row.company, row.person, *texts, *fields) if line),
        place=place,
        sort_key=_sort_key(row, place, tasks),
        next_task_id=None if tasks is None else tasks.next_id,
        open_tasks=0 if tasks is None else len(tasks.texts),
    )


def _place(row: Columns, tasks: _OpenTasks | None) -> int:
    if row.trashed_at is not None:
        return TRASHED
    return FINISHED if tasks is None and row.grp in ("success", "failed") else LISTED


def _sort_key(row: Columns, place: int, tasks: _OpenTasks | None) -> int:
    if place == TRASHED:
        return newest_first(row.trashed_at)
    if place == FINISHED:
        # A finished card keeps the moment of its finishing; that of a new one is looked up with all the others.
        return int(row.sort_key)
    return NO_TASK_KEY if tasks is None else tasks.due_key


def _just_finished(conn: Connection, finished: list[tuple[Columns, Kept]]) -> Iterator[tuple[Value, ...]]:
    """Their updates: a card was finished by its latest move or closed task, or else was made so."""
    wanted = id_list(row.id for row, _kept in finished)
    latest: dict[int, str] = dict(tuple(row) for row in conn.exec_driver_sql(_FINISHED_AT, (wanted,)))
    for row, kept in finished:
        at = latest.get(row.id, row.created_at)
        yield (*kept._replace(sort_key=newest_first(at)), row.id)


@lru_cache(maxsize=256)
def newest_first(stamp: str) -> int:
    """The sort key of a card outside the list: the later the moment, the lower the key."""
    return -int(moment(stamp).timestamp())
