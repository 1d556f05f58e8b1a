"""The machinery of a virtual list: moves wait for their page, in the order of the keys; few pages are kept."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.views import Spot
from minicrm_tui.widgets.pages import KEPT, PAGE, Held, PageKey, Pages
from minicrm_tui.widgets.placing import Place, in_sight, renewed
from minicrm_tui.widgets.sections import Fetch, Item, Row, RowKind, Rows, Section
from minicrm_tui.widgets.steady import SteadyLook

Step = Callable[[], Place | None]
"""A move: from the place at its turn to the next one; None moves nothing."""

PAUSE = 0.1
"""Seconds between new rows and the reading of the pages around them."""


class VirtualRows(SteadyLook, ScrollView, Generic[Item], inherit_bindings=False):
    """Holds only what is in sight and a little more, and moves only when what comes in sight is there."""

    page_size: ClassVar[int] = PAGE
    """Items that are fetched at a time."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.place = Place(Rows())
        self.resting = True
        self._pages: Pages[Item] = Pages()
        self._item: Item | None = None
        self._folded: set[str] = set()
        self._waiting: deque[Step] = deque()
        self._missing: list[PageKey] = []
        self._catching_up = False
        self._turn = asyncio.Lock()
        self._shows = 0

    # --- what a subclass hears

    def cursor_moved(self) -> None:
        """The cursor stands on another row, or on another item."""

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
        fetch: Fetch[Item],
        *,
        spot: Spot | None = None,
        keep_scroll: bool = True,
        first: Held[Item] | None = None,
    ) -> None:
        """Swap the contents at once, after the page in sight was fetched; the cursor takes `spot`, or stays near."""
        self._shows += 1
        mine = self._shows
        pages = Pages(fetch, size=self.page_size, keep=KEPT + len(sections), first=first)
        try:
            async with self._turn:
                if mine == self._shows:
                    rows = Rows(self.present(sections, spot), self._folded)
                    place = renewed(self.place, rows, spot, self.window, keep_scroll=keep_scroll)
                    await pages.load(self._lacking(place, pages))
                    if mine == self._shows:
                        pages, self._pages = self._pages, pages
                        self._apply(place)
        finally:
            pages.close()
            self._go_on()

    def present(self, sections: Sequence[Section], spot: Spot | None = None) -> Sequence[Section]:
        """The sections as they are shown, those that are shown at all; `spot` is where the cursor will be."""
        return sections

    def _lacking(self, place: Place, pages: Pages[Item]) -> list[PageKey]:
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
        before, item = self.place, self._item
        self.place = place
        self._item = self.item_at(place.cursor)
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
        if place.cursor != before.cursor or self._item != item or place.rows is not before.rows:
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

    def item_at(self, index: int) -> Item | None:
        """What a row is about, where it is no heading and its page is held."""
        row = self.row_at(index)
        return self._pages.item(row.section.key, row.offset) if row and row.kind is RowKind.CARD else None
