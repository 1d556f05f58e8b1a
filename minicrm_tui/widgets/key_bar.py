"""The footer: the keys that work here, most useful first, on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One key of the bar: how it is shown, what it does, and the key that a click presses."""

    key: str
    display: str
    label: str
    enabled: bool = True


class KeyBar(Widget):
    """One line of keys, cut only at whole items; a click presses the key. No recompose, one line painted."""

    def __init__(self, order: Sequence[str] = (), *, id: str | None = None, classes: str | None = None) -> None:
        """`order`: binding ids, most important first; bindings with show=True that are not in it come after."""
        super().__init__(id=id, classes=classes)

    def set_items(self, items: Sequence[KeyItem] | None) -> None:
        """Show these instead of the screen's active bindings (a prompt's own keys); None goes back."""
        raise NotImplementedError
