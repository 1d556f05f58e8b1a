"""The whole of a file as records that a person can read: what our own JSON is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import _

FORMAT: Final = 1
"""The number of the format that this program writes, and the highest that it reads."""

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

PARTS: Final = (
    *("modules", "statuses", "list_entries", "templates", "fields", "field_choices"),
    *("companies", "persons", "channels", "products", "prices", "series"),
    *("cards", "tasks", "history", "field_values", "links", "documents", "lines"),
)
"""The parts of the whole, what is referred to before what refers to it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a part; `line` is where it stands in its file, 0 where it comes from none."""

    part: str
    values: Mapping[str, Json]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a whole that was read back. `same`: the file held exactly this already, and nothing was done."""

    counts: Mapping[str, int]
    same: bool = False


def damaged_at(line: int, why: str) -> Refused:
    """The refusal of a file of ours that does not hold together."""
    return Refused(
        _("Line {line}: {why}.").format(line=line, why=why), _("Nothing was imported; take another copy of the file.")
    )
