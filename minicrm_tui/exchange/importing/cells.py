"""One row while it is read: its cells by where they go, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.imports import Problem
from minicrm_tui.domain.text import clean
from minicrm_tui.exchange.importing.targets import Target, What
from minicrm_tui.i18n import format_number, ngettext

T = TypeVar("T")

Places = dict[What, tuple[int, ...]]
"""The columns of each field."""


def places_of(targets: Sequence[Target | None], person: int = 1) -> Places:
    """The columns of each field; of persons, those of this one."""
    found: dict[What, list[int]] = {}
    for place, target in enumerate(targets):
        if target is not None and not target.labels and target.person == person:
            found.setdefault(target.what, []).append(place)
    return {what: tuple(places) for what, places in found.items()}


class Cells:
    """The cells of a row."""

    __slots__ = ("_headers", "cells", "number", "problems")

    def __init__(self, number: int, cells: list[str], headers: Sequence[str]) -> None:
        self.number = number
        self.cells = cells
        self.problems: list[Problem] = []
        self._headers = headers
        lacking = len(headers) - len(cells)
        if lacking > 0:
            cells.extend([""] * lacking)
        elif lacking < 0 and any(cell.strip() for cell in cells[lacking:]):
            said = ngettext(
                "the row has {n} cell, the headers are {most}.",
                "the row has {n} cells, the headers are {most}.",
                len(cells),
            )
            self.wrong(None, said.format(n=format_number(len(cells)), most=format_number(len(headers))))

    def wrong(self, place: int | None, why: str) -> None:
        """Something is wrong in this column, or in the whole row."""
        self.problems.append(Problem(self.number, "" if place is None else self._headers[place], why))

    def first(self, places: Sequence[int]) -> int | None:
        """The first of these columns that holds something."""
        for place in places:
            if self.cells[place] and not self.cells[place].isspace():
                return place
        return None

    def text(self, places: Sequence[int], limit: int = 0) -> str:
        """What the first of them holds, cleaned; nothing where it is longer than allowed, which is a problem."""
        place = self.first(places)
        if place is None:
            return ""
        return self.checked(place, clean(self.cells[place]), limit)

    def checked(self, place: int, text: str, limit: int) -> str:
        """The text, where it is short enough."""
        if limit and len(text) > limit:
            said = ngettext(
                "it has {n} character; {most} at most are kept.",
                "it has {n} characters; {most} at most are kept.",
                len(text),
            )
            self.wrong(place, said.format(n=format_number(len(text)), most=format_number(limit)))
            return ""
        return text

    def read(self, places: Sequence[int], read: Callable[[str, int], T]) -> T | None:
        """What the first of them means, by a function of its text and its column; an Invalid is a problem."""
        place = self.first(places)
        if place is None:
            return None
        try:
            return read(self.cells[place], place)
        except Invalid as error:
            self.wrong(place, error.why)
            return None
