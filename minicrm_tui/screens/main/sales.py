"""What only opportunities have: the qualification, the decision, the step, and why they are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.forgetting import MOST_DAYS, in_words, parse_days
from minicrm_tui.domain.pipelines import group_name, status_name
from minicrm_tui.domain.profile import checked_card_field
from minicrm_tui.domain.records import CardDetails, Group, KeyFields, Kind, Qualification, SalesStatus
from minicrm_tui.domain.sales import Change, applied, change_name, changes, qualification_name, status_key
from minicrm_tui.domain.sales_lists import SalesList, step_list
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.screens.main.carrying import move_cards
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, name_of
from minicrm_tui.widgets.line import Choice, Reading

if TYPE_CHECKING:
    from minicrm_tui.domain.fields import Values
    from minicrm_tui.store.results import Moved

ENTRY_KEYS: Final = "123456789abcdefghijklmopqrsuvwxyz"
"""By which the values of a list are chosen; `t` types another one, `n` is for none."""

_LETTERS: Final[dict[object, str]] = {
    SalesStatus.DISCOVERY: "d", SalesStatus.IN_PROGRESS: "i", SalesStatus.WON: "w", SalesStatus.LOST: "l",
    Qualification.VIP: "v", Qualification.QUALIFIED: "q", Qualification.UNQUALIFIED: "u", Qualification.NONE: "n",
}  # fmt: skip

_BEST_FIRST: Final = (Qualification.VIP, Qualification.QUALIFIED, Qualification.UNQUALIFIED, Qualification.NONE)

_NOTHING: Final = Choice("0", "", keys=("n",))


async def _card(bench: Workbench, subject: Subject) -> CardDetails | None:
    """The card that the action is for, or of several, the one under the cursor: it says what is offered."""
    row = subject.row or bench.cursor_card
    return None if row is None else await bench.store.card(row.id)


# --- key fields


async def qualify(bench: Workbench) -> None:
    """`Q`: the four qualifications, each with the status that it gives."""
    subject = await bench.subject()
    if subject is None:
        return
    card = await _card(bench, subject)
    keys = card.keys if card is not None and subject.row is not None else None
    choices = [
        Choice(_LETTERS[value], qualification_name(value), _gives(keys, value), keys=(str(place),))
        for place, value in enumerate(_BEST_FIRST, 1)
    ]
    choice = await bench.choose(_("Qualification · {card}").format(card=name_of(subject)), choices)
    if choice is not None:
        await _change(bench, Change(qualification=next(each for each in _BEST_FIRST if _LETTERS[each] == choice.key)))


def _gives(keys: KeyFields | None, qualification: Qualification) -> str:
    """What comes of it, for one card."""
    if keys is None:
        return ""
    if keys.qualification is qualification:
        return _("now")
    return f"→ {_status_after(keys, Change(qualification=qualification))}"


async def decide(bench: Workbench) -> None:
    """`!`: decided or not; with marks, as it will be for the card under the cursor."""
    row = bench.cursor_card
    keys = (await bench.store.card(row.id)).keys if row is not None else None
    await _change(bench, Change(decided=not (keys is not None and keys.decided)))


async def choose_change(bench: Workbench, subject: Subject) -> None:
    """`m`: any key field, each with the status that it gives."""
    card = await _card(bench, subject)
    keys = (card.keys if card is not None else None) or KeyFields()
    offered = {_LETTERS.get(change.sales or change.qualification, "!"): change for change in changes(keys)}
    choices = [
        Choice(key, change_name(change), f"→ {_status_after(keys, change)}" if subject.row else "")
        for key, change in offered.items()
    ]
    choice = await bench.choose(_("Change {card}").format(card=name_of(subject)), choices)
    if choice is None:
        return
    change = offered[choice.key]
    if change.sales is SalesStatus.LOST:
        await lose(bench, subject)
    else:
        await _change(bench, change)


def _status_after(keys: KeyFields, change: Change) -> str:
    after = applied(keys, change)
    group = dict(zip(SalesStatus, Group, strict=True))[after.sales]
    return f"{group_name(Kind.SALES, group)} · {status_name(Kind.SALES, status_key(after))}"


async def _change(bench: Workbench, change: Change) -> None:
    await move_cards(bench, partial(_set_keys, change=change))


async def _set_keys(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, change: Change) -> Moved:
    return await bench.store.set_keys(
        subject.targets, change, bench.now(), progress=bulk.progress, stop=bulk.stop, values=values
    )


# --- a loss


@dataclass(frozen=True, slots=True)
class Loss:
    """Why it is lost, in one word, and what else there is to say."""

    reason: str
    details: str


async def lose(bench: Workbench, subject: Subject) -> None:
    """`X`: lost, after the reason was said."""
    loss = await _ask_loss(bench, subject)
    if loss is not None:
        await move_cards(bench, partial(_lose, loss=loss))


async def _lose(bench: Workbench, subject: Subject, bulk: Bulk, values: Values, loss: Loss) -> Moved:
    return await bench.store.lose(
        subject.targets,
        bench.now(),
        loss.reason,
        details=loss.details,
        progress=bulk.progress,
        stop=bulk.stop,
        values=values,
    )


async def _ask_loss(bench: Workbench, subject: Subject) -> Loss | None:
    """The reason, which there must be, and the details, which may be nothing."""
    card = await _card(bench, subject) if subject.row is not None else None
    title = _("Lost: why? · {card}").format(card=name_of(subject))
    reasons = (await bench.store.sales_lists(bench.module.id))[SalesList.LOSS_REASON]
    had = card.loss_reason if card is not None else None
    reason = await _ask_entry(bench, title, reasons, had, Choice("t", _("another reason"), keys=("slash",)))
    if not reason:
        return None
    answer = await bench.ask(
        _("Lost: {reason} · {card}").format(reason=reason, card=name_of(subject)),
        value=(card.loss_details if card is not None else None) or "",
        read=partial(_read_text, "loss_details"),
        placeholder=_("details of the loss, or nothing"),
        hint=_("enter: lost · esc: not lost"),
    )
    return None if answer is None else Loss(reason, answer.text)


# --- steps


async def step(bench: Workbench) -> None:
    """`S`: the step of the sale, or with the customer once it is won."""
    subject = await bench.subject()
    if subject is None:
        return
    card = await _card(bench, subject)
    keys = card.keys if card is not None else None
    which = step_list(keys or KeyFields())
    if which is None:
        raise Refused(_("A lost opportunity has no step."), _("Bring it back first (m)."))
    customer = which is SalesList.CUSTOMER_STEP
    title = (_("Customer step · {card}") if customer else _("Sales step · {card}")).format(card=name_of(subject))
    had = "" if card is None or subject.row is None else (card.customer_step if customer else card.sales_step) or ""
    typed = Choice("t", _("another step"), keys=("slash",))
    names = (await bench.store.sales_lists(bench.module.id))[which]
    chosen = await _ask_entry(bench, title, names, had, typed, Choice(_NOTHING.key, _("none"), keys=_NOTHING.keys))
    if chosen is not None:
        await _set_step(bench, which, chosen)


async def _set_step(bench: Workbench, which: SalesList, chosen: str) -> None:
    subject = await bench.subject()
    if subject is None:
        return
    row = bench.cursor_card
    async with bench.bulk(_("Setting the step"), subject) as bulk:
        stepped = await bench.store.set_step(
            subject.targets, which, chosen, bench.now(), progress=bulk.progress, stop=bulk.stop
        )
    bench.again = partial(_set_step, which=which, chosen=chosen)
    await bench.done(row.id if row is not None else None)
    said = chosen or _("none")
    if subject.row is None:
        n = stepped.cards
        bench.say(ngettext("{step} · {n} card", "{step} · {n} cards", n).format(step=said, n=format_number(n)))
    elif not (bench.page.is_open or bench.screen.desk.shows_peek):
        bench.say(_("{card}: {status}.").format(card=subject.row.name, status=said))


# --- what is forgotten


async def forgotten_days(bench: Workbench) -> None:
    """From the palette: after how many quiet days an opportunity in progress is marked."""
    module_id = bench.module.id
    modules = (summary.module for summary in await bench.store.modules(bench.now()))
    had = next((module.forgotten_days for module in modules if module.id == module_id), None)
    answer = await bench.ask(
        _("An opportunity in progress is forgotten after so many quiet days"),
        value="" if had is None else str(had),
        read=_read_days,
        placeholder=_("a number of days up to {most}; nothing: never").format(most=MOST_DAYS),
        hint=_("enter: set · esc"),
    )
    if answer is not None and (days := parse_days(answer.text)) != had:
        await bench.store.set_forgotten_days(module_id, days, bench.now())
        await bench.done(None)


def _read_days(text: str) -> Reading:
    try:
        return Reading(in_words(parse_days(text)))
    except Invalid as error:
        return Reading("", error=error.why)


# --- values of a list


async def _ask_entry(
    bench: Workbench, title: str, names: Sequence[str], had: str | None, typed: Choice, none: Choice | None = None
) -> str | None:
    """A value of the list, another one that is typed, or nothing; None where the question was left."""
    offered = [Choice(key, name, _("now") if name == had else "") for key, name in zip(ENTRY_KEYS, names, strict=False)]
    choice = await bench.choose(title, [*offered, typed, *([none] if none is not None else [])])
    if choice is None:
        return None
    if choice == none:
        return ""
    if choice != typed:
        return choice.label
    answer = await bench.ask(title, value=had or "", read=_read_entry, placeholder=typed.label)
    return None if answer is None else answer.text.strip()


def _read_entry(text: str) -> Reading:
    return _read_text("loss_reason", text) if text.strip() else Reading("", error=_("Write it, or esc."))


def _read_text(key: str, text: str) -> Reading:
    try:
        checked_card_field(key, text)
    except Invalid as error:
        return Reading("", error=error.why)
    return Reading("")
