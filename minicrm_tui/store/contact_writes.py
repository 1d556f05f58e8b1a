"""Making, changing, deleting and merging contacts: each one undo step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import bindparam, col, delete, insert, select, update

from minicrm_tui.domain.contacts import TEXTS, ContactDetails, ContactDraft, ContactKind, ContactRef, draft_of, merged
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.reach import Reach, same
from minicrm_tui.domain.records import Channel
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.store import contacts, history, journal
from minicrm_tui.store.contact_reads import details
from minicrm_tui.store.history import Entry
from minicrm_tui.store.rows import id_list, stamp
from minicrm_tui.store.statements import listed_ids
from minicrm_tui.store.tables import CardTable, ChannelTable, CompanyTable, PersonTable
from minicrm_tui.store.upkeep import refresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TABLES: dict[ContactKind, type[CompanyTable] | type[PersonTable]] = {
    ContactKind.COMPANY: CompanyTable,
    ContactKind.PERSON: PersonTable,
}
_INSERT = {kind: insert(table) for kind, table in _TABLES.items()}
_UPDATE = {kind: update(table).where(col(table.id) == bindparam("contact")) for kind, table in _TABLES.items()}
_DELETE = {kind: delete(table).where(col(table.id) == bindparam("contact")) for kind, table in _TABLES.items()}

_CHANNELS = (
    select(ChannelTable)
    .where(
        col(ChannelTable.company_id).is_not_distinct_from(bindparam("company_id")),
        col(ChannelTable.person_id).is_not_distinct_from(bindparam("person_id")),
        col(ChannelTable.kind) == bindparam("kind"),
    )
    .order_by(col(ChannelTable.id))
)
_UPDATE_CHANNEL = update(ChannelTable).where(col(ChannelTable.id) == bindparam("channel"))
_DELETE_CHANNELS = delete(ChannelTable).where(col(ChannelTable.id).in_(listed_ids))

_CARDS = {
    ContactKind.COMPANY: select(CardTable.id).where(col(CardTable.company_id) == bindparam("contact")),
    ContactKind.PERSON: select(CardTable.id).where(col(CardTable.person_id) == bindparam("contact")),
}
_MOVE_CARDS = update(CardTable).where(col(CardTable.id).in_(listed_ids))
_MOVE_PERSONS = update(PersonTable).where(col(PersonTable.company_id) == bindparam("contact"))


# --- making and changing


def save(conn: Connection, ref: ContactRef, draft: ContactDraft, now: datetime) -> ContactRef:
    """Make the contact, or give a known one these fields; NotFound, Invalid."""
    if ref.is_new:
        journal.begin_action(conn, "contact.add", draft.name, 1, None, None, now)
        row = _columns(conn, draft, None, now) | {"created_at": stamp(now)}
        made = ContactRef(draft.kind, int(conn.execute(_INSERT[draft.kind], row).lastrowid))
        _write_channels(conn, made, draft)
        return made
    before = details(conn, ref)
    journal.begin_action(conn, "contact.edit", before.row.name, 1, None, None, now)
    _rewrite(conn, before, draft, now)
    return ref


def _rewrite(conn: Connection, before: ContactDetails, draft: ContactDraft, now: datetime) -> None:
    """Give a known contact these fields; its cards are found by a new name at once."""
    ref = before.ref
    conn.execute(_UPDATE[ref.kind], {"contact": ref.id, **_columns(conn, draft, before, now)})
    _write_channels(conn, ref, draft)
    if fold(draft.name) != fold(before.row.name):
        refresh(conn, _cards_of(conn, ref))


def _columns(
    conn: Connection, draft: ContactDraft, before: ContactDetails | None, now: datetime
) -> dict[str, str | int | None]:
    columns: dict[str, str | int | None] = {key: draft.texts.get(key, "") for key in TEXTS[draft.kind]}
    columns |= {"name": draft.name, "folded": fold(draft.name)}
    if draft.kind is ContactKind.PERSON:
        columns["company_id"] = _company_of(conn, draft, before, now)
    return columns


def _company_of(conn: Connection, draft: ContactDraft, before: ContactDetails | None, now: datetime) -> int | None:
    """The company that the person is of: their own where it is called so, else a known or a new one."""
    if not draft.company:
        return None
    if before is not None and before.company is not None and fold(before.company.name) == fold(draft.company):
        return before.company.id
    return contacts.company_named(conn, draft.company, now)


def _write_channels(conn: Connection, ref: ContactRef, draft: ContactDraft) -> None:
    for kind, channels in ((Reach.PHONE, draft.phones), (Reach.EMAIL, draft.emails)):
        _write_channels_of(conn, ref, kind, channels)


def _write_channels_of(conn: Connection, ref: ContactRef, kind: Reach, channels: Sequence[Channel]) -> None:
    """Each channel keeps its row; those that are no longer there go."""
    whose: dict[str, int | str | None] = {"company_id": None, "person_id": None, "kind": kind.value}
    whose[f"{ref.kind.value}_id"] = ref.id
    rows = list(conn.execute(_CHANNELS, whose).mappings())
    for channel in channels:
        own = next((row for row in rows if same(kind, channel, Channel(row["value"], normal=row["normal"]))), None)
        if own is None:
            contacts.insert_channel(conn, whose, channel)
        else:
            rows.remove(own)
            conn.execute(_UPDATE_CHANNEL, {"channel": own["id"], **contacts.channel_columns(kind, channel)})
    if rows:
        conn.execute(_DELETE_CHANNELS, {"ids": id_list(row["id"] for row in rows)})


def _cards_of(conn: Connection, ref: ContactRef) -> tuple[int, ...]:
    found = conn.execute(_CARDS[ref.kind], {"contact": ref.id}).scalars().all()
    return tuple(card_id for card_id in found if card_id is not None)


# --- the end


def delete_contact(conn: Connection, ref: ContactRef, now: datetime) -> None:
    """Take a contact out of the file; Refused, with what hangs on it, where something does."""
    found = details(conn, ref)
    hangs = what_hangs(found, len(_cards_of(conn, ref)))
    if hangs:
        raise Refused(
            _("{name} can't be deleted; it still has {what}.").format(name=found.row.name, what=hangs),
            _("Merge it into another contact, or give these another client first."),
        )
    journal.begin_action(conn, "contact.delete", found.row.name, 1, None, None, now)
    for kind in Reach:
        _write_channels_of(conn, ref, kind, ())
    conn.execute(_DELETE[ref.kind], {"contact": ref.id})


def what_hangs(found: ContactDetails, cards: int) -> str:
    """ "3 cards (1 in the trash) and 2 persons"; nothing where nothing does."""
    parts = []
    if cards:
        said = ngettext("{n} card", "{n} cards", cards).format(n=format_number(cards))
        if found.trashed:
            said += _(" ({n} in the trash)").format(n=format_number(found.trashed))
        parts.append(said)
    if found.persons:
        count = len(found.persons)
        parts.append(ngettext("{n} person", "{n} persons", count).format(n=format_number(count)))
    return _(" and ").join(parts)


# --- two become one


def merge(
    conn: Connection, keep: ContactRef, gone: ContactRef, taken: Collection[str], now: datetime
) -> ContactDetails:
    """Move all that the second contact has to the first one; `taken` are the fields whose value is the second's.

    Refused for a company and a person, and for a contact and itself.
    """
    if keep == gone:
        raise Refused(_("A contact can't be merged with itself."))
    if keep.kind is not gone.kind:
        raise Refused(_("A company and a person can't be merged."), _("Choose two companies, or two persons."))
    kept, other = details(conn, keep), details(conn, gone)
    subject = f"{other.row.name} → {kept.row.name}"
    journal.begin_action(conn, "contact.merge", subject, 1, None, None, now)
    after = merged(draft_of(kept), draft_of(other), taken)
    moved = _cards_of(conn, gone)
    own = f"{keep.kind.value}_id"
    conn.execute(_MOVE_CARDS, {"ids": id_list(moved), own: keep.id})
    if keep.kind is ContactKind.COMPANY:
        conn.execute(_MOVE_PERSONS, {"contact": gone.id, "company_id": keep.id})
    for kind in Reach:
        _write_channels_of(conn, gone, kind, ())
    conn.execute(_DELETE[gone.kind], {"contact": gone.id})
    _rewrite(conn, kept, after, now)
    if moved:
        entry = Entry(stamp(now), "field", "", keep.kind.value, other.row.name, after.name)
        history.write(conn, moved, entry)
        refresh(conn, moved)
    return details(conn, keep)
