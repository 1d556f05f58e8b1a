"""The form of a card: what was typed into its fields → a validated edit, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.money import parse_money, to_decimal_string
from minicrm_tui.domain.quickadd import NAME_LIMIT, client_name
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import CardDetails, Due, Money
from minicrm_tui.domain.tasks import checked_text
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _, ngettext

FIELDS: Final = ("name", "value", "company", "person", "task", "when")
"""The fields of the form, in order: the keys of what is read, and the `field` of what is wrong."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class CardEdit:
    """A card's fields after the form. No company or person: unlinked. `due` None: the date stays, or is today."""

    name: str
    value: Money | None = None
    company: str | None = None
    person: str | None = None
    task_text: str | None = None
    due: Due | None = None


class InvalidForm(CrmError):
    """Some fields of a form are wrong; `errors` names each."""

    def __init__(self, errors: tuple[Invalid, ...]) -> None:
        count = len(errors)
        super().__init__(ngettext("{n} field needs a change.", "{n} fields need a change.", count).format(n=count))
        self.errors = errors


def fill_card_form(card: CardDetails) -> dict[str, str]:
    """The texts with which the form of a card opens: read again unchanged, they change nothing."""
    task = card.row.task
    return {
        "name": card.row.name,
        "value": "" if card.row.value is None else typed_money(card.row.value),
        "company": card.row.company or "",
        "person": card.row.person or "",
        "task": "" if task is None else task.text,
        "when": "" if task is None else typed_due(task.due),
    }


def read_card_form(
    fields: Mapping[str, str],
    now: datetime,
    *,
    currency: str,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> CardEdit:
    """Read the texts of `FIELDS`; a missing one is empty. Raises InvalidForm with every wrong field."""
    form = TypedForm(fields)
    edit = read_plain_fields(form, currency)
    when = form.read(
        "when",
        lambda text: (
            parse_when(text, now, language=language, week_start=week_start, working_days=working_days) if text else None
        ),
    )
    task = form.read("task", lambda text: checked_text(text) if text or form.typed("when") else None)
    form.refuse(FIELDS)
    return replace(edit, task_text=task, due=when)


def read_plain_fields(form: TypedForm, currency: str) -> CardEdit:
    """Name, value and client of a form, which keeps what is wrong with them; of the task, nothing."""
    company = form.read("company", lambda text: _name(text) or None)
    person = form.read("person", lambda text: _name(text) or None)
    value = form.read("value", lambda text: parse_money(text, currency) if text else None)
    name = form.read("name", lambda text: _needed(_name(text) or client_name(company, person)))
    return CardEdit(name or "", value, company, person)


def read_document_form(
    fields: Mapping[str, str],
    card: CardDetails,
    now: datetime,
    *,
    is_draft: bool,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
) -> CardEdit:
    """The same for an order or a document, whose value is never typed; once it is no draft, it keeps its client too."""
    saved = fill_card_form(card) | {"value": ""}
    typed = saved | {key: text for key, text in fields.items() if key in document_fields(is_draft=is_draft)}
    edit = read_card_form(typed, now, currency="", language=language, week_start=week_start, working_days=working_days)
    return replace(edit, value=card.row.value)


def document_fields(*, is_draft: bool) -> tuple[str, ...]:
    """The fields of the form that an order or a document has."""
    return tuple(field for field in FIELDS if field != "value") if is_draft else ("task", "when")


def typed_money(money: Money) -> str:
    """An amount as a person would type it: 4500 EUR."""
    return f"{to_decimal_string(money).removesuffix('.00')} {money.currency}"


def typed_due(due: Due) -> str:
    """A deadline as it can be typed in any language, past ones too: 2026-11-27 14:00."""
    return due.day.isoformat() if due.at is None else f"{due.day.isoformat()} {due.at:%H:%M}"


class TypedForm:
    """The typed texts of a form, and what was found to be wrong with them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._errors: dict[str, Invalid] = {}

    def typed(self, field: str) -> str:
        """The text of a field, cleaned."""
        return clean(self._fields.get(field, ""))

    def read(self, field: str, reader: Callable[[str], _Read]) -> _Read | None:
        """What the field says; None, and kept as wrong, where the reader raises Invalid."""
        try:
            return reader(self.typed(field))
        except Invalid as error:
            self._errors[field] = Invalid(field, error.why)
            return None

    def refuse(self, fields: Sequence[str]) -> None:
        """Raise InvalidForm with what is wrong, in the order of the fields; nothing where all is well."""
        if self._errors:
            raise InvalidForm(tuple(self._errors[field] for field in fields if field in self._errors))


def _name(text: str) -> str:
    if len(text) > NAME_LIMIT:
        raise Invalid("name", _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
    return text


def _needed(name: str) -> str:
    if not name:
        raise Invalid("name", _("A card needs a name."))
    return name
