"""The commands for a card, wherever it is shown: in the list, in the pipeline, on its own page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from minicrm_tui.i18n import N_


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
    MAKE = "document.make"
    COPY = "card.copy"
    TRASH = "card.trash"
    DUPLICATE = "card.copy_card"
    LINK = "card.link"
    DOCUMENT = "document.open"
    REPEAT = "card.repeat"
    QUALIFY = "card.qualify"
    DECIDE = "card.decide"
    STEP = "card.step"
    ADD_TASK = "task.add"
    EDIT_TASK = "task.edit"
    DONE = "task.done"
    DONE_COMMENT = "task.done_comment"
    DONE_ONLY = "task.done_only"
    POSTPONE = "task.postpone"
    POSTPONE_AGAIN = "task.postpone_again"
    REOPEN = "task.reopen"
    TICK = "task.tick"
    NEXT_CARD = "page.next"
    PREVIOUS_CARD = "page.previous"
    CARD_BEFORE = "page.before"
    HISTORY_KIND = "page.history"
    MARK = "mark.card"
    MARK_RANGE = "mark.range"
    MARK_BUCKET = "mark.bucket"


def wish(keys: str, verb: Verb, description: str, tooltip: str, *, show: bool = True) -> Binding:
    """The binding of a verb."""
    return Binding(keys, f"wish('{verb.value}')", description, id=verb.value, tooltip=tooltip, show=show)


class CardCommands(Container):
    """A place where a card is shown: what is pressed there for it is told as a wish."""

    BINDINGS: ClassVar[list[BindingType]] = [
        wish("d", Verb.DONE, N_("Done"), N_("Close the task, then the next step")),
        wish("p", Verb.POSTPONE, N_("Postpone"), N_("Move the task's deadline")),
        wish("c", Verb.DONE_COMMENT, N_("Comment"), N_("Close the task with a comment, then the next step")),
        wish("n,i", Verb.NEW, N_("New"), N_("A new card, on one line")),
        wish("e", Verb.EDIT, N_("Edit"), N_("Edit name, value, client and task")),
        wish("t", Verb.ADD_TASK, N_("Task"), N_("A new task on the card")),
        wish("T", Verb.EDIT_TASK, N_("Task in full"), N_("The task: type, time, duration, repeat"), show=False),
        wish("o", Verb.NOTE, N_("Note"), N_("Write a note into the card's history"), show=False),
        wish("D", Verb.DONE_ONLY, N_("Done, no next step"), N_("Close the task and ask for nothing"), show=False),
        wish("P", Verb.POSTPONE_AGAIN, N_("Postpone as before"), N_("Postpone as last time"), show=False),
        wish("full_stop", Verb.REPEAT, N_("Repeat"), N_("The last action again, on this card"), show=False),
        wish("L", Verb.FORWARD, N_("Forward"), N_("To the next status, or what is done next"), show=False),
        wish("H", Verb.BACK, N_("Back"), N_("To the status before"), show=False),
        wish("W", Verb.WIN, N_("Won"), N_("The card is won; paid, accepted"), show=False),
        wish("X", Verb.LOSE, N_("Lost"), N_("The card is lost, its tasks are closed; cancelled, rejected"), show=False),
        wish("m", Verb.MOVE, N_("Move"), N_("Choose a status or an action"), show=False),
        wish("M", Verb.MAKE, N_("Make"), N_("An offer, an order or an invoice of this card"), show=False),
        wish("Q", Verb.QUALIFY, N_("Qualification"), N_("How good the opportunity is"), show=False),
        wish("exclamation_mark", Verb.DECIDE, N_("Decided"), N_("The client has decided, or not yet"), show=False),
        wish("S", Verb.STEP, N_("Step"), N_("The step of the sale, or with the customer"), show=False),
        wish("I", Verb.DOCUMENT, N_("Items"), N_("The document with its items"), show=False),
        wish("y", Verb.COPY, N_("Copy"), N_("Copy the phone or the e-mail"), show=False),
        wish("Y", Verb.DUPLICATE, N_("Copy the card"), N_("The same card again, with its open tasks"), show=False),
        wish("ctrl+l", Verb.LINK, N_("Link"), N_("Link the card to another one"), show=False),
        wish("delete,number_sign", Verb.TRASH, N_("To the trash"), N_("Put the card into the trash"), show=False),
    ]

    class CardWish(Message):
        """A command for the card under the cursor or the marked ones."""

        def __init__(self, verb: Verb) -> None:
            super().__init__()
            self.verb = verb

    _hidden: frozenset[Verb] = frozenset()

    def after_moves(self, call: Callable[[], None]) -> None:
        """Call this once the cursor stands where the keys before took it."""
        raise NotImplementedError

    def set_hidden_verbs(self, verbs: frozenset[Verb]) -> None:
        """Commands that this module does not have (`Q` outside sales): hidden and without effect."""
        if verbs != self._hidden:
            self._hidden = verbs
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A verb that the module does not have is not offered."""
        return not (action == "wish" and parameters and parameters[0] in self._hidden)

    def action_wish(self, verb: str) -> None:
        """Post the wish, after the moves that were pressed before it."""
        wish = self.CardWish(Verb(verb))
        self.after_moves(lambda: self._post(wish))

    def _post(self, wish: CardWish) -> None:
        self.post_message(wish)
