"""Mappings that a person made by hand, kept by the headers that they belong to, so that the next file needs none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from minicrm_tui.domain.errors import Refused, StoreFailed
from minicrm_tui.domain.imports import Landing
from minicrm_tui.exchange.importing.aliases import words_of
from minicrm_tui.exchange.importing.headers import read_target
from minicrm_tui.exchange.importing.mapping import field_names
from minicrm_tui.exchange.importing.session import Choices
from minicrm_tui.exchange.importing.statuses import meant
from minicrm_tui.files import write_whole
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

FILE: Final = "mappings.json"
"""Beside the settings."""

_MOST: Final = 200
_LARGEST: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """What was chosen for files with these headers; statuses by the key of the module that they were chosen for."""

    headers: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def with_columns(self, choices: Choices) -> Choices:
        """These choices, with the columns that were chosen before."""
        return replace(choices, maps={**self.columns, **choices.maps})

    def joined(self, choices: Choices, landing: Landing | None) -> Choices:
        """The same with the statuses too; what this module has not, or no longer has, is left out."""
        fields = field_names(landing)
        columns = {column: text for column, text in self.columns.items() if read_target(text, fields) is not None}
        words = {} if landing is None else self.statuses.get(landing.module.kind.value, {})
        known = {word: text for word, text in words.items() if landing is not None and meant(text, landing) is not None}
        return replace(choices, maps={**columns, **choices.maps}, statuses={**known, **choices.statuses})


def find_saved(path: Path, headers: Sequence[str]) -> SavedMapping | None:
    """The mapping for these headers; None without one. Refused where the file of mappings is broken."""
    return _read(path).get(_key(headers))


def save(path: Path, headers: Sequence[str], choices: Choices, module: str) -> None:
    """Keep what was chosen for these headers; what they had before stays where it says something else.

    Raises Refused, StoreFailed.
    """
    if not (choices.maps or choices.statuses):
        return
    everything = _read(path)
    key = _key(headers)
    had = everything.pop(key, SavedMapping(tuple(headers)))
    statuses = dict(had.statuses)
    if choices.statuses:
        statuses[module] = {**statuses.get(module, {}), **choices.statuses}
    everything[key] = SavedMapping(tuple(headers), {**had.columns, **choices.maps}, statuses)
    kept = dict(list(everything.items())[-_MOST:])
    data = {
        name: {"headers": each.headers, "columns": each.columns, "statuses": each.statuses}
        for name, each in kept.items()
    }
    try:
        write_whole(path, json.dumps(data, ensure_ascii=False, indent=1).encode(), overwrite=True)
    except OSError as error:
        raise StoreFailed(
            _("The mapping can't be saved in {path} ({why}).").format(path=path, why=reason(error))
        ) from error


def _key(headers: Sequence[str]) -> str:
    """The same for headers that differ in accents, case and signs."""
    return hashlib.sha256("\n".join(map(words_of, headers)).encode()).hexdigest()[:24]


def _read(path: Path) -> dict[str, SavedMapping]:
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_LARGEST))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        why = reason(error) if isinstance(error, OSError) else _("it is not JSON")
        raise _broken(path, why) from error
    if not isinstance(data, dict):
        raise _broken(path, _("it is not JSON"))
    return {str(key): _mapping(path, value) for key, value in data.items()}


def _mapping(path: Path, value: object) -> SavedMapping:
    if not isinstance(value, dict):
        raise _broken(path, _("it holds something else"))
    headers, columns, statuses = (value.get(key) for key in ("headers", "columns", "statuses"))
    if not (isinstance(headers, list) and isinstance(columns, dict) and isinstance(statuses, dict)):
        raise _broken(path, _("it holds something else"))
    by_module = {str(key): _texts(each) for key, each in statuses.items() if isinstance(each, dict)}
    return SavedMapping(tuple(map(str, headers)), _texts(columns), by_module)


def _texts(found: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(text) for key, text in found.items()}


def _broken(path: Path, why: str) -> Refused:
    return Refused(
        _("The saved mappings in {path} can't be read ({why}).").format(path=path, why=why),
        _("Take the file away; it is made again."),
    )
