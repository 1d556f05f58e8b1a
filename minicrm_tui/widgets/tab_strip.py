"""The blue bar on top: the installed modules as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Tab:
    """One module in the bar."""

    name: str
    expired: int = 0


class TabStrip(Widget):
    """The modules with their numbers and expired cards; the active one inverted; the date at the right."""

    class ModuleChosen(Message):
        """A click on a tab: `index` counts from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def show(self, tabs: Sequence[Tab], active: int, date: str) -> None:
        """Draw these tabs, the active one (from 0), and the date as it is to be read."""
        raise NotImplementedError


ModuleTabs = TabStrip
