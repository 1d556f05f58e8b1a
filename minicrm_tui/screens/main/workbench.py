"""What every flow works with: the store, the clock, the line at the bottom, and the cards the action is for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from minicrm_tui.domain.records import CardId, CardRow, Module, ModuleId, Status
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.asking import ask_choice
from minicrm_tui.screens.card.showing import PageShowing
from minicrm_tui.screens.main.bulk import MANY, Bulk
from minicrm_tui.screens.main.marks import Marks
from minicrm_tui.screens.main.showing import Showing
from minicrm_tui.screens.main.state import ModuleState, Subject
from minicrm_tui.screens.reads import read_anew
from minicrm_tui.widgets.line import Answer, Choice, Complete, OnArrow, Read

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.postponing import Postponement
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

Answered = TypeVar("Answered")

LETTERS = "123456789abcdefghijklmnoprstuvwxyz"
"""The keys of many choices, in their order."""

Again = Callable[["Workbench"], Awaitable[None]]
"""The last action with its words, for the card where the cursor is now."""


class Workbench:
    """Lent to each flow; says what a person must know, and asks what only they can tell."""

    def __init__(self, screen: MainScreen, showing: Showing, settings: Settings, clock: Clock) -> None:
        self.screen = screen
        self.showing = showing
        self.settings = settings
        self.clock = clock
        self.again: Again | None = None
        self.last_postponement: Postponement | None = None
        self.drafts: dict[Hashable, dict[str, str]] = {}
        self.bulk_running: Bulk | None = None
        self.made: CardRow | None = None
        """The card that an action made last."""
        self.still = screen.still
        self.page = PageShowing(self)
        self.paper: CardRow | None = None
        """The card whose document is looked at on a screen of its own: commands there are for it."""

    @property
    def store(self) -> Store:
        """The file."""
        return self.showing.store

    @property
    def state(self) -> ModuleState:
        """The state of the module on the screen."""
        return self.showing.state

    @property
    def module(self) -> Module:
        """The module on the screen: on a card's page, the card's."""
        page = self.page.page
        return self.showing.modules.current.module if page is None else page.module

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Its pipeline."""
        page = self.page.page
        return self.showing.modules.current.statuses if page is None else page.statuses

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the cursor, or on the page; there, its task is the one under the cursor, if one is."""
        if self.paper is not None:
            return self.paper
        if not self.page.is_open:
            return self.screen.desk.cursor_card
        row, task = self.page.row, self.page.cursor_task
        return row if row is None or task is None else replace(row, task=task)

    def now(self) -> datetime:
        """This moment, by the program's clock."""
        return self.clock()

    # --- what the action is for

    @property
    def _is_listed(self) -> bool:
        """Whether list and pipeline are what is worked on, with their marks."""
        return self.paper is None and not self.page.is_open

    async def subject(self, *, task: bool = False) -> Subject | None:
        """The marked cards, or the card under the cursor; None, and a sentence, where there is neither."""
        marks = self.state.marks if self._is_listed else Marks()
        if marks.ranges or len(marks.cards) > 1:
            targets = marks.targets()
            return Subject(targets, await self.store.count(targets))
        # One marked card is as one under the cursor: its own dates and words are shown.
        row = (await self.store.card(*marks.cards)).row if marks else self.cursor_card
        if row is None:
            self.say(_("This needs a card: go to one first."))
            return None
        if task and row.task is None:
            self.say(_("{card} has no open task: t adds one.").format(card=row.name))
            return None
        return Subject(Targets((row.id,)), 1, row, self.page.cursor_task)

    async def following(self) -> CardId | None:
        """The row that the cursor takes once the action is done: the next one that it is not for."""
        if not self._is_listed:
            return None
        marks = self.state.marks
        row = self.screen.desk.cursor_card
        acted = marks.covers if marks else lambda other: row is not None and other.id == row.id
        if row is not None and marks and not marks.covers(row):
            return row.id
        found = await self.screen.desk.active.following(acted)
        return found.id if found is not None else None

    def moved_to(self, row: CardRow | None) -> None:
        """The cursor stands elsewhere: the peek and the other pane follow, a range of marks is drawn to here."""
        card = row.id if row is not None else None
        if self.showing.is_aiming or (card == self.state.card and card is not None):
            return
        self.state.card = card
        self.showing.beside.follow()
        if card is None and self.state.marks:
            # A heading may just have been folded, and marked cards with it.
            self.showing.beside.note()
        if self.state.anchor is not None:
            from minicrm_tui.screens.main.marking import stretch

            read_anew(self.screen, "stretch", partial(stretch, self))

    # --- after the action

    async def done(self, cursor: CardId | None) -> None:
        """Take the marks away and what was said before, put the cursor on this card, and show what has changed."""
        self.screen.app.clear_notifications()
        if self._is_listed:
            self.clear_marks()
        await self.reload(cursor)

    async def reload(self, cursor: CardId | None = None) -> None:
        """Read again what is on the screen; in list and pipeline the cursor goes to this card, or keeps its own."""
        if self.page.is_open:
            await self.page.reload()
        else:
            await self.showing.reload(cursor)

    def clear_marks(self) -> None:
        """Nothing is marked any more."""
        if self.state.marks or self.state.anchor is not None:
            self.state.marks = Marks()
            self.state.anchor = None
            self.showing.beside.show_marks()

    async def go_to(self, module_id: ModuleId, card_id: CardId) -> None:
        """Put the cursor on a card, wherever it is: the filter or narrowing that hides it is lifted."""
        self.paper = None
        index = self.showing.modules.index_of(module_id)
        if index is None:
            self.say(_("The module of this card is in the trash: g m brings it back."))
            return
        on_page = self.page.is_open
        await self.page.close()
        if index != self.showing.modules.index:
            self.showing.switch(index)
        await self.showing.find(card_id)
        if on_page:
            await self.page.open(card_id)

    # --- words

    def say(self, sentence: str, *, alone: bool = True) -> None:
        """A toast instead of those before, so that they never pile up over the rows; not `alone`: one of several."""
        if alone:
            self.screen.app.clear_notifications()
        # The person's own words are never markup.
        self.screen.notify(sentence, markup=False, timeout=4 if alone else 15)
        self.screen.call_after_refresh(self.screen.line.toasts_make_room)

    # --- questions

    async def choose(self, title: str, choices: Sequence[Choice], *, leave: str = "") -> Choice | None:
        """One of a few, by one key; `leave` is what esc is called, where "cancel" would say something else."""
        if self.paper is not None:
            # The line is under the document's screen.
            return await ask_choice(self.screen.app.screen, title, choices)
        self.screen.keys.rename({"line.cancel": leave} if leave else {})
        asyncio.get_running_loop().call_soon(self.screen.keyboard_changed)
        asyncio.get_running_loop().call_soon(self.still.release)
        choice = await self.screen.line.choose(title, choices)
        self.screen.keys.rename({})
        self._go_on_or_end()
        return choice

    async def ask(
        self,
        title: str,
        *,
        read: Read,
        value: str = "",
        placeholder: str = "",
        hint: str = "",
        leave: str = "",
        selected: bool = True,
        complete: Complete | None = None,
        on_arrow: OnArrow | None = None,
    ) -> Answer | None:
        """A typed answer; `leave` is what esc does, where it does not just cancel."""
        self.screen.keys.rename({"line.cancel": leave} if leave else {})
        asyncio.get_running_loop().call_soon(self.screen.keyboard_changed)
        asyncio.get_running_loop().call_soon(self.still.release)
        answer = await self.screen.line.ask(
            title,
            read=read,
            value=value,
            placeholder=placeholder,
            hint=hint,
            selected=selected,
            complete=complete,
            on_arrow=on_arrow,
        )
        self.screen.keys.rename({})
        self._go_on_or_end()
        return answer

    def _go_on_or_end(self) -> None:
        """A question that went with its screen was not answered: the flow ends here."""
        if not (self.screen.is_attached and self.screen.line.is_attached and self.screen.desk.is_attached):
            raise asyncio.CancelledError
        self.still.hold()

    async def open_dialog(self, dialog: Screen[Answered]) -> Answered | None:
        """A screen of its own, and what it answers; keys typed ahead are its, once it has the focus."""
        from minicrm_tui.screens.forms import FieldForm
        from minicrm_tui.screens.note import NoteScreen

        self.still.release()
        self.screen.watch(dialog, "focused", self.screen.keyboard_changed, init=False)
        if isinstance(dialog, FieldForm | NoteScreen):
            self.screen.watch(dialog, "is_saving", self.screen.keyboard_changed, init=False)
        return await self.screen.app.push_screen_wait(dialog)

    # --- long writes

    @asynccontextmanager
    async def bulk(self, title: str, subject: Subject) -> AsyncIterator[Bulk]:
        """Around a write: one that may be felt shows its progress, and esc cancels it."""
        bulk = Bulk(title, self.screen.show_progress if subject.count >= MANY else _keep_quiet)
        if subject.count < MANY:
            self.still.hold()
            yield bulk
            return
        self.still.release()
        self.bulk_running = bulk
        bulk.progress(0, subject.count)
        self.screen.keyboard_changed()
        try:
            yield bulk
        finally:
            self.bulk_running = None
            self.screen.show_progress("")


def _keep_quiet(_sentence: str) -> None:
    """A short write shows its result only."""


def cards(count: int) -> str:
    """So many cards, in words."""
    return ngettext("{n} card", "{n} cards", count).format(n=format_number(count))


def name_of(subject: Subject) -> str:
    """The card's name, or how many cards they are."""
    return subject.row.name if subject.row is not None else cards(subject.count)


def task_of(row: CardRow | None) -> str:
    """What is to be done on the card next."""
    return row.task.text if row is not None and row.task is not None else ""
