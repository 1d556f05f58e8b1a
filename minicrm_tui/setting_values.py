"""The values of the settings file: each read from what TOML gives, or refused with what it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.nearest import nearest
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import LANGUAGES, Language, _

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week as the file names them; their place is their number."""


class WrongValueError(Exception):
    """A value can't be taken; the message says what it must be."""


def is_country(code: str) -> bool:
    """Whether it looks like a country's two letters."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def language(value: object) -> Language:
    """One of the program's languages."""
    for language in LANGUAGES:
        if value == language:
            return language
    raise WrongValueError(_("It must be one of {names}.").format(names=", ".join(f'"{name}"' for name in LANGUAGES)))


def currency(value: object) -> str:
    """The code of a currency that is known."""
    if isinstance(value, str) and value.upper() in EXPONENTS:
        return value.upper()
    raise WrongValueError(_("It must be a currency's code, like {example}.").format(example='"EUR"'))


def country(value: object) -> str:
    """A country's two letters."""
    if isinstance(value, str) and is_country(value.upper()):
        return value.upper()
    raise WrongValueError(_("It must be a country's two letters, like {example}.").format(example='"RO"'))


def text(value: object) -> str:
    """Any text."""
    if isinstance(value, str):
        return value
    raise WrongValueError(_("It must be a text in quotes."))


def flag(value: object) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise WrongValueError(_("It must be true or false."))


def up_to(most: int) -> Callable[[object], int]:
    """A reader of whole numbers up to this one."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        raise WrongValueError(_("It must be a whole number from 0 to {most}.").format(most=most))

    return read


def rate(value: object) -> int:
    """A percentage, in hundredths of one."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            from minicrm_tui.domain.lines import parse_rate

            return parse_rate(str(value))
    except Invalid:
        pass
    raise WrongValueError(_("It must be a percentage from 0 to 100, like {example}.").format(example="21, 5.5"))


def folder(value: object) -> str:
    """A folder's whole path: a part of one would lead elsewhere whenever the program is started elsewhere."""
    if isinstance(value, str) and _is_whole_path(value):
        return value
    raise WrongValueError(_("It must be a folder's whole path, like {example}.").format(example='"~/Documents"'))


def calendar_file(value: object) -> str:
    """The whole path of a calendar's file, or nothing."""
    if isinstance(value, str) and (not value or (_is_whole_path(value) and value.endswith(".ics"))):
        return value
    example = '"~/Documents/minicrm.ics"'
    raise WrongValueError(_("It must be the whole path of a file, like {example}.").format(example=example))


def _is_whole_path(value: str) -> bool:
    """A part of one would lead elsewhere whenever the program is started elsewhere."""
    try:
        return clean(value) == value and Path(value).expanduser().is_absolute()
    except RuntimeError:  # somebody's home who is not here
        return False


def day(value: object) -> int:
    """A day of the week, by its number."""
    if isinstance(value, str) and value.casefold() in DAYS:
        return DAYS.index(value.casefold())
    near = nearest(value, DAYS) if isinstance(value, str) else None
    raise WrongValueError(_("It must be a day of the week, like {example}.").format(example=f'"{near or DAYS[0]}"'))


def days(value: object) -> frozenset[int]:
    """Days of the week, by their numbers."""
    if isinstance(value, list) and value:
        return frozenset(day(each) for each in value)
    raise WrongValueError(_("It must be a list of days, like {example}.").format(example='["monday", "tuesday"]'))


def keymap(value: object) -> dict[str, str]:
    """The keys by command; more than one is a list, or one text with commas as Textual has it."""
    if not isinstance(value, dict):
        raise WrongValueError(_("It must be a table, [keymap], of keys by command."))
    return {str(command): _keys_of(str(command), keys) for command, keys in _flattened(value)}


def _flattened(table: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    """A command's dot need not be quoted: `task.done = "d"` is a table in TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", keys) for inner, keys in _flattened(value))
        else:
            yield name, value


def _keys_of(command: str, value: object) -> str:
    keys = value.split(",") if isinstance(value, str) else value
    if isinstance(keys, list) and keys and all(isinstance(key, str) and key.strip() for key in keys):
        return ",".join(str(key).strip() for key in keys)
    why = _("“{command}” must have a key, like {example}.").format(command=command, example='"ctrl+s"')
    raise WrongValueError(why)
