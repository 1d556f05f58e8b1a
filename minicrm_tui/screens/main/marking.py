"""Marking cards for an action on all of them: one, a range, a whole bucket."""

from __future__ import annotations

from minicrm_tui.domain.agenda import bounds
from minicrm_tui.domain.records import Bucket, StatusId
from minicrm_tui.domain.views import MarkedRange
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench

FINISHED = (-(1 << 62), 0)
"""Finished cards have sort keys below zero."""

MOST_IN_STATUS = 1000
"""Cards of a status that are marked one by one; a bucket of the list is a predicate of any size."""


async def mark_card(bench: Workbench) -> None:
    """`space`: the card's mark set or taken away, and on to the next; on a heading, the bucket's."""
    row = bench.screen.desk.cursor_card
    if row is None:
        await mark_bucket(bench)
        return
    bench.state.anchor = None
    bench.state.marks = bench.state.marks.toggled(row)
    bench.showing.beside.show_marks()
    bench.screen.desk.active.action_move(1)


async def mark_range(bench: Workbench) -> None:
    """`v`: begin a range here; the cursor draws it, `v` again keeps it."""
    row = bench.screen.desk.cursor_card
    if bench.state.anchor is not None:
        # The latest move may not have been drawn yet: what is kept ends where the cursor is.
        await stretch(bench)
        bench.state.anchor = None
        return
    if row is None:
        bench.say(_("A range begins on a card: go to one first."))
        return
    bench.state.anchor = row.id
    bench.state.base = bench.state.marks
    bench.state.marks = bench.state.marks.adding([row.id])
    bench.showing.beside.show_marks()


async def stretch(bench: Workbench) -> None:
    """The cursor moved while a range is being drawn: mark from its beginning to here."""
    state, desk = bench.state, bench.screen.desk
    here = desk.active.cursor_spot
    if state.anchor is None or here is None or here.offset < 0:
        return
    begun = await bench.showing.spot_in_active(state.anchor)
    if begun is None:
        return
    rows = await desk.active.cards_between(begun, here)
    if state.anchor is not None:
        state.marks = state.base.adding(row.id for row in rows)
        bench.showing.beside.show_marks()


async def mark_bucket(bench: Workbench) -> None:
    """`ctrl+a`: all cards of the section under the cursor, or none of them if they all are."""
    desk, state = bench.screen.desk, bench.state
    section = desk.active.cursor_section
    if section is None:
        bench.say(_("There is no card here to mark."))
        return
    state.anchor = None
    if desk.on_board:
        await _mark_status(bench, StatusId(int(section)))
        return
    marked = _range_of(bench, section)
    whole = marked in state.marks.ranges and not state.marks.without
    state.marks = state.marks.removing_range(marked) if whole else state.marks.adding_range(marked)
    bench.showing.beside.show_marks()


def _range_of(bench: Workbench, section: str) -> MarkedRange:
    known = {bucket.value: bucket for bucket in Bucket}
    bucket = known.get(section)
    low, high = FINISHED if bucket is None else bounds(bucket, bench.now(), bench.settings.week_start)
    return MarkedRange(bench.state.view, low, high)


async def _mark_status(bench: Workbench, status_id: StatusId) -> None:
    """In the pipeline the bucket is the status."""
    ids = await bench.showing.cards_of_status(status_id, MOST_IN_STATUS + 1)
    if len(ids) > MOST_IN_STATUS:
        bench.say(_("Too many to mark here: narrow the list to this status with enter, and mark there."))
        return
    marks = bench.state.marks
    whole = bool(ids) and marks.cards.issuperset(ids)
    bench.state.marks = marks.removing(ids) if whole else marks.adding(ids)
    bench.showing.beside.show_marks()


def forget(bench: Workbench) -> bool:
    """`esc`: whether there were marks to take away."""
    had = bool(bench.state.marks) or bench.state.anchor is not None
    bench.clear_marks()
    return had
