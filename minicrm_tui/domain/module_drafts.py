"""What a person says of a module → a checked draft, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.drafts import TypedForm
from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.follow_ups import FIELDS as FOLLOW_UP_FIELDS
from minicrm_tui.domain.follow_ups import FollowUp, fill_follow_up, read_follow_up
from minicrm_tui.domain.forgetting import MOST_DAYS, parse_days
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


def refuse_one_more(kind: Kind, installed: Collection[Kind]) -> None:
    """Raise Refused where no module of this kind fits beside those that are installed."""
    if kind in ONCE and kind in installed:
        raise Refused(_("{module} can be installed only once.").format(module=module_name(kind)))
    if len(installed) >= MOST_MODULES:
        raise Refused(
            _("There can be {most} modules at most.").format(most=MOST_MODULES), _("Move one to the trash first.")
        )


def draft_of(module: Module) -> ModuleDraft:
    """What is said of a module now."""
    return ModuleDraft(module.name, module.item, module.currency, module.forgotten_days, module.follow_up)


def fill_module_form(module: Module) -> dict[str, str]:
    """The texts with which the form of a module opens: read again unchanged, they change nothing."""
    days = module.forgotten_days
    return {
        "name": module.name,
        "item": module.item,
        "currency": module.currency or "",
        "forgotten_days": "" if days is None else str(days),
        **fill_follow_up(module.follow_up),
    }


def read_module_form(typed: Mapping[str, str], types: Sequence[str]) -> ModuleDraft:
    """Read the texts; `types`: of tasks, which the module offers. Raises InvalidForm, or Invalid for the rule."""
    form = TypedForm(typed)
    currency, days = form.read("currency", read_currency), form.read("forgotten_days", parse_days)
    form.refuse(("currency", "forgotten_days"))
    text, kind, in_days = (form.typed(field) for field in FOLLOW_UP_FIELDS)
    rule = read_follow_up(text, kind, in_days, types)
    return ModuleDraft(form.typed("name"), form.typed("item"), currency, days, rule)


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
