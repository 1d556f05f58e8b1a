"""Companies and persons: found by name, made when they are new, given the phones and e-mails that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import bindparam, col, desc, func, select, update

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import NAME_LIMIT, split_client
from minicrm_tui.domain.records import CompanyId, PersonId
from minicrm_tui.domain.text import clean, digits, fold
from minicrm_tui.i18n import _
from minicrm_tui.store.rows import stamp
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import ChannelTable, CompanyTable, PersonTable

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

_CHANNEL = select(ChannelTable.id).where(
    col(ChannelTable.company_id).is_not_distinct_from(bindparam("company_id")),
    col(ChannelTable.person_id).is_not_distinct_from(bindparam("person_id")),
    col(ChannelTable.kind) == bindparam("kind"),
    col(ChannelTable.plain) == bindparam("plain"),
)


@dataclass(frozen=True, slots=True)
class Client:
    """Whom a card belongs to: a company, a person, or both."""

    company_id: CompanyId | None = None
    person_id: PersonId | None = None


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


def add_channels(conn: Connection, whose: Client, phones: Sequence[str], emails: Sequence[str]) -> None:
    """Give the person, or else the company, these phones and e-mails; those that they have already stay single."""
    for phone in phones:
        _add_channel(conn, whose, "phone", clean(phone), digits(phone))
    for email in emails:
        _add_channel(conn, whose, "email", clean(email), fold(clean(email)))


def _add_channel(conn: Connection, whose: Client, kind: str, value: str, plain: str) -> None:
    company_id = whose.company_id if whose.person_id is None else None
    same = {"company_id": company_id, "person_id": whose.person_id, "kind": kind, "plain": plain}
    if conn.execute(_CHANNEL, same).first() is None:
        add(conn, ChannelTable(company_id=company_id, person_id=whose.person_id, kind=kind, value=value, plain=plain))


def _client_name(typed: str) -> str:
    name = clean(typed)
    if not name:
        raise Invalid("client", _("A client needs a name."))
    if len(name) > NAME_LIMIT:
        raise Invalid("client", _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
    return name
