"""A header → where its column goes, in a file about something."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.domain.text import fold
from minicrm_tui.exchange.importing import aliases
from minicrm_tui.exchange.importing.aliases import words_of
from minicrm_tui.exchange.importing.targets import IGNORED, MOST_PERSONS, REACHES, Subject, Target, What

_TABLES: Final[Mapping[str, Mapping[str, What]]] = {
    "card": aliases.CARD,
    "company": aliases.COMPANY,
    "person": aliases.PERSON,
    "task": aliases.TASK,
    "note": aliases.NOTE,
}

_ORDER: Final[Mapping[Subject, tuple[str, ...]]] = {
    Subject.CARDS: ("card", "task", "person", "company"),
    Subject.PEOPLE: ("person", "company"),
    Subject.COMPANIES: ("company", "person"),
    Subject.ACTIVITIES: ("task", "card", "person", "company"),
    Subject.NOTES: ("note", "card", "person", "company"),
}
"""Whose field a header is that does not say it: the first that has one of that name."""

_CLIENT: Final[Mapping[str, What]] = {
    words_of(name): what
    for what, names in {
        What.COMPANY_NAME: "organization|organisation|company|client|customer|account|company name|associated company"
        "|associated company primary|associated company ids primary|organization name|firma|companie|societate|ceg"
        "|cegnev|vallalat|ugyfel|partener|entreprise|societe|nom de l entreprise|entreprise associee|client nume"
        "|associated company names|companie client",
        What.PERSON_NAME: "contact person|contact|person|associated contact|associated contacts|primary contact"
        "|kapcsolattarto|szemely|persoana de contact|persoana|contact associe|contact name|nume contact",
    }.items()
    for name in names.split("|")
}
"""The client of a row, whatever the row is about."""

_GOOGLE: Final = re.compile(r"(e mail|phone) (\d) (value|label|type)")
_GOOGLE_ADDRESS: Final = re.compile(r"address (\d) (\w.*)")
_NUMBERED: Final = re.compile(r"(\D+?) ?(\d{1,2}) (.+)")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when a header is read: what the rows are about, and the fields that the module has."""

    subject: Subject
    is_sales: bool = False
    profile: str = ""
    fields: tuple[str, ...] = ()
    has_person: bool = False
    has_company: bool = False
    has_first: bool = False
    """Whether other headers say who the person, the company, and the first name are."""


def target_of(header: str, context: Context) -> Target | None:
    """Where the column goes; None where the header says nothing that is known."""
    said = words_of(header)
    if context.profile == "pipedrive" and said.startswith("lead "):
        said = f"deal{said[4:]}"
    if not said:
        return None
    own = _own_field(header, context)
    if own is not None:
        return own
    found = _google(said) or _owned(said) or _client(said) or _bare(said, context) or _of_own_item(header)
    if found is not None:
        return _turned(found, said, context)
    return IGNORED if said in aliases.NOT_OURS else None


def read_target(text: str, fields: Collection[str] = ()) -> Target | None:
    """A target as a person writes it: "Company: Name", "Person2: Email", "Field: Budget", "ignore"."""
    said = words_of(text)
    if said in ("ignore", "nothing", "nimic", "ignora"):
        return IGNORED
    name = text.partition(":")[2].strip() if fold(text).startswith(("field:", "camp:")) else text.strip()
    known = next((field for field in fields if fold(field) == fold(name)), None)
    if known is not None:
        return Target(What.FIELD, field=known)
    context = Context(Subject.CARDS)
    return _owned(said) or _client(said) or _bare(said, context)


def named_apart(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers that can each be meant: a second “Email” is “Email (2)”, an empty one is called by its place."""
    seen: dict[str, int] = {}
    named = []
    for place, header in enumerate(headers, 1):
        shown = header or f"#{place}"
        seen[fold(shown)] = seen.get(fold(shown), 0) + 1
        count = seen[fold(shown)]
        named.append(shown if count == 1 else f"{shown} ({count})")
    return tuple(named)


def _own_field(header: str, context: Context) -> Target | None:
    """A field of the module by its name, alone or after the card's."""
    after = header.partition(":")[2].strip() or header.partition(" - ")[2].strip()
    for field in context.fields:
        if fold(field) in (fold(header), fold(after)):
            return Target(What.FIELD, field=field)
    return None


def _google(said: str) -> Target | None:
    reach = _GOOGLE.fullmatch(said)
    if reach is not None:
        what = What.PERSON_EMAIL if reach[1] == "e mail" else What.PERSON_PHONE
        return Target(what, slot=int(reach[2]), labels=reach[3] != "value")
    address = _GOOGLE_ADDRESS.fullmatch(said)
    if address is not None:
        kept = address[1] == "1" and address[2] not in ("label", "type", "formatted")
        return Target(What.PERSON_ADDRESS) if kept or address[0] == "address 1 formatted" else IGNORED
    if re.fullmatch(r"website \d (?:value|label|type)", said):
        return Target(What.COMPANY_WEBSITE) if said == "website 1 value" else IGNORED
    return None


def _of_own_item(header: str) -> Target | None:
    """A module's cards are called as a person likes: "Gadget: Status"."""
    _item, colon, rest = header.partition(":")
    what = aliases.CARD.get(words_of(rest)) if colon else None
    return None if what is None else Target(what)


def _owned(said: str) -> Target | None:
    """A header that names its owner: "deal title", "person2 email", "organization 1 name"."""
    numbered = _NUMBERED.fullmatch(said)
    number, plain = (int(numbered[2]), f"{numbered[1].strip()} {numbered[3]}") if numbered else (1, said)
    if not 1 <= number <= MOST_PERSONS:
        return None
    words = plain.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        owner = aliases.OWNERS.get(" ".join(words[:length]))
        if owner is None:
            continue
        rest = " ".join(words[length:])
        found = _in_table(_TABLES[owner], rest) or (_of_a_deal(rest) if owner == "card" else None)
        if found is not None:
            return replace(found, person=number) if owner == "person" else found
        if rest in aliases.NOT_OURS:
            return IGNORED
    return None


def _of_a_deal(rest: str) -> Target | None:
    """Its client, or its next task."""
    return _client(rest) or _in_table(aliases.TASK, rest)


def _in_table(table: Mapping[str, What], said: str) -> Target | None:
    """A name of the table, or one of a phone or an e-mail with its label before or after it."""
    what = table.get(said)
    if what is not None:
        first = said.split(" ", maxsplit=1)[0]
        return Target(what, label=aliases.LABELS.get(first, "") if what in REACHES else "")
    head, _space, tail = said.partition(" ")
    front, _space, last = said.rpartition(" ")
    for cut, label in ((front, last), (tail, head)):
        if label in aliases.LABELS and table.get(cut) in REACHES:
            return Target(table[cut], label=aliases.LABELS[label])
    return None


def _client(said: str) -> Target | None:
    what = _CLIENT.get(said)
    return None if what is None else Target(what)


def _bare(said: str, context: Context) -> Target | None:
    plain = re.sub(r"(?<=\D) ?\d{1,2}$", "", said)
    for owner in _order(plain, context):
        found = _in_table(_TABLES[owner], said) or _in_table(_TABLES[owner], plain)
        if found is not None:
            return found
    return None


def _order(said: str, context: Context) -> tuple[str, ...]:
    order = _ORDER[context.subject]
    alone = context.has_company and not context.has_person
    # A phone beside a company's name alone is the company's.
    return ("company", *order) if alone and _is_reach(said) else order


def _is_reach(said: str) -> bool:
    found = _in_table(aliases.COMPANY, said)
    return found is not None and found.what in (What.COMPANY_EMAIL, What.COMPANY_PHONE, What.COMPANY_ADDRESS)


def _turned(found: Target, said: str, context: Context) -> Target:
    """What a program means by a word that others use for something else."""
    if context.profile == "pipedrive" and found.what is What.STATUS:
        if said.endswith("status"):
            return replace(found, what=What.SALES_STATUS)
        return replace(found, what=What.SALES_STEP) if context.is_sales else found
    if context.profile == "linkedin" and found.what is What.COMPANY_WEBSITE:
        return replace(found, what=What.PERSON_MORE)
    if found.what is What.PERSON_LAST and not context.has_first and said.split()[-1] in ("nume", "nom"):
        return replace(found, what=What.PERSON_NAME)
    return found
