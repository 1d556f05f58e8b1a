"""Companies and persons: found by name, made when they are new, given the phones and e-mails that were typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlmodel import bindparam, col, desc, func, insert, select, update

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import NAME_LIMIT, split_client
from minicrm_tui.domain.reach import Reach, plain, read_email, read_phone, same
from minicrm_tui.domain.records import Channel, CompanyId, PersonId
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _
from minicrm_tui.store.rows import stamp
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import ChannelTable, CompanyTable, PersonTable

if TYPE_CHECKING:
    from minicrm_tui.domain.quickadd import LineDraft

_OLDEST_COMPANY = select(func.min(CompanyTable.id)).where(col(CompanyTable.folded) == bindparam("folded"))

_BEST_PERSON = (
    select(PersonTable.id)
    .where(col(PersonTable.folded) == bindparam("folded"))
    .order_by(
        desc(col(PersonTable.company_id).is_not_distinct_from(bindparam("company_id"))),
        col(PersonTable.company_id).is_not(None),
        col(PersonTable.id),
    )
    .limit(1)
)

_JOIN = update(PersonTable).where(col(PersonTable.id) == bindparam("person_id"), col(PersonTable.company_id).is_(None))

_CHANNELS = select(ChannelTable.value, ChannelTable.normal).where(
    col(ChannelTable.company_id).is_not_distinct_from(bindparam("company_id")),
    col(ChannelTable.person_id).is_not_distinct_from(bindparam("person_id")),
    col(ChannelTable.kind) == bindparam("kind"),
)

_INSERT_CHANNEL = insert(ChannelTable)


@dataclass(frozen=True, slots=True)
class Client:
    """Whom a card belongs to: a company, a person, or both."""

    company_id: CompanyId | None = None
    person_id: PersonId | None = None


def client_of(conn: Connection, draft: LineDraft, now: datetime) -> Client:
    """The client of a typed line, made where it is new: the one that it names, or the card's own name."""
    if draft.person:
        return client(conn, draft.company, draft.person, now)
    return client_called(conn, draft.company or draft.name, now)


def client(conn: Connection, company: str | None, person: str | None, now: datetime) -> Client:
    """The client with these names, made where it is new; the person joins the company if they have none."""
    company_id = company_named(conn, company, now) if company else None
    person_id = person_named(conn, person, company_id, now) if person else None
    return Client(company_id, person_id)


def company_named(conn: Connection, name: str, now: datetime) -> CompanyId:
    """The company of this name, made if there is none."""
    return find_company(conn, name) or add_company(conn, name, now)


def person_named(conn: Connection, name: str, company_id: CompanyId | None, now: datetime) -> PersonId:
    """The person of this name, made if there is none; they join the company if they have none."""
    person_id = find_person(conn, name, company_id) or add_person(conn, name, company_id, now)
    if company_id is not None:
        join_company(conn, person_id, company_id)
    return person_id


def join_company(conn: Connection, person_id: PersonId, company_id: CompanyId) -> None:
    """Make the person one of the company, unless they are of another one."""
    conn.execute(_JOIN, {"person_id": person_id, "company_id": company_id})


def client_called(conn: Connection, name: str, now: datetime) -> Client:
    """The client behind one typed name: a known company, a known person, "Company (Person)", or a new company."""
    known_company = find_company(conn, name)
    if known_company is not None:
        return Client(known_company)
    known_person = find_person(conn, name)
    if known_person is not None:
        return Client(None, known_person)
    company, person = split_client(clean(name))
    return client(conn, company, person, now)


def find_company(conn: Connection, name: str) -> CompanyId | None:
    """The oldest company of this name, accents and case ignored."""
    found = conn.execute(_OLDEST_COMPANY, {"folded": fold(clean(name))}).scalar_one()
    return None if found is None else CompanyId(found)


def find_person(conn: Connection, name: str, company_id: CompanyId | None = None) -> PersonId | None:
    """The person of this name: of that company, else of none, else the oldest."""
    found = conn.execute(_BEST_PERSON, {"folded": fold(clean(name)), "company_id": company_id}).scalar_one_or_none()
    return None if found is None else PersonId(found)


def add_company(conn: Connection, name: str, now: datetime) -> CompanyId:
    """A new company; Invalid("client") when its name is empty or too long."""
    kept = _client_name(name)
    return CompanyId(add(conn, CompanyTable(name=kept, folded=fold(kept), created_at=stamp(now))))


def add_person(conn: Connection, name: str, company_id: CompanyId | None, now: datetime) -> PersonId:
    """A new person; Invalid("client") when their name is empty or too long."""
    kept = _client_name(name)
    person = PersonTable(company_id=company_id, name=kept, folded=fold(kept), created_at=stamp(now))
    return PersonId(add(conn, person))


def add_channels(
    conn: Connection, whose: Client, phones: Sequence[str], emails: Sequence[str], country: str = ""
) -> None:
    """Give the person, or else the company, these phones and e-mails; those that they have already stay single."""
    company_id = whose.company_id if whose.person_id is None else None
    for kind, values in ((Reach.PHONE, phones), (Reach.EMAIL, emails)):
        for value in values:
            _add_channel(conn, company_id, whose.person_id, kind, checked(kind, value, country))


def checked(kind: Reach, value: str, country: str) -> Channel:
    """The channel that a typed line was understood to hold: what the checks do not know is kept, and doubtful."""
    try:
        return read_phone(value, country) if kind is Reach.PHONE else read_email(value)
    except Invalid:
        return Channel(clean(value), doubtful=True)


def _add_channel(
    conn: Connection, company_id: CompanyId | None, person_id: PersonId | None, kind: Reach, channel: Channel
) -> None:
    whose = {"company_id": company_id, "person_id": person_id, "kind": kind.value}
    had = [Channel(row.value, normal=row.normal) for row in conn.execute(_CHANNELS, whose)]
    if not any(same(kind, channel, each) for each in had):
        insert_channel(conn, whose, replace(channel, is_default=not had))


def insert_channel(conn: Connection, whose: Mapping[str, int | str | None], channel: Channel) -> None:
    """A new row for a channel; `whose` says company_id, person_id and kind."""
    conn.execute(_INSERT_CHANNEL, {**whose, **channel_columns(Reach(str(whose["kind"])), channel)})


def channel_columns(kind: Reach, channel: Channel) -> dict[str, int | str]:
    """A channel as the file keeps it."""
    return {
        "value": channel.value,
        "plain": plain(kind, channel.value),
        "label": channel.label,
        "normal": channel.normal,
        "is_default": int(channel.is_default),
        "doubtful": int(channel.doubtful),
    }


def _client_name(typed: str) -> str:
    name = clean(typed)
    if not name:
        raise Invalid("client", _("A client needs a name."))
    if len(name) > NAME_LIMIT:
        raise Invalid("client", _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
    return name
