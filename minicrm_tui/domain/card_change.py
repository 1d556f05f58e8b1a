"""Several fields of a card changed together: what was typed into them → a change, or every field that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from minicrm_tui.domain.drafts import CardEdit, TypedForm, fill_card_form, read_plain_fields
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import Field, Values, parse_value, required_at
from minicrm_tui.domain.pages import CardPage
from minicrm_tui.domain.pipelines import fixed_refusal, is_fixed, told_apart
from minicrm_tui.domain.profile import CARD_FIELDS, parse_card_field, refuse_misplaced
from minicrm_tui.domain.records import Qualification, SalesStatus, Status, StatusId
from minicrm_tui.domain.sales import Change, applied, qualification_name, sales_status_name, status_key
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _

FORM: Final = ("name", "value", "company", "person")
"""The fields of the card's form, but for the task: that has a life of its own."""

KEY_FIELDS: Final = ("sales_status", "qualification", "decided")

_YES: Final = frozenset(["yes", "da", "true"])
_NO: Final = frozenset(["", "no", "nu", "false"])

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class CardChange:
    """New values for some fields of a card; those that are not named stay as they are."""

    edit: CardEdit | None = None
    """Name, value and client, those that stay included; the task in it counts for nothing."""
    plain: Mapping[str, str] = field(default_factory=dict)
    """Of `profile.CARD_FIELDS`, as they are kept."""
    values: Values = field(default_factory=dict)
    keys: Change = field(default_factory=Change)
    status: StatusId | None = None


def changeable(page: CardPage) -> tuple[str, ...]:
    """The keys of the fields that this card has: every card's, an opportunity's, its module's own."""
    of_sales = (*KEY_FIELDS, *CARD_FIELDS) if page.details.keys is not None else ()
    return (*FORM, "status", *of_sales, *(own.key for own, _value in page.fields))


def read_card_change(
    page: CardPage,
    typed: Mapping[str, str],
    now: datetime,
    *,
    currency: str,
    language: str = "en",
    week_start: int = 0,
) -> CardChange:
    """Read texts by the keys of `changeable`; nothing typed empties a field. Raises InvalidForm with all that is wrong.

    What is required is asked of the status that the card comes to stand in.
    """
    form = _Form(page, typed, TypedForm(fill_card_form(page.details) | dict(typed)), now, language, week_start)
    change = form.read_all(currency)
    form.texts.refuse(changeable(page))
    return change


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed for which card, and how it is read."""

    page: CardPage
    typed: Mapping[str, str]
    texts: TypedForm
    now: datetime
    language: str
    week_start: int

    def read_all(self, currency: str) -> CardChange:
        """All that was typed; what is wrong with it is kept in `texts`."""
        keys = Change(
            self._read("sales_status", _sales_status),
            self._read("qualification", _qualification),
            self._read("decided", _decided),
        )
        status = self._read("status", partial(_status, self.page))
        end, plain, own = self._end(keys, status), partial(self._plain, keys), self._own
        return CardChange(
            read_plain_fields(self.texts, currency) if any(key in self.typed for key in FORM) else None,
            {
                key: text
                for key in self._plain_keys(keys)
                if (text := self.texts.read(key, partial(plain, key))) is not None
            },
            {
                each.id: text
                for each, _value in self.page.fields
                if (text := self._read(each.key, partial(own, each, end))) is not None
            },
            keys,
            status,
        )

    def _read(self, key: str, reader: Callable[[str], _Read]) -> _Read | None:
        return self.texts.read(key, reader) if key in self.typed else None

    def _end(self, keys: Change, status: StatusId | None) -> Status:
        """Where the card comes to stand."""
        card, statuses = self.page.details, self.page.statuses
        if card.keys is not None:
            wanted = status_key(applied(card.keys, keys))
            return next(each for each in statuses if each.key == wanted)
        return next((each for each in statuses if each.id == status), card.status)

    def _plain_keys(self, keys: Change) -> tuple[str, ...]:
        """Those that were typed; with a loss its reason, which there must be."""
        return tuple(key for key in CARD_FIELDS if key in self.typed or (key == "loss_reason" and self._loses(keys)))

    def _loses(self, keys: Change) -> bool:
        had = self.page.details.keys
        return had is not None and had.sales is not SalesStatus.LOST and keys.sales is SalesStatus.LOST

    def _plain(self, keys: Change, key: str, text: str) -> str:
        had = self.page.details.keys
        value = parse_card_field(key, text, self.now, language=self.language, week_start=self.week_start)
        if had is not None:
            refuse_misplaced(applied(had, keys), key, value)
        if key == "loss_reason" and not value and self._loses(keys):
            raise Invalid(key, _("An opportunity can't be lost without a reason."))
        return value

    def _own(self, own: Field, end: Status, text: str) -> str:
        value = parse_value(own, text, self.now, language=self.language, week_start=self.week_start)
        if not value and required_at(own, end, self.page.statuses):
            raise Invalid(own.key, _("This field is required here."))
        return value


# --- what moves a card


def _sales_status(text: str) -> SalesStatus:
    return _chosen("sales_status", text, [(each, each.value, sales_status_name(each)) for each in SalesStatus])


def _qualification(text: str) -> Qualification:
    names = [(each, each.value, qualification_name(each)) for each in Qualification]
    return _chosen("qualification", text, names) if text else Qualification.NONE


def _decided(text: str) -> bool:
    word = fold(text)
    if word not in _YES | _NO:
        raise Invalid("decided", _("Choose: {names}.").format(names=f"{_('yes')}, {_('no')}"))
    return word in _YES


def _status(page: CardPage, text: str) -> StatusId:
    if is_fixed(page.module.kind):
        raise Invalid("status", fixed_refusal(page.module.kind))
    # Of two statuses with one name, each is called with its group.
    names = told_apart(page.module, page.statuses)
    return _chosen("status", text, [(each.id, each.key, names[each.id]) for each in page.statuses])


def _chosen(key: str, text: str, choices: Sequence[tuple[_Read, str, str]]) -> _Read:
    """The choice with this key or name, accents and case ignored."""
    wanted = fold(text.replace("_", " "))
    for choice, *called in choices:
        if wanted in (fold(each.replace("_", " ")) for each in called):
            return choice
    names = ", ".join(name for _choice, _key, name in choices)
    raise Invalid(key, _("Choose: {names}.").format(names=names))
