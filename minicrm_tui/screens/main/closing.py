"""Closing tasks: done, done with a comment, done and nothing next; and the line for the next step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import TaskDraft
from minicrm_tui.domain.records import Due, Outcome
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _, format_number, format_time, ngettext
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.reading import TaskReader, read_task, shown_task
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, cards, name_of
from minicrm_tui.widgets.line import Reading
from minicrm_tui.wording import outcome_name

if TYPE_CHECKING:
    from datetime import date

    from minicrm_tui.store.results import Closed, NextStep

OUTCOMES = (Outcome.DONE, Outcome.SUCCESSFUL, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Ending:
    """How tasks are to be closed, in the person's words."""

    outcome: Outcome = Outcome.DONE
    comment: str = ""


async def close(bench: Workbench) -> None:
    """`d`: closed at once, then the next step."""
    subject = await bench.subject(task=True)
    if subject is not None:
        await _close_and_go_on(bench, subject, Ending())


async def close_with_comment(bench: Workbench) -> None:
    """`c`: what happened, how it ended; then as `d`."""
    subject = await bench.subject(task=True)
    ending = await _what_happened(bench, subject) if subject is not None else None
    if subject is not None and ending is not None:
        await _close_and_go_on(bench, subject, ending)


async def close_only(bench: Workbench, ending: Ending | None = None) -> None:
    """`D`: closed, and no next step."""
    subject = await bench.subject(task=True)
    if subject is not None:
        await _close(bench, subject, ending or Ending())
        bench.again = partial(close_only, ending=ending)


async def _close_and_go_on(bench: Workbench, subject: Subject, ending: Ending) -> None:
    closed = await _close(bench, subject, ending)
    # Should the line be left with esc, then this is what "the last action" was.
    bench.again = partial(close_only, ending=ending)
    # The rows first: the line takes as long as they do.
    await bench.still.painted()
    await _ask_next(bench, subject, closed, ending)


async def _close(bench: Workbench, subject: Subject, ending: Ending) -> Closed:
    following = await bench.following()
    async with bench.bulk(_("Closing"), subject) as bulk:
        closed = await _close_tasks(bench, subject, ending, bulk)
    await bench.done(following)
    if subject.row is None:
        bench.say(ngettext("{n} task closed.", "{n} tasks closed.", closed.tasks).format(n=format_number(closed.tasks)))
    return closed


async def _close_tasks(bench: Workbench, subject: Subject, ending: Ending, bulk: Bulk) -> Closed:
    if subject.task is not None:
        return await bench.store.close_task(subject.task.id, ending.outcome, ending.comment, bench.now())
    return await bench.store.close_tasks(
        subject.targets,
        ending.outcome,
        ending.comment,
        bench.now(),
        progress=bulk.progress,
        stop=bulk.stop,
    )


async def _what_happened(bench: Workbench, subject: Subject) -> Ending | None:
    """The comment, and the outcome that up and down change."""
    chosen = 0

    def title() -> str:
        return _("What happened? · {card} · outcome: {outcome}").format(
            card=name_of(subject), outcome=outcome_name(OUTCOMES[chosen])
        )

    def turn(direction: int) -> str:
        nonlocal chosen
        chosen = (chosen + direction) % len(OUTCOMES)
        return title()

    answer = await bench.ask(
        title(),
        read=_read_comment,
        placeholder=_("a comment, or nothing"),
        hint=_("up, down: outcome · enter: close the task · esc: leave it open"),
        on_arrow=turn,
    )
    return None if answer is None else Ending(OUTCOMES[chosen], answer.text.strip())


def _read_comment(text: str) -> Reading:
    return Reading("", error="" if len(text) <= 2000 else _("A comment has at most 2000 characters."))


# --- the next step


async def _ask_next(bench: Workbench, subject: Subject, closed: Closed, ending: Ending) -> None:
    targets = _closed_cards(subject, closed)
    if targets is None:
        bench.say(_("A next step can be given to at most 1000 cards at once."))
        return
    proposal = closed.proposal
    value = _proposed_text(proposal, bench.now().date())
    answer = await bench.ask(
        _title(subject, proposal),
        value=value,
        read=partial(_read_step, TaskReader(bench), proposal, value),
        placeholder=_("what is next, and when"),
        hint=_("enter keeps it · esc: no next step") if proposal.kind == "existing" else _("esc: no next step"),
        leave=_("No next step"),
    )
    if answer is None:
        return
    bench.again = partial(_close_again, ending=ending, step=None if answer.text == value else answer.text)
    if isinstance(answer.value, TaskDraft):
        await _add(bench, targets, closed, answer.value)


async def _close_again(bench: Workbench, ending: Ending, step: str | None) -> None:
    """`.`: close this card's task with the same words and the same next step (None: the proposed one)."""
    subject = await bench.subject(task=True)
    if subject is None:
        return
    closed = await _close(bench, subject, ending)
    bench.again = partial(_close_again, ending=ending, step=step)
    targets = _closed_cards(subject, closed)
    draft = _repeated_step(bench, closed.proposal, step)
    if targets is not None and draft is not None:
        await _add(bench, targets, closed, draft)


def _repeated_step(bench: Workbench, proposal: NextStep, step: str | None) -> TaskDraft | None:
    if step is None:
        if proposal.kind != "new":
            return None
        step = _proposed_text(proposal, bench.now().date())
    if not step.strip():
        return None
    return read_task(bench, step)


async def _add(bench: Workbench, targets: Targets, closed: Closed, draft: TaskDraft) -> None:
    """The next step joins the closing: `u` takes both back at once."""
    await bench.store.add_task(targets, draft, bench.now(), join=closed.action_id)
    await bench.reload()


def _closed_cards(subject: Subject, closed: Closed) -> Targets | None:
    """The cards that were closed: marked buckets have lost them, so they are named."""
    if not subject.targets.ranges:
        return subject.targets
    return Targets(closed.cards) if len(closed.cards) >= subject.count or closed.tasks <= len(closed.cards) else None


def _title(subject: Subject, proposal: NextStep) -> str:
    if subject.row is None:
        return _("Next step for {cards}").format(cards=cards(subject.count))
    if proposal.kind == "existing":
        return _("Closed · {card} still has this to do").format(card=subject.row.name)
    return _("Closed · next step for {card}").format(card=subject.row.name)


def _proposed_text(proposal: NextStep, today: date) -> str:
    task = proposal.task
    text, due = (task.text, task.due) if task is not None else (proposal.text, proposal.due)
    return f"{text} {_typed(due, today)}".strip() if due is not None else text


def _typed(due: Due, today: date) -> str:
    """A deadline as one would type it: +3d, 2026-11-20 14:00."""
    days = (due.day - today).days
    day = f"+{days}d" if days > 0 else due.day.isoformat()
    return day if due.at is None else f"{day} {format_time(due.at)}"


async def _read_step(reader: TaskReader, proposal: NextStep, value: str, text: str) -> Reading:
    if not text.strip():
        return Reading(_("no next step"))
    if proposal.kind == "existing" and proposal.task is not None and text == value:
        task = proposal.task
        return Reading(
            _("stays: {task}").format(task=shown_task(TaskDraft(task.text, task.type, task.due), reader.now))
        )
    try:
        return await reader.read(text)
    except Invalid as error:
        return Reading("", error=error.why)
