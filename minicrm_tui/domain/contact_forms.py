"""The form of a contact: what was typed into its fields → a checked draft, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from minicrm_tui.domain.contacts import (
    DESCRIPTION_LIMIT,
    NAMES,
    TEXT_LIMIT,
    TEXTS,
    ContactDraft,
    ContactKind,
    Similar,
)
from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import NAME_LIMIT
from minicrm_tui.domain.reach import Reach, TypedChannel, in_order, read_channel, typed_channel
from minicrm_tui.domain.records import Channel
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import N_, _, format_number

LABELS: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "company": N_("Company"),
    "job": N_("Position"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "website": N_("Website"),
    "tax_number": N_("Tax number"),
    "registration_number": N_("Registration number"),
    "industry": N_("Industry"),
    "description": N_("Description"),
}
"""What the fields are called."""

MOST_CHANNELS: Final = 30
_MOST_TYPED: Final = 10_000
"""What is longer than this is refused before it is even cleaned."""


def field_name(key: str) -> str:
    """The name of a field, translated; phone-2 is a phone."""
    return _(LABELS[key.partition("-")[0]])


def why_alike(each: Similar) -> str:
    """What a known contact has in common with a typed one, in words."""
    if each.why == Reach.EMAIL:
        return _("the same e-mail: {value}").format(value=each.what)
    if each.why == Reach.PHONE:
        return _("the same phone: {value}").format(value=each.what)
    return _("the same name")


def contact_fields(kind: ContactKind, phones: int, emails: int) -> tuple[str, ...]:
    """The keys of the form in their order, with so many lines for phones and e-mails."""
    head = ("name",) if kind is ContactKind.COMPANY else (*NAMES, "company")
    tail = tuple(key for key in TEXTS[kind] if key not in NAMES)
    channels = (*channel_keys(Reach.PHONE, phones), *channel_keys(Reach.EMAIL, emails))
    return (*head, *channels, *tail) if kind is ContactKind.COMPANY else (*head, tail[0], *channels, *tail[1:])


def channel_keys(kind: Reach, count: int) -> tuple[str, ...]:
    """phone-1, phone-2 …"""
    return tuple(f"{kind.value}-{number}" for number in range(1, count + 1))


def fill_contact_form(draft: ContactDraft) -> dict[str, str]:
    """The texts with which the form of a contact opens."""
    filled = {key: draft.texts.get(key, "") for key in TEXTS[draft.kind]}
    # A form has one line; what was joined by a merge stays readable in it.
    filled["description"] = " · ".join(line for line in filled["description"].splitlines() if line.strip())
    if draft.kind is ContactKind.COMPANY:
        filled["name"] = draft.name
    else:
        filled["company"] = draft.company
    for kind, channels in ((Reach.PHONE, draft.phones), (Reach.EMAIL, draft.emails)):
        keys = channel_keys(kind, len(channels))
        filled |= {key: typed_channel(channel) for key, channel in zip(keys, channels, strict=True)}
    return filled


def read_contact_form(kind: ContactKind, fields: Mapping[str, str], country: str = "") -> ContactDraft:
    """Read the texts of a form; a missing one is empty. Raises InvalidForm with every wrong field."""
    form = TypedForm({key: text[:_MOST_TYPED] for key, text in fields.items()})
    texts = {key: form.read(key, partial(_text, key)) or "" for key in TEXTS[kind]}
    company = form.read("company", partial(_text, "company")) or ""
    if kind is ContactKind.COMPANY:
        name = form.read("name", _name) or ""
        company = ""
    else:
        name = form.read("first_name", lambda _typed: _name(" ".join(texts[key] for key in NAMES))) or ""
    channels = {each: _channels(form, each, fields, country) for each in Reach}
    form.refuse(tuple(dict.fromkeys((*fields, *contact_fields(kind, 0, 0)))))
    return ContactDraft(kind, name, texts, company, channels[Reach.PHONE], channels[Reach.EMAIL])


def read_channels(kind: Reach, texts: Sequence[str], country: str = "") -> tuple[Channel, ...]:
    """Phones or e-mails that were typed one by one. Raises Invalid(kind)."""
    read = [read_channel(kind, text, country) for text in texts]
    return in_order(kind, [each for each in read if each is not None])


def _channels(form: TypedForm, kind: Reach, fields: Mapping[str, str], country: str) -> tuple[Channel, ...]:
    typed: list[TypedChannel] = []
    for key in (key for key in fields if key.startswith(f"{kind.value}-")):
        channel = form.read(key, partial(_channel, kind, country))
        if channel is not None:
            typed.append(channel)
    return in_order(kind, typed)


def _channel(kind: Reach, country: str, text: str) -> TypedChannel | None:
    return read_channel(kind, text, country)


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise Invalid("name", _("A contact needs a name."))
    if len(name) > NAME_LIMIT:
        raise Invalid("name", _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
    return name


def _text(key: str, text: str) -> str:
    limit = DESCRIPTION_LIMIT if key == "description" else TEXT_LIMIT
    if len(text) > limit:
        raise Invalid(key, _("This has {limit} characters at most.").format(limit=format_number(limit)))
    return text
