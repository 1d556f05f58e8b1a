"""What the lists of a sales module offer: SQL text, since a card's page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from minicrm_tui.domain.sales_lists import SalesList, defaults
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ENTRIES = "SELECT list, name FROM list_entry WHERE module_id = ? ORDER BY list, position, id"


def lists_of(conn: Connection, module_id: int) -> Mapping[SalesList, tuple[str, ...]]:
    """The values of each list in their order; one that nobody has edited has those of its kind."""
    found: dict[str, list[str]] = {}
    for which, name in driver(conn).execute(_ENTRIES, (module_id,)):
        found.setdefault(which, []).append(name)
    return {which: tuple(found.get(which, ())) or defaults(which) for which in SalesList}
