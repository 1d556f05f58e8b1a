"""Closing tasks: done, done with a comment, done and nothing next; and the line for the next step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import Outcome
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.next_step import ask_step, repeated
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, cards, name_of
from minicrm_tui.widgets.line import Reading
from minicrm_tui.wording import outcome_name

if TYPE_CHECKING:
    from minicrm_tui.domain.quickadd import TaskDraft
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
    step = await ask_step(bench, _title(subject, closed.proposal), closed.proposal)
    if step is None:
        return
    bench.again = partial(_close_again, ending=ending, words=step.words)
    if step.draft is not None:
        await _add(bench, targets, closed, step.draft)


async def _close_again(bench: Workbench, ending: Ending, words: str | None) -> None:
    """`.`: close this card's task with the same words and the same next step (None: the proposed one)."""
    subject = await bench.subject(task=True)
    if subject is None:
        return
    closed = await _close(bench, subject, ending)
    bench.again = partial(_close_again, ending=ending, words=words)
    targets = _closed_cards(subject, closed)
    draft = await repeated(bench, closed.proposal, words)
    if targets is not None and draft is not None:
        await _add(bench, targets, closed, draft)


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
