"""The settings file: TOML → frozen Settings. What is wrong in it is refused with file, key, and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, TypeVar

from minicrm_tui.domain.currencies import EXPONENTS
from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.i18n import LANGUAGES, Language, _, detect_language
from minicrm_tui.system_errors import reason

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week as the file names them; their place is their number."""

MONDAY_TO_FRIDAY: Final = frozenset(range(5))

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose. Days of the week are counted from Monday = 0; an empty theme is the program's own."""

    language: Language = "en"
    week_start: int = 0
    currency: str = "EUR"
    country: str = ""
    theme: str = ""
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    bell: bool = True
    keymap: Mapping[str, str] = field(default_factory=dict)


KEYS: Final = tuple(setting.name for setting in fields(Settings))
"""Every key that the file may have."""


class _WrongValueError(Exception):
    """A value can't be taken; the message says what it must be."""


def default_settings(environment: Mapping[str, str]) -> Settings:
    """What holds without a file: the locale's language and country, lei where it is a Romanian one, else euros."""
    language = detect_language(environment)
    country = _territory(environment)
    romanian = language == "ro" and country in ("", "RO")
    return Settings(language=language, country=country or "RO" * romanian, currency="RON" if romanian else "EUR")


def load_settings(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in the file over the locale's defaults; a missing file is an empty one. Raises CannotStart."""
    text = _text_of(path)
    defaults = default_settings(os.environ if environment is None else environment)
    return defaults if text is None else _read(path, text, defaults)


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The known name that the wanted one was most likely meant to be."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    matches = get_close_matches(wanted.casefold(), names, n=1, cutoff=0.5)
    return names[matches[0]] if matches else None


def refuse(path: Path, what: str, hint: str = "") -> CannotStart:
    """What is wrong in the settings file, as the error that stops the start."""
    return CannotStart(_("Settings file {path}: {what}").format(path=path, what=what), hint)


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name, or all of them where none is near."""
    names = tuple(known)
    near = nearest(wanted, names)
    if near is not None:
        return _("Did you mean “{name}”?").format(name=near)
    return _("Known are: {names}.").format(names=", ".join(names))


def check_theme(path: Path, theme: str, known: Iterable[str]) -> None:
    """Raise CannotStart for a theme that is not there; which ones are, the app knows."""
    names = tuple(known)
    if theme not in names:
        raise refuse(path, _("wrong value for “{key}”.").format(key="theme"), did_you_mean(theme, names))


def _territory(environment: Mapping[str, str]) -> str:
    """RO of ro_RO.UTF-8; nothing for C and POSIX."""
    name = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    territory = name.split(".")[0].split("@")[0].replace("-", "_").partition("_")[2]
    return territory.upper() if _is_country(territory.upper()) else ""


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise refuse(path, _("it is not UTF-8 text.")) from error
    except OSError as error:
        raise refuse(path, _("it can't be read ({why}).").format(why=reason(error))) from error


def _read(path: Path, text: str, defaults: Settings) -> Settings:
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(path, _("it is not TOML ({why}).").format(why=error), _("Correct it, or take it away.")) from error
    for key in table:
        if key not in KEYS:
            raise refuse(path, _("unknown key “{key}”.").format(key=key), did_you_mean(key, KEYS))

    def value(key: str, read: Callable[[object], _Value], default: _Value) -> _Value:
        if key not in table:
            return default
        try:
            return read(table[key])
        except _WrongValueError as wrong:
            raise refuse(path, _("wrong value for “{key}”.").format(key=key), str(wrong)) from None

    return Settings(
        language=value("language", _language, defaults.language),
        week_start=value("week_start", _day, defaults.week_start),
        currency=value("currency", _currency, defaults.currency),
        country=value("country", _country, defaults.country),
        theme=value("theme", _text, defaults.theme),
        working_days=value("working_days", _days, defaults.working_days),
        bell=value("bell", _flag, defaults.bell),
        keymap=value("keymap", _keymap, defaults.keymap),
    )


def _language(value: object) -> Language:
    for language in LANGUAGES:
        if value == language:
            return language
    raise _WrongValueError(_("It must be one of {names}.").format(names=", ".join(f'"{name}"' for name in LANGUAGES)))


def _currency(value: object) -> str:
    if isinstance(value, str) and value.upper() in EXPONENTS:
        return value.upper()
    raise _WrongValueError(_("It must be a currency's code, like {example}.").format(example='"EUR"'))


def _country(value: object) -> str:
    if isinstance(value, str) and _is_country(value.upper()):
        return value.upper()
    raise _WrongValueError(_("It must be a country's two letters, like {example}.").format(example='"RO"'))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _WrongValueError(_("It must be a text in quotes."))


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _WrongValueError(_("It must be true or false."))


def _day(value: object) -> int:
    if isinstance(value, str) and value.casefold() in DAYS:
        return DAYS.index(value.casefold())
    near = nearest(value, DAYS) if isinstance(value, str) else None
    raise _WrongValueError(_("It must be a day of the week, like {example}.").format(example=f'"{near or DAYS[0]}"'))


def _days(value: object) -> frozenset[int]:
    if isinstance(value, list) and value:
        return frozenset(_day(day) for day in value)
    raise _WrongValueError(_("It must be a list of days, like {example}.").format(example='["monday", "tuesday"]'))


def _keymap(value: object) -> dict[str, str]:
    """The keys by command; more than one is a list, or one text with commas as Textual has it."""
    if not isinstance(value, dict):
        raise _WrongValueError(_("It must be a table, [keymap], of keys by command."))
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
    raise _WrongValueError(why)
