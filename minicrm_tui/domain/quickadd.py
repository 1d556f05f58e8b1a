"""The one-line language: `CARD [@ CLIENT] [AMOUNT [CURRENCY]] [> TASK [WHEN]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from minicrm_tui.domain.channels import split_channels
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.lines import shown_with_vat
from minicrm_tui.domain.money import split_amount
from minicrm_tui.domain.quotes import Quotes
from minicrm_tui.domain.reckoning import MONDAY_TO_FRIDAY
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.tasks import TaskDraft, parse_task
from minicrm_tui.domain.templates import NOTHING_OWN, TaskOffer
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _, format_due

__all__ = ["LineDraft", "TaskDraft", "explain", "parse_line", "parse_task", "split_client"]

NAME_LIMIT: Final = 200
_LONGEST: Final = 4000
"""Characters of a line: a longer one is refused before it is read."""

_PERSON: Final = re.compile(r"(?P<company>.*?)\s*\((?P<person>[^()]*)\)")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A card that was typed in one line and understood.

    `client_from_name`: no client was given, so the card's name is looked up as one. A `company` without a `person`
    is one bare name: a known person's name means that person.
    """

    name: str
    company: str | None = None
    person: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    value: Money | None = None
    task: TaskDraft | None = None
    client_from_name: bool = True

    def parts(self, today: date | None = None, vat: int = 0) -> tuple[tuple[str, str], ...]:
        """What was understood, each part with its label: ("Client", "Acme SRL (Ana Pop)"), ("", "4 500 EUR").

        `vat`: the rate that is added to the amount, where the card is an order or a document.
        """
        found = [(_("Card"), self.name), (_("Client"), client_name(self.company, self.person))]
        found += [(_("Phone"), phone) for phone in self.phones] + [(_("E-mail"), email) for email in self.emails]
        if self.value is not None:
            found.append(("", shown_with_vat(self.value, vat)))
        if self.task is not None:
            due = self.task.due
            found += [(_("Task"), self.task.text), ("", format_due(due, today or due.day))]
        return tuple((label, shown) for label, shown in found if shown)


def explain(draft: LineDraft, today: date | None = None, vat: int = 0) -> str:
    """The live reading in one line: Card Acme · Client Acme SRL (Ana Pop) · 4 500 EUR · Task call Ana · Fri 27 Nov."""
    return " · ".join(f"{label} {shown}".strip() for label, shown in draft.parts(today, vat))


def client_name(company: str | None, person: str | None) -> str:
    """How a client is written: "Company (Person)", the one, or the other."""
    if company and person:
        return f"{company} ({person})"
    return company or person or ""


def split_client(text: str) -> tuple[str | None, str | None]:
    """Company and person of "Acme SRL (Ana Pop)", "(Ana Pop)" or "Acme SRL"."""
    named = _PERSON.fullmatch(text.strip())
    if named is None:
        return text.strip() or None, None
    return named["company"].strip() or None, named["person"].strip() or None


def parse_line(
    line: str,
    now: datetime,
    *,
    currency: str,
    language: str = "en",
    week_start: int = 0,
    working_days: frozenset[int] = MONDAY_TO_FRIDAY,
    offer: TaskOffer = NOTHING_OWN,
) -> LineDraft:
    """Read one line into a card; raises Invalid(field, why), field in name, client, amount, task, when.

    `offer`: what the module has for the task.
    """
    typed = clean(line)
    if len(typed) > _LONGEST:
        raise _name_too_long("name")
    quotes = Quotes()
    left, task_part = _cut(quotes.protect(typed), ">")
    card = _read_card(left, quotes, currency)
    if task_part is None:
        return card
    words = quotes.restore(task_part)
    task = parse_task(words, now, language=language, week_start=week_start, working_days=working_days, offer=offer)
    return replace(card, task=task)


def _cut(text: str, sign: str) -> tuple[str, str | None]:
    """Before and after the first such sign that stands alone; None where there is none."""
    before, found, after = next(
        ((text[: at.start()], True, text[at.end() :]) for at in re.finditer(rf"(?<!\S){sign}(?!\S)", text)),
        (text, False, ""),
    )
    return before.strip(), after.strip() if found else None


def _read_card(left: str, quotes: Quotes, currency: str) -> LineDraft:
    rest, phones, emails = split_channels(left)
    card, client = _cut(rest, "@")
    if client is None:
        card, value = split_amount(card, currency)
        company = person = None
    else:
        card, client, value = _amount_beside_client(card, client, currency)
        company, person = _read_client(quotes.reveal(client))
    # A card without a name is called like its client, or as one reaches them.
    name = quotes.reveal(card) or client_name(company, person) or next(iter((*phones, *emails)), "")
    if not name:
        raise Invalid("name", _("Write the card's name first."))
    if len(name) > NAME_LIMIT:
        raise _name_too_long("name")
    return LineDraft(name, company, person, phones, emails, value, client_from_name=client is None)


def _amount_beside_client(card: str, client: str, currency: str) -> tuple[str, str, Money | None]:
    """The amount is the last number: after the client, or else after the card's name."""
    client, value = split_amount(client, currency)
    if value is None:
        card, value = split_amount(card, currency)
    return card, client, value


def _read_client(client: str) -> tuple[str | None, str | None]:
    if re.search(r"(?<!\S)@(?!\S)", client):
        raise Invalid("client", _("A card has one client: write @ once."))
    company, person = split_client(client)
    if not company and not person:
        raise Invalid("client", _("Write the client after the @."))
    if max(len(company or ""), len(person or "")) > NAME_LIMIT:
        raise _name_too_long("client")
    return company, person


def _name_too_long(field: str) -> Invalid:
    return Invalid(field, _("A name can have {limit} characters at most.").format(limit=NAME_LIMIT))
