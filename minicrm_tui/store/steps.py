"""The step of opportunities: of the sale, or with the customer. It never moves a card."""

from __future__ import annotations

from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Final

from sqlmodel import bindparam, col, select

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.profile import checked_card_field
from minicrm_tui.domain.records import SalesStatus
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _
from minicrm_tui.store.actions import begin, recount, rename
from minicrm_tui.store.columns import write_column
from minicrm_tui.store.results import Stepped
from minicrm_tui.store.rows import card_rows, id_list, stamp
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable
from minicrm_tui.store.targets import Batch, Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FITTING: Final = (
    select(CardTable.id)
    .where(
        col(CardTable.id).in_(listed_ids),
        col(CardTable.sales_status).in_(bindparam("statuses", expanding=True)),
    )
    .order_by(col(CardTable.id))
)

_STATUSES: Final = {
    SalesList.SALES_STEP: (SalesStatus.DISCOVERY.value, SalesStatus.IN_PROGRESS.value),
    SalesList.CUSTOMER_STEP: (SalesStatus.WON.value,),
}


def set_step(
    conn: Connection,
    targets: Targets,
    which: SalesList,
    step: str,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Stepped:
    """Give open opportunities this sales step, or won ones this customer step; nothing takes it away.

    The others stay as they are. Refused where it fits none of them, or all have it; Invalid where it is too long.
    """
    text, batch = checked_card_field(which.value, step), Batch(conn, targets, progress, stop)
    action_id = begin(conn, "card.step", batch.first, now, count=batch.count)
    found, written, first = 0, 0, None
    for ids in batch.walk():
        fitting = conn.execute(_FITTING, {"ids": id_list(ids), "statuses": _STATUSES[which]}).scalars().all()
        found += len(fitting)
        first = first or next(iter(fitting), None)
        written += write_column(conn, fitting, which.value, text, stamp(now))
    if first is None:
        raise _refusal(which)
    if not written:
        raise Refused(_("Nothing to change: it is so already."))
    if found != batch.count:
        (row,) = card_rows(conn, (first,))
        recount(conn, action_id, found)
        rename(conn, action_id, row.name, row.id)
    return Stepped(action_id, found)


def _refusal(which: SalesList) -> Refused:
    if which is SalesList.CUSTOMER_STEP:
        return Refused(_("Only won opportunities have a customer step."))
    return Refused(_("Only open opportunities have a sales step."))
