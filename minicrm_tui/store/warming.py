"""What the first write needs and the first rows do not: imported between the two, a piece at a time.

All of it takes a third of a second. A read that comes meanwhile waits for one piece only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

_MODULES = (
    "sqlalchemy.orm",
    "pydantic.main",
    "sqlmodel",
    "minicrm_tui.store.tables",
    "minicrm_tui.store.tasks",
    "minicrm_tui.store.postponed",
    "minicrm_tui.store.cards",
    "minicrm_tui.store.moves",
)


def _configure_mappers() -> None:
    # SQLAlchemy puts this off to the first statement over a table.
    from sqlalchemy.orm import configure_mappers

    configure_mappers()


PIECES: tuple[Callable[[], object], ...] = (*(partial(import_module, name) for name in _MODULES), _configure_mappers)
"""To be called in this order, on the store's thread."""
