"""What a person chooses before the first card: read from the welcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.module_drafts import read_currency
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import _

FIELDS: Final = ("name", "currency", "modules")
"""In order: the `field` of what is wrong."""

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """The seller's name, the currency of what is typed without one, and the first modules in their order."""

    name: str
    currency: str
    kinds: tuple[Kind, ...]


def read_first_choice(typed: Mapping[str, str], kinds: Sequence[Kind], *, currency: str) -> FirstChoice:
    """What was typed and ticked; `currency`: where none is typed. Raises InvalidForm with every wrong field."""
    form = TypedForm(typed)
    name, chosen = form.read("name", _name), form.read("currency", read_currency)
    form.read("modules", lambda _text: _refuse_none(kinds))
    form.refuse(FIELDS)
    return FirstChoice(name or "", chosen or currency, tuple(kinds))


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise Invalid("name", _("This has {limit} characters at most.").format(limit=LONGEST_NAME))
    return text


def _refuse_none(kinds: Sequence[Kind]) -> None:
    if not kinds:
        raise Invalid("modules", _("Choose one at least: a card belongs to a module."))
