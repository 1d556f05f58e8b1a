"""Known contacts behind what was typed in one line: those who have its phone or e-mail, and one as a card's client."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.contacts import ContactDraft, ContactKind, ContactRef, Similar
from minicrm_tui.domain.quickadd import split_client
from minicrm_tui.domain.reach import Reach
from minicrm_tui.domain.records import Company, CompanyId
from minicrm_tui.domain.text import clean
from minicrm_tui.store import contacts
from minicrm_tui.store.contact_reads import record, similar
from minicrm_tui.store.contacts import Client

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.quickadd import LineDraft


def known_by(conn: Connection, draft: LineDraft, country: str = "") -> tuple[Similar, ...]:
    """Whom the phones and e-mails of a typed line belong to, where it would make a new contact of them.

    Not the company of a new person: they may share a phone.
    """
    if not (draft.phones or draft.emails):
        return ()
    is_known, company_id = _is_known(conn, draft)
    if is_known:
        return ()
    phones = tuple(contacts.checked(Reach.PHONE, value, country) for value in draft.phones)
    emails = tuple(contacts.checked(Reach.EMAIL, value, country) for value in draft.emails)
    reached = ContactDraft(ContactKind.PERSON, "", phones=phones, emails=emails)
    own = ContactRef(ContactKind.COMPANY, company_id or 0)
    return tuple(each for each in similar(conn, reached, ContactRef(ContactKind.PERSON)) if each.ref != own)


def _is_known(conn: Connection, draft: LineDraft) -> tuple[bool, CompanyId | None]:
    """Whether the phones of the line would go to a contact that is there, by its name; and a person's company."""
    company, person = draft.company, draft.person
    if not person:
        name = company or draft.name
        if contacts.find_company(conn, name) is not None or contacts.find_person(conn, name) is not None:
            return True, None
        company, person = split_client(clean(name))
    company_id = contacts.find_company(conn, company) if company else None
    found = contacts.find_person(conn, person, company_id) if person else company_id
    return found is not None, company_id


def known_client(conn: Connection, ref: ContactRef, draft: LineDraft, now: datetime) -> Client:
    """This contact as the client of a typed line; a person without a company is of the one that the line names."""
    contact = record(conn, ref)
    if isinstance(contact, Company):
        return Client(contact.id)
    company_id = contact.company_id
    if company_id is None and draft.person and draft.company:
        company_id = contacts.company_named(conn, draft.company, now)
        contacts.join_company(conn, contact.id, company_id)
    return Client(company_id, contact.id)
