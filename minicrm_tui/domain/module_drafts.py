"""What a person says of a module → a checked draft, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.forgetting import MOST_DAYS
from minicrm_tui.domain.money import currency_of
from minicrm_tui.domain.pipelines import item_name, module_name
from minicrm_tui.domain.records import Kind, Module
from minicrm_tui.domain.text import cells, clean, fold
from minicrm_tui.i18n import _

NAME_CELLS: Final = 40
"""Cells of the screen that a name may take."""

MOST_MODULES: Final = 32
"""How many can be installed."""

ONCE: Final = frozenset({Kind.ORDERS, Kind.INVOICING})
"""Kinds of which there is one module at most: their numbers are one series."""


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """What a person can say of a module. No name, no item: those of its kind. The rest: see `records.Module`."""

    name: str = ""
    item: str = ""
    currency: str | None = None
    forgotten_days: int | None = None
    follow_up: FollowUp | None = None


def draft_of(module: Module) -> ModuleDraft:
    """What is said of a module now."""
    return ModuleDraft(module.name, module.item, module.currency, module.forgotten_days, module.follow_up)


def checked_draft(kind: Kind, draft: ModuleDraft, others: Iterable[str]) -> ModuleDraft:
    """The draft with all its words, cleaned. `others`: what the other modules are called. Raises Invalid."""
    name = _checked_name("name", draft.name) or module_name(kind)
    if is_taken(name, others):
        raise Invalid("name", _("There is a module of that name: give this one another."))
    item = _checked_name("item", draft.item) or item_name(kind)
    return replace(
        draft,
        name=name,
        item=item,
        currency=None if draft.currency is None else read_currency(draft.currency),
        forgotten_days=_checked_days(kind, draft.forgotten_days),
    )


def _checked_name(field: str, typed: str) -> str:
    name = clean(typed)
    if cells(name) > NAME_CELLS:
        raise Invalid(field, _("This has {limit} characters at most.").format(limit=NAME_CELLS))
    return name


def read_currency(typed: str) -> str | None:
    """The ISO code behind a typed code, sign or word; nothing is none. Raises Invalid("currency")."""
    text = clean(typed)
    if not text:
        return None
    code = currency_of(text) or text.upper()
    if code not in EXPONENTS:
        raise Invalid("currency", _("Write the code of a currency, such as EUR or RON, or nothing."))
    return code


def _checked_days(kind: Kind, days: int | None) -> int | None:
    if days is None:
        return None
    if kind is not Kind.SALES:
        raise Invalid("forgotten_days", _("Only opportunities are marked as forgotten."))
    if not 1 <= days <= MOST_DAYS:
        why = _("Write a number of days from 1 to {most}, or nothing for never.").format(most=MOST_DAYS)
        raise Invalid("forgotten_days", why)
    return days


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Whether one of the others is called so, whatever its accents and case."""
    return fold(name) in map(fold, others)


def free_name(name: str, others: Iterable[str]) -> str:
    """The name, or with the first number that makes it another one: Sales 2."""
    taken = set(map(fold, others))
    if fold(name) not in taken:
        return name
    number = next(number for number in range(2, len(taken) + 3) if fold(_numbered(name, number)) not in taken)
    return _numbered(name, number)


def _numbered(name: str, number: int) -> str:
    """The name is cut where it would get too long."""
    while cells(f"{name} {number}") > NAME_CELLS:
        name = name[:-1].rstrip()
    return f"{name} {number}"
