"""Hits too many to be held: counted in one scan, and paged by reading on to the next match.

SQL text, as in `matching`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.agenda import BUCKETS
from minicrm_tui.domain.records import Bucket, ModuleId, Money, Outline, Spot, StatusId, StatusTally, View, moment_key
from minicrm_tui.store.calendar import FINISHED_SECTION, Calendar
from minicrm_tui.store.matching import Words
from minicrm_tui.store.order import CardAt, Standing
from minicrm_tui.store.rows import FINISHED, LISTED

if TYPE_CHECKING:
    from sqlalchemy import Connection

SEGMENTS: Final = 10
"""Before today, today, the seven buckets after it, finished: the moment itself is no border of what is held."""

FINISHED_SEGMENT: Final = 9
_CURRENCIES: Final = 1000


@dataclass(frozen=True, slots=True)
class _Range:
    """A part of one place's order: from `low` on, up to `high`."""

    place: int
    low: int | None = None
    high: int | None = None

    def condition(self) -> tuple[str, tuple[int, ...]]:
        """SQL beginning with AND, and its values."""
        parts = ((" AND sort_key >= ?", self.low), (" AND sort_key < ?", self.high))
        return "".join(sql for sql, key in parts if key is not None), tuple(k for _sql, k in parts if k is not None)


@dataclass(frozen=True, slots=True)
class ManyHits:
    """How many hits there are in each status and segment, and what they are worth."""

    module_id: ModuleId
    words: Words
    counts: dict[tuple[int, int], int]
    tallies: dict[StatusId, StatusTally]

    @classmethod
    def counted(cls, conn: Connection, module_id: ModuleId, words: Words, calendar: Calendar) -> ManyHits:
        """Count them: one row for each status, currency and segment, in one table with a number for a key."""
        currencies = _currencies(conn, module_id)
        _count(conn, module_id, words, currencies, calendar)
        counts: dict[tuple[int, int], int] = {}
        sums: dict[tuple[int, str], int] = {}
        for key, cards, amount in conn.exec_driver_sql("SELECT k, cards, amount FROM temp.counted"):
            rest, segment = divmod(key, SEGMENTS)
            status_id, number = divmod(rest, _CURRENCIES)
            counts[status_id, segment] = counts.get((status_id, segment), 0) + cards
            if number:
                currency = currencies[number - 1]
                sums[status_id, currency] = sums.get((status_id, currency), 0) + amount
        return cls(module_id, words, counts, _tallies(counts, sums))

    def outline(self, conn: Connection, view: View, calendar: Calendar) -> Outline:
        """Their counts."""
        buckets = {bucket: self._in_section(conn, view, bucket, calendar) for bucket in BUCKETS}
        return Outline(buckets, self._in_segment(view, FINISHED_SEGMENT), dict(self.tallies))

    def page(
        self, conn: Connection, view: View, section: str, window: tuple[int, int], calendar: Calendar
    ) -> Sequence[int]:
        """The ids of a page of one section, come to from its nearer end."""
        offset, limit = window
        total = self._in_section(conn, view, section, calendar)
        taken = min(limit, total - offset)
        if taken <= 0:
            return ()
        backwards = offset > total // 2
        way, skipped = ("DESC", total - offset - taken) if backwards else ("ASC", offset)
        part, values = self._scan(view, _range_of(section, calendar))
        query = f"SELECT id {part} ORDER BY sort_key {way}, folded {way}, id {way} LIMIT ? OFFSET ?"
        ids = list(conn.exec_driver_sql(query, (*values, taken, skipped)).scalars())
        return ids[::-1] if backwards else ids

    def status_page(self, conn: Connection, status_id: int, window: tuple[int, int]) -> Sequence[int]:
        """The ids of a page of one status; reading stops at its last hit."""
        offset, limit = window
        taken = min(limit, self._in_status(status_id) - offset)
        query = (
            "SELECT id FROM card INDEXED BY ix_card_status WHERE status_id = ? AND place IN (0, 1)"
            f"{self.words.condition} ORDER BY place, sort_key, folded, id LIMIT ? OFFSET ?"
        )
        values = (status_id, *self.words.values, taken, offset)
        return list(conn.exec_driver_sql(query, values).scalars()) if taken > 0 else ()

    def spot(self, conn: Connection, view: View, card: CardAt, calendar: Calendar) -> Spot | None:
        """Where a card stands among them in the list."""
        if not self._holds(conn, card):
            return None
        section = FINISHED_SECTION if card.place == FINISHED else calendar.bucket(card.standing.sort_key).value
        return Spot(section, self._before(conn, view, _range_of(section, calendar), card.standing))

    def status_spot(self, conn: Connection, card: CardAt) -> tuple[StatusId, int] | None:
        """Where a card stands among them in its status."""
        if not self._holds(conn, card):
            return None
        view = View(self.module_id, StatusId(card.status_id))
        before = self._before(conn, view, _Range(card.place), card.standing)
        if card.place == FINISHED:
            before += self._in_status(card.status_id) - self._in_segment(view, FINISHED_SEGMENT)
        return StatusId(card.status_id), before

    def _in_status(self, status_id: int) -> int:
        return sum(cards for (status, _segment), cards in self.counts.items() if status == status_id)

    def _in_segment(self, view: View, segment: int) -> int:
        return sum(
            cards for (status, at), cards in self.counts.items() if at == segment and view.status_id in (None, status)
        )

    def _in_section(self, conn: Connection, view: View, section: str, calendar: Calendar) -> int:
        if section == FINISHED_SECTION:
            return self._in_segment(view, FINISHED_SEGMENT)
        bucket = Bucket(section)
        if bucket not in (Bucket.EXPIRED, Bucket.TODAY):
            return self._in_segment(view, BUCKETS.index(bucket))
        part, values = self._scan(view, _Range(LISTED, calendar.today, moment_key(calendar.now)))
        expired_today = int(conn.exec_driver_sql(f"SELECT count(*) {part}", values).scalar_one())
        if bucket is Bucket.EXPIRED:
            return self._in_segment(view, 0) + expired_today
        return self._in_segment(view, 1) - expired_today

    def _holds(self, conn: Connection, card: CardAt) -> bool:
        query = f"SELECT 1 FROM card WHERE id = ?{self.words.condition}"
        return conn.exec_driver_sql(query, (card.standing.id, *self.words.values)).first() is not None

    def _before(self, conn: Connection, view: View, part: _Range, standing: Standing) -> int:
        scan, values = self._scan(view, part)
        query = f"SELECT count(*) {scan} AND (sort_key, folded, id) < (?, ?, ?)"
        ends = (standing.sort_key, standing.folded, standing.id)
        return int(conn.exec_driver_sql(query, (*values, *ends)).scalar_one())

    def _scan(self, view: View, part: _Range) -> tuple[str, tuple[int | str, ...]]:
        """The FROM and WHERE of a query over the hits in a part of the order, and its values."""
        within, keys = part.condition()
        status, ids = ("", ()) if view.status_id is None else (" AND status_id = ?", (view.status_id,))
        return (
            "FROM card INDEXED BY ix_card_list WHERE module_id = ? AND place = ?"
            f"{within}{status}{self.words.condition}",
            (self.module_id, part.place, *keys, *ids, *self.words.values),
        )


def _range_of(section: str, calendar: Calendar) -> _Range:
    if section == FINISHED_SECTION:
        return _Range(FINISHED)
    return _Range(LISTED, *calendar.bounds(Bucket(section)))


def _currencies(conn: Connection, module_id: int) -> list[str]:
    query = "SELECT DISTINCT currency FROM worth WHERE module_id = ? AND currency <> '' ORDER BY currency"
    return list(conn.exec_driver_sql(query, (module_id,)).scalars())


def _count(conn: Connection, module_id: int, words: Words, currencies: list[str], calendar: Calendar) -> None:
    """One upsert a hit into a handful of rows: half the time that sorting them all for a GROUP BY would take."""
    conn.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS counted (k INTEGER PRIMARY KEY, cards, amount)")
    conn.exec_driver_sql("DELETE FROM temp.counted")
    number = "CASE currency" + "".join(f" WHEN ? THEN {place}" for place in range(1, len(currencies) + 1))
    number = f"{number} ELSE 0 END" if currencies else "0"
    # The border at the moment itself is left out: it moves every minute.
    borders = calendar.borders[2:9]
    segment = "CASE" + "".join(f" WHEN sort_key < ? THEN {at}" for at in range(1, 8)) + " ELSE 8 END"
    segment = f"CASE WHEN sort_key < ? THEN 0 ELSE {segment} END"
    for place, at, edges in ((LISTED, segment, (calendar.today, *borders)), (FINISHED, str(FINISHED_SEGMENT), ())):
        conn.exec_driver_sql(
            f"INSERT INTO temp.counted SELECT (status_id * {_CURRENCIES} + {number}) * {SEGMENTS} + {at},"
            " 1, ifnull(amount, 0) FROM card INDEXED BY ix_card_list"
            f" WHERE module_id = ? AND place = ?{words.condition}"
            " ON CONFLICT DO UPDATE SET cards = cards + 1, amount = amount + excluded.amount",
            (*currencies, *edges, module_id, place, *words.values),
        )


def _tallies(counts: dict[tuple[int, int], int], sums: dict[tuple[int, str], int]) -> dict[StatusId, StatusTally]:
    cards: dict[int, int] = {}
    for (status_id, _segment), number in counts.items():
        cards[status_id] = cards.get(status_id, 0) + number
    return {
        StatusId(status_id): StatusTally(
            number,
            tuple(Money(minor, currency) for (status, currency), minor in sorted(sums.items()) if status == status_id),
        )
        for status_id, number in cards.items()
    }
