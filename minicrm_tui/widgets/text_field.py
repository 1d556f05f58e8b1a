"""A field of one line that takes what is pasted into it whole."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from minicrm_tui.domain.text import pasted


class TextField(Input):
    """Several pasted lines become one, without what a terminal would obey; far too much of it is cut."""

    def _on_paste(self, event: events.Paste) -> None:
        """In place of what is selected. Textual takes the first line only, however long it is."""
        event.prevent_default()
        event.stop()
        self.replace(pasted(event.text), *self.selection)
