"""Which cards an export is of: their ids, in the order of the bar and of the list; none of the trash."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

from minicrm_tui.domain.records import NO_TASK_KEY, ModuleId
from minicrm_tui.domain.views import MarkedRange, Targets, View
from minicrm_tui.store.engine import driver
from minicrm_tui.store.targets import ids_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

LISTED_KEYS = (0, NO_TASK_KEY + 1)
FINISHED_KEYS = (-(2**62), 0)
"""All sort keys of listed cards, and of finished ones."""


def whole_view(view: View) -> Targets:
    """All cards of a view, finished ones too."""
    return Targets(ranges=tuple(MarkedRange(view, *keys) for keys in (LISTED_KEYS, FINISHED_KEYS)))


def of_modules(modules: Iterable[ModuleId]) -> Targets:
    """All cards of these modules."""
    return Targets(ranges=tuple(marked for module_id in modules for marked in whole_view(View(module_id)).ranges))


def in_bucket(modules: Iterable[ModuleId], keys: tuple[int, int]) -> Targets:
    """The cards of these modules whose sort keys lie between these two, the second one left out."""
    return Targets(ranges=tuple(MarkedRange(View(module_id), *keys) for module_id in modules))


def with_task(modules: Iterable[ModuleId]) -> Targets:
    """The cards of these modules that have an open task."""
    return in_bucket(modules, (0, NO_TASK_KEY))


def chosen(conn: Connection, targets: Targets | None) -> array[int]:
    """The ids of these cards, or of all cards in the installed modules."""
    query, values = _all() if targets is None else ids_of(targets)
    ordered = (
        f"SELECT c.id FROM card AS c JOIN module AS m ON m.id = c.module_id WHERE c.id IN ({query})"
        " AND m.trashed_at IS NULL ORDER BY m.position, m.id, c.place, c.sort_key, c.folded, c.id"
    )
    return array("q", (card_id for (card_id,) in driver(conn).execute(ordered, values)))


def _all() -> tuple[str, tuple[int | str, ...]]:
    return "SELECT id FROM card WHERE place <> 2", ()
