"""The demo's texts in the program's language, folded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minicrm_tui.demo import texts
from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.domain.records import Kind
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _


@dataclass(frozen=True, slots=True)
class Text:
    """A translated text, and the same folded; with a first name to be filled in where `named`."""

    text: str
    folded: str
    named: bool
    type: str = ""

    def said_of(self, client: Client) -> tuple[str, str]:
        """The text for this client, and folded."""
        if not self.named:
            return self.text, self.folded
        return (
            self.text.replace("{name}", client.first_name),
            self.folded.replace("{name}", client.first_folded),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Some texts; the ones for clients without a person name nobody."""

    all: tuple[Text, ...]
    nameless: tuple[Text, ...]

    def for_(self, client: Client, dice: Dice) -> Text:
        """One that can be said of this client."""
        return dice.pick(self.all if client.first_name else self.nameless)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A kind's words."""

    tasks: Choice
    notes: Choice
    subjects: tuple[Text, ...]


def vocabulary(kind: Kind) -> Vocabulary:
    """The words of this kind, translated now."""
    words = texts.WORDS[kind]
    return Vocabulary(
        tasks=choice_of(words.tasks),
        notes=_choice(tuple(_text(note) for note in words.notes)),
        subjects=tuple(_text(subject) for subject in words.subjects),
    )


def choice_of(tasks: Sequence[texts.TaskText]) -> Choice:
    """These tasks, translated now."""
    return _choice(tuple(_text(task.text, task.type) for task in tasks))


def subject_of(words: Vocabulary, client: Client, dice: Dice) -> tuple[str, str]:
    """A card's name after what it is about, and folded: Nord Textil: new website."""
    subject = dice.pick(words.subjects)
    if client.brand:
        return f"{client.brand}: {subject.text}", f"{client.brand_folded}: {subject.folded}"
    return f"{client.person}: {subject.text}", f"{client.person_folded}: {subject.folded}"


def _choice(every: tuple[Text, ...]) -> Choice:
    return Choice(every, tuple(text for text in every if not text.named))


def _text(marked: str, type_: str = "") -> Text:
    text = _(marked)
    return Text(text, fold(text), "{name}" in text, type_)
