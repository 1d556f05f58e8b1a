"""The line at the bottom: a choice by one key, or a typed answer that is read as one types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: its key takes it at once; `keys` are further ones that do the same (Textual key names)."""

    key: str
    label: str
    detail: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the line understood of the typed text: `shown` under it, or `error`; `value` is the asker's own."""

    shown: str
    error: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A typed text that was taken with enter, and exactly the reading that was shown."""

    text: str
    reading: Reading

    @property
    def value(self) -> object:
        """The reading's value."""
        return self.reading.value


Read = Callable[[str], Awaitable[Reading] | Reading]
Complete = Callable[[str], Awaitable[str | None]]
"""Tab: the whole text completed, or None when there is nothing to complete."""
OnArrow = Callable[[int], str | None]
"""Up (-1) or down (+1) was pressed: returns the new title, or None to leave it."""


class PromptLine(Widget):
    """Hidden when idle; one question at a time (a second replaces the first, which gets None); esc gives None.

    `hold()` takes the keyboard before the question is ready, so that `p 2` typed at once is never `p` and then module 2:
    call it synchronously in the key's action, and always `release()` when the flow ends (`with prompt.holding(): ...`).
    """

    @property
    def is_open(self) -> bool:
        """Whether a question stands, or keys are held for one."""
        raise NotImplementedError

    async def choose(self, title: str, choices: Sequence[Choice]) -> Choice | None:
        """Show the choices; a key takes one at once; esc gives None; an unknown key does nothing."""
        raise NotImplementedError

    async def ask(
        self,
        title: str,
        *,
        value: str = "",
        read: Read,
        placeholder: str = "",
        hint: str = "",
        selected: bool = True,
        complete: Complete | None = None,
        on_arrow: OnArrow | None = None,
    ) -> Answer | None:
        """A typed answer with live reading; enter takes exactly what is shown, an error keeps the line open."""
        raise NotImplementedError

    def set_title(self, title: str) -> None:
        """Change the title of the open question."""
        raise NotImplementedError

    def hold(self) -> None:
        """Take the keyboard now and keep what is typed for the question that comes."""
        raise NotImplementedError

    def release(self) -> None:
        """No question is coming: give the keyboard back, and press again what was typed meanwhile."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Close the open question, whose asker gets None."""
        raise NotImplementedError
