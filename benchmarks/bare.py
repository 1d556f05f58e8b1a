"""The bare Textual apps that the program is measured against: `python -m benchmarks.bare frame|list`."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, OptionList, Static

ROWS = 100


class FrameApp(App[None]):
    """Header, text, footer: the least that a Textual program shows."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """A frame with one line in it."""
        yield Header()
        yield Static("Hello")
        yield Footer()


class ListApp(FrameApp):
    """The same with a list of a hundred rows."""

    def compose(self) -> ComposeResult:
        """A frame with the list in it."""
        yield Header()
        yield OptionList(*(f"Row {number} of the bare list" for number in range(ROWS)))
        yield Footer()


if __name__ == "__main__":
    (ListApp if sys.argv[1:] == ["list"] else FrameApp)().run()
