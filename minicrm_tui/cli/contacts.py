"""`minicrm contact …`: companies and persons for scripts and for the shell."""

from __future__ import annotations

import json
from abc import ABC
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minicrm_tui.cli.commands import LARGEST_ID, Command
from minicrm_tui.domain.contacts import TEXTS, ContactDetails, ContactKind, ContactRef, ContactRow, read_key
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _, format_money

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from minicrm_tui.cli.commands import Counter
    from minicrm_tui.domain.contacts import ContactDraft
    from minicrm_tui.domain.records import Channel, Money

_PAGE = 500
"""Contacts that are read at a time."""

_NAMED = 10
"""Contacts of one name that a refusal lists."""

_WIDTH = 80
_NAME_WIDTH = 30
"""Cells of a contact whole, and of a name in the list: one long name does not push everybody's phone aside."""


class ContactCommand(Command, ABC):
    """What the commands about contacts share."""

    async def _find(self, at: Counter, wanted: str) -> ContactRef:
        """The contact with this key (c12, p3) or this name; NotFound, Refused where it is several."""
        ref = read_key(wanted)
        if ref is not None and ref.id <= LARGEST_ID:
            return (await at.store.contact(ref)).ref
        found = [row async for row in _rows(at, wanted) if fold(row.name) == fold(wanted)]
        if not found:
            raise NotFound(_("There is no contact “{name}”.").format(name=wanted), _("minicrm contact list finds it."))
        if len(found) > 1:
            keys = ", ".join(row.ref.key for row in found[:_NAMED])
            raise Refused(
                _("“{name}” are several contacts.").format(name=wanted), _("Give a key: {keys}.").format(keys=keys)
            )
        return found[0].ref


@dataclass(frozen=True, slots=True)
class ListContacts(ContactCommand):
    """`minicrm contact list`"""

    text: str
    json: bool

    async def run(self, at: Counter) -> None:
        """A line a contact; all of them, or those who match."""
        rows = [row async for row in _rows(at, self.text)]
        if self.json:
            at.write(json.dumps({"contacts": [row_json(row) for row in rows]}, ensure_ascii=False) + "\n")
            return
        from minicrm_tui.cli.columns import aligned

        if rows:
            at.write("".join(line + "\n" for line in aligned([_line(row) for row in rows], right=(5,))))


@dataclass(frozen=True, slots=True)
class ShowContact(ContactCommand):
    """`minicrm contact show`"""

    contact: str
    json: bool

    async def run(self, at: Counter) -> None:
        """All about one contact."""
        details = await at.store.contact(await self._find(at, self.contact))
        at.write(shown(details, as_json=self.json))


@dataclass(frozen=True, slots=True)
class AddContact(ContactCommand):
    """`minicrm contact add`"""

    kind: ContactKind
    name: str
    company: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    fields: tuple[str, ...]
    anyway: bool
    json: bool

    async def run(self, at: Counter) -> None:
        """A new company or person; its key is the last word. Refused where somebody is known like that."""
        draft = self._draft(at)
        new = ContactRef(self.kind)
        known = () if self.anyway else await at.store.similar(draft, new)
        if known:
            names = ", ".join(f"{each.name} ({each.ref.key})" for each in known[:_NAMED])
            raise Refused(
                _("Known already: {names}.").format(names=names), _("--anyway adds the contact all the same.")
            )
        ref = await at.store.save_contact(new, draft, at.now)
        if self.json:
            at.write(shown(await at.store.contact(ref), as_json=True))
        else:
            at.write(_("Added: “{name}”").format(name=draft.name) + f" · {ref.key}\n")

    def _draft(self, at: Counter) -> ContactDraft:
        from minicrm_tui.domain.contact_forms import read_contact_form
        from minicrm_tui.domain.contacts import names_of
        from minicrm_tui.domain.drafts import InvalidForm

        if self.company and self.kind is ContactKind.COMPANY:
            raise Invalid("company", _("Only a person belongs to a company."))
        typed = {"name": self.name, "company": self.company} | dict(self._assigned())
        if self.kind is ContactKind.PERSON:
            first, last = names_of(" ".join(self.name.split()))
            typed = {"first_name": first, "last_name": last} | typed
        for key, texts in (("phone", self.phones), ("email", self.emails)):
            typed |= {f"{key}-{place}": text for place, text in enumerate(texts, 1)}
        try:
            return read_contact_form(self.kind, typed, at.settings.country)
        except InvalidForm as error:
            raise error.errors[0] from error

    def _assigned(self) -> Iterator[tuple[str, str]]:
        for assignment in self.fields:
            key, equals, text = assignment.partition("=")
            key = key.strip().replace("-", "_").lower()
            if not equals or key not in TEXTS[self.kind]:
                names = ", ".join(TEXTS[self.kind])
                raise Invalid(key, _("“{text}” is no FIELD=VALUE; the fields are: {names}.").format(
                    text=assignment[:40], names=names))  # fmt: skip
            yield key, text


@dataclass(frozen=True, slots=True)
class MergeContacts(ContactCommand):
    """`minicrm contact merge`"""

    keep: str
    gone: str
    json: bool

    async def run(self, at: Counter) -> None:
        """The second contact goes into the first one, which keeps its own fields where it has them."""
        keep, gone = await self._find(at, self.keep), await self._find(at, self.gone)
        name = (await at.store.contact(gone)).row.name
        after = await at.store.merge_contacts(keep, gone, (), at.now)
        if self.json:
            at.write(shown(after, as_json=True))
        else:
            said = _("Merged: “{gone}” went into “{name}”").format(gone=name, name=after.row.name)
            at.write(f"{said} · {keep.key}\n")


async def _rows(at: Counter, text: str) -> AsyncIterator[ContactRow]:
    for kind, count in (await at.store.contacts_count(text)).items():
        for offset in range(0, count, _PAGE):
            for row in await at.store.contacts(text, kind, offset, _PAGE):
                yield row


# --- as text


def shown(details: ContactDetails, *, as_json: bool) -> str:
    """A contact whole, as JSON or as lines."""
    if as_json:
        return json.dumps(contact_json(details), ensure_ascii=False) + "\n"
    from minicrm_tui.cli.columns import listed

    return "".join(line + "\n" for line in listed(list(_lines(details)), _WIDTH))


def _line(row: ContactRow) -> tuple[str, ...]:
    from minicrm_tui.cli.columns import at_most

    phone, email = ("" if channel is None else channel.value for channel in (row.phone, row.email))
    tasks = str(row.open_tasks) if row.open_tasks else ""
    name, company = at_most(row.name, _NAME_WIDTH), at_most(row.company, _NAME_WIDTH)
    return row.ref.key, name, company, phone, email, tasks, _sums(row.worth)


def _sums(worth: Sequence[Money]) -> str:
    return " + ".join(format_money(each) for each in worth)


def _lines(details: ContactDetails) -> Iterator[tuple[str, str]]:
    from minicrm_tui.domain.contact_forms import field_name

    contact = details.contact
    yield details.ref.key, contact.name
    if details.company is not None:
        yield field_name("company"), details.company.name
    for key, channels in (("phone", contact.phones), ("email", contact.emails)):
        for channel in channels:
            yield field_name(key), channel.value + (f", {channel.label}" if channel.label else "")
    for key in TEXTS[details.ref.kind]:
        if getattr(contact, key):
            yield field_name(key), str(getattr(contact, key))
    for person in details.persons:
        yield _("Person"), f"{person.name} · p{person.id}"
    for card in details.cards:
        yield _("Card"), f"{card.row.name} · {card.module} · {card.status} · {card.row.id}"


# --- as JSON


def row_json(row: ContactRow) -> dict[str, object]:
    """A contact as one row."""
    return {
        "key": row.ref.key,
        "kind": row.ref.kind.value,
        "id": row.ref.id,
        "name": row.name,
        "company": row.company or None,
        "phone": None if row.phone is None else row.phone.value,
        "email": None if row.email is None else row.email.value,
        "cards": row.cards,
        "open_tasks": row.open_tasks,
        "worth": [_money_json(each) for each in row.worth],
    }


def contact_json(details: ContactDetails) -> dict[str, object]:
    """A contact whole."""
    contact = details.contact
    found = row_json(details.row)
    del found["phone"], found["email"]
    found |= {key: getattr(contact, key) for key in TEXTS[details.ref.kind]}
    found["phones"] = [channel_json(each) for each in contact.phones]
    found["emails"] = [channel_json(each) for each in contact.emails]
    found["persons"] = [{"key": f"p{each.id}", "name": each.name} for each in details.persons]
    found["cards"] = [
        {"id": each.row.id, "name": each.row.name, "module": each.module, "status": each.status}
        for each in details.cards
    ]
    return found


def channel_json(channel: Channel) -> dict[str, object]:
    """A phone or an e-mail."""
    return {
        "value": channel.value,
        "label": channel.label,
        "normal": channel.normal or None,
        "default": channel.is_default,
        "doubtful": channel.doubtful,
    }


def _money_json(money: Money) -> dict[str, str]:
    from minicrm_tui.domain.money import to_decimal_string

    return {"amount": to_decimal_string(money), "currency": money.currency}
