"""Which program wrote a file, and what its rows are about: told by the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from minicrm_tui.exchange.importing.aliases import OWNERS, words_of
from minicrm_tui.exchange.importing.headers import Context, target_of
from minicrm_tui.exchange.importing.targets import CARD, COMPANY, PERSON, Subject, What
from minicrm_tui.exchange.reading.tables import FileKind
from minicrm_tui.i18n import N_, _


class Program(StrEnum):
    """Who wrote the file, as `--profile` has it."""

    PIPEDRIVE = "pipedrive"
    HUBSPOT = "hubspot"
    MINICRM = "minicrm"
    GOOGLE = "google"
    LINKEDIN = "linkedin"
    VCARD = "vcard"
    PLAIN = "plain"


_NAMES: Final = {
    Program.PIPEDRIVE: "Pipedrive",
    Program.HUBSPOT: "HubSpot",
    Program.MINICRM: "MiniCRM",
    Program.GOOGLE: "Google Contacts",
    Program.LINKEDIN: "LinkedIn",
    Program.VCARD: "vCard",
    Program.PLAIN: N_("a plain table"),
}
_SUBJECTS: Final = {
    Subject.CARDS: N_("cards"),
    Subject.PEOPLE: N_("persons"),
    Subject.COMPANIES: N_("companies"),
    Subject.ACTIVITIES: N_("activities"),
    Subject.NOTES: N_("notes"),
}

_PIPEDRIVE: Final = re.compile(r"\s*(deal|lead|person|organi[sz]ation|activity|note) - (.+)", re.IGNORECASE)
_PIPEDRIVE_SUBJECTS: Final = {
    "deal": Subject.CARDS,
    "lead": Subject.CARDS,
    "person": Subject.PEOPLE,
    "organization": Subject.COMPANIES,
    "organisation": Subject.COMPANIES,
    "activity": Subject.ACTIVITIES,
    "note": Subject.NOTES,
}
_MINICRM: Final = re.compile(r"(?:card|company|ceg|person\d*|szemely\d*|kartya|adatlap|companie|persoana\d*)")
_HUBSPOT_ID: Final = frozenset(
    ("record id", "id de fiche d informations", "objekt id", "registo id", "id del registro")
)
_HUBSPOT_DEALS: Final = frozenset(("deal name", "nom de la transaction", "deal stage", "phase de la transaction"))
_HUBSPOT_COMPANIES: Final = frozenset(
    ("company domain name", "nom de domaine de l entreprise", "company name", "nom de l entreprise")
)
_GOOGLE: Final = re.compile(r"(?:e mail|phone|website|address) 1 (?:value|formatted|street|type|label)")
_LINKEDIN: Final = frozenset(("first name", "last name", "url", "company", "position", "connected on"))


@dataclass(frozen=True, slots=True)
class Profile:
    """What a file was taken for."""

    program: Program
    subject: Subject

    @property
    def name(self) -> str:
        """In words: "Pipedrive, cards"."""
        return f"{_(_NAMES[self.program])}, {_(_SUBJECTS[self.subject])}"

    @property
    def has_cards(self) -> bool:
        """Whether a module is needed."""
        return self.subject in (Subject.CARDS, Subject.ACTIVITIES, Subject.NOTES)


def recognise(headers: Sequence[str], kind: FileKind, wanted: Program | None = None) -> Profile:
    """What the headers look like; as `wanted` has it where it is given."""
    if wanted is not None:
        return Profile(wanted, _subject_for(wanted, headers))
    if kind is FileKind.CARDS:
        return Profile(Program.VCARD, Subject.PEOPLE)
    said = [words_of(header) for header in headers]
    for program, is_it in _TESTS.items():
        if is_it(headers, said):
            return Profile(program, _subject_for(program, headers))
    return Profile(Program.PLAIN, _plain_subject(headers))


def _is_pipedrive(headers: Sequence[str], _said: Sequence[str]) -> bool:
    return sum(1 for header in headers if _PIPEDRIVE.match(header)) * 2 > len([each for each in headers if each])


def _is_google(_headers: Sequence[str], said: Sequence[str]) -> bool:
    values = any(
        re.fullmatch(r"(?:e mail|phone|website|address) 1 (?:value|formatted|street|type|label)", each) for each in said
    )
    return values or {"given name", "family name"} <= set(said)


def _is_linkedin(_headers: Sequence[str], said: Sequence[str]) -> bool:
    return len(_LINKEDIN & set(said)) >= 5


def _is_hubspot(_headers: Sequence[str], said: Sequence[str]) -> bool:
    return bool(_HUBSPOT_ID & set(said)) or bool(_HUBSPOT_DEALS & set(said) and "pipeline" in said)


def _is_minicrm(headers: Sequence[str], said: Sequence[str]) -> bool:
    """`Company: Name`, `Szemely1 Nev`, `Gadget: Status`."""
    colons = sum(1 for header in headers if re.fullmatch(r"[^:]+:\s*\S.*", header))
    bare = sum(1 for each in said if _MINICRM.fullmatch(each.split(" ")[0]) and re.search(r"\d", each) and " " in each)
    return colons * 2 > len([each for each in headers if each]) or bare > 0


_TESTS: Final = {
    Program.PIPEDRIVE: _is_pipedrive,
    Program.GOOGLE: _is_google,
    Program.LINKEDIN: _is_linkedin,
    Program.HUBSPOT: _is_hubspot,
    Program.MINICRM: _is_minicrm,
}


def _subject_for(program: Program, headers: Sequence[str]) -> Subject:
    said = {words_of(header) for header in headers}
    match program:
        case Program.PIPEDRIVE:
            return _pipedrive_subject(headers)
        case Program.HUBSPOT:
            if _HUBSPOT_DEALS & said:
                return Subject.CARDS
            names = {"first name", "last name", "prenom", "email", "e mail"} & said
            return Subject.COMPANIES if _HUBSPOT_COMPANIES & said and not names else Subject.PEOPLE
        case Program.GOOGLE | Program.LINKEDIN | Program.VCARD:
            return Subject.PEOPLE
        case _:
            return _plain_subject(headers)


def _pipedrive_subject(headers: Sequence[str]) -> Subject:
    """By what most headers begin with, the first one deciding between as many."""
    found = [match[1].lower() for match in map(_PIPEDRIVE.match, headers) if match]
    return _PIPEDRIVE_SUBJECTS[max(found, key=found.count)] if found else _plain_subject(headers)


def _plain_subject(headers: Sequence[str]) -> Subject:
    """Cards where anything is of a card alone; else persons, or companies where no person is named."""
    context = Context(Subject.CARDS)
    targets = [target_of(header, context) for header in headers]
    whats = {target.what for target in targets if target is not None}
    owners = {OWNERS.get(words_of(header).split(" ")[0], "") for header in headers if words_of(header)}
    if whats & (CARD - _AMBIGUOUS) or (What.CARD_NAME in whats and _names_a_card(headers)):
        return Subject.CARDS
    if whats & PERSON or not (whats & COMPANY or "company" in owners):
        return Subject.PEOPLE
    return Subject.COMPANIES if not whats & PERSON else Subject.PEOPLE


_AMBIGUOUS: Final = frozenset(
    (What.CARD_NAME, What.NOTE, What.CREATED, What.TASK_TEXT, What.TASK_TYPE, What.TASK_NOTE, What.STATUS)
)
"""What lists of contacts have too: a name, notes, a title."""


def _names_a_card(headers: Sequence[str]) -> bool:
    """Deal name, Opportunity: Name, Card: Name: a name that says whose it is."""
    said = (words_of(header) for header in headers)
    return any(OWNERS.get(each.split(" ")[0]) == "card" and " " in each for each in said if each)


def context_of(
    profile: Profile, headers: Sequence[str], fields: Sequence[str] = (), *, is_sales: bool = False
) -> Context:
    """What the headers are read with."""
    first = Context(profile.subject, is_sales, profile.program.value, tuple(fields))
    whats = {target.what for target in (target_of(header, first) for header in headers) if target is not None}
    return replace(
        first,
        has_person=bool(whats & {What.PERSON_NAME, What.PERSON_FIRST, What.PERSON_LAST}),
        has_company=What.COMPANY_NAME in whats,
        has_first=What.PERSON_FIRST in whats,
    )
