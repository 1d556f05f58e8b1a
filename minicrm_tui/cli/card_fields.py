"""The fields of a card by what a person calls them: FIELD=VALUE → keys and texts, and the name of each key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.card_change import changeable
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.nearest import did_you_mean
from minicrm_tui.domain.profile import FIELD_NAMES, field_name
from minicrm_tui.domain.text import clean, fold, shorten
from minicrm_tui.i18n import _

if TYPE_CHECKING:
    from minicrm_tui.domain.pages import CardPage


def assigned(page: CardPage, assignments: Sequence[str]) -> tuple[dict[str, str], tuple[Invalid, ...]]:
    """The texts by the keys of the fields, and what is wrong with the names."""
    typed: dict[str, str] = {}
    wrong: list[Invalid] = []
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        try:
            if not equals:
                raise Invalid("", _no_assignment(page, assignment))
            key = _key(page, name)
            if key in typed:
                raise Invalid(key, _("This field is given twice."))
            typed[key] = text
        except Invalid as error:
            wrong.append(error)
    return typed, tuple(wrong)


def called(page: CardPage, key: str) -> str:
    """What the field with this key is called; a key that is none of the card's stands for itself."""
    own = next((field.name for field, _value in page.fields if field.key == key), None)
    return own or (field_name(key) if key in FIELD_NAMES else key)


def _no_assignment(page: CardPage, text: str) -> str:
    names = ", ".join(_names(page))
    return _("“{text}” is no FIELD=VALUE; the fields are: {names}.").format(text=shorten(clean(text)), names=names)


def _key(page: CardPage, name: str) -> str:
    """The key of the field that is called so; one out of use only where no other is. Raises Invalid(name)."""
    keys = changeable(page)
    if name in keys:
        return name
    retired = {field.key for field, _value in page.fields if field.retired}
    found = [key for key in keys if _plain(name) in map(_plain, _words(page, key))]
    found = [key for key in found if key not in retired] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(shorten(clean(name)), _("These are several fields; write {keys}.").format(keys=", ".join(found)))
    raise Invalid(
        shorten(clean(name)), f"{_('This card has no such field.')} {did_you_mean(clean(name), _names(page))}"
    )


def _words(page: CardPage, key: str) -> Iterator[str]:
    yield key
    yield called(page, key)
    if key == "value":
        # As the JSON has it.
        yield "amount"
    elif key == "loss_reason":
        # As the card's page has it.
        yield _("Lost because")


def _plain(word: str) -> str:
    """The word as it is compared: sales_step, Sales-Step and “sales step” are one."""
    return fold(clean(word).replace("_", " ").replace("-", " "))


def _names(page: CardPage) -> list[str]:
    return [called(page, key) for key in changeable(page)]
