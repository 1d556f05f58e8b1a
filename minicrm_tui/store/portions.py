"""Where the portions end in which a module is looked through: the same for every text, so asked of the file once.

A border stays good when cards come and go: it is a standing, not a card, and its portion only grows or shrinks.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from minicrm_tui.store.engine import driver
from minicrm_tui.store.order import Standing, behind

if TYPE_CHECKING:
    from sqlalchemy import Connection

PORTION = 25_000
"""Cards that are looked at in one go."""


class Portions:
    """The borders that are known, by module and place."""

    def __init__(self) -> None:
        """None yet."""
        self._borders: dict[tuple[int, int], list[Standing]] = {}
        self._ended: set[tuple[int, int]] = set()

    def end(self, conn: Connection, module_id: int, place: int, after: Standing | None) -> Standing | None:
        """Where the portion behind this standing ends; None for the end of the place."""
        part = module_id, place
        borders = self._borders.setdefault(part, [])
        at = 0 if after is None else bisect_right(borders, after)
        if at < len(borders):
            return borders[at]
        if part not in self._ended:
            border = _end(conn, module_id, place, after)
            if border is not None:
                borders.append(border)
                return border
            self._ended.add(part)
        return None


def _end(conn: Connection, module_id: int, place: int, after: Standing | None) -> Standing | None:
    follows, values = behind(after)
    query = (
        "SELECT sort_key, folded, id FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = ?"
        f"{follows} ORDER BY sort_key, folded, id LIMIT 1 OFFSET ?"
    )
    row = driver(conn).execute(query, (module_id, place, *values, PORTION - 1)).fetchone()
    return None if row is None else Standing(*row)
