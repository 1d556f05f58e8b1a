"""Postponing: presets by one key, typed dates, and the same again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.postponing import (
    MONDAY_AFTER,
    MONDAY_OF_MONTH,
    MONTH,
    PRESETS,
    TODAY,
    WEEK,
    WORKING_DAY,
    Postponement,
    again,
    is_expired,
    offered,
    typed_postpone,
)
from minicrm_tui.domain.records import Due, Task
from minicrm_tui.i18n import _, format_near_day, format_number, lateness_label, ngettext
from minicrm_tui.screens.main.reading import DayLoads, shown_due
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, cards
from minicrm_tui.widgets.line import Choice, Reading

if TYPE_CHECKING:
    from datetime import date

    from minicrm_tui.store.results import PostponedResult

TYPE = Choice("p", "", keys=("slash",))


async def postpone(bench: Workbench) -> None:
    """`p`: a preset, or a typed date."""
    subject = await bench.subject(task=True)
    if subject is None:
        return
    title = _title(subject, bench)
    choice = await bench.choose(title, await _choices(bench, subject))
    if choice is None:
        return
    how = await _typed(bench, subject, title) if choice.key == TYPE.key else Postponement(choice.key)
    if how is not None:
        await _postpone(bench, subject, how)


async def postpone_again(bench: Workbench) -> None:
    """`P`: as the last time."""
    how = bench.last_postponement
    if how is None:
        bench.say(_("Nothing was postponed yet: p postpones."))
        return
    await _repeat(bench, how)


async def _repeat(bench: Workbench, how: Postponement) -> None:
    subject = await bench.subject(task=True)
    if subject is not None:
        settings = bench.settings
        anew = again(
            how,
            bench.now(),
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
        )
        await _postpone(bench, subject, anew)


async def _postpone(bench: Workbench, subject: Subject, how: Postponement) -> None:
    following = await bench.following()
    async with bench.bulk(_("Postponing"), subject) as bulk:
        if subject.task is not None:
            result = await bench.store.postpone_task(subject.task.id, how, bench.now())
        else:
            result = await bench.store.postpone(
                subject.targets, how, bench.now(), progress=bulk.progress, stop=bulk.stop
            )
    bench.last_postponement = how
    bench.again = partial(_repeat, how=how)
    await bench.done(following)
    said = _told(bench, subject, result)
    if said:
        bench.say(said)


def _told(bench: Workbench, subject: Subject, result: PostponedResult) -> str:
    """What the changed rows do not show."""
    parts: list[str] = []
    if subject.row is None:
        parts.append(
            ngettext("{n} task postponed.", "{n} tasks postponed.", result.tasks).format(n=format_number(result.tasks))
        )
    if result.skipped:
        parts.append(
            ngettext("{n} card had nothing to postpone.", "{n} cards had nothing to postpone.", result.skipped).format(
                n=result.skipped
            )
        )
    if result.dropped_time and result.due is not None:
        parts.append(
            _("Now {due}, without a time: the old one has passed.").format(due=shown_due(result.due, bench.now()))
        )
    if result.still_expired and subject.row is not None:
        parts.append(_("{card} has another expired task.").format(card=subject.row.name))
    elif result.still_expired:
        parts.append(
            ngettext(
                "{n} card has another expired task.", "{n} cards have another expired task.", result.still_expired
            ).format(n=result.still_expired)
        )
    return " ".join(parts)


# --- the line


def _title(subject: Subject, bench: Workbench) -> str:
    task = subject.row.task if subject.row is not None else None
    if task is None:
        return _("Postpone {cards}, each from its own date").format(cards=cards(subject.count))
    return " · ".join([_("Postpone “{task}”").format(task=task.text), *_how_late(task, bench)])


def _how_late(task: Task, bench: Workbench) -> list[str]:
    now = bench.now()
    late = [_("{time} late").format(time=lateness_label(task.due, now))] if is_expired(task.due, now) else []
    return late + ([_("postponed {n}×").format(n=task.postponed)] if task.postponed else [])


async def _choices(bench: Workbench, subject: Subject) -> list[Choice]:
    typing = Choice(TYPE.key, _("type a date"), keys=TYPE.keys)
    task = subject.row.task if subject.row is not None else None
    if task is None:
        return [*(Choice(key, _bulk_word(key)) for key in PRESETS), typing]
    now = bench.now()
    dues = offered(task.due, now, working_days=bench.settings.working_days)
    loads = await DayLoads(bench).of_all([due.day for _key, due in dues])
    return [*(Choice(key, _label(key, due, task, now.date()), str(loads.get(due.day, 0))) for key, due in dues), typing]


def _label(key: str, due: Due, task: Task, today: date) -> str:
    day = _("today") if key == TODAY else format_near_day(due.day, today)
    if key == WORKING_DAY:
        day = _("working day {day}").format(day=day)
    loses_time = task.due.at is not None and due.at is None
    return _("{day}, no time").format(day=day) if loses_time else day


def _bulk_word(key: str) -> str:
    """With marks, each task counts from its own date: there is no one day to show."""
    if key.isdigit() and key != TODAY:
        return ngettext("+{n} day", "+{n} days", int(key)).format(n=key)
    words = {TODAY: _("today"), WORKING_DAY: _("working day"), MONDAY_AFTER: _("Monday")}
    return (words | {WEEK: _("+1 week"), MONTH: _("+1 month"), MONDAY_OF_MONTH: _("first Monday of the month")})[key]


async def _typed(bench: Workbench, subject: Subject, title: str) -> Postponement | None:
    task = subject.row.task if subject.row is not None else None
    loads = DayLoads(bench)

    async def read(text: str) -> Reading:
        if not text.strip():
            return Reading("", error=_("Type a date or a time: fri 14:00, 15 dec, +2w, tomorrow 9:30."))
        try:
            typed, due = _understood(bench, task, text)
        except Invalid as error:
            return Reading("", error=error.why)
        shown = f"→ {shown_due(due, bench.now())} · {await loads.of(due.day)}"
        return Reading(shown, value=Postponement(typed=typed, words=text))

    answer = await bench.ask(
        title, read=read, placeholder=_("fri 14:00, 15 dec, +2w …"), hint=_("enter: postpone · esc")
    )
    return answer.value if answer is not None and isinstance(answer.value, Postponement) else None


def _understood(bench: Workbench, task: Task | None, text: str) -> tuple[Due, Due]:
    """The date as typed, and the deadline that it gives this task."""
    settings, now = bench.settings, bench.now()
    typed = parse_when(
        text,
        now,
        language=settings.language,
        week_start=settings.week_start,
        working_days=settings.working_days,
    )
    return typed, typed if task is None else typed_postpone(task.due, typed, now)
