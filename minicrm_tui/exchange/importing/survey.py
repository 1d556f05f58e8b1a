"""The first walk over a file: its headers, how many rows it has, what its columns hold and how they write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from minicrm_tui.domain.text import clean, fold
from minicrm_tui.exchange.importing.aliases import words_of
from minicrm_tui.exchange.importing.headers import Context, named_apart, target_of
from minicrm_tui.exchange.importing.styles import Evidence
from minicrm_tui.exchange.importing.targets import Subject
from minicrm_tui.exchange.reading.tables import MOST_COLUMNS, FileKind, Limits, RawRow, Table, refuse
from minicrm_tui.i18n import _, format_number, ngettext

SAMPLES: Final = 3
MOST_WORDS: Final = 200
"""Different values of a column that are kept: one that has more is no column of statuses."""

_SAMPLE_LENGTH: Final = 80
_WORD_LENGTH: Final = 60
_LINES_ABOVE: Final = 20
_SHORTEST_HEADER: Final = 3


@dataclass(slots=True)
class Column:
    """What one column holds."""

    header: str
    samples: list[str] = field(default_factory=list)
    words: dict[str, int] | None = field(default_factory=dict)
    """Its different values and how often each stands there; None where they are too many."""
    empty: int = 0
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Survey:
    """A file, looked through once. `raw` are the headers as they stand there, `headers` those that can be meant."""

    table: Table
    raw: tuple[str, ...]
    headers: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    rows: int
    warnings: tuple[str, ...] = ()

    def body(self) -> Iterator[RawRow]:
        """The rows under the headers, read anew; those that only repeat the headers are left out."""
        repeats = _repeats(self.raw)
        for row in self.table.rows():
            if row.number > self.header_row and not repeats(row.cells):
                yield row


def survey(table: Table, limits: Limits) -> Survey:
    """Walk over the file once. Refused where it has no headers, no rows, or more of either than is allowed."""
    header_row, raw = _headers(table)
    if len(raw) > MOST_COLUMNS:
        why = _("{n} columns; {most} at most can be read.").format(n=format_number(len(raw)), most=MOST_COLUMNS)
        raise refuse(table.path, why, _("Take away those that you do not need."), row=header_row)
    headers = named_apart([clean(header).rstrip("* ") for header in raw])
    walk = _Walk(table, limits, header_row, raw, [Column(header) for header in headers])
    walk.run()
    return Survey(
        table, tuple(raw), headers, header_row, tuple(walk.columns), walk.rows, (*table.warnings, *walk.warnings())
    )


def _headers(table: Table) -> tuple[int, list[str]]:
    """The row of the headers: the first, or one below notes that a program wrote above it."""
    rows = [RawRow(row.number, _without_tail(row.cells)) for row in islice(table.rows(), _LINES_ABOVE)]
    if not rows:
        raise refuse(table.path, _("there is nothing in it."))
    if len(rows[0].cells) < 2:
        below = (row for row in rows[1:] if len(row.cells) > 1)
        wide = next(below, None)
        if wide is not None and _known(wide.cells) >= _SHORTEST_HEADER:
            return wide
    return rows[0]


def _known(cells: Sequence[str]) -> int:
    """How many of these cells are headers that somebody uses."""
    return sum(target_of(cell, Context(Subject.PEOPLE)) is not None for cell in cells)


def _without_tail(cells: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def _repeats(headers: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Whether a row is the headers once more: a look at the first cell is enough for nearly all."""
    wanted = [words_of(header) for header in headers]

    def repeated(cells: Sequence[str]) -> bool:
        return (cells[0] == headers[0] or len(headers) == 1) and [
            words_of(cell) for cell in _without_tail(list(cells))
        ] == wanted

    return repeated


class _Walk:
    """Over the rows, once."""

    def __init__(
        self, table: Table, limits: Limits, header_row: int, headers: list[str], columns: list[Column]
    ) -> None:
        self.columns = columns
        self.rows = self._repeated = self._short = 0
        self._table, self._limits, self._header_row = table, limits, header_row
        self._header = headers

    def run(self) -> None:
        """Look at every row."""
        repeats = _repeats(self._header)
        for number, cells in self._table.rows():
            if number <= self._header_row:
                continue
            if repeats(cells):
                self._repeated += 1
                continue
            self._take(cells)
        if not self.rows:
            raise refuse(self._table.path, _("there are headers, and no row under them."))

    def warnings(self) -> Iterator[str]:
        """What a person should know of the rows."""
        if self._repeated:
            said = ngettext(
                "{n} row repeats the headers: left out.", "{n} rows repeat the headers: left out.", self._repeated
            )
            yield said.format(n=format_number(self._repeated))
        # A workbook does not write the empty cells at the end of a row.
        if self._short and self._table.kind is not FileKind.SHEET:
            said = ngettext(
                "{n} row has fewer cells than there are headers: what is missing is empty.",
                "{n} rows have fewer cells than there are headers: what is missing is empty.",
                self._short,
            )
            yield said.format(n=format_number(self._short))

    def _take(self, cells: list[str]) -> None:
        self.rows += 1
        if self.rows > self._limits.rows:
            why = _("it has more than {n} rows.").format(n=format_number(self._limits.rows))
            raise refuse(
                self._table.path, why, _("Split it, or raise “{key}” in the settings.").format(key="import_rows")
            )
        self._short += len(cells) < len(self.columns)
        for column, cell in zip(self.columns, cells, strict=False):
            if cell:
                _look(column, cell)
            else:
                column.empty += 1
        for column in self.columns[len(cells) :]:
            column.empty += 1


def _look(column: Column, cell: str) -> None:
    first = cell[0]
    # Dates and amounts begin with a digit, a sign or a currency: the rest is not worth a look.
    if len(cell) < 40 and (first.isdecimal() or first in "+-€$£ " or cell[-1].isdecimal()):
        column.evidence.take(cell)
    words = column.words
    if words is None and len(column.samples) == SAMPLES:
        return
    word = clean(cell[: 2 * _SAMPLE_LENGTH])
    if len(column.samples) < SAMPLES and word and word[:_SAMPLE_LENGTH] not in column.samples:
        column.samples.append(word[:_SAMPLE_LENGTH])
    if words is not None:
        if len(word) > _WORD_LENGTH or (len(words) >= MOST_WORDS and word not in words):
            column.words = None
        else:
            words[word] = words.get(word, 0) + 1


def words_alike(words: dict[str, int]) -> dict[str, int]:
    """The values that differ in more than accents and case, each with how often it stands there."""
    found: dict[str, tuple[str, int]] = {}
    for word, count in words.items():
        first, sum_so_far = found.get(fold(word), (word, 0))
        found[fold(word)] = (first, sum_so_far + count)
    return dict(found.values())
