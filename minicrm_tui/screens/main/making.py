"""Making an offer, an order or an invoice for a card's client, and going to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.actions import what_is_possible
from minicrm_tui.domain.documents import FOLLOWERS, DocumentKind, kind_name, kind_of, module_of
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import Group, Kind
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.adding import choose_kind
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Choice

if TYPE_CHECKING:
    from minicrm_tui.domain.records import CardDetails, CardRow

OF_SALES = (DocumentKind.OFFER, DocumentKind.ORDER, DocumentKind.INVOICE)


async def make_of_card(bench: Workbench) -> None:
    """`M`: of an opportunity an offer, an order or an invoice; of an order or a document what may follow it."""
    subject = await bench.subject()
    if subject is None:
        return
    if subject.row is None:
        raise Refused(_("A document is made of one card at a time."), _("esc takes the marks away."))
    kinds = _kinds(bench, subject.row.status_id)
    title = _("Make of {card}").format(card=subject.row.number or subject.row.name)
    kind = await choose_kind(bench, title, kinds)
    if kind is not None:
        await make(bench, subject.row, kind)


def _kinds(bench: Workbench, status_id: int) -> Sequence[DocumentKind]:
    """What can be made here; Refused, NotFound where that is nothing."""
    if bench.module.kind is Kind.SALES:
        wanted: Sequence[DocumentKind] = OF_SALES
    else:
        key = next((status.key for status in bench.statuses if status.id == status_id), "")
        wanted = FOLLOWERS.get(key, ())
        if not wanted:
            raise Refused(_("Nothing can be made of it in this status."), what_is_possible(key))
    kinds = installed(bench, wanted)
    if not kinds:
        names = ", ".join(dict.fromkeys(module_name(module_of(kind)) for kind in wanted))
        raise NotFound(
            _("{module}: not installed.").format(module=names), _("g m installs it, or brings it back from the trash.")
        )
    return kinds


def installed(bench: Workbench, kinds: Sequence[DocumentKind]) -> tuple[DocumentKind, ...]:
    """Those of these kinds whose module is there."""
    there = {summary.module.kind for summary in bench.showing.modules.all}
    return tuple(kind for kind in kinds if module_of(kind) in there)


async def make(bench: Workbench, row: CardRow, kind: DocumentKind) -> None:
    """Make it of this card, and go there; where it was made of it already, only after a question."""
    before = await _made_before(bench, row, kind)
    if before is not None:
        called = before.number or f"{kind_name(kind)} · {before.name}"
        title = _("Made of it already: {document}").format(document=called)
        there, another = Choice("g", _("go there"), keys=("enter",)), Choice("a", _("make another one"))
        choice = await bench.choose(title, [there, another])
        if choice == there:
            await _go_to(bench, before)
        if choice != another:
            return
    made = await bench.store.make_document(row.id, kind, bench.now())
    bench.clear_marks()
    await _go_to(bench, made.row)
    bench.say(said_of_made(made, went=True))


async def _made_before(bench: Workbench, row: CardRow, kind: DocumentKind) -> CardRow | None:
    """What was made of an order or a document and is not cancelled; of an opportunity, several are usual."""
    if bench.module.kind is Kind.SALES:
        return None
    known = {status.id: (each.module.kind, status) for each in bench.showing.modules.all for status in each.statuses}
    for link in await bench.store.links(row.id):
        if link.row.id > row.id and link.row.status_id in known:
            module, status = known[link.row.status_id]
            if kind_of(module, status.key) is kind and status.group is not Group.FAILED:
                return link.row
    return None


async def go_to_made(bench: Workbench) -> None:
    """`g n`: what was made last by an action."""
    if bench.made is None:
        bench.say(_("Nothing was made yet."))
        return
    await _go_to(bench, bench.made)


async def _go_to(bench: Workbench, row: CardRow) -> None:
    """To the card; from a page to its page, from which backspace leads back."""
    if bench.page.is_open:
        await bench.page.open(row.id)
    else:
        await bench.go_to(row.module_id, row.id)


def said_of_made(made: CardDetails, *, went: bool = False) -> str:
    """What was made, and the key that goes there."""
    module = Kind.ORDERS if made.status.key == "draft" else Kind.INVOICING
    kind = kind_of(module, made.status.key)
    name = "" if kind is None else kind_name(kind)
    if made.row.number is not None:
        said = _("{document} made: {number}").format(document=name, number=made.row.number)
    else:
        said = _("{document} draft made: {name}").format(document=name, name=made.row.name)
    return said if went else f"{said} · {_('g n goes there')}"
