"""Making an offer, an order or an invoice for a card's client, and going to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.actions import what_is_possible
from minicrm_tui.domain.documents import FOLLOWERS, DocumentKind, kind_name, kind_of, module_of
from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.adding import choose_kind
from minicrm_tui.screens.main.workbench import Workbench

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
        raise NotFound(_("{modules}: not installed.").format(modules=names))
    return kinds


def installed(bench: Workbench, kinds: Sequence[DocumentKind]) -> tuple[DocumentKind, ...]:
    """Those of these kinds whose module is there."""
    there = {summary.module.kind for summary in bench.showing.modules.all}
    return tuple(kind for kind in kinds if module_of(kind) in there)


async def make(bench: Workbench, row: CardRow, kind: DocumentKind) -> None:
    """Make it of this card, and go there."""
    made = await bench.store.make_document(row.id, kind, bench.now())
    bench.clear_marks()
    await bench.go_to(made.row.module_id, made.row.id)
    bench.say(said_of_made(made, went=True))


async def go_to_made(bench: Workbench) -> None:
    """`g n`: what was made last by an action."""
    if bench.made is None:
        bench.say(_("Nothing was made yet."))
        return
    await bench.go_to(bench.made.module_id, bench.made.id)


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
