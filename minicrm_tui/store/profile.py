"""Changing one of a card's plain fields: the expected closing, the sales step, the reason of a loss."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, update

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.profile import CARD_FIELDS
from minicrm_tui.domain.records import CardDetails, CardId, Place, SalesStatus
from minicrm_tui.i18n import _
from minicrm_tui.store import history
from minicrm_tui.store.actions import begin
from minicrm_tui.store.history import Entry
from minicrm_tui.store.rows import card_details, stamp
from minicrm_tui.store.tables import CardTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UPDATE = update(CardTable).where(col(CardTable.id) == bindparam("card"))


def set_card_field(conn: Connection, card_id: CardId, key: str, value: str, now: datetime) -> None:
    """Give an opportunity this value (as `parse_card_field` reads it; nothing takes it away). Refused elsewhere."""
    card = editable(conn, card_id)
    refuse_misplaced(card, key)
    begin(conn, "card.edit", card_id, now, subject=card.row.name)
    write_card_field(conn, card, key, value, now)


def editable(conn: Connection, card_id: CardId) -> CardDetails:
    """The card, unless it is in the trash; NotFound, Refused."""
    card = card_details(conn, card_id)
    if card.row.place is Place.TRASHED:
        raise Refused(_("This card is in the trash."), _("Restore it first."))
    return card


def refuse_misplaced(card: CardDetails, key: str) -> None:
    """Only opportunities have these fields, and only lost ones a reason."""
    if card.keys is None or key not in CARD_FIELDS:
        raise Refused(_("This card has no such field."))
    if key == "loss_reason" and card.keys.sales is not SalesStatus.LOST:
        raise Refused(_("Only a lost card has a reason of its loss."))


def write_card_field(conn: Connection, card: CardDetails, key: str, value: str, now: datetime) -> None:
    """Write the value inside a running undo step, and tell the history."""
    closing = "" if card.expected_close is None else card.expected_close.isoformat()
    had = {"sales_step": card.sales_step or "", "expected_close": closing, "loss_reason": card.loss_reason or ""}
    if had[key] == value:
        return
    conn.execute(_UPDATE, {"card": card.row.id, key: value or None})
    history.write(conn, (card.row.id,), Entry(stamp(now), "field", "", key, had[key], value))
