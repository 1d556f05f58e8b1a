"""The desk: list and peek beside the pipeline, and the commands that both share."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from minicrm_tui.domain.records import CardRow
from minicrm_tui.i18n import N_
from minicrm_tui.widgets.card_commands import CardCommands, Verb, wish
from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.peek import Peek
from minicrm_tui.widgets.pipeline import PipelineBoard
from minicrm_tui.widgets.section_list import SectionList

NARROW = 100
"""Cells below which one pane is shown at a time."""
SHORT = 20
"""Lines below which there is no peek."""


class CountsLine(Static):
    """One line for a hidden pane; a click shows it."""

    DEFAULT_CSS = """
    CountsLine { height: 1; padding: 0 1; color: $text-muted; background: $surface; display: none; }
    """

    def on_click(self) -> None:
        """Show that pane."""
        self.post_message(self.Clicked())

    class Clicked(Message):
        """A click on the line."""


class Desk(CardCommands):
    """List and peek | pipeline; narrow: one pane at a time. `cards`, `board` and `peek` are its parts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        wish("space", Verb.MARK, N_("Mark"), N_("Mark the card, or take the mark away"), show=False),
        wish("v", Verb.MARK_RANGE, N_("Mark a range"), N_("Mark from here to where v is pressed again"), show=False),
        wish("ctrl+a,asterisk", Verb.MARK_BUCKET, N_("Mark all"), N_("Mark all cards under this heading"), show=False),
        Binding("tab", "flip", N_("Other pane"), id="desk.flip", show=False, tooltip=N_("List or pipeline")),
    ]

    DEFAULT_CSS = """
    Desk {
        layout: vertical;
        height: 1fr;
        & > #desk-panes { height: 1fr; }
        & #desk-cards { width: 45%; }
        & #desk-board { width: 1fr; }
        & #desk-cards, & #desk-board {
            border: round $foreground 30%;
            background: $surface;
            border-title-color: $foreground;
            border-title-style: bold;
            border-subtitle-color: $text-accent;
            &.-active { border: round $primary; }
        }
        & CardList { height: 1fr; }
        & Peek { border-top: solid $foreground 20%; }
        &.-narrow #desk-cards, &.-narrow #desk-board { width: 1fr; }
        &.-narrow.-on-board #desk-cards { display: none; }
        &.-narrow.-on-cards #desk-board { display: none; }
        &.-narrow.-on-board > #desk-cards-counts { display: block; }
        &.-narrow.-on-cards > #desk-board-counts { display: block; }
    }
    """

    class PaneFlipped(Message):
        """The other pane has the focus now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-on-cards")
        self._note = ""
        self._counts = ("", "")
        self.cards = CardList()
        self.cards.set_resting(False)
        self.board = PipelineBoard()
        self.peek = Peek()
        self._cards_counts = CountsLine(id="desk-cards-counts", markup=False)
        self._board_counts = CountsLine(id="desk-board-counts", markup=False)
        self._on_board = False

    def compose(self) -> ComposeResult:
        """Two panes, and a line of counts above and below for the one that is hidden."""
        yield self._cards_counts
        with Horizontal(id="desk-panes"):
            with Vertical(id="desk-cards", classes="-active"):
                yield self.cards
                yield self.peek
            with Vertical(id="desk-board"):
                yield self.board
        yield self._board_counts

    # --- the panes

    @property
    def active(self) -> SectionList:
        """The list or the pipeline column that has, or last had, the focus."""
        return self.board.active if self._on_board else self.cards

    @property
    def on_board(self) -> bool:
        """Whether the pipeline is the active pane."""
        return self._on_board

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the active pane's cursor."""
        return self.active.cursor_card

    @property
    def shows_peek(self) -> bool:
        """Whether the card under the cursor is shown whole."""
        return self.peek.display and not (self.has_class("-narrow") and self._on_board)

    def after_moves(self, call: Callable[[], None]) -> None:
        """Call this once the cursor of the active pane stands still."""
        self.active.after_moves(call)

    def focus_cards(self) -> None:
        """Show the list and give it the focus."""
        self._activate(on_board=False)
        self.cards.focus()

    def focus_board(self) -> None:
        """Show the pipeline and give it the focus."""
        self._activate(on_board=True)
        self.board.active.focus()

    def action_flip(self) -> None:
        """Go to the other pane."""
        self.active.after_moves(self.focus_cards if self._on_board else self.focus_board)

    def on_counts_line_clicked(self, message: CountsLine.Clicked) -> None:
        """The hidden pane is wanted."""
        message.stop()
        self.action_flip()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that has the focus is the active one; a question in between changes nothing.

        What a flow has taken the focus from again, before this was told, is not.
        """
        if isinstance(event.widget, SectionList) and event.widget is self.screen.focused:
            self._activate(on_board=event.widget is not self.cards)

    def _activate(self, *, on_board: bool) -> None:
        flipped = on_board != self._on_board
        self._on_board = on_board
        self.set_class(on_board, "-on-board")
        self.set_class(not on_board, "-on-cards")
        self.query_one("#desk-cards").set_class(not on_board, "-active")
        self.query_one("#desk-board").set_class(on_board, "-active")
        self.cards.set_resting(on_board)
        for column in self.board.columns:
            column.set_resting(not on_board or column is not self.board.active)
        if flipped:
            self.post_message(self.PaneFlipped())

    def on_resize(self, event: events.Resize) -> None:
        """One pane in a narrow terminal; a smaller peek, or none, in a short one."""
        self.set_class(event.size.width < NARROW, "-narrow")
        height = self.screen.size.height
        self.peek.display = height >= SHORT
        self.peek.styles.height = 1 + max(3, min(6, (height - 16) // 4))

    # --- what the screen tells

    def set_titles(self, cards: str, board: str) -> None:
        """The titles in the two borders, as plain text."""
        _set_title(self.query_one("#desk-cards"), cards)
        _set_title(self.query_one("#desk-board"), board)

    def set_note(self, note: str) -> None:
        """A note in the list's lower border, as plain text: the filter, the narrowing, "3 marked"."""
        pane = self.query_one("#desk-cards")
        if note != self._note:
            self._note = note
            pane.border_subtitle = Content(note)

    def set_counts(self, cards: str, board: str) -> None:
        """The one-line counts that stand for a hidden pane in a narrow terminal."""
        if (cards, board) != self._counts:
            self._counts = cards, board
            self._cards_counts.update(Text(cards, no_wrap=True, overflow="ellipsis"), layout=False)
            self._board_counts.update(Text(board, no_wrap=True, overflow="ellipsis"), layout=False)


def _set_title(pane: Widget, title: str) -> None:
    """Only where it differs: a new title paints the whole pane again."""
    wanted = Content(title)
    if pane.border_title != wanted.markup:
        pane.border_title = wanted
