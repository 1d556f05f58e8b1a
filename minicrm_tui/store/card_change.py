"""Changing several fields of a card together: one transaction and one undo step, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import CardDetails, CardId
from minicrm_tui.domain.sales import applied
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import moves
from minicrm_tui.store.actions import begin
from minicrm_tui.store.card_page import card_page
from minicrm_tui.store.cards import write_plain_fields
from minicrm_tui.store.fields import refuse_emptied, write_values
from minicrm_tui.store.profile import editable, refuse_field, write_card_field
from minicrm_tui.store.results import Changed
from minicrm_tui.store.rows import card_details
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.card_change import CardChange
    from minicrm_tui.domain.pages import CardPage

ReadChange = Callable[["CardPage"], "CardChange"]
"""What is to be changed of a card that stands so; raises CrmError."""


def change_card(conn: Connection, card_id: CardId, read: ReadChange, now: datetime) -> Changed:
    """Change the card as `read` says, who is shown it as it is by now; what moves it comes first.

    Raises NotFound, Refused for a card in the trash, Invalid, Missing for a move that lacks a required field.
    """
    editable(conn, card_id)
    before = card_page(conn, card_id)
    change = read(before)
    if not _move(conn, before.details, change, now):
        begin(conn, "card.edit", card_id, now)
    refuse_emptied(conn, card_details(conn, card_id), change.values)
    write_values(conn, card_id, change.values, now)
    if change.edit is not None:
        write_plain_fields(conn, before.details, change.edit, now)
    moved = card_details(conn, card_id)
    for key, value in change.plain.items():
        refuse_field(moved, key, value)
        write_card_field(conn, moved, key, value, now)
    refresh(conn, (card_id,))
    return Changed(before, card_page(conn, card_id))


def _move(conn: Connection, card: CardDetails, change: CardChange, now: datetime) -> bool:
    """Begin the undo step with the move, and the values that it needs; whether there is one."""
    targets = Targets(cards=(card.row.id,))
    if card.keys is not None and applied(card.keys, change.keys) != card.keys:
        reason = change.plain.get("loss_reason")
        moves.set_keys(conn, targets, change.keys, now, loss_reason=reason, values=change.values)
        return True
    if change.status is not None and change.status != card.status.id:
        moves.set_status(conn, targets, change.status, now, values=change.values)
        return True
    return False
