"""The company and the persons of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from minicrm_tui.domain.contacts import DESCRIPTION_LIMIT, TEXT_LIMIT, ContactKind
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.imports import Contact
from minicrm_tui.domain.quickadd import NAME_LIMIT
from minicrm_tui.domain.reach import LABEL_LIMIT, Reach, TypedChannel, in_order, read_email, read_phone
from minicrm_tui.domain.records import Channel
from minicrm_tui.domain.text import clean, clean_lines, digits, fold
from minicrm_tui.exchange.importing.aliases import LABELS
from minicrm_tui.exchange.importing.cells import Cells, Places, places_of
from minicrm_tui.exchange.importing.plain_text import without_html
from minicrm_tui.exchange.importing.targets import PERSON, Subject, Target, What
from minicrm_tui.i18n import _

_TEXTS: Final[Mapping[str, What]] = {
    "website": What.COMPANY_WEBSITE,
    "tax_number": What.COMPANY_TAX,
    "registration_number": What.COMPANY_REGISTRATION,
    "industry": What.COMPANY_INDUSTRY,
}
_REACHES: Final[Mapping[ContactKind, Mapping[Reach, What]]] = {
    ContactKind.COMPANY: {Reach.PHONE: What.COMPANY_PHONE, Reach.EMAIL: What.COMPANY_EMAIL},
    ContactKind.PERSON: {Reach.PHONE: What.PERSON_PHONE, Reach.EMAIL: What.PERSON_EMAIL},
}
_BETWEEN_EMAILS: Final = re.compile(r"\s*(?::::|[;,|\n])\s*")
_BETWEEN_PHONES: Final = re.compile(r"\s*(?::::|[;|\n]|\s/\s)\s*")
_SHORTEST_PHONE: Final = 6
_WITH_EMAIL: Final = re.compile(r"(.*?)\s*[(<]([^()<>\s]+@[^()<>\s]+)[)>]")


@dataclass(frozen=True, slots=True)
class Client:
    """Whom a row names."""

    company: Contact | None = None
    persons: tuple[Contact, ...] = ()


class ContactReader:
    """Reads contacts out of rows of one file."""

    def __init__(
        self,
        targets: Sequence[Target | None],
        headers: Sequence[str],
        subject: Subject,
        country: str,
        *,
        several: bool = False,
    ) -> None:
        """`several`: a cell may name several companies or persons, a semicolon between them."""
        self._several = several
        self._targets, self._headers, self._subject, self._country = targets, headers, subject, country
        self._company = places_of(targets)
        numbers = sorted({target.person for target in targets if target is not None and target.what in PERSON})
        self._persons = {number: places_of(targets, number) for number in numbers}
        self._labels = {
            (target.what, target.slot): place for place, target in enumerate(targets) if target and target.labels
        }
        self._channel = lru_cache(maxsize=4096)(self._checked_channel)

    def read(self, cells: Cells) -> Client:
        """The company and the persons; a person without a name gives what they have to the company."""
        company = self._read_company(cells)
        persons = tuple(each for places in self._persons.values() for each in self._read_persons(cells, places))
        named = tuple(each for each in persons if each.name)
        nameless = tuple(each for each in persons if not each.name)
        if company is not None and not company.name and named:
            named = (_with_all(named[0], company), *named[1:])
            company = None
        for each in nameless:
            if company is not None and company.name:
                company = _with_channels(company, each)
            elif named:
                named = (_with_channels(named[0], each), *named[1:])
        return self._about(cells, company, named, nameless)

    def _about(
        self, cells: Cells, company: Contact | None, persons: tuple[Contact, ...], nameless: tuple[Contact, ...]
    ) -> Client:
        """With the contact that the row is about, where it is about one."""
        if self._subject is Subject.CARDS or self._subject in (Subject.ACTIVITIES, Subject.NOTES):
            return self._of_card(cells, company, persons, nameless)
        if self._subject is Subject.PEOPLE and persons:
            if company is not None and _is_company_itself(company, persons[0]):
                return Client(replace(_with_channels(company, persons[0]), is_subject=True))
            return Client(company, (replace(persons[0], is_subject=True), *persons[1:]))
        if company is not None and company.name:
            return Client(replace(company, is_subject=True), persons)
        if not cells.problems:
            cells.wrong(None, _("it names neither a person nor a company."))
        return Client()

    def _of_card(
        self, cells: Cells, company: Contact | None, persons: tuple[Contact, ...], nameless: tuple[Contact, ...]
    ) -> Client:
        """What nobody is named for belongs to the client that has the card's name."""
        if (company is not None and company.name) or persons or (company is None and not nameless):
            return Client(company, persons)
        name = cells.text(self._company.get(What.CARD_NAME, ()))
        if not name:
            cells.wrong(None, _("there is a phone or an e-mail, and nobody whose it is."))
            return Client()
        client = company or Contact(ContactKind.COMPANY, "")
        for each in nameless:
            client = _with_channels(client, each)
        return Client(replace(client, name=name[:NAME_LIMIT]))

    # --- one of them

    def _read_company(self, cells: Cells) -> Contact | None:
        places = self._company
        name = self._names(cells.text(places.get(What.COMPANY_NAME, ())))[0].strip()
        name = _limited(cells, places.get(What.COMPANY_NAME, ()), name)
        texts = {key: cells.text(places.get(what, ()), TEXT_LIMIT) for key, what in _TEXTS.items() if what in places}
        texts["address"] = self._joined(cells, places.get(What.COMPANY_ADDRESS, ()))
        texts["description"] = _lines(cells, places.get(What.COMPANY_DESCRIPTION, ()))
        filled = {key: text for key, text in texts.items() if text}
        phones, emails = self._channels(cells, places, ContactKind.COMPANY)
        if not (name or filled or phones or emails):
            return None
        return Contact(ContactKind.COMPANY, name, filled, phones, emails)

    def _read_persons(self, cells: Cells, places: Places) -> tuple[Contact, ...]:
        # A middle name is one of the first.
        firsts = (cells.text((place,), NAME_LIMIT) for place in places.get(What.PERSON_FIRST, ()))
        first = " ".join(filter(None, firsts))
        last = cells.text(places.get(What.PERSON_LAST, ()), NAME_LIMIT)
        names = self._names(cells.text(places.get(What.PERSON_NAME, ())))
        texts = {
            "first_name": first,
            "last_name": last,
            "job": cells.text(places.get(What.PERSON_JOB, ()), TEXT_LIMIT),
            "description": self._description(cells, places),
        }
        name, email = _apart(names[0])
        name = _limited(cells, places.get(What.PERSON_NAME, ()), name) or " ".join(filter(None, (first, last)))
        phones, emails = self._channels(cells, places, ContactKind.PERSON)
        emails = _one_more(emails, email)
        filled = {key: text for key, text in texts.items() if text}
        if not (name or filled or phones or emails):
            return ()
        others = tuple(map(_apart, filter(str.strip, names[1:])))
        return (
            Contact(ContactKind.PERSON, name, filled, phones, emails),
            *(Contact(ContactKind.PERSON, each[:NAME_LIMIT], emails=_one_more((), mail)) for each, mail in others),
        )

    def _names(self, text: str) -> list[str]:
        return text.split(";") if self._several else [text]

    def _description(self, cells: Cells, places: Places) -> str:
        """What has no field of its own stands there under its header."""
        parts = [_lines(cells, places.get(What.PERSON_DESCRIPTION, ()))]
        address = self._joined(cells, places.get(What.PERSON_ADDRESS, ()))
        if address:
            parts.append(f"{_('Address')}: {address}")
        for place in places.get(What.PERSON_MORE, ()):
            text = clean(cells.cells[place])
            if text:
                parts.append(f"{self._headers[place]}: {text}")
        said = "\n".join(filter(None, parts))
        return said[:DESCRIPTION_LIMIT]

    def _joined(self, cells: Cells, places: Sequence[int]) -> str:
        """The parts of an address, each once."""
        joined = ""
        for place in places:
            part = ", ".join(filter(None, (clean(line) for line in cells.cells[place].splitlines())))
            if part and part not in joined:
                joined = f"{joined}, {part}" if joined else part
        return cells.checked(places[0], joined, TEXT_LIMIT) if places else ""

    # --- phones and e-mails

    def _channels(
        self, cells: Cells, places: Places, kind: ContactKind
    ) -> tuple[tuple[Channel, ...], tuple[Channel, ...]]:
        phones, emails = (
            self._channels_of(cells, places.get(what, ()), reach) for reach, what in _REACHES[kind].items()
        )
        return phones, emails

    def _channels_of(self, cells: Cells, places: Sequence[int], reach: Reach) -> tuple[Channel, ...]:
        found: list[TypedChannel] = []
        for place in places:
            cell = cells.cells[place]
            if not cell or cell.isspace():
                continue
            label = self._label(cells, place)
            for value in _values(reach, cell):
                try:
                    channel = self._channel(reach, value)
                except Invalid as error:
                    cells.wrong(place, _("“{text}”").format(text=clean(value)[:60]) + f": {error.why}")
                    continue
                found.append(TypedChannel(replace(channel, label=label) if label else channel))
        return in_order(reach, found) if found else ()

    def _checked_channel(self, reach: Reach, value: str) -> Channel:
        return read_phone(value, self._country) if reach is Reach.PHONE else read_email(value)

    def _label(self, cells: Cells, place: int) -> str:
        target = self._targets[place]
        if target is None:
            return ""
        column = self._labels.get((target.what, target.slot)) if target.slot else None
        if column is None:
            return target.label
        text = clean(cells.cells[column]).lstrip("* ").partition(":::")[0].strip()
        return LABELS.get(fold(text), text)[:LABEL_LIMIT]


def _values(reach: Reach, cell: str) -> list[str]:
    between = _BETWEEN_EMAILS if reach is Reach.EMAIL else _BETWEEN_PHONES
    values = [value for value in between.split(cell.strip()) if value]
    if reach is Reach.PHONE and len(values) == 1 and "," in cell:
        parts = [part.strip() for part in cell.split(",") if part.strip()]
        if all(len(digits(part)) >= _SHORTEST_PHONE for part in parts):
            return parts
    return values


def _apart(name: str) -> tuple[str, str]:
    """ "Ana Pop (ana@acme.ro)": the name and the e-mail."""
    found = _WITH_EMAIL.fullmatch(name.strip())
    return (found[1], found[2]) if found else (name.strip(), "")


def _one_more(emails: tuple[Channel, ...], value: str) -> tuple[Channel, ...]:
    if not value:
        return emails
    try:
        return in_order(Reach.EMAIL, [TypedChannel(each) for each in (*emails, read_email(value))])
    except Invalid:
        return emails


def _limited(cells: Cells, places: Sequence[int], name: str) -> str:
    place = cells.first(places)
    return name if place is None else cells.checked(place, name, NAME_LIMIT)


def _lines(cells: Cells, places: Sequence[int]) -> str:
    place = cells.first(places)
    if place is None:
        return ""
    return cells.checked(place, without_html(clean_lines(cells.cells[place])), DESCRIPTION_LIMIT)


def _is_company_itself(company: Contact, person: Contact) -> bool:
    """A card of an address book that is about a firm has its name twice."""
    return fold(company.name) == fold(person.name) and not person.texts.get("last_name")


def _with_channels(contact: Contact, other: Contact) -> Contact:
    return replace(
        contact,
        phones=_both(Reach.PHONE, contact.phones, other.phones),
        emails=_both(Reach.EMAIL, contact.emails, other.emails),
    )


def _with_all(person: Contact, company: Contact) -> Contact:
    """A company that has no name was the person's own: what it has no field for is said in words."""
    lines = [person.texts.get("description", ""), *(f"{key}: {text}" for key, text in company.texts.items())]
    said = "\n".join(filter(None, lines))[:DESCRIPTION_LIMIT]
    texts = {**person.texts, "description": said} if said else person.texts
    return replace(_with_channels(person, company), texts=texts)


def _both(reach: Reach, own: tuple[Channel, ...], others: tuple[Channel, ...]) -> tuple[Channel, ...]:
    return in_order(reach, [TypedChannel(each) for each in (*own, *others)]) if others else own
