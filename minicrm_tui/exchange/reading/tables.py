"""A file as a table: its headers and its rows of texts, read anew each time they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _, format_number

MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 131_072
"""Characters: a mail with its pictures taken out has less."""


class FileKind(StrEnum):
    """What a file is, by its first bytes."""

    DELIMITED = "csv"
    SHEET = "xlsx"
    CARDS = "vcard"
    JSON = "json"


class Number(str):
    """A cell that the file itself holds as a number, written with a decimal point: there is nothing to be guessed."""

    __slots__ = ()


class RawRow(NamedTuple):
    """The cells of one row, and its number as a spreadsheet counts; of vCards, which card it is."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a file; what the settings say."""

    rows: int = 200_000
    megabytes: int = 200

    @property
    def bytes(self) -> int:
        """The size of the largest file."""
        return self.megabytes * 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read where a person has said so; nothing where it is to be found out."""

    delimiter: str = ""
    encoding: str = ""


class Table(Protocol):
    """A file that is read as a table."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def kind(self) -> FileKind:
        """What it is."""

    @property
    def delimiter(self) -> str:
        """What stands between two cells; a comma where the file has none."""

    @property
    def encoding(self) -> str:
        """Of its text; UTF-8 where that is not asked."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the way it is read."""

    def rows(self) -> Iterator[RawRow]:
        """Every row from the first, the headers too; raises Refused with row and column for what can't be read."""

    def check_unchanged(self) -> None:
        """Raise Refused where the file is no longer the one that was opened."""


def refuse(path: Path, why: str, hint: str = "", *, row: int = 0, column: str = "") -> Refused:
    """The refusal of a file: "deals.csv, row 14, column “Value”: …"."""
    return Refused(f"{place(path, row, column)}: {why}", hint)


def place(path: Path, row: int = 0, column: str = "") -> str:
    """Where something is: the file's name, and the row and the column where there are any."""
    parts = [shown_name(path)]
    if row:
        parts.append(_("row {n}").format(n=format_number(row)))
    if column:
        parts.append(_("column “{name}”").format(name=column))
    return ", ".join(parts)


def shown_name(path: Path) -> str:
    """A file's name as it can be shown anywhere."""
    return clean(path.name)
