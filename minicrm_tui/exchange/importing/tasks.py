"""The task and the notes of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.imports import ImportedNote, ImportedTask, Landing
from minicrm_tui.domain.notes import NOTE_LIMIT
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Due, FollowUp, Status
from minicrm_tui.domain.task_types import task_type, task_type_name
from minicrm_tui.domain.tasks import TEXT_LIMIT, read_minutes
from minicrm_tui.domain.text import clean, clean_lines, fold, shorten
from minicrm_tui.exchange.importing.cells import Cells, Places
from minicrm_tui.exchange.importing.plain_text import without_html
from minicrm_tui.exchange.importing.statuses import read_flag
from minicrm_tui.exchange.importing.styles import Styles, When, read_clock, read_when
from minicrm_tui.exchange.importing.targets import What
from minicrm_tui.i18n import _

_SECONDS: Final = re.compile(r"(\d{1,2}:\d{2}):\d{2}")
_NO_MINUTES: Final = re.compile(r"[0:hmin ]*")


@dataclass(frozen=True, slots=True)
class TaskReader:
    """Reads tasks and notes out of the rows of one file."""

    landing: Landing
    places: Places
    styles: Mapping[int, Styles]
    now: datetime
    is_about_tasks: bool = False
    """Whether a time of creation in the row is the task's own, and not the card's."""

    def task(self, cells: Cells, status: Status | None) -> ImportedTask | None:
        """The row's task; None where it names none. A day alone is one whose text is not known."""
        text = cells.text(self.places.get(What.TASK_TEXT, ()), TEXT_LIMIT)
        when = self.when(cells, What.TASK_DAY)
        if not text and when is None:
            return None
        text = text or _("Next activity")
        due = self._due(cells, when, self._rule(status))
        created = self.moment(cells, What.CREATED) if self.is_about_tasks else None
        closed = self._closed(cells, due)
        return ImportedTask(
            text,
            self._type(cells, text, self._rule(status)),
            due,
            cells.read(self.places.get(What.TASK_MINUTES, ()), _minutes),
            created,
            closed,
            self._lines(cells, What.TASK_NOTE) if closed is not None else "",
        )

    def notes(self, cells: Cells, task: ImportedTask | None) -> tuple[ImportedNote, ...]:
        """The row's notes, and what is noted of a task that is open still."""
        at = self.moment(cells, What.NOTE_AT)
        texts = [self._lines_at(cells, place) for place in self.places.get(What.NOTE, ())]
        if task is not None and task.closed_at is None:
            texts.append(self._lines(cells, What.TASK_NOTE))
        return tuple(ImportedNote(text, at) for text in dict.fromkeys(texts) if text)

    def when(self, cells: Cells, what: What) -> When | None:
        """A date of the row."""
        return cells.read(
            self.places.get(what, ()), lambda text, place: read_when(text, self.styles.get(place, Styles()).dates)
        )

    def moment(self, cells: Cells, what: What) -> datetime | None:
        """A moment of the past; one that is still to come is taken for now."""
        found = self.when(cells, what)
        return None if found is None else min(found.moment, self.now)

    def _due(self, cells: Cells, when: When | None, rule: FollowUp | None) -> Due:
        at = cells.read(self.places.get(What.TASK_TIME, ()), _time)
        if when is not None:
            local = when.moment.astimezone() if when.offset is not None else None
            day, clock = (when.day, when.at) if local is None else (local.date(), local.time())
            at = at or clock
            return Due(day, None if at is None else at.replace(second=0, microsecond=0))
        today = self.now.date()
        return Due(rule.day(today, MONDAY_TO_FRIDAY) if rule else today, at)

    def _rule(self, status: Status | None) -> FollowUp | None:
        return (status.follow_up if status else None) or self.landing.module.follow_up

    def _type(self, cells: Cells, text: str, rule: FollowUp | None) -> str:
        """By its name in the file, else by the rule of the module, else by the task's first word."""
        said = fold(cells.text(self.places.get(What.TASK_TYPE, ())))
        plain = said.replace("-", "")
        for kind in self.landing.types:
            if plain and plain in {fold(kind).replace("-", ""), fold(task_type_name(kind)).replace("-", "")}:
                return kind
        if not said and rule is not None and rule.type in self.landing.types and rule.text == text:
            return rule.type
        return task_type(said or text, self.landing.types)

    def _closed(self, cells: Cells, due: Due) -> datetime | None:
        """When it was done: as the file says, else when it was due, and never in the future."""
        at = self.moment(cells, What.TASK_CLOSED)
        done = cells.read(self.places.get(What.TASK_DONE, ()), _flag)
        if at is not None and done is not False:
            return at
        return min(When(due.day, due.at).moment, self.now) if done else None

    def _lines(self, cells: Cells, what: What) -> str:
        place = cells.first(self.places.get(what, ()))
        return "" if place is None else self._lines_at(cells, place)

    def _lines_at(self, cells: Cells, place: int) -> str:
        return cells.checked(place, without_html(clean_lines(cells.cells[place])), NOTE_LIMIT)


def _minutes(text: str, _place: int) -> int | None:
    shown = _SECONDS.sub(r"\1", clean(text))
    return None if _NO_MINUTES.fullmatch(shown) else read_minutes(shown)


def _time(text: str, _place: int) -> time:
    found = read_clock(clean(text))
    if found is None:
        raise Invalid("time", _("“{text}” is not a time of the day.").format(text=shorten(clean(text))))
    return found[0]


def _flag(text: str, _place: int) -> bool:
    found = read_flag(clean(text))
    if found is None:
        raise Invalid("done", _("“{text}” is neither yes nor no.").format(text=shorten(clean(text))))
    return found
