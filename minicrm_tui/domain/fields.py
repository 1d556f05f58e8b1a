"""The fields that a module's cards have besides those of every card: kinds, values, and when one is required.

How a value is kept, by kind: text and link as typed; number "12.5"; date 2026-11-23; choice the id of one; choices a
JSON list of ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.records import Group, ModuleId, Status, StatusId
from minicrm_tui.domain.text import clean, fold, shorten
from minicrm_tui.i18n import N_, _, format_day, format_number, ngettext

FieldId = NewType("FieldId", int)
ChoiceId = NewType("ChoiceId", int)

TEXT_LIMIT: Final = 2000
NAME_LIMIT: Final = 60
MILLIONTH: Final = 10**6
LARGEST: Final = 10**12

MOST_IN_ROW: Final = 3
"""Fields of a module that the rows of its list show: more would leave no room for what is to be done."""

Values = Mapping[FieldId, str]
"""What a card has, or gets, in its fields, as it is kept."""

JsonValue = str | int | float | list[str] | None


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"


MOST_CHOICES: Final[Mapping[FieldKind, int]] = {FieldKind.CHOICE: 100, FieldKind.CHOICES: 16}
"""Choices that a field can offer, by its kind: several can be taken of 16 at most, as in MiniCRM; the 100 are ours."""

_KIND_NAMES: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: N_("text"),
    FieldKind.NUMBER: N_("number"),
    FieldKind.DATE: N_("date"),
    FieldKind.CHOICE: N_("one choice"),
    FieldKind.CHOICES: N_("several choices"),
    FieldKind.LINK: N_("link"),
}


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One of the values that a field offers; retired, it is shown where it was chosen and offered no more."""

    id: ChoiceId
    name: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a module. Required from a status on, or (without one) wherever the card stands."""

    id: FieldId
    module_id: ModuleId
    kind: FieldKind
    name: str
    position: int
    required: bool = False
    from_status: StatusId | None = None
    choices: tuple[FieldChoice, ...] = ()
    retired: bool = False
    in_row: bool = False
    in_peek: bool = False
    """Whether the list's rows, and the peek, show what a card has in it."""

    @property
    def key(self) -> str:
        """Its name among the fields of a form, and the `field` of what is wrong."""
        return f"field-{self.id}"

    @property
    def offered(self) -> tuple[FieldChoice, ...]:
        """The choices that can be taken now."""
        return tuple(choice for choice in self.choices if not choice.retired)


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as a person defines it. Choices that are not named any more are retired."""

    kind: FieldKind
    name: str
    required: bool = False
    from_status: StatusId | None = None
    choices: tuple[str, ...] = ()
    in_row: bool = False
    in_peek: bool = False


class Missing(Refused):
    """A move lacks required fields; `fields` names them."""

    def __init__(self, fields: Sequence[Field], cards: int, hint: str = "") -> None:
        names = ", ".join(field.name for field in fields)
        super().__init__(
            ngettext("The card needs this first: {fields}.", "{n} cards need this first: {fields}.", cards).format(
                n=format_number(cards), fields=names
            ),
            hint,
        )
        self.fields = tuple(fields)


def refuse_crowded(fields: Iterable[Field]) -> None:
    """Raise Invalid("shown") where the rows of a list have no room for one more of its module's fields."""
    shown = [field.name for field in fields if field.in_row and not field.retired]
    if len(shown) >= MOST_IN_ROW:
        why = _("A row of the list shows {most} fields at most: {fields}. Take one of them out first.")
        raise Invalid("shown", why.format(most=MOST_IN_ROW, fields=shorten(", ".join(shown), 200)))


def kind_name(kind: FieldKind) -> str:
    """A kind of field, translated."""
    return _(_KIND_NAMES[kind])


def checked_draft(draft: FieldDraft) -> FieldDraft:
    """The definition cleaned; Invalid for a name or choices that can't be."""
    name = clean(draft.name)
    if not name:
        raise Invalid("name", _("A field needs a name."))
    if len(name) > NAME_LIMIT:
        raise Invalid("name", _("A field's name has {limit} characters at most.").format(limit=NAME_LIMIT))
    if draft.kind not in MOST_CHOICES:
        return replace(draft, name=name, choices=())
    choices = tuple(dict.fromkeys(filter(None, (clean(choice) for choice in draft.choices))))
    if not choices:
        raise Invalid("choices", _("Write the choices, a comma between them."))
    limit = MOST_CHOICES[draft.kind]
    if len(choices) > limit:
        raise Invalid("choices", _("A field of this kind has {limit} choices at most.").format(limit=limit))
    if any(len(choice) > NAME_LIMIT for choice in choices):
        raise Invalid("choices", _("A choice has {limit} characters at most.").format(limit=NAME_LIMIT))
    if len({fold(choice) for choice in choices}) < len(choices):
        raise Invalid("choices", _("Two of the choices are the same."))
    return replace(draft, name=name, choices=choices)


# --- values


def parse_value(
    field: Field, typed: str, now: datetime, *, language: str = "en", week_start: int = 0, had: str = ""
) -> str:
    """A typed value as it is kept; nothing for nothing. Raises Invalid(field.key, …).

    `had`: the value that the card has. A choice of it may stay, also one that is no longer offered.
    """
    text = clean(typed)
    if not text:
        return ""
    try:
        match field.kind:
            case FieldKind.TEXT:
                return _text(text)
            case FieldKind.LINK:
                return _link(text)
            case FieldKind.NUMBER:
                return _number(text)
            case FieldKind.DATE:
                return _date(text, now, language, week_start)
            case FieldKind.CHOICE:
                return str(_choice(field, text, had).id)
            case FieldKind.CHOICES:
                ids = sorted({_choice(field, part.strip(), had).id for part in text.split(",") if part.strip()})
                return json.dumps(ids) if ids else ""
    except Invalid as error:
        raise Invalid(field.key, error.why) from None


def _text(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise Invalid("", _("A text has {limit} characters at most.").format(limit=format_number(TEXT_LIMIT)))
    return text


def _link(text: str) -> str:
    if len(text) > TEXT_LIMIT or re.search(r"\s", text) or not re.search(r"[./\\:]", text):
        raise Invalid("", _("Write an address such as https://example.com, or a file's path, without spaces."))
    return text


def _number(text: str) -> str:
    typed = re.sub(r"[\s\u00a0\u202f]", "", text)
    if "," in typed and "." in typed:
        # The mark that comes last is the decimal one.
        group = "," if typed.rindex(".") > typed.rindex(",") else "."
        typed = typed.replace(group, "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}(?:[.,]\d{3}){2,}", typed):
        typed = re.sub("[.,]", "", typed)
    typed = typed.replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,13}(?:\.\d{1,6})?", typed):
        raise Invalid("", _("Write a number, such as 12.5."))
    number = Decimal(typed)
    if abs(number) > LARGEST:
        raise Invalid("", _("This number is too large."))
    kept = format(number.normalize(), "f")
    return "0" if number == 0 else kept


def _date(text: str, now: datetime, language: str, week_start: int) -> str:
    due = parse_when(text, now, language=language, week_start=week_start)
    if due.at is not None:
        raise Invalid("", _("A date here has no time."))
    return due.day.isoformat()


def _choice(field: Field, text: str, had: str) -> FieldChoice:
    wanted = fold(text)
    taken = _ids(field, had)
    offered = [choice for choice in field.choices if not choice.retired or choice.id in taken]
    found = next((choice for choice in offered if fold(choice.name) == wanted), None)
    if found is not None:
        return found
    begun = [choice for choice in offered if fold(choice.name).startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    if any(fold(choice.name) == wanted for choice in field.choices):
        raise Invalid("", _("“{choice}” is no longer offered. {choices}").format(choice=text, choices=offer(field)))
    raise Invalid("", offer(field))


def offer(field: Field) -> str:
    """The choices that a field offers, as a sentence."""
    return choose_one_of([choice.name for choice in field.offered])


def choose_one_of(names: Sequence[str]) -> str:
    """The choices of these names, as a sentence."""
    return _("Choose: {names}.").format(names=shorten(", ".join(names), 200))


def example(field: Field) -> str:
    """What may be typed into a field, where its kind does not say it by itself."""
    return {
        FieldKind.NUMBER: _("a number, such as 12.5"),
        FieldKind.DATE: _("15 dec, +2w …"),
        FieldKind.LINK: _("https://…"),
        FieldKind.CHOICES: _("several, a comma between them"),
    }.get(field.kind, "")


def sort_of(field: Field, value: str) -> int | None:
    """What a value sorts by: a number times a million, a date's ordinal, a choice's place; None for a text."""
    if not value:
        return None
    match field.kind:
        case FieldKind.NUMBER:
            return int(Decimal(value) * MILLIONTH)
        case FieldKind.DATE:
            return date.fromisoformat(value).toordinal()
        case FieldKind.CHOICE:
            return next((place for place, choice in enumerate(field.choices) if str(choice.id) == value), None)
        case _:
            return None


def _ids(field: Field, value: str) -> set[int]:
    if not value:
        return set()
    return {int(value)} if field.kind is FieldKind.CHOICE else set(json.loads(value))


def _names(field: Field, value: str) -> list[str]:
    ids = _ids(field, value)
    return [choice.name for choice in field.choices if choice.id in ids]


def shown_value(field: Field, value: str) -> str:
    """A kept value as a person reads it."""
    if not value:
        return ""
    match field.kind:
        case FieldKind.NUMBER:
            return _shown_number(value)
        case FieldKind.DATE:
            return format_day(date.fromisoformat(value))
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return ", ".join(_names(field, value))
        case _:
            return value


def _shown_number(value: str) -> str:
    whole, _dot, part = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    shown = sign + format_number(abs(int(whole)))
    # The decimal mark is the one that does not part the thousands.
    return f"{shown}{',' if format_number(1000)[1] == '.' else '.'}{part}" if part else shown


def typed_value(field: Field, value: str) -> str:
    """A kept value as it is edited: read again unchanged, it is the same."""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return shown_value(field, value)
    return value


def json_value(field: Field, value: str) -> JsonValue:
    """A kept value in its own type: a number is a number."""
    if not value:
        return None
    match field.kind:
        case FieldKind.NUMBER:
            return float(value) if "." in value else int(value)
        case FieldKind.CHOICES:
            return _names(field, value)
        case FieldKind.CHOICE:
            return shown_value(field, value)
        case _:
            return value


# --- when a field is required


def required_at(field: Field, status: Status, pipeline: Sequence[Status]) -> bool:
    """Whether a card in this status must have the field; losing one asks for nothing."""
    if not field.required or field.retired:
        return False
    wanted = next((place for place, each in enumerate(pipeline) if each.id == field.from_status), 0)
    first = pipeline[wanted]
    if status.group is Group.FAILED and not (field.from_status is not None and first.group is Group.FAILED):
        return False
    return next(place for place, each in enumerate(pipeline) if each.id == status.id) >= wanted


def required_fields(fields: Iterable[Field], status: Status, pipeline: Sequence[Status]) -> tuple[Field, ...]:
    """The fields that a card in this status must have."""
    return tuple(field for field in fields if required_at(field, status, pipeline))
