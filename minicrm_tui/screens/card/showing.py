"""Showing a card's page in place of list and pipeline: which card, from where, and what of its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import NotFound
from minicrm_tui.domain.pages import CardPage, HistoryKind
from minicrm_tui.domain.records import CardId, CardRow, HistoryEntry, Place, Task
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import _, format_number
from minicrm_tui.screens.card.lines import client_groups, profile_groups, title_pieces
from minicrm_tui.screens.card.queue import Queue
from minicrm_tui.screens.card.whole import of_check, of_entry, of_line, of_task
from minicrm_tui.widgets.card_page import HISTORY
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.zones import HAPPENED, OPEN_TASKS, CheckLine, Happening, ZoneLine, history_title, with_checks

if TYPE_CHECKING:
    from minicrm_tui.screens.main.workbench import Workbench
    from minicrm_tui.widgets.card_page import CardPage as PageWidget


class PageShowing:
    """What of which card stands on the screen; nothing, while list and pipeline do."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._trail: list[CardId] = []
        self._queue: Queue | None = None
        self.page: CardPage | None = None
        self.kind: HistoryKind | None = None
        self._happened = 0
        """Entries of the history as it is drawn."""

    @property
    def widget(self) -> PageWidget:
        """The widget that it is drawn on."""
        return self._bench.screen.page

    @property
    def is_open(self) -> bool:
        """Whether a card's page stands on the screen."""
        return self.page is not None

    @property
    def row(self) -> CardRow | None:
        """The card that is shown; with the task under the cursor where that is another than the next one."""
        return None if self.page is None else self.page.details.row

    @property
    def cursor_task(self) -> Task | None:
        """The open task under the cursor of the tasks and history."""
        return self.widget.history.cursor_task if self.is_open else None

    # --- coming and going

    async def open(self, card: CardId) -> None:
        """Show this card; from list or pipeline, these are what J and K go through. Raises NotFound."""
        before, spot, self._bench.paper = self.page, None, None
        if before is None:
            desk = self._bench.screen.desk
            self._queue = Queue(self._bench.store, self._bench.state.view, by_status=desk.on_board)
            self._trail = []
            spot = self._spot_in_list(card)
        if not await self._show(card):
            raise NotFound(_("This card is not there any more."))
        if before is not None and before.details.row.id != card:
            self._trail.append(before.details.row.id)
        if not self._trail and self._queue is not None:
            await self._queue.stand_on(card, self._bench.now(), spot)

    async def open_at(self, card: CardId, entry: int) -> None:
        """Show this card with the cursor on that entry of its history. Raises NotFound."""
        await self.open(card)
        at = await self._bench.store.history_place(card, entry)
        if at is not None:
            await self.widget.history.go_to(Spot(HAPPENED, at))
            self.widget.focus_zone(HISTORY)

    def _spot_in_list(self, card: CardId) -> Spot | None:
        """Where the list shows the card, if its cursor is on it: then nobody need look it up."""
        desk, whole = self._bench.screen.desk, self._bench.showing.is_whole
        row = desk.cursor_card
        return desk.cards.cursor_spot if row is not None and row.id == card and whole and not desk.on_board else None

    async def go_back(self) -> bool:
        """The card before this one; whether there was one that is still there."""
        while self._trail:
            if await self._show(self._trail.pop()):
                return True
        return False

    async def turn(self, direction: int) -> bool:
        """The next card of the queue, or the one before; whether there is one."""
        page = self.page
        if page is None or self._queue is None:
            return False
        here = self._trail[0] if self._trail else page.details.row.id
        found = await self._queue.beside(here, direction, self._bench.now())
        if found is None or not await self._show(found):
            return False
        self._trail = []
        await self._queue.stand_on(found, self._bench.now())
        return True

    async def close(self) -> None:
        """List and pipeline again, as they are by now, with the cursor on the card that the queue has come to."""
        page, self.page = self.page, None
        self.kind = None
        if page is None:
            return
        self.widget.editor.close()
        seen = self._trail[0] if self._trail else page.details.row.id
        self._trail = []
        screen = self._bench.screen
        screen.hide_verbs(self._bench.module.kind)
        if page.details.row.module_id == self._bench.state.module_id or seen != page.details.row.id:
            await self._bench.showing.reload(seen)
        else:
            await self._bench.showing.reload()
        screen.show_page(shown=False)

    # --- reading

    async def reload(self) -> None:
        """Read the card again; nothing jumps. A card that is not there any more closes its page."""
        if self.page is not None and not await self._show(self.page.details.row.id):
            await self.close()

    async def narrow(self, kind: HistoryKind | None) -> None:
        """Show one kind of history only, or all of it, from the newest entry on."""
        self.kind = kind
        with self._bench.screen.app.batch_update():
            await self.reload()
            if self._happened:
                await self.widget.history.go_to(Spot(HAPPENED, 0))

    async def _show(self, card: CardId) -> bool:
        """Draw this card; whether it is there, and not in the trash."""
        try:
            page = await self._bench.store.card_page(card)
        except NotFound:
            return False
        if page.details.row.place is Place.TRASHED:
            return False
        is_new = self.page is None or self.page.details.row.id != card
        if is_new:
            self.kind = None
            self.widget.editor.close()
        was_open, self.page = self.is_open, page
        screen = self._bench.screen
        with screen.app.batch_update():
            await self._draw(page, is_new=is_new)
            screen.hide_verbs(page.module.kind)
            screen.show_page(shown=True)
            if is_new:
                self.widget.focus_zone(self.widget.cursor_zone if was_open else HISTORY)
        return True

    async def _draw(self, page: CardPage, *, is_new: bool) -> None:
        widget, now = self.widget, self._bench.now()
        widget.title.show(title_pieces(page, now))
        widget.set_names(self._names(page))
        widget.history.set_now(now, page.details.tasks)
        await widget.profile.show_lines(profile_groups(page, now), _first("profile", is_new), keep=not is_new)
        groups = client_groups(page, now)
        widget.client.set_empty(_("No client yet: e writes the company or the person."))
        await widget.client.show_lines(groups, _first(groups[0][0], is_new) if groups else None, keep=not is_new)
        await self._draw_history(page, is_new=is_new)

    async def _draw_history(self, page: CardPage, *, is_new: bool) -> None:
        card, kind, store = page.details.row.id, self.kind, self._bench.store
        tasks, rows = page.details.tasks, with_checks(page.details.tasks)
        count = sum(page.history.values()) if kind is None else page.history.get(kind, 0)

        async def fetch(section: str, offset: int, limit: int) -> Sequence[Happening]:
            if section == OPEN_TASKS:
                return rows[offset : offset + limit]
            return await store.history(card, () if kind is None else (kind.value,), offset, limit)

        open_tasks = Section(OPEN_TASKS, _("Open tasks") if tasks else _("No open task: t adds one"), len(rows))
        remark = _("esc: all") if count else _("none yet · esc: all")
        happened = Section(HAPPENED, history_title(kind), count, detail="" if count and kind is None else remark)
        first: dict[str, Sequence[Happening]] = {OPEN_TASKS: rows}
        if kind is None:
            size = self.widget.history.page_size
            first[HAPPENED] = page.details.history[:size]
        spot = Spot(OPEN_TASKS if tasks else HAPPENED, 0) if is_new else self._kept_spot(rows, count)
        self._happened = count
        await self.widget.history.show([open_tasks, happened], fetch, spot=spot, keep_scroll=not is_new, first=first)

    def _kept_spot(self, rows: Sequence[Happening], count: int) -> Spot | None:
        """Where the cursor's task or entry stands by now; None where it is gone, or there was none."""
        zone = self.widget.history
        item, spot = zone.cursor_item, zone.cursor_spot
        if isinstance(item, Task | CheckLine):
            at = next((at for at, row in enumerate(rows) if _is_same(row, item)), None)
            return None if at is None else Spot(OPEN_TASKS, at)
        if item is None or spot is None:
            return None
        # What has happened since stands above it.
        return Spot(HAPPENED, max(0, spot.offset + count - self._happened))

    def show_whole(self) -> None:
        """What the cursor of the active zone stands on, whole, under the zones."""
        item, now = self.widget.active.cursor_item, self._bench.now()
        match item:
            case Task():
                said = of_task(item, now)
            case CheckLine():
                said = of_check(item)
            case HistoryEntry():
                said = of_entry(item, now)
            case ZoneLine():
                said = of_line(item)
            case None:
                said = "", ""
        self.widget.whole.show_text(*said)

    def _names(self, page: CardPage) -> tuple[str, str, str]:
        tasks, happened = len(page.details.tasks), sum(page.history.values())
        return (
            _("Profile"),
            _("Tasks {n} · history {m}").format(n=format_number(tasks), m=format_number(happened)),
            _("Client"),
        )


def _is_same(row: Happening, before: Task | CheckLine) -> bool:
    """Whether it is the task, or the line of its checklist, that the cursor stood on."""
    match row, before:
        case Task(), Task():
            return row.id == before.id
        case CheckLine(), CheckLine():
            return (row.task.id, row.place) == (before.task.id, before.place)
        case _:
            return False


def _first(section: str, is_new: bool) -> Spot | None:
    """The first line of a zone whose card was not on the screen."""
    return Spot(section, 0) if is_new else None
