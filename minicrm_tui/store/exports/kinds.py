"""What a column of the file can hold, as a person reads it in JSON, and back again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Final, TypeAlias

from minicrm_tui.domain.recurrence import from_kept
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.domain.whole import Json
from minicrm_tui.i18n import _

Value: TypeAlias = str | int | None
"""What a column holds."""

_LARGEST: Final = 2**63 - 1
_LONGEST: Final = 1_000_000
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(r"\d\d:\d\d", re.ASCII)
_SUSPICIOUS: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class WrongValueError(Exception):
    """A value can't be taken; the message says why, for the middle of a sentence."""


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """How a value goes out, and how it comes in: `take` raises WrongValueError."""

    give: Callable[[Value], Json]
    take: Callable[[Json], Value]


def _same(value: Value) -> Json:
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise WrongValueError(_("a text was expected"))
    if len(value) > _LONGEST:
        raise WrongValueError(_("the text is too long"))
    # Ours is clean; what somebody else has put in is data, and no escape sequence.
    return clean_lines(value) if _SUSPICIOUS.search(value) else value


def _number(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
        raise WrongValueError(_("a whole number was expected"))
    return value


def _id(value: Json) -> int:
    number = _number(value)
    if number < 1:
        raise WrongValueError(_("an id was expected"))
    return number


def _flag(value: Json) -> int:
    if not isinstance(value, bool):
        raise WrongValueError(_("true or false was expected"))
    return int(value)


def _shaped(shape: re.Pattern[str], check: Callable[[str], object], why: Callable[[], str]) -> Callable[[Json], str]:
    def take(value: Json) -> str:
        try:
            if isinstance(value, str) and shape.fullmatch(value):
                check(value)
                return value
        except ValueError:
            pass
        raise WrongValueError(why())

    return take


def _moment_check(text: str) -> None:
    date.fromisoformat(text[:10])
    time.fromisoformat(text[11:19])


def _rule(value: Json) -> str:
    text = _text(value)
    try:
        from_kept(text)
    except ValueError:
        raise WrongValueError(_("“{text}” is no rule of repetition").format(text=text[:40])) from None
    return text


def _parsed(value: Value) -> Json:
    """A JSON text as what it says, where writing that gives the same text again."""
    if not isinstance(value, str):
        return value
    try:
        found: Json = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, dict) and _dumped(found) == value else value


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _party(value: Json) -> str:
    if isinstance(value, dict):
        return _text(_dumped({_text(key): _text(each) for key, each in value.items()}))
    return _text(value)


def one_of(known: Collection[str]) -> ColumnKind:
    """One of these words."""

    def take(value: Json) -> str:
        if isinstance(value, str) and value in known:
            return value
        raise WrongValueError(_("one of {names} was expected").format(names=", ".join(known)))

    return ColumnKind(_same, take)


TEXT: Final = ColumnKind(_same, _text)
NUMBER: Final = ColumnKind(_same, _number)
ID: Final = ColumnKind(_same, _id)
FLAG: Final = ColumnKind(bool, _flag)
MOMENT: Final = ColumnKind(
    _same,
    _shaped(
        _MOMENT, _moment_check, lambda: _("a moment like {example} was expected").format(example="2026-11-23T09:30:00Z")
    ),
)
DAY: Final = ColumnKind(
    _same,
    _shaped(_DAY, date.fromisoformat, lambda: _("a day like {example} was expected").format(example="2026-11-23")),
)
TIME: Final = ColumnKind(
    _same, _shaped(_TIME, time.fromisoformat, lambda: _("a time like {example} was expected").format(example="14:00"))
)
RULE: Final = ColumnKind(_same, _rule)
PARTY: Final = ColumnKind(_parsed, _party)
"""A seller or buyer as a document keeps them: a JSON object of texts."""
