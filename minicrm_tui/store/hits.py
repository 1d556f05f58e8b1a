"""The cards of a module that match a typed text: their counts, pages and spots.

The first of them (up to 10,000) are held, by number. When there are more, the rest are only counted, and a page among
them is read from the index itself, where the next match is never far away.

While they are still being looked for, the answers are about the held ones: the beginning of each section and status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.agenda import BUCKETS
from minicrm_tui.domain.records import Bucket, ModuleId, StatusId, moment_key
from minicrm_tui.domain.views import Outline, Spot, View
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar
from minicrm_tui.store.held import Held
from minicrm_tui.store.matching import Words
from minicrm_tui.store.order import CardAt, Standing
from minicrm_tui.store.rows import FINISHED, LISTED, id_list
from minicrm_tui.store.totals import FINISHED_SEGMENT, Totals

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SECTIONS: Final = (*(bucket.value for bucket in BUCKETS), FINISHED_SECTION)


@dataclass(slots=True)
class Hits:
    """The matching cards of one module. Of a `view`, only the status matters; `window` is offset and limit."""

    module_id: ModuleId
    words: Words
    totals: Totals
    held: Held = field(default_factory=Held)
    are_all_held: bool = True
    """False when more were counted than are held: only then is a file asked."""
    whole: bool = False
    """False while there may be more than were found."""

    def outline(self, conn: Connection, view: View, calendar: Calendar) -> Outline:
        """Their counts."""
        counts = {section: self._in_section(conn, view, section, calendar) for section in _SECTIONS}
        finished = counts.pop(FINISHED_SECTION)
        buckets = {Bucket(section): cards for section, cards in counts.items()}
        return Outline(buckets, finished, self.totals.tallies(), whole=self.whole)

    def page(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> Sequence[int]:
        """The ids of a page of one section."""
        ids = self.held.page(self.held.of_section(view.status_id, section, calendar), window)
        if self.are_all_held or len(ids) == window[1]:
            return ids
        return self._page(conn, view, section, window, calendar)

    def status_page(self, conn: Connection, status_id: int, window: tuple[int, int]) -> Sequence[int]:
        """The ids of a page of one status; reading stops at its last hit."""
        ids = self.held.page(self.held.by_status.get(status_id, ()), window)
        offset, limit = window
        taken = min(limit, self.totals.cards(status_id) - offset)
        if self.are_all_held or len(ids) >= taken:
            return ids
        query = (
            "SELECT id FROM card INDEXED BY ix_card_status WHERE status_id = ? AND place IN (0, 1)"
            f"{self.words.condition} ORDER BY place, sort_key, folded, id LIMIT ? OFFSET ?"
        )
        return list(conn.exec_driver_sql(query, (status_id, *self.words.values, taken, offset)).scalars())

    def part(self, view: View, section: str, calendar: Calendar) -> tuple[str, tuple[int | str, ...]]:
        """The FROM and WHERE of a query over one section, to be sorted otherwise, and its values."""
        if not self.are_all_held:
            return self._scan(view, _Range.of(section, calendar))
        ids = self.held.page(self.held.of_section(view.status_id, section, calendar), (0, len(self.held)))
        return "FROM card NOT INDEXED WHERE id IN (SELECT value FROM json_each(?))", (id_list(ids),)

    def spot(self, conn: Connection, view: View, card: CardAt, calendar: Calendar) -> Spot | None:
        """Where a card stands among them in the list."""
        section = FINISHED_SECTION if card.place == FINISHED else calendar.bucket(card.standing.sort_key).value
        number = self.held.number_of(card.standing.id)
        if number is not None:
            return Spot(section, self.held.of_section(view.status_id, section, calendar).index(number))
        if not self._is_beyond(conn, card):
            return None
        return Spot(section, self._before(conn, view, _Range.of(section, calendar), card.standing))

    def status_spot(self, conn: Connection, card: CardAt) -> tuple[StatusId, int] | None:
        """Where a card stands among them in its status."""
        number = self.held.number_of(card.standing.id)
        if number is not None:
            return StatusId(card.status_id), self.held.by_status[card.status_id].index(number)
        if not self._is_beyond(conn, card):
            return None
        view = View(self.module_id, StatusId(card.status_id))
        before = self._before(conn, view, _Range(card.place), card.standing)
        if card.place == FINISHED:
            before += self.totals.cards(card.status_id) - self.totals.cards(card.status_id, FINISHED_SEGMENT)
        return StatusId(card.status_id), before

    def _in_section(self, conn: Connection, view: View, section: str, calendar: Calendar) -> int:
        if self.are_all_held:
            return len(self.held.of_section(view.status_id, section, calendar))
        if section == FINISHED_SECTION:
            return self.totals.cards(view.status_id, FINISHED_SEGMENT)
        bucket = Bucket(section)
        if bucket not in (Bucket.EXPIRED, Bucket.TODAY):
            return self.totals.cards(view.status_id, BUCKETS.index(bucket))
        part, values = self._scan(view, _Range(LISTED, calendar.today, moment_key(calendar.now)))
        expired_today = int(conn.exec_driver_sql(f"SELECT count(*) {part}", values).scalar_one())
        if bucket is Bucket.EXPIRED:
            return self.totals.cards(view.status_id, 0) + expired_today
        return self.totals.cards(view.status_id, 1) - expired_today

    def _page(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> Sequence[int]:
        """A page that is not held, come to from its section's nearer end."""
        offset, limit = window
        total = self._in_section(conn, view, section, calendar)
        taken = min(limit, total - offset)
        if taken <= 0:
            return ()
        backwards = offset > total // 2
        way, skipped = ("DESC", total - offset - taken) if backwards else ("ASC", offset)
        part, values = self._scan(view, _Range.of(section, calendar))
        query = f"SELECT id {part} ORDER BY sort_key {way}, folded {way}, id {way} LIMIT ? OFFSET ?"
        ids = list(conn.exec_driver_sql(query, (*values, taken, skipped)).scalars())
        return ids[::-1] if backwards else ids

    def _is_beyond(self, conn: Connection, card: CardAt) -> bool:
        """Whether this card, which is not held, is a hit."""
        if self.are_all_held:
            return False
        query = f"SELECT 1 FROM card WHERE id = ?{self.words.condition}"
        return conn.exec_driver_sql(query, (card.standing.id, *self.words.values)).first() is not None

    def _before(self, conn: Connection, view: View, part: _Range, standing: Standing) -> int:
        scan, values = self._scan(view, part)
        query = f"SELECT count(*) {scan} AND (sort_key, folded, id) < (?, ?, ?)"
        return int(conn.exec_driver_sql(query, (*values, *standing.values)).scalar_one())

    def _scan(self, view: View, part: _Range) -> tuple[str, tuple[int | str, ...]]:
        """The FROM and WHERE of a query over the hits in a part of the order, and its values."""
        within, keys = part.condition()
        status, ids = ("", ()) if view.status_id is None else (" AND status_id = ?", (view.status_id,))
        return (
            "FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = ?"
            f"{within}{status}{self.words.condition}",
            (self.module_id, part.place, *keys, *ids, *self.words.values),
        )


@dataclass(frozen=True, slots=True)
class _Range:
    """A part of one place's order: from `low` on, up to `high`."""

    place: int
    low: int | None = None
    high: int | None = None

    @classmethod
    def of(cls, section: str, calendar: Calendar) -> _Range:
        """The range of a section."""
        return cls(FINISHED) if section == FINISHED_SECTION else cls(LISTED, *calendar.bounds(Bucket(section)))

    def condition(self) -> tuple[str, tuple[int, ...]]:
        """SQL beginning with AND, and its values."""
        parts = ((" AND sort_key >= ?", self.low), (" AND sort_key < ?", self.high))
        return "".join(sql for sql, key in parts if key is not None), tuple(k for _sql, k in parts if k is not None)
