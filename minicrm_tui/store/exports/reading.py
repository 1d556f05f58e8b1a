"""What an export asks of one moment of the file."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minicrm_tui.domain.exports import ExportedCard, ExportedContact, ExportedModule, ExportedTask
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import rows
from minicrm_tui.store.exports import cards, chosen, contacts, tasks, whole

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.whole import Record


class Reading:
    """One moment of the file, for the thread that was given it; records come a chunk at a time."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def modules(self) -> tuple[ExportedModule, ...]:
        """The installed modules in the order of the bar, with their own fields."""
        return cards.modules(self._conn)

    def chosen(self, targets: Targets | None) -> array[int]:
        """The ids of these cards, or of all, in the order of the bar and of the list."""
        return chosen.chosen(self._conn, targets)

    def with_task(self) -> array[int]:
        """The ids of all cards that have an open task."""
        return chosen.chosen(self._conn, chosen.with_task(module.id for module in rows.modules(self._conn)))

    def cards(self, ids: array[int]) -> Iterator[ExportedCard]:
        """These cards, whole."""
        return cards.cards(self._conn, ids)

    def contact_ids(self, of_cards: array[int] | None) -> tuple[array[int], array[int]]:
        """The ids of companies and of persons: those of these cards, or all."""
        return contacts.contact_ids(self._conn, of_cards)

    def contacts(self, companies: array[int], persons: array[int]) -> Iterator[ExportedContact]:
        """These companies and persons, whole."""
        return contacts.contacts(self._conn, companies, persons)

    def tasks(self, of_cards: array[int]) -> Iterator[ExportedTask]:
        """The open tasks of these cards."""
        return tasks.tasks(self._conn, of_cards)

    def counts(self) -> dict[str, int]:
        """How many records each part of the whole has."""
        return whole.counts(self._conn)

    def whole(self) -> Iterator[Record]:
        """Everything that the file holds, part by part."""
        return whole.records(self._conn)
