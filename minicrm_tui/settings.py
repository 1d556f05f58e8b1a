"""The settings file: TOML → frozen Settings. What is wrong in it is refused with file, key, and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, TypeVar

from minicrm_tui import setting_values as values
from minicrm_tui.domain.errors import CannotStart, StoreFailed
from minicrm_tui.domain.nearest import did_you_mean
from minicrm_tui.domain.parties import PAYMENT_DAYS, Party
from minicrm_tui.domain.retention import Keep
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.i18n import Language, _, detect_language
from minicrm_tui.system_errors import reason

MONDAY_TO_FRIDAY: Final = frozenset(range(5))

VAT: Final[Mapping[str, int]] = {
    **{"RO": 2100, "HU": 2700, "DE": 1900, "AT": 2000, "FR": 2000, "IT": 2200, "ES": 2100, "PL": 2300},
    **{"BG": 2000, "CZ": 2100, "SK": 2300, "GR": 2400, "NL": 2100, "BE": 2100, "PT": 2300},
}
"""The standard rate of VAT by country, in hundredths of a percent; where a country is not here, none."""

LONGEST_PAYMENT: Final = 365
"""Days."""

MOST_KEPT: Final = 1000
"""Backups of each sort."""

KEEP_KEYS: Final = tuple(each.name for each in fields(Keep))
"""Every key that the table [backups] may have."""

MOST_IMPORTED: Final = 2_000_000
LARGEST_IMPORT: Final = 2_000
"""Rows, and megabytes, of a file that can be imported at the most."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose. Days of the week are counted from Monday = 0; an empty theme is the program's own.

    `vat` is that of a new item, in hundredths of a percent; `documents` the folder of PDFs and
    exports, `calendar_file` where open tasks are kept as a calendar, both as they were written.
    """

    language: Language = "en"
    week_start: int = 0
    currency: str = "EUR"
    country: str = ""
    theme: str = ""
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    bell: bool = True
    seller: Party = field(default_factory=Party)
    payment_days: int = PAYMENT_DAYS
    vat: int = 0
    documents: str = "~/Documents/MiniCRM"
    backups: Keep = field(default_factory=Keep)
    calendar_file: str = ""
    import_rows: int = 200_000
    import_megabytes: int = 200
    keymap: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents_folder(self) -> Path:
        """Where PDFs are written; it need not exist yet."""
        return Path(self.documents).expanduser()

    @property
    def calendar_path(self) -> Path | None:
        """The calendar that is written anew after each change; None where nobody wants one."""
        return Path(self.calendar_file).expanduser() if self.calendar_file else None


KEYS: Final = tuple(setting.name for setting in fields(Settings))
"""Every key that the file may have."""

SELLER_KEYS: Final = tuple(each.name for each in fields(Party) if each.name != "person")
"""Every key that the table [seller] may have: a person stands on the paper for a buyer only."""


_CHOSEN_AT_FIRST: Final = ("language", "currency")


@dataclass(frozen=True, slots=True)
class _Table:
    """The file, or a table in it: what it refuses, it refuses by the key's whole name."""

    path: Path
    values: Mapping[str, object]
    prefix: str = ""

    def check_keys(self, known: Iterable[str]) -> None:
        for key in self.values:
            if key not in known:
                raise refuse(
                    self.path, _("unknown key “{key}”.").format(key=self.prefix + key), did_you_mean(key, known)
                )

    def value(self, key: str, read: Callable[[object], _Value], default: _Value) -> _Value:
        if key not in self.values:
            return default
        try:
            return read(self.values[key])
        except values.WrongValueError as wrong:
            what = _("wrong value for “{key}”.").format(key=self.prefix + key)
            raise refuse(self.path, what, str(wrong)) from None


def default_settings(environment: Mapping[str, str]) -> Settings:
    """What holds without a file: the locale's language and country, lei where it is a Romanian one, else euros."""
    language = detect_language(environment)
    country = _territory(environment)
    currency = usual_currency(language, country)
    country = country or "RO" * (currency == "RON")
    return Settings(language=language, country=country, currency=currency, vat=VAT.get(country, 0))


def usual_currency(language: Language, country: str) -> str:
    """Lei for who speaks Romanian, in Romania or nobody knows where; else euros."""
    return "RON" if language == "ro" and country in ("", "RO") else "EUR"


def load_settings(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in the file over the locale's defaults; a missing file is an empty one. Raises CannotStart."""
    text = _text_of(path)
    defaults = default_settings(os.environ if environment is None else environment)
    return defaults if text is None else _read(_Table(path, _parse(path, text)), defaults)


def save_seller(path: Path, seller: Party) -> None:
    """Write the table [seller] and leave all else in the file as it is. Raises CannotStart, StoreFailed.

    What is empty is not written; a key that was there and is empty now goes.
    """
    _rewrite(path, lambda document: _put_seller(document, seller))


def save_changes(path: Path, old: Settings, new: Settings) -> None:
    """Write language, currency and seller where they are others than before; raises as `save_seller`."""
    changed = {key: getattr(new, key) for key in _CHOSEN_AT_FIRST if getattr(new, key) != getattr(old, key)}

    def change(document: MutableMapping[str, object]) -> None:
        document.update(changed)
        if new.seller != old.seller:
            _put_seller(document, new.seller)

    if changed or new.seller != old.seller:
        _rewrite(path, change)


def _rewrite(path: Path, change: Callable[[MutableMapping[str, object]], None]) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text = _text_of(path) or ""
    _parse(path, text)
    try:
        document = tomlkit.parse(text)
        change(document)
        from minicrm_tui.files import write_whole

        write_whole(path, tomlkit.dumps(document).encode(), overwrite=True)
    except TOMLKitError as error:
        raise _no_toml(path, error) from error
    except OSError as error:
        what = _("Settings file {path}: it can't be written ({why}).").format(path=path, why=reason(error))
        raise StoreFailed(what, _("Nothing was changed.")) from error


def _put_seller(document: MutableMapping[str, object], seller: Party) -> None:
    import tomlkit

    table = document.get("seller")
    if not isinstance(table, dict):
        document["seller"] = table = tomlkit.table()
    for key in SELLER_KEYS:
        value = getattr(seller, key)
        if value:
            table[key] = value
        elif key in table:
            del table[key]


def refuse(path: Path, what: str, hint: str = "") -> CannotStart:
    """What is wrong in the settings file, as the error that stops the start."""
    return CannotStart(_("Settings file {path}: {what}").format(path=path, what=what), hint)


def check_theme(path: Path, theme: str, known: Iterable[str]) -> None:
    """Raise CannotStart for a theme that is not there; which ones are, the app knows."""
    names = tuple(known)
    if theme not in names:
        raise refuse(path, _("wrong value for “{key}”.").format(key="theme"), did_you_mean(theme, names))


def _territory(environment: Mapping[str, str]) -> str:
    """RO of ro_RO.UTF-8; nothing for C and POSIX."""
    name = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    territory = name.split(".")[0].split("@")[0].replace("-", "_").partition("_")[2]
    return territory.upper() if values.is_country(territory.upper()) else ""


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise refuse(path, _("it is not UTF-8 text.")) from error
    except OSError as error:
        raise refuse(path, _("it can't be read ({why}).").format(why=reason(error))) from error


def _parse(path: Path, text: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(path, error) from error


def _no_toml(path: Path, error: Exception) -> CannotStart:
    return refuse(path, _("it is not TOML ({why}).").format(why=error), _("Correct it, or take it away."))


def _read(table: _Table, defaults: Settings) -> Settings:
    table.check_keys(KEYS)
    country = table.value("country", values.country, defaults.country)
    return Settings(
        language=table.value("language", values.language, defaults.language),
        week_start=table.value("week_start", values.day, defaults.week_start),
        currency=table.value("currency", values.currency, defaults.currency),
        country=country,
        theme=table.value("theme", values.text, defaults.theme),
        working_days=table.value("working_days", values.days, defaults.working_days),
        bell=table.value("bell", values.flag, defaults.bell),
        seller=_seller(_Table(table.path, table.value("seller", _seller_table, {}), "seller.")),
        payment_days=table.value("payment_days", values.up_to(LONGEST_PAYMENT), defaults.payment_days),
        vat=table.value("vat", values.rate, VAT.get(country, 0)),
        documents=table.value("documents", values.folder, defaults.documents),
        backups=_keep(_Table(table.path, table.value("backups", _backups_table, {}), "backups.")),
        calendar_file=table.value("calendar_file", values.calendar_file, defaults.calendar_file),
        import_rows=table.value("import_rows", values.up_to(MOST_IMPORTED), defaults.import_rows),
        import_megabytes=table.value("import_megabytes", values.up_to(LARGEST_IMPORT), defaults.import_megabytes),
        keymap=table.value("keymap", values.keymap, defaults.keymap),
    )


def _seller(table: _Table) -> Party:
    table.check_keys(SELLER_KEYS)
    return Party(**{key: clean_lines(table.value(key, values.text, "")) for key in SELLER_KEYS})


def _keep(table: _Table) -> Keep:
    defaults = Keep()
    table.check_keys(KEEP_KEYS)
    return Keep(**{key: table.value(key, values.up_to(MOST_KEPT), getattr(defaults, key)) for key in KEEP_KEYS})


def _backups_table(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise values.WrongValueError(_("It must be a table, [backups], with daily, weekly, monthly."))


def _seller_table(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise values.WrongValueError(_("It must be a table, [seller], with a name, an address, a tax number."))
