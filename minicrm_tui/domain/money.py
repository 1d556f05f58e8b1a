"""Amounts as people type them, read into whole minor units of a currency; never through a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from minicrm_tui.domain.currencies import EVERYDAY, EXPONENTS, SIGNS, exponent
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import Money
from minicrm_tui.domain.text import clean, shorten
from minicrm_tui.i18n import _

LARGEST: Final = 10**15
"""Minor units: more is a typing mistake, and the sum of nine thousand such cards still fits SQLite's integers."""

_LONGEST: Final = 40
"""Characters of a number: a longer one is refused before anything is computed."""

_PAUSES: Final = " ,;"
_MULTIPLIERS: Final = {"k": 3, "K": 3, "M": 6}
_SPACES: Final = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’"
_AMOUNT: Final = re.compile(
    rf"(?P<before>[^0-9]*)(?P<number>[0-9](?:[0-9.,{_SPACES}]*[0-9])?)(?P<power>[eE][-+]?[0-9]+)?(?P<after>[^0-9]*)"
)
_SPACED: Final = re.compile(rf"[0-9]{{1,3}}([{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?")
_BOTH_MARKS: Final = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?!\1)[.,][0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL: Final = re.compile(r"[0-9]+[.,][0-9]+")


@dataclass(frozen=True, slots=True)
class _Typed:
    """An amount taken apart: nothing of it has been judged yet."""

    number: str
    shift: int
    marks: tuple[str, ...]
    negative: bool
    power: bool


def parse_money(text: str, default_currency: str) -> Money:
    """Read an amount with an optional currency, `4 500,50 lei`, or raise Invalid("amount", …)."""
    typed = _taken_apart(clean(text))
    if typed is None:
        raise _not_an_amount(text)
    if typed.negative:
        raise Invalid("amount", _("An amount can't be negative."))
    if typed.power or not all(mark.isalpha() or currency_of(mark) for mark in typed.marks):
        raise _not_an_amount(text)
    currency = _the_currency(typed.marks, default_currency)
    return Money(_minor_units(typed, currency, text), currency)


def parse_amount(text: str, currency: str) -> int:
    """Read an amount in a currency that is fixed already into minor units, or raise Invalid("amount", …)."""
    money = parse_money(text, currency)
    if money.currency != currency:
        raise Invalid("amount", _("The currency here is {code}.").format(code=currency))
    return money.minor


def to_decimal_string(money: Money) -> str:
    """The amount with all its decimals and a dot, for files and scripts: 4500.00."""
    places = exponent(money.currency)
    number = f"{abs(money.minor):0{places + 1}}"
    shown = f"{number[:-places]}.{number[-places:]}" if places else number
    return f"-{shown}" if money.minor < 0 else shown


def currency_of(mark: str) -> str | None:
    """The code behind a sign, a word or a code in any case; None where it is none."""
    sign = SIGNS.get(mark.casefold())
    return sign or (mark.upper() if mark.upper() in EXPONENTS else None)


def is_currency_word(word: str) -> bool:
    """Whether a word of a sentence means a currency: `top` and `all` are words, `TOP` and `ALL` are codes."""
    return word.casefold() in SIGNS or word in EXPONENTS or word.upper() in EVERYDAY


def looks_like_amount(word: str) -> bool:
    """Whether one word, with what is written onto it, is meant as an amount: 4,5k, €300, -1, 1e999; not 3D, not 007."""
    typed = _taken_apart(word)
    if typed is None or re.match("0[0-9]", typed.number):
        return False
    return all(is_currency_word(mark) for mark in typed.marks)


def has_currency(word: str) -> bool:
    """Whether a word that looks like an amount carries its currency: €300, 300lei."""
    typed = _taken_apart(word)
    return typed is not None and bool(typed.marks)


def _taken_apart(text: str) -> _Typed | None:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    before, negative = re.subn("[-−]", " ", found["before"])
    after, shift = _without_multiplier(found["after"])
    return _Typed(found["number"], shift, (*before.split(), *after.split()), negative > 0, found["power"] is not None)


def _without_multiplier(after: str) -> tuple[str, int]:
    """4,5k, 4,5kEUR and 1.2M, but not 4500KES."""
    first = after.split()[0] if after.split() else ""
    if first and currency_of(first) is None and first[0] in _MULTIPLIERS:
        return after.replace(first[0], "", 1), _MULTIPLIERS[first[0]]
    return after, 0


def _the_currency(marks: tuple[str, ...], default: str) -> str:
    currencies = {mark: currency_of(mark) for mark in marks}
    unknown = next((mark for mark, code in currencies.items() if code is None), None)
    if unknown is not None:
        raise Invalid("amount", _("There is no currency “{code}”.").format(code=shorten(unknown)))
    codes = {code for code in currencies.values() if code is not None}
    if len(codes) > 1:
        raise Invalid("amount", _("An amount has one currency."))
    return codes.pop() if codes else default


def _minor_units(typed: _Typed, currency: str, text: str) -> int:
    if len(typed.number) > _LONGEST:
        raise _too_large()
    places = exponent(currency)
    whole, part = _whole_and_part(typed, places, text)
    # Half-up, in whole numbers: 4500,505 is 450051 cents.
    minor: int = (2 * int(whole + part) * 10 ** (typed.shift + places) + 10 ** len(part)) // (2 * 10 ** len(part))
    if minor > LARGEST:
        raise _too_large()
    return minor


def _whole_and_part(typed: _Typed, places: int, text: str) -> tuple[str, str]:
    """The digits before and after the decimal mark, whichever of the two it is."""
    number = typed.number
    if _SPACED.fullmatch(number):
        whole, _mark, part = re.sub(f"[{_SPACES}]", "", number).replace(",", ".").partition(".")
        return whole, part
    if number.isdecimal():
        return number, ""
    single = len(re.findall("[.,]", number)) == 1
    # 4.500 is four thousand five hundred, but in a currency of three decimals, and before a multiplier, it is 4.5.
    decimal = single and (typed.shift > 0 or places == 3)
    if _GROUPED.fullmatch(number) and not decimal:
        return re.sub("[.,]", "", number), ""
    if _DECIMAL.fullmatch(number) or _BOTH_MARKS.fullmatch(number):
        cut = max(number.rfind("."), number.rfind(","))
        return re.sub("[.,]", "", number[:cut]), number[cut + 1 :]
    raise _not_an_amount(text)


def _not_an_amount(text: str) -> Invalid:
    shown = shorten(clean(text))
    return Invalid("amount", _("“{text}” is not an amount: write it like 4500 or 4500,50 EUR.").format(text=shown))


def _too_large() -> Invalid:
    return Invalid("amount", _("The amount is too large."))


# --- an amount inside a line


def split_amount(text: str, default_currency: str) -> tuple[str, Money | None]:
    """The text without its last amount, and that; None where there is none. Raises Invalid("amount", …).

    A bare number is an amount at the end of the text only; one with a currency is one anywhere.
    """
    words = _words(text)
    for place in reversed(range(len(words))):
        if not looks_like_amount(words[place]):
            continue
        start, stop = _with_currency(words, place)
        marked = stop - start > 1 or has_currency(words[place])
        if stop < len(words) and not marked:
            continue
        start -= _groups_before(words, start) if start == place else 0
        rest = words[:start] + words[stop:]
        _refuse_second_amount(rest)
        return " ".join(rest).rstrip(_PAUSES), parse_money(
            " ".join(words[start:stop]).rstrip(_PAUSES), default_currency
        )
    return text, None


def _words(text: str) -> list[str]:
    """Split at spaces, but not at the no-break ones that group a number: 1 234 567,50."""
    spaced = re.sub(r"(?<![0-9])\s|\s(?![0-9])", " ", text.rstrip(_PAUSES))
    return [word for word in spaced.split(" ") if word]


def _with_currency(words: list[str], place: int) -> tuple[int, int]:
    """The span of the amount with the currencies beside it: a code or sign before it, any words for one after it."""
    before = words[place - 1] if place else ""
    start = place - 1 if before in EXPONENTS or before in ("€", "$", "£") else place
    stop = place + 1
    while stop < len(words) and is_currency_word(words[stop].rstrip(_PAUSES)):
        stop += 1
    return start, stop


def _groups_before(words: list[str], place: int) -> int:
    """How many words before this one are groups of the same number: two in 1 234 567,50."""
    if not re.match("[0-9]{3}(?![0-9])", words[place]):
        return 0
    groups = 0
    while groups < place and re.fullmatch("[0-9]{3}", words[place - groups - 1]):
        groups += 1
    if groups < place and re.fullmatch("[1-9][0-9]?", words[place - groups - 1]):
        groups += 1
    if groups == 1:
        # "Studio 54 300 lei", or 54 300 lei? Nothing is guessed.
        raise Invalid("amount", _("Write the amount without spaces, or the name in quotes."))
    return groups


def _refuse_second_amount(words: list[str]) -> None:
    for word, following in pairwise((*words, "")):
        if looks_like_amount(word) and (has_currency(word) or is_currency_word(following.rstrip(_PAUSES))):
            raise Invalid("amount", _("A card has one amount: put a name with a number in quotes."))
