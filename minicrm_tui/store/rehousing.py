"""All cards of a status at once: into another status when theirs is deleted, or to where its new group puts them.

What is written is what moving each card, and `upkeep.refresh`, would write; by a few statements a portion, since a
status may have a hundred thousand cards. SQL text, for that reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.fields import Missing, required_fields
from minicrm_tui.domain.pipelines import kept_name
from minicrm_tui.domain.records import NO_TASK_KEY, Group, Module, Status
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.store import tally
from minicrm_tui.store.engine import driver
from minicrm_tui.store.field_reads import fields_of
from minicrm_tui.store.results import Rehoused
from minicrm_tui.store.rows import FINISHED, LISTED, TRASHED, stamp
from minicrm_tui.store.upkeep import newest_first
from minicrm_tui.store.wide import Wide, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from minicrm_tui.store.targets import Progress
    from minicrm_tui.store.updates import Value

PORTION: Final = 5000
"""Cards that are written between two looks at the wish to stop."""

ENDS: Final = (Group.SUCCESS, Group.FAILED)

_PART: Final = "(SELECT id FROM temp.part)"

_STATUS_ENTRY: Final = (
    "SELECT id, :at, 'status', 'status', :old, :new FROM temp.part ORDER BY id",
    ("card_id", "at", "kind", "field", "old", "new"),
)

_TASK_ENTRY: Final = (
    "SELECT card_id, :at, 'task', text, 'outcome', 'failed' FROM task"
    f" WHERE card_id IN {_PART} AND closed_at IS NULL ORDER BY id",
    ("card_id", "at", "kind", "text", "field", "new"),
)

_CLOSE_TASK: Final = {"closed_at": ":at", "outcome": "'failed'", "comment": "NULL"}

_LINES: Final = (
    "ifnull((SELECT folded FROM company WHERE company.id = card.company_id), '')",
    "ifnull((SELECT folded FROM person WHERE person.id = card.person_id), '')",
    "ifnull((SELECT group_concat(folded, char(10)) FROM (SELECT folded FROM field_value"
    " WHERE field_value.card_id = card.id AND folded <> '' ORDER BY field_id)), '')",
)

_SEARCH: Final = f"replace(trim({' || char(10) || '.join(_LINES)}, char(10)), char(10) || char(10), char(10))"
"""What is searched of a card without an open task: a line for its company, its person and each value of a field."""

_WITHOUT_TASKS: Final = {
    "next_task_id": "NULL",
    "open_tasks": "0",
    "search": f"CASE open_tasks WHEN 0 THEN search ELSE {_SEARCH} END",
}

_FINISHED_AT: Final = (
    "-CAST(strftime('%s', ifnull((SELECT max(at) FROM history WHERE history.card_id = card.id"
    " AND kind IN ('status', 'task')), created_at)) AS INTEGER)"
)
"""As `upkeep.newest_first`, of the latest move or closed task."""


@dataclass(frozen=True, slots=True)
class Rehousing:
    """What is done to all cards of a status, under the current action."""

    conn: Connection
    module: Module
    pipeline: Sequence[Status]
    progress: Progress | None = None
    stop: Event | None = None

    def move(self, status: Status, taker: Status | None, now: datetime) -> Rehoused:
        """Its cards, also those in the trash, go into the other status, as by a move of each.

        Refused where it has cards and nothing takes them, Missing where one lacks what the other status requires.
        """
        count = self._count(f"status_id = {status.id}")
        if not count:
            return Rehoused(0)
        if taker is None:
            raise _nobody_takes(status, count)
        self._refuse_missing(status, taker)
        becoming, cards = _becoming(status, taker), f"SELECT id FROM card WHERE status_id = {status.id}"
        counting = (
            tally.taken_over(self.conn, status.id, taker.id)
            if becoming.keys() == {"status_id"}
            else tally.counted_at_once(self.conn, cards, tasks=_fails(status, taker))
        )
        with wide(self.conn, count, counting) as write:
            closed = sum(self._tell(write, part, status, taker, now) for part in self._by_id(status, count))
            values = {"into": taker.id, "finished": newest_first(stamp(now))}
            for _done in self._in_order(f"status_id = {status.id}", count, half=True):
                write.update("card", becoming, f"id IN {_PART}", values)
        return Rehoused(count, closed)

    def regroup(self, status: Status, group: Group) -> None:
        """Its group has changed: cards without a task are finished in an end, and listed elsewhere."""
        if (status.group in ENDS) == (group in ENDS):
            return
        place, becoming = (LISTED, {"place": str(FINISHED), "sort_key": _FINISHED_AT})
        if group not in ENDS:
            place, becoming = (FINISHED, {"place": str(LISTED), "sort_key": str(NO_TASK_KEY)})
        which = f"status_id = {status.id} AND place = {place} AND open_tasks = 0"
        count = self._count(which)
        counting = tally.counted_at_once(self.conn, f"SELECT id FROM card WHERE {which}", tasks=False)
        with wide(self.conn, count, counting) as write:
            for _done in self._in_order(which, count):
                write.update("card", becoming, f"id IN {_PART}", {})

    # --- what is looked at first

    def _count(self, which: str) -> int:
        found = driver(self.conn).execute(f"SELECT count(*) FROM card WHERE {which}").fetchone()
        return int(found[0])

    def _refuse_missing(self, status: Status, taker: Status) -> None:
        lacking, most = [], 0
        for field in required_fields(fields_of(self.conn, self.module.id), taker, self.pipeline):
            without = self._count(
                f"status_id = {status.id} AND place <> {TRASHED}"
                f" AND id NOT IN (SELECT card_id FROM field_value WHERE field_id = {field.id})"
            )
            if without:
                lacking.append(field)
                most = max(most, without)
        if lacking:
            raise Missing(lacking, most, _("Fill it in, or choose another status."))

    # --- a portion at a time

    def _by_id(self, status: Status, count: int) -> Iterator[int]:
        """The cards in the order in which their tasks and their history are kept; the first half of the way."""
        under, done, last = driver(self.conn), 0, 0
        under.execute("CREATE TEMP TABLE IF NOT EXISTS moving (id INTEGER PRIMARY KEY)").close()
        under.execute("DELETE FROM temp.moving").close()
        under.execute(f"INSERT INTO temp.moving SELECT id FROM card WHERE status_id = {status.id}").close()
        while done < count:
            self._refuse_stopped()
            self._take(f"temp.moving WHERE id > {last} ORDER BY id")
            done, last = done + PORTION, self._last()
            yield done
            self._tell_progress(min(done, count) // 2, count)

    def _in_order(self, which: str, count: int, *, half: bool = False) -> Iterator[int]:
        """The cards in the order of the indexes in which they move; what is written takes them out of `which`.

        `half`: it is the second half of the way.
        """
        for done in range(0, count, PORTION):
            self._refuse_stopped()
            self._take(f"card WHERE {which} ORDER BY place, sort_key, folded, id")
            yield done
            reached = min(done + PORTION, count)
            self._tell_progress((count + reached) // 2 if half else reached, count)

    def _take(self, source: str) -> None:
        under = driver(self.conn)
        under.execute("CREATE TEMP TABLE IF NOT EXISTS part (id INTEGER PRIMARY KEY)").close()
        under.execute("DELETE FROM temp.part").close()
        under.execute(f"INSERT INTO temp.part SELECT id FROM {source} LIMIT {PORTION}").close()

    def _last(self) -> int:
        return int(driver(self.conn).execute("SELECT max(id) FROM temp.part").fetchone()[0])

    def _refuse_stopped(self) -> None:
        if self.stop is not None and self.stop.is_set():
            raise Refused(_("Cancelled: nothing was changed."))

    def _tell_progress(self, done: int, count: int) -> None:
        if self.progress is not None:
            self.progress(done, count)

    def _tell(self, write: Wide, _done: int, status: Status, taker: Status, now: datetime) -> int:
        """Tell the history of a portion where it goes, and close what is open where it fails; says how many tasks."""
        kind = self.module.kind
        values: Mapping[str, Value] = {
            "at": stamp(now),
            "old": kept_name(kind, status),
            "new": kept_name(kind, taker),
        }
        select, columns = _STATUS_ENTRY
        write.insert("history", columns, select, values)
        if not _fails(status, taker):
            return 0
        select, columns = _TASK_ENTRY
        write.insert("history", columns, select, values)
        return write.update("task", _CLOSE_TASK, f"card_id IN {_PART} AND closed_at IS NULL", values)


def _nobody_takes(status: Status, count: int) -> Refused:
    cards = ngettext("“{status}” has {n} card.", "“{status}” has {n} cards.", count)
    return Refused(
        cards.format(status=status.name, n=format_number(count)), _("Choose the status that takes its cards.")
    )


def _fails(status: Status, taker: Status) -> bool:
    return taker.group is Group.FAILED and status.group is not Group.FAILED


def _becoming(status: Status, taker: Status) -> Mapping[str, str]:
    """The columns of a card that the move changes; the expressions see it as it was."""
    fails, ends = _fails(status, taker), taker.group in ENDS
    becoming = {"status_id": ":into"} | (_WITHOUT_TASKS if fails else {})
    if ends == (status.group in ENDS) and not fails:
        return becoming
    finishes = "0" if not ends else "1" if fails else "open_tasks = 0"
    key = (
        f"CASE WHEN place = {TRASHED} THEN sort_key"
        f" WHEN {finishes} THEN CASE place WHEN {FINISHED} THEN sort_key ELSE :finished END"
        f" WHEN place = {FINISHED} THEN {NO_TASK_KEY} ELSE sort_key END"
    )
    place = f"CASE WHEN place = {TRASHED} THEN {TRASHED} WHEN {finishes} THEN {FINISHED} ELSE {LISTED} END"
    return becoming | {"place": place, "sort_key": key}
