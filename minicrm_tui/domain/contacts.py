"""Companies and persons as contacts: what is known of one, what was typed of one, and what two become when merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.reach import Reach, TypedChannel, in_order, same
from minicrm_tui.domain.records import Channel, Company, Money, Person

if TYPE_CHECKING:
    from minicrm_tui.domain.pages import OtherCard

TEXT_LIMIT: Final = 200
DESCRIPTION_LIMIT: Final = 4_000
"""Characters of a plain field, and of the description."""


class ContactKind(StrEnum):
    """A contact is one or the other."""

    COMPANY = "company"
    PERSON = "person"


TEXTS: Final[Mapping[ContactKind, tuple[str, ...]]] = {
    ContactKind.COMPANY: ("address", "website", "tax_number", "registration_number", "industry", "description"),
    ContactKind.PERSON: ("first_name", "last_name", "job", "description"),
}
"""The plain fields of each kind, besides name, company, phones and e-mails."""

_KEY: Final = re.compile(r"([cp])\s*([1-9][0-9]{0,17})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContactRef:
    """Which contact; the id 0 is one that is still to be made."""

    kind: ContactKind
    id: int = 0

    @property
    def is_new(self) -> bool:
        """Whether it is still to be made."""
        return self.id == 0

    @property
    def key(self) -> str:
        """How it is written where a person reads and types it: c12, p3."""
        return f"{self.kind.value[0]}{self.id}"


def read_key(text: str) -> ContactRef | None:
    """The contact behind c12 or p3; None for anything else."""
    found = _KEY.fullmatch(text.strip())
    if found is None:
        return None
    kind = ContactKind.COMPANY if found[1].lower() == "c" else ContactKind.PERSON
    return ContactRef(kind, int(found[2]))


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What one row of the contacts shows. `worth` sums the cards that were not lost, a sum a currency."""

    ref: ContactRef
    name: str
    company: str = ""
    job: str = ""
    phone: Channel | None = None
    email: Channel | None = None
    cards: int = 0
    open_tasks: int = 0
    worth: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactsFound:
    """How many contacts match a typed text, by kind, and the first of each."""

    counts: Mapping[ContactKind, int]
    first: Mapping[ContactKind, tuple[ContactRow, ...]]


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A contact whole. `company` is a person's; `persons` are a company's; cards in the trash are only counted."""

    row: ContactRow
    contact: Company | Person
    company: Company | None = None
    persons: tuple[Person, ...] = ()
    cards: tuple[OtherCard, ...] = ()
    trashed: int = 0

    @property
    def ref(self) -> ContactRef:
        """Which one it is."""
        return self.row.ref


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as it was typed and checked. `company` is the name of a person's company."""

    kind: ContactKind
    name: str
    texts: Mapping[str, str] = field(default_factory=dict)
    company: str = ""
    phones: tuple[Channel, ...] = ()
    emails: tuple[Channel, ...] = ()

    def text(self, key: str) -> str:
        """The text of a field; the name and the company are fields too."""
        return {"name": self.name, "company": self.company}.get(key) or self.texts.get(key, "")


@dataclass(frozen=True, slots=True)
class Similar:
    """A known contact that may be the same one. `why`: email, phone or name; `what` it has in common."""

    ref: ContactRef
    name: str
    why: str
    what: str
    beside: str = ""


def draft_of(details: ContactDetails) -> ContactDraft:
    """A known contact, as if it had been typed."""
    contact, kind = details.contact, details.ref.kind
    texts = {key: str(getattr(contact, key)) for key in TEXTS[kind]}
    if isinstance(contact, Person) and not (contact.first_name or contact.last_name):
        texts["first_name"], texts["last_name"] = names_of(contact.name)
    company = details.company.name if details.company is not None else ""
    return ContactDraft(kind, contact.name, texts, company, contact.phones, contact.emails)


def names_of(name: str) -> tuple[str, str]:
    """First and last name of a name that was typed in one: the last word is the last name."""
    first, _space, last = name.rpartition(" ")
    return (first, last) if first else (name, "")


# --- two become one

NAMES: Final = ("first_name", "last_name")
"""A person's names go together: half of one and half of the other would be somebody else."""


def mergeable(kind: ContactKind) -> tuple[str, ...]:
    """The fields of which the merged contact has one of two values."""
    if kind is ContactKind.COMPANY:
        return ("name", *TEXTS[kind])
    return ("name", "company", *(key for key in TEXTS[kind] if key not in NAMES))


def merged(kept: ContactDraft, gone: ContactDraft, taken: Collection[str] = ()) -> ContactDraft:
    """What the kept one is after the other went into it: its own fields where it has them, and the `taken` ones."""

    def chosen(key: str) -> str:
        own, other = kept.text(key), gone.text(key)
        if key in taken:
            return other
        if key == "description" and own and other and other not in own:
            return f"{own} · {other}"
        return own or other

    texts = {key: chosen(key) for key in TEXTS[kept.kind]}
    if kept.kind is ContactKind.PERSON:
        names = gone if "name" in taken else kept
        texts |= {key: names.texts.get(key, "") for key in NAMES}
    return ContactDraft(
        kept.kind,
        chosen("name"),
        texts,
        chosen("company"),
        _joined(Reach.PHONE, kept.phones, gone.phones),
        _joined(Reach.EMAIL, kept.emails, gone.emails),
    )


def _joined(kind: Reach, own: tuple[Channel, ...], other: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Each once; a label that only the other one has is kept."""
    labels = {each.value: twin.label for each in own for twin in other if not each.label and same(kind, each, twin)}
    labelled = [replace(each, label=labels.get(each.value, each.label)) for each in own]
    return in_order(kind, [TypedChannel(each) for each in (*labelled, *other)])
