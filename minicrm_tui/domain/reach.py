"""Phones and e-mails as a person types them: checked, brought into the form that two spellings share, labelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import Channel
from minicrm_tui.domain.text import clean, digits, fold
from minicrm_tui.i18n import _

LABEL_LIMIT: Final = 40
_PHONE_LIMIT: Final = 60
_EMAIL_LIMIT: Final = 254
_FEWEST_DIGITS: Final = 3

_EXTENSION: Final = re.compile(r"[\s,;]*(?:ext|int|x)\.?\s*\d{1,6}$", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[\d\s+()./\-–]*")
_STAR: Final = "*"
_PLAIN_EMAIL: Final = re.compile(
    r"[a-z0-9]{1,30}(?:[._+-][a-z0-9]{1,30})?"
    r"@(?P<domain>(?:[a-z0-9]{1,40}(?:-[a-z0-9]{1,20})?\.){1,3}[a-z]{2,20})",
    re.IGNORECASE,
)
"""Addresses of which there is nothing to be asked: nearly all, in a file of a hundred thousand."""


class Reach(StrEnum):
    """The two kinds of channels."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class TypedChannel:
    """A channel as it was typed, and whether it was marked as the default."""

    channel: Channel
    starred: bool = False


def plain(kind: Reach, value: str) -> str:
    """What a channel is looked up by: a phone's digits, an e-mail folded."""
    return digits(value) if kind is Reach.PHONE else fold(value)


def same(kind: Reach, one: Channel, other: Channel) -> bool:
    """Whether two spellings mean the same phone or e-mail."""
    if one.normal and one.normal == other.normal:
        return True
    return plain(kind, one.value) == plain(kind, other.value)


def read_phone(typed: str, country: str = "") -> Channel:
    """A phone, checked by the numbering plan of its country. What the plan does not know is kept, and doubtful.

    Raises Invalid("phone") for what is no number at all.
    """
    value = clean(typed)
    if len(value) > _PHONE_LIMIT:
        raise Invalid("phone", _("A phone can have {limit} characters at most.").format(limit=_PHONE_LIMIT))
    number = _EXTENSION.sub("", value)
    if not _SIGNS.fullmatch(number) or len(digits(number)) < _FEWEST_DIGITS:
        raise Invalid("phone", _("A phone has digits only, like 0722 000 111 or +40 722 000 111."))
    normal = _normal_phone(value, country)
    return Channel(value, normal=normal, doubtful=not normal)


def _normal_phone(value: str, country: str) -> str:
    """+40722000111; nothing where the numbering plan does not know it."""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def read_email(typed: str) -> Channel:
    """An e-mail address whose form is right; one that only works inside a network is doubtful.

    Raises Invalid("email") for what is no address.
    """
    value = clean(typed)
    if len(value) <= _EMAIL_LIMIT:
        checked = _checked_email(value)
        if checked is not None:
            return Channel(value, normal=checked)
        if _is_local(value) and _checked_email(f"{value}.ro") is not None:
            return Channel(value, normal=value.lower(), doubtful=True)
    raise Invalid("email", _("This is no e-mail address; one looks like ana.pop@acme.ro."))


def _checked_email(value: str) -> str | None:
    import email_validator

    plain_one = _PLAIN_EMAIL.fullmatch(value)
    if plain_one is not None and not _is_special(plain_one["domain"]):
        return value.lower()
    try:
        found = email_validator.validate_email(value, check_deliverability=False)
    except email_validator.EmailNotValidError:
        return None
    return found.normalized.lower()


def _is_local(value: str) -> bool:
    """Whether its domain ends in one of the names that are no part of the public net."""
    import email_validator

    return value.rpartition(".")[2].lower() in email_validator.SPECIAL_USE_DOMAIN_NAMES


def _is_special(domain: str) -> bool:
    """Whether a domain, or one that it is a part of, is none of the public net."""
    from email_validator import SPECIAL_USE_DOMAIN_NAMES

    labels = domain.lower().split(".")
    return any(".".join(labels[place:]) in SPECIAL_USE_DOMAIN_NAMES for place in range(len(labels)))


# --- one line of a form: the value, a comma and its label; a star makes it the default


def typed_channel(channel: Channel) -> str:
    """A channel as it is typed: "0722 000 111, work"."""
    return f"{channel.value}, {channel.label}" if channel.label else channel.value


def read_channel(kind: Reach, text: str, country: str = "") -> TypedChannel | None:
    """What one line says; None where it is empty. Raises Invalid(kind)."""
    line = clean(text)
    starred = line.startswith(_STAR) or line.endswith(_STAR)
    value, _comma, label = line.strip(f"{_STAR} ").partition(",")
    label = label.strip(" ,")
    if not value.strip():
        if label:
            raise Invalid(kind.value, _("The number or address comes before the comma."))
        return None
    if len(label) > LABEL_LIMIT:
        raise Invalid(kind.value, _("A label can have {limit} characters at most.").format(limit=LABEL_LIMIT))
    read: Callable[[str], Channel] = read_email if kind is Reach.EMAIL else lambda found: read_phone(found, country)
    return TypedChannel(replace(read(value), label=label), starred)


def in_order(kind: Reach, typed: Sequence[TypedChannel]) -> tuple[Channel, ...]:
    """Each once, the default first: the one with the star, or the first."""
    kept: list[TypedChannel] = []
    for each in typed:
        if not any(same(kind, each.channel, other.channel) for other in kept):
            kept.append(each)
    kept.sort(key=lambda each: not each.starred)
    return tuple(replace(each.channel, is_default=place == 0) for place, each in enumerate(kept))
