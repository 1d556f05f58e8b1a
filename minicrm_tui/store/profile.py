"""Changing one of a card's plain fields: the expected closing, the steps, why it was lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.profile import CARD_FIELDS, refuse_misplaced
from minicrm_tui.domain.records import CardDetails, CardId
from minicrm_tui.i18n import _
from minicrm_tui.store.actions import begin
from minicrm_tui.store.columns import write_column
from minicrm_tui.store.rows import card_details, stamp
from minicrm_tui.store.trashed import refuse_trashed

if TYPE_CHECKING:
    from sqlalchemy import Connection


def set_card_field(conn: Connection, card_id: CardId, key: str, value: str, now: datetime) -> None:
    """Give an opportunity this value (as `parse_card_field` reads it; nothing takes it away). Refused, Invalid."""
    card = editable(conn, card_id)
    refuse_field(card, key, value)
    begin(conn, "card.edit", card_id, now, subject=card.row.name)
    write_card_field(conn, card, key, value, now)


def editable(conn: Connection, card_id: CardId) -> CardDetails:
    """The card, unless it or its module is in the trash; NotFound, Refused."""
    refuse_trashed(conn, card_id)
    return card_details(conn, card_id)


def refuse_field(card: CardDetails, key: str, value: str) -> None:
    """Only opportunities have these fields, some only when they are lost or won; and what is lost keeps a reason."""
    if card.keys is None or key not in CARD_FIELDS:
        raise Refused(_("This card has no such field."))
    refuse_misplaced(card.keys, key, value)
    if key == "loss_reason" and not value and card.loss_reason:
        raise Invalid(key, _("A lost opportunity keeps a reason: write another one."))


def write_card_field(conn: Connection, card: CardDetails, key: str, value: str, now: datetime) -> None:
    """Write the value inside a running undo step, and tell the history."""
    write_column(conn, (card.row.id,), key, value, stamp(now))
