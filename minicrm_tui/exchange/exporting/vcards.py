"""Companies and persons as vCards: 3.0 (RFC 2426), which everything reads, or 4.0 (RFC 6350).

Written here and not by a library: vobject writes 3.0 alone, and a hundred times slower; the tests read these with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Final

from minicrm_tui.domain.contacts import names_of
from minicrm_tui.domain.exports import ExportedContact
from minicrm_tui.domain.reach import Reach
from minicrm_tui.domain.records import Channel, Company, Person
from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.exporting.text_lines import escaped, folded

VERSIONS: Final = ("3.0", "4.0")

_TYPES: Final = {
    **dict.fromkeys(("work", "office", "serviciu", "birou", "munca"), "work"),
    **dict.fromkeys(("home", "private", "acasa", "personal"), "home"),
    **dict.fromkeys(("mobile", "cell", "cellular", "mobil"), "cell"),
    **dict.fromkeys(("fax",), "fax"),
}
"""Labels that are types of the standard, folded; any other is written as it is, beside the number."""


def vcards(contacts: Iterable[ExportedContact], version: str = VERSIONS[0]) -> Iterator[str]:
    """A card each."""
    for contact in contacts:
        yield "".join(folded(line) for line in _lines(contact, version))


def _lines(exported: ExportedContact, version: str) -> Iterator[str]:
    contact = exported.contact
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID:{_uid(exported)}"
    yield f"FN:{escaped(contact.name)}"
    if isinstance(contact, Company):
        yield from _of_company(contact, version)
    else:
        yield from _of_person(contact, exported.company)
    yield from _reached(contact, version)
    if contact.description:
        yield f"NOTE:{escaped(contact.description)}"
    yield "END:VCARD"


def _uid(exported: ExportedContact) -> str:
    """The same in every export, so that an address book takes the same card again for the same contact."""
    kind = "company" if isinstance(exported.contact, Company) else "person"
    return f"{kind}-{exported.contact.id}-{exported.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}@minicrm"


def _of_company(company: Company, version: str) -> Iterator[str]:
    # A firm has no names of a person: programs that see some make a person of it.
    yield "N:;;;;"
    yield f"ORG:{escaped(company.name)}"
    yield "KIND:org" if version != VERSIONS[0] else "X-ABShowAs:COMPANY"
    if company.address:
        yield f"ADR{_typed(('work',), version)}:;;{escaped(company.address)};;;;"
    if company.website:
        yield f"URL:{company.website}"
    if company.industry:
        yield f"CATEGORIES:{escaped(company.industry)}"


def _of_person(person: Person, company: Company | None) -> Iterator[str]:
    named = bool(person.first_name or person.last_name)
    first, last = (person.first_name, person.last_name) if named else names_of(person.name)
    yield f"N:{escaped(last)};{escaped(first)};;;"
    if company is not None:
        yield f"ORG:{escaped(company.name)}"
    if person.job:
        yield f"TITLE:{escaped(person.job)}"


def _reached(contact: Company | Person, version: str) -> Iterator[str]:
    number = 0
    channels = [(Reach.PHONE, each) for each in contact.phones] + [(Reach.EMAIL, each) for each in contact.emails]
    for kind, channel in channels:
        types, label = _types(kind, channel, version)
        group = ""
        if label:
            number += 1
            group = f"item{number}."
        yield f"{group}{'TEL' if kind is Reach.PHONE else 'EMAIL'}{_typed(types, version)}:{_value(channel)}"
        if label:
            yield f"{group}X-ABLabel:{escaped(label)}"


def _types(kind: Reach, channel: Channel, version: str) -> tuple[tuple[str, ...], str]:
    """The types of a channel, and its label where that is none of the standard's."""
    known = _TYPES.get(fold(channel.label), "")
    base = ("voice",) if kind is Reach.PHONE and known != "fax" else ()
    if kind is Reach.EMAIL:
        base = ("internet",) if version == VERSIONS[0] else ()
        known = known if known in ("work", "home") else ""
    preferred = ("pref",) if channel.is_default else ()
    label = channel.label if channel.label and not known else ""
    return (*base, *((known,) if known else ()), *preferred), label


def _typed(types: tuple[str, ...], version: str) -> str:
    if version == VERSIONS[0]:
        return "".join(f";TYPE={each.upper()}" for each in types)
    plain = "".join(f";TYPE={each}" for each in types if each != "pref")
    return f"{plain};PREF=1" if "pref" in types else plain


def _value(channel: Channel) -> str:
    """The number or address as it was typed."""
    return escaped(channel.value)
