"""Orders and documents moved by their actions: only what is possible is offered, and the file refuses all else.

Issuing, and cancelling an invoice, give a number that stays: these two ask once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.actions import (
    OF_SEVERAL,
    Action,
    action_name,
    after,
    failing,
    forward,
    gaining,
    possible,
    refusal,
    what_is_possible,
)
from minicrm_tui.domain.documents import FOLLOWERS, Document, DocumentKind, Terms, kind_name, refuse_incomplete
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.pipelines import status_name
from minicrm_tui.domain.records import CardId, CardRow, Kind, Money
from minicrm_tui.i18n import _, format_money, ngettext
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.main.adding import KIND_LETTERS
from minicrm_tui.screens.main.entering import Entered, enter
from minicrm_tui.screens.main.making import installed, make, said_of_made
from minicrm_tui.screens.main.state import Subject
from minicrm_tui.screens.main.workbench import Workbench, cards
from minicrm_tui.screens.seller import ensure_seller
from minicrm_tui.widgets.line import Choice
from minicrm_tui.wording import describe

if TYPE_CHECKING:
    from minicrm_tui.store.results import Acted

Flow = Callable[[Workbench], Awaitable[None]]

LETTERS: Final[Mapping[Action, str]] = {
    Action.FINALISE: "f",
    Action.EDIT: "e",
    Action.COMPLETE: "c",
    Action.ISSUE: "i",
    Action.ACCEPT: "a",
    Action.REJECT: "r",
    Action.PAY: "p",
    Action.CANCEL: "x",
}


def by_module(of_documents: Flow, of_others: Flow) -> Flow:
    """A command that means one thing for orders and documents, and another for all other cards."""

    async def flow(bench: Workbench) -> None:
        has_documents = bench.module.kind in (Kind.ORDERS, Kind.INVOICING)
        await (of_documents if has_documents else of_others)(bench)

    return flow


# --- the keys


async def choose(bench: Workbench) -> None:
    """`m`: what can be done, by its letter, and what can be made of it."""
    subject = await bench.subject()
    if subject is None:
        return
    if subject.row is None:
        await _choose_for_several(bench, subject)
        return
    key = _status_key(bench, subject.row)
    actions = {LETTERS[action]: action for action in possible(key)}
    kinds = {KIND_LETTERS[kind]: kind for kind in installed(bench, FOLLOWERS.get(key, ()))}
    if not actions and not kinds:
        raise Refused(what_is_possible(key))
    choices = [Choice(letter, action_name(each), _leads_to(bench, key, each)) for letter, each in actions.items()]
    choices += [Choice(letter, _("make: {document}").format(document=kind_name(kinds[letter]))) for letter in kinds]
    title = _("{card} · what now?").format(card=_called(subject.row))
    choice = await bench.choose(title, choices, leave=_("Leave it"))
    if choice is None:
        return
    if choice.key in actions:
        await act(bench, actions[choice.key])
    else:
        await make(bench, subject.row, kinds[choice.key])


async def go_forward(bench: Workbench) -> None:
    """`L`: what is naturally done next."""
    await _by_status(bench, forward, _("It goes no further."))


async def go_back(bench: Workbench) -> None:
    """`H`: an order in progress back to draft; nothing else goes back."""
    await _by_status(bench, lambda _key: Action.EDIT, "")


async def gain(bench: Workbench) -> None:
    """`W`: paid, or accepted."""
    await _by_status(bench, gaining, "")


async def fail(bench: Workbench) -> None:
    """`X`: cancelled, or rejected."""
    await _by_status(bench, failing, "")


async def _by_status(bench: Workbench, choice: Callable[[str], Action | None], at_the_end: str) -> None:
    subject = await bench.subject()
    if subject is None:
        return
    if subject.row is None:
        raise Refused(_("This is for one card."), _("m says what can be done with all the marked ones."))
    key = _status_key(bench, subject.row)
    action = choice(key)
    if action is None:
        raise Refused(at_the_end, what_is_possible(key))
    await act(bench, action)


# --- one card


async def act(bench: Workbench, action: Action) -> None:
    """Do this with the card under the cursor, or the marked ones; what needs a word is asked first."""
    await enter(bench, partial(_act, action=action))


async def _act(bench: Workbench, action: Action) -> Entered | None:
    subject = await bench.subject()
    if subject is None:
        return None
    if subject.row is None:
        return await _act_on_several(bench, subject, action)
    row = subject.row
    if action not in possible(_status_key(bench, row)):
        raise Refused(refusal(action), what_is_possible(_status_key(bench, row)))
    document = await bench.store.document(row.id)
    terms = await _terms(bench, document) if action is Action.ISSUE else _known_terms(bench)
    if terms is None or not await _sure(bench, document, action):
        return None
    asked, follower = await _follower(bench, row, action)
    if not asked:
        return None
    following = await bench.following()
    acted = await bench.store.act(row.id, action, bench.now(), terms, follower=follower)
    bench.again = partial(act, action=action)
    if acted.made is not None:
        bench.made = acted.made.row
    await _show(bench, row, following)
    said = _said(action, acted)
    if said:
        bench.say(said)
    return Entered(acted.card.status, (row.id,), row, acted.action_id)


async def _show(bench: Workbench, row: CardRow, following: CardId | None) -> None:
    """The cursor stays with its card while it is in sight; else it takes the next one."""
    in_list = await bench.store.spot(bench.state.view, row.id, bench.now()) is not None
    stays = in_list or bench.page.is_open or bench.screen.desk.on_board
    await bench.done(row.id if stays else following)


def _said(action: Action, acted: Acted) -> str:
    """The number that was given, and what was made; the new status is in sight."""
    parts: list[str] = []
    if action in (Action.ISSUE, Action.FINALISE):
        done = _("{number} issued.") if action is Action.ISSUE else _("{number} finalised.")
        parts.append(done.format(number=acted.number))
    else:
        parts.append(f"{acted.number or acted.card.row.name}: {acted.card.status.name}.")
    if acted.made is not None:
        parts.append(said_of_made(acted.made))
    return " ".join(parts)


async def _sure(bench: Workbench, document: Document, action: Action) -> bool:
    """What can't be taken back is asked about, once."""
    if action is Action.ISSUE:
        buyer = document.buyer or Party()
        sentence = _(
            "Issue: {document} for {buyer}, {total}? "
            "Its number and content are fixed then: it can be cancelled, but not changed."
        ).format(
            document=kind_name(document.kind),
            buyer=buyer.name,
            total=format_money(Money(document.totals.gross, document.currency)),
        )
        return await _confirmed(bench, action, sentence)
    if action is Action.CANCEL and document.kind is DocumentKind.INVOICE:
        sentence = _(
            "Cancel {number}? The invoice that cancels it is issued at once, with the next number; that stays."
        ).format(number=document.number)
        return await _confirmed(bench, action, sentence)
    return True


async def _confirmed(bench: Workbench, action: Action, sentence: str) -> bool:
    answer = await bench.open_dialog(ConfirmScreen(action_name(action), sentence))
    return answer is True


async def _follower(bench: Workbench, row: CardRow, action: Action) -> tuple[bool, DocumentKind | None]:
    """Whether to go on, and what to make of an accepted offer."""
    kinds = {KIND_LETTERS[kind]: kind for kind in installed(bench, FOLLOWERS["offer_accepted"])}
    if action is not Action.ACCEPT or not kinds:
        return True, None
    choices = [Choice(letter, _("make: {document}").format(document=kind_name(kinds[letter]))) for letter in kinds]
    nothing = Choice("n", _("nothing yet"), keys=("0", "enter"))
    choice = await bench.choose(_("{card} · accepted: what follows?").format(card=_called(row)), [*choices, nothing])
    return choice is not None, None if choice is None else kinds.get(choice.key)


async def _terms(bench: Workbench, document: Document) -> Terms | None:
    """Who sells: asked for before the first issue. What lacks something else is refused before that."""
    refuse_incomplete(document, document.buyer or Party())
    terms = await ensure_seller(bench)
    if terms is None:
        bench.say(_("Not issued: a document must say who sells."))
    return terms


def _known_terms(bench: Workbench) -> Terms:
    return Terms(bench.settings.seller, bench.settings.payment_days)


# --- several cards


async def _choose_for_several(bench: Workbench, subject: Subject) -> None:
    statuses = {key for status in bench.statuses for key in possible(status.key)}
    actions = {LETTERS[action]: action for action in OF_SEVERAL if action in statuses}
    choices = [Choice(letter, action_name(action)) for letter, action in actions.items()]
    title = _("{cards} · what now?").format(cards=cards(subject.count))
    choice = await bench.choose(title, choices, leave=_("Leave it"))
    if choice is not None:
        await act(bench, actions[choice.key])


async def _act_on_several(bench: Workbench, subject: Subject, action: Action) -> Entered | None:
    """All of them, or none: what can't be is named."""
    following = await bench.following()
    async with bench.bulk(action_name(action), subject) as bulk:
        acted = await bench.store.act_on_several(
            subject.targets, action, bench.now(), _known_terms(bench), progress=bulk.progress, stop=bulk.stop
        )
    bench.again = partial(act, action=action)
    await bench.done(following)
    made = ngettext("{n} invoice draft made", "{n} invoice drafts made", acted.made).format(n=acted.made)
    said = describe(f"document.{action}", "", acted.cards)
    bench.say(f"{said} · {made}" if acted.made else said)
    return None if acted.status is None else Entered(acted.status, acted.entered, None, acted.action_id)


def _status_key(bench: Workbench, row: CardRow) -> str:
    return next((status.key for status in bench.statuses if status.id == row.status_id), "")


def _leads_to(bench: Workbench, key: str, action: Action) -> str:
    """The status that comes of it."""
    return f"→ {status_name(bench.module.kind, after(key, action))}"


def _called(row: CardRow) -> str:
    return f"{row.number} · {row.name}" if row.number else row.name
