"""Moving cards through their pipeline: forward, back, won, lost, by key field or by status; and to the trash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.pipelines import FIXED, fixed_refusal, group_name, loss_reasons, status_name
from minicrm_tui.domain.records import Group, KeyFields, Kind, Qualification, SalesStatus, Status
from minicrm_tui.domain.sales import (
    Change,
    applied,
    change_name,
    changes,
    qualification_name,
    status_key,
)
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.missing import with_what_is_missing
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import LETTERS, Workbench, cards
from minicrm_tui.widgets.line import Choice, Reading

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved

Move = Callable[[Workbench, Subject, Bulk, "Values"], Awaitable["Moved"]]


async def _move(bench: Workbench, move: Move) -> None:
    """Do it, say what the rows do not show, and keep it for `.`."""
    subject = await bench.subject()
    if subject is None:
        return
    following = await bench.following()
    row = subject.row
    moved = await with_what_is_missing(bench, subject, partial(_try, bench, subject, move))
    if moved is None:
        return
    bench.again = partial(_move, move=move)
    on_page = bench.page.is_open
    stays = row is not None and await bench.store.spot(bench.state.view, row.id, bench.now()) is not None
    on_board = bench.screen.desk.on_board or on_page
    await bench.done(row.id if row is not None and (stays or on_board) else following)
    said = _told(bench, subject, moved, in_sight=stays or on_board)
    if said:
        bench.say(said)


async def _try(bench: Workbench, subject: Subject, move: Move, values: Values) -> Moved:
    async with bench.bulk(_("Moving"), subject) as bulk:
        return await move(bench, subject, bulk, values)


def _told(bench: Workbench, subject: Subject, moved: Moved, *, in_sight: bool) -> str:
    parts: list[str] = []
    where = _place(bench, moved.status)
    if subject.row is None:
        parts.append(ngettext("{n} card moved.", "{n} cards moved.", moved.cards).format(n=format_number(moved.cards)))
    elif not in_sight and where:
        parts.append(_("{card}: {status}.").format(card=subject.row.name, status=where))
    if moved.closed_tasks:
        parts.append(
            ngettext(
                "{n} open task was closed as failed.", "{n} open tasks were closed as failed.", moved.closed_tasks
            ).format(n=moved.closed_tasks)
        )
    return " ".join(parts)


def _place(bench: Workbench, status: Status | None) -> str:
    if status is None:
        return ""
    return f"{group_name(_kind(bench), status.group)} · {status.name}"


def _kind(bench: Workbench) -> Kind:
    return bench.module.kind


# --- L, H, W, X


async def forward(bench: Workbench) -> None:
    """`L`: the next status."""
    await _move(bench, partial(_step, direction=1))


async def back(bench: Workbench) -> None:
    """`H`: the status before."""
    await _move(bench, partial(_step, direction=-1))


async def _step(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, direction: int) -> Moved:
    return await bench.store.step(
        subject.targets, direction, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


async def win(bench: Workbench) -> None:
    """`W`: won."""
    await _move(bench, _win)


async def _win(bench: Workbench, subject: Subject, bulk: Bulk, values: Values) -> Moved:
    return await bench.store.win(
        subject.targets,
        bench.now(),
        progress=bulk.progress,
        stop=bulk.stop,
        values=values,
    )


async def lose(bench: Workbench) -> None:
    """`X`: lost, and why, where the module keeps reasons."""
    subject = await bench.subject()
    if subject is None:
        return
    if _kind(bench) is not Kind.SALES:
        await _move(bench, partial(_lose, reason=None))
        return
    asked, reason = await _ask_reason(bench, subject)
    if asked:
        await _move(bench, partial(_lose, reason=reason))


async def _lose(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, reason: str | None) -> Moved:
    return await bench.store.lose(
        subject.targets, bench.now(), reason, progress=bulk.progress, stop=bulk.stop, values=values
    )


async def _ask_reason(bench: Workbench, subject: Subject) -> tuple[bool, str | None]:
    """Whether to go on, and the reason (none is an answer too)."""
    title = _("Lost: why? · {card}").format(card=subject.row.name if subject.row else cards(subject.count))
    reasons = [Choice(str(place), reason) for place, reason in enumerate(loss_reasons(), 1)]
    typed, none = Choice("t", _("another reason"), keys=("slash",)), Choice("0", _("no reason"), keys=("enter",))
    choice = await bench.choose(title, [*reasons, typed, none])
    if choice is None:
        return False, None
    if choice.key == none.key:
        return True, None
    if choice.key != typed.key:
        return True, choice.label
    answer = await bench.ask(title, read=_read_reason, placeholder=_("the reason"))
    return answer is not None, answer.text.strip() if answer is not None else None


def _read_reason(text: str) -> Reading:
    return Reading("", error="" if text.strip() else _("Write the reason, or esc."))


# --- key fields of an opportunity


async def qualify(bench: Workbench) -> None:
    """`Q`: the qualification."""
    subject = await bench.subject()
    if subject is None:
        return
    title = _("Qualification · {card}").format(card=subject.row.name if subject.row else cards(subject.count))
    keys = {
        "v": Qualification.VIP,
        "q": Qualification.QUALIFIED,
        "u": Qualification.UNQUALIFIED,
        "n": Qualification.NONE,
    }
    choices = [
        Choice(key, qualification_name(value), keys=(str(place),)) for place, (key, value) in enumerate(keys.items(), 1)
    ]
    choice = await bench.choose(title, choices)
    if choice is not None:
        await _change(bench, Change(qualification=keys[choice.key]))


async def decide(bench: Workbench) -> None:
    """`!`: decided or not; with marks, as it will be for the card under the cursor."""
    row = bench.cursor_card
    keys = (await bench.store.card(row.id)).keys if row is not None else None
    await _change(bench, Change(decided=not (keys is not None and keys.decided)))


async def _change(bench: Workbench, change: Change) -> None:
    await _move(bench, partial(_set_keys, change=change))


async def _set_keys(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, change: Change) -> Moved:
    return await bench.store.set_keys(
        subject.targets, change, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


# --- m


async def move(bench: Workbench) -> None:
    """`m`: any status of a customisable pipeline; the key fields of an opportunity."""
    subject = await bench.subject()
    if subject is None:
        return
    kind = _kind(bench)
    if kind is Kind.SALES:
        await _choose_change(bench, subject)
    elif kind in FIXED:
        raise Refused(fixed_refusal(kind))
    else:
        await _choose_status(bench, subject)


async def _choose_status(bench: Workbench, subject: Subject) -> None:
    current = subject.row.status_id if subject.row is not None else None
    statuses = dict(zip(LETTERS, bench.statuses, strict=False))
    choices = [Choice(key, status.name, _("now") if status.id == current else "") for key, status in statuses.items()]
    title = _("Move {card} to").format(card=subject.row.name if subject.row else cards(subject.count))
    choice = await bench.choose(title, choices)
    if choice is not None:
        await _move(bench, partial(_set_status, status=statuses[choice.key]))


async def _set_status(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, status: Status) -> Moved:
    return await bench.store.set_status(
        subject.targets, status.id, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


async def _choose_change(bench: Workbench, subject: Subject) -> None:
    row = subject.row or bench.cursor_card
    keys = (await bench.store.card(row.id)).keys if row is not None else None
    offered = _offered(keys or KeyFields())
    title = _("Change {card}").format(card=subject.row.name if subject.row else cards(subject.count))
    choices = [
        Choice(key, change_name(change), "→ " + _status_after(keys or KeyFields(), change) if subject.row else "")
        for key, change in offered.items()
    ]
    choice = await bench.choose(title, choices)
    if choice is None:
        return
    change = offered[choice.key]
    if change.sales is not SalesStatus.LOST:
        await _change(bench, change)
        return
    asked, reason = await _ask_reason(bench, subject)
    if asked:
        await _move(bench, partial(_lose, reason=reason))


def _offered(keys: KeyFields) -> dict[str, Change]:
    letters: dict[object, str] = {
        SalesStatus.DISCOVERY: "d", SalesStatus.IN_PROGRESS: "i", SalesStatus.WON: "w", SalesStatus.LOST: "l",
        Qualification.VIP: "v", Qualification.QUALIFIED: "q", Qualification.UNQUALIFIED: "u", Qualification.NONE: "n",
    }  # fmt: skip
    return {letters.get(change.sales or change.qualification, "!"): change for change in changes(keys)}


def _status_after(keys: KeyFields, change: Change) -> str:
    after = applied(keys, change)
    key = status_key(after)
    group = {"lead": Group.LEAD, "open": Group.OPEN, "success": Group.SUCCESS}.get(key.split("_")[0], Group.FAILED)
    return f"{group_name(Kind.SALES, group)} · {status_name(Kind.SALES, key)}"


# --- the trash


async def trash(bench: Workbench) -> None:
    """`delete`: out of the way, until `u` or the trash brings it back."""
    subject = await bench.subject()
    if subject is None:
        return
    following = await bench.following()
    async with bench.bulk(_("To the trash"), subject) as bulk:
        trashed = await bench.store.trash(subject.targets, bench.now(), progress=bulk.progress, stop=bulk.stop)
    bench.again = trash
    await bench.done(following)
    what = subject.row.name if subject.row is not None else cards(trashed.cards)
    bench.say(_("To the trash: {what} · u brings it back").format(what=what))
