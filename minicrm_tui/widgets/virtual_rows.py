"""The machinery of a virtual list: moves wait for their page in the order of the keys, rows are drawn from a cache."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.records import CardId, CardRow, Spot
from minicrm_tui.widgets.cells import cell_width, wrap
from minicrm_tui.widgets.pages import KEPT, PAGE, Held, PageKey, Pages
from minicrm_tui.widgets.placing import Place, in_sight, renewed
from minicrm_tui.widgets.sections import Fetch, Row, RowKind, Rows, Section
from minicrm_tui.widgets.steady import SteadyLook
from minicrm_tui.widgets.strips import Ground, Palette, Piece

Step = Callable[[], Place | None]
"""A move: from the place at its turn to the next one; None moves nothing."""

STRIPS_KEPT = 1024

PAUSE = 0.1
"""Seconds between new rows and the reading of the pages around them."""


class VirtualRows(SteadyLook, ScrollView, inherit_bindings=False):
    """A list that draws only what is in sight, and moves only when what comes in sight is there."""

    prefix = "section-list"
    page_size: ClassVar[int] = PAGE
    """Cards that are fetched at a time."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.place = Place(Rows())
        self.resting = True
        self._pages = Pages()
        self._card: CardRow | None = None
        self._folded: set[str] = set()
        self._shared: CardId | None = None
        self._is_marked: Callable[[CardRow, str], bool] = lambda _card, _section: False
        self._empty = ""
        self._palette = Palette(self, self.prefix)
        self._strips: dict[tuple[object, int, Ground], Strip] = {}
        self._filtered: tuple[tuple[LineFilter, ...], Color] = (), Color(0, 0, 0)
        self._waiting: deque[Step] = deque()
        self._missing: list[PageKey] = []
        self._catching_up = False
        self._turn = asyncio.Lock()
        self._shows = 0

    # --- what a subclass draws and hears

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """A heading, without the cursor's cell."""
        raise NotImplementedError

    def card_pieces(self, card: CardRow, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """A card, without the cursor's cell."""
        raise NotImplementedError

    def more_pieces(self, section: Section, width: int) -> Iterable[Piece]:
        """The row that stands for the cards beyond the limit."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """The cursor stands on another row, or on another card."""

    def fetch_failed(self, error: CrmError) -> None:
        """A page could not be read."""

    # --- contents

    @property
    def window(self) -> int:
        """Rows in sight; before the first layout, as many as could be."""
        return self.size.height or self.app.size.height

    async def show(
        self,
        sections: Sequence[Section],
        fetch: Fetch,
        *,
        spot: Spot | None = None,
        keep_scroll: bool = True,
        first: Held | None = None,
    ) -> None:
        """Swap the contents at once, after the page in sight was fetched; the cursor takes `spot`, or stays near."""
        self._shows += 1
        mine = self._shows
        pages = Pages(fetch, size=self.page_size, keep=KEPT + len(sections), first=first)
        try:
            async with self._turn:
                if mine == self._shows:
                    rows = Rows(self.present(sections), self._folded)
                    place = renewed(self.place, rows, spot, self.window, keep_scroll=keep_scroll)
                    await pages.load(self._lacking(place, pages))
                    if mine == self._shows:
                        pages, self._pages = self._pages, pages
                        self._apply(place)
        finally:
            pages.close()
            self._go_on()

    def present(self, sections: Sequence[Section]) -> Sequence[Section]:
        """The sections that are shown at all."""
        return sections

    def _lacking(self, place: Place, pages: Pages) -> list[PageKey]:
        # The whole screen's height, so that a pane that grows has its rows already.
        height = max(self.window, self.app.size.height)
        return pages.missing(place.rows.spans(place.scroll, place.scroll + height))

    # --- moves, in the order of the keys

    def step(self, step: Step) -> None:
        """Make this move now, or after those that wait for a page."""
        self._waiting.append(step)
        self._go_on()

    def after_moves(self, call: Callable[[], None]) -> None:
        """Call at once, or after the moves that still wait for their page: keys keep their order."""

        def called() -> None:
            call()

        self.step(called)

    async def settled(self) -> None:
        """Wait until every move pressed so far was made."""
        done = asyncio.Event()
        self.after_moves(done.set)
        await done.wait()

    def _go_on(self) -> None:
        if self._catching_up or self._turn.locked() or self._drained():
            return
        self._catching_up = True
        self.run_worker(self._catch_up(), group="moves")

    def _drained(self) -> bool:
        """Make the waiting moves until one lacks a page; whether all were made."""
        while self._waiting:
            step = self._waiting.popleft()
            place = step()
            if place is None:
                continue
            self._missing = self._lacking(place, self._pages)
            if self._missing:
                self._waiting.appendleft(step)
                return False
            self._apply(place)
        return True

    async def _catch_up(self) -> None:
        try:
            async with self._turn:
                while not self._drained():
                    await self._fetch_missing()
        finally:
            self._catching_up = False

    async def _fetch_missing(self) -> None:
        try:
            await self._pages.load(self._missing)
        except CrmError as error:
            self._waiting.popleft()
            self.fetch_failed(error)

    def _apply(self, place: Place) -> None:
        """Go there: two lines are painted again when neither rows nor scroll have changed."""
        before, card = self.place, self._card
        self.place = place
        self._card = self.card_at(place.cursor)
        if place.rows is not before.rows:
            self._folded = set(place.rows.folded)
            self.virtual_size = Size(self.scrollable_content_region.width, place.rows.total)
            self.refresh()
        if place.scroll != self.scroll_offset.y:
            self.scroll_to(y=place.scroll, animate=False, force=True)
        self.refresh_line(before.cursor)
        self.refresh_line(place.cursor)
        if place.rows is before.rows:
            self.call_after_refresh(self._read_ahead)
        else:
            # Reading on while the new rows are painted would slow the painting down.
            self.set_timer(PAUSE, self._read_ahead)
        if place.cursor != before.cursor or self._card != card or place.rows is not before.rows:
            self.cursor_moved()

    def _read_ahead(self) -> None:
        """Fetch the pages around those in sight."""
        top, ahead = self.place.scroll, self.page_size
        self._pages.prefetch(self._pages.missing(self.place.rows.spans(top - ahead, top + self.window + ahead)))

    def on_resize(self, _event: events.Resize) -> None:
        """Keep the cursor in sight, and fetch what has come in sight."""
        self.step(lambda: in_sight(self.place, self.window))

    # --- the focus

    def on_focus(self, event: events.Focus) -> None:
        """As Textual does, but for the painting."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """As Textual does, but for the painting."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    # --- rows

    def row_at(self, index: int) -> Row | None:
        """What the row is; None outside of the list."""
        return self.place.rows.row(index) if 0 <= index < self.place.rows.total else None

    def card_at(self, index: int) -> CardRow | None:
        """The card of a row, where it is one and its page is held."""
        row = self.row_at(index)
        return self._pages.card(row.section.key, row.offset) if row and row.kind is RowKind.CARD else None

    # --- drawing

    def redraw(self) -> None:
        """Draw every row anew."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme or the focus has changed."""
        super().notify_style_update()
        self._palette.clear()
        self.redraw()

    def ground(self, index: int, card: CardRow | None) -> Ground:
        """What a row lies on."""
        at_cursor = index == self.place.cursor
        if not self.resting:
            return Ground.CURSOR if at_cursor else Ground.PLAIN
        if card is not None and card.id == self._shared:
            return Ground.SHARED
        return Ground.RESTING if at_cursor else Ground.PLAIN

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are kept: without border and padding, Textual's styling of each would add nothing."""
        filters, (_base, background) = tuple(self.get_line_filters()), self.background_colors
        if (filters, background) != self._filtered:
            self._filtered = filters, background
            self._strips.clear()
        left, right = crop.column_span
        top, width = self.scroll_offset.y, self.scrollable_content_region.width
        strips = [self._line(top + y, y, width) for y in crop.line_range]
        return [
            strip if (left, right) == (0, strip.cell_length) else strip.crop_extend(left, right, None)
            for strip in strips
        ]

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        return self._line(self.scroll_offset.y + y, y, self.scrollable_content_region.width)

    def _line(self, index: int, y: int, width: int) -> Strip:
        row = self.row_at(index)
        if row is None:
            return self._finished(self._around(y, width))
        card = self.card_at(index)
        # All that the look depends on: a row that has only moved is not drawn anew.
        look: object = (
            (card, row.section.key, row.section.tone, self._is_marked(card, row.section.key)) if card else row,
            row.section.key in self._folded,
        )
        key = look, width, self.ground(index, card)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[key] = self._finished(self._draw(row, index, key[2], width))
        return strip

    def _finished(self, strip: Strip) -> Strip:
        filters, background = self._filtered
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, background)
        return strip

    def _draw(self, row: Row, index: int, ground: Ground, width: int) -> Strip:
        sign = {Ground.CURSOR: "▌", Ground.RESTING: "▏"}.get(ground, " ")
        return self._palette.strip([Piece(sign, "sign"), *self._pieces(row, index, width - 1)], width, ground)

    def _pieces(self, row: Row, index: int, width: int) -> Iterable[Piece]:
        if row.kind is RowKind.HEADING:
            return self.heading_pieces(row.section, row.section.key in self.place.rows.folded, width)
        if row.kind is RowKind.MORE:
            return self.more_pieces(row.section, width)
        card = self.card_at(index)
        if card is None:
            # Another process took the card away since the count; the next reading puts it right.
            return [Piece(" …", "muted")]
        return self.card_pieces(card, row.section, self._is_marked(card, row.section.key), width)

    def _around(self, y: int, width: int) -> Strip:
        """A line beyond the rows; in an empty list, the sentence in its middle."""
        sentence = "" if self.place.rows.total else self._empty
        return self._palette.strip(_in_the_middle(sentence, y, self.size.height, width), width)


def _in_the_middle(sentence: str, y: int, height: int, width: int) -> list[Piece]:
    """What of the sentence stands on line `y`."""
    lines = wrap(sentence, max(1, width - 4)) if sentence else []
    line = y - max(0, (height - len(lines)) // 2)
    if not 0 <= line < len(lines):
        return []
    return [Piece(" " * ((width - cell_width(lines[line])) // 2)), Piece(lines[line], "muted")]
