"""The desk: list and peek beside the pipeline, and the commands that both share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from textual.containers import Container
from textual.message import Message

from minicrm_tui.domain.records import CardRow
from minicrm_tui.widgets.card_list import CardList
from minicrm_tui.widgets.peek import Peek
from minicrm_tui.widgets.pipeline import PipelineBoard
from minicrm_tui.widgets.section_list import SectionList


class Verb(StrEnum):
    """What a person may wish for the card or the marked cards; the value is the command's id."""

    NEW = "card.new"
    EDIT = "card.edit"
    NOTE = "card.note"
    FORWARD = "card.forward"
    BACK = "card.back"
    WIN = "card.win"
    LOSE = "card.lose"
    MOVE = "card.move"
    COPY = "card.copy"
    TRASH = "card.trash"
    REPEAT = "card.repeat"
    QUALIFY = "card.qualify"
    DECIDE = "card.decide"
    ADD_TASK = "task.add"
    DONE = "task.done"
    DONE_COMMENT = "task.done_comment"
    DONE_ONLY = "task.done_only"
    POSTPONE = "task.postpone"
    POSTPONE_AGAIN = "task.postpone_again"
    MARK = "mark.card"
    MARK_RANGE = "mark.range"
    MARK_BUCKET = "mark.bucket"


ASKING = frozenset(
    {
        Verb.NEW,
        Verb.NOTE,
        Verb.LOSE,
        Verb.MOVE,
        Verb.QUALIFY,
        Verb.ADD_TASK,
        Verb.DONE,
        Verb.DONE_COMMENT,
        Verb.POSTPONE,
    }
)
"""Verbs that open the line: the keyboard is held for it from the key on (see `Desk.hold`)."""


class Desk(Container):
    """List and peek | pipeline; narrow: one pane at a time. `cards`, `board` and `peek` are its parts."""

    cards: CardList
    board: PipelineBoard
    peek: Peek
    hold: Callable[[], None] | None = None
    """Called synchronously when a verb of ASKING is pressed; the screen sets it to `PromptLine.hold`, and releases."""

    class CardWish(Message):
        """A command for the card under the cursor or the marked ones."""

        def __init__(self, verb: Verb) -> None:
            super().__init__()
            self.verb = verb

    class PaneFlipped(Message):
        """The other pane has the focus now."""

    @property
    def active(self) -> SectionList:
        """The list or the pipeline column that has, or last had, the focus."""
        raise NotImplementedError

    @property
    def on_board(self) -> bool:
        """Whether the pipeline is the active pane."""
        raise NotImplementedError

    @property
    def cursor_card(self) -> CardRow | None:
        """The card under the active pane's cursor."""
        raise NotImplementedError

    def set_hidden_verbs(self, verbs: frozenset[Verb]) -> None:
        """Commands that this module does not have (`Q` outside sales): hidden and without effect."""
        raise NotImplementedError

    def set_titles(self, cards: str, board: str) -> None:
        """The titles in the two borders, as plain text."""
        raise NotImplementedError

    def set_note(self, note: str) -> None:
        """A note in the list's lower border, as plain text: the filter, the narrowing, "3 marked"."""
        raise NotImplementedError

    def set_counts(self, cards: str, board: str) -> None:
        """The one-line counts that stand for a hidden pane in a narrow terminal."""
        raise NotImplementedError

    def focus_cards(self) -> None:
        """Show the list and give it the focus."""
        raise NotImplementedError

    def focus_board(self) -> None:
        """Show the pipeline and give it the focus."""
        raise NotImplementedError
