"""The row arithmetic of a sectioned list, pure: which row is what, without knowing any card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from minicrm_tui.domain.records import CardRow

Fetch = Callable[[str, int, int], Awaitable[Sequence[CardRow]]]
"""(section key, offset, limit) → the cards there; awaited before anything moves."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and the cards under it; `limit` shows at most that many cards and a "… n more" row."""

    key: str
    title: str
    count: int
    tone: str = ""
    """One of error, warning, success, accent, muted, or "" for plain."""
    detail: str = ""
    """Shown right of the count: sums, or a sentence for an empty section."""
    limit: int | None = None


class RowKind(Enum):
    """What a row is."""

    HEADING = "heading"
    CARD = "card"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: of which section, and for a card its offset there."""

    kind: RowKind
    section: Section
    offset: int = -1
