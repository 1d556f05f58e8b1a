"""The card under the cursor in a few lines: enough to make the call."""

from __future__ import annotations

from datetime import datetime

from textual.widget import Widget

from minicrm_tui.domain.records import CardDetails


class Peek(Widget):
    """Client and channels, status, value and closing date, the last of the history."""

    def show(self, details: CardDetails | None, now: datetime) -> None:
        """Draw this card, or nothing."""
        raise NotImplementedError
