"""Widgets that look the same with the focus and without it."""

from __future__ import annotations


class SteadyLook:
    """Mixed into a widget: it keeps its styles when the focus comes or goes. New ones take as long as painting a list.

    Not a widget itself, for Textual takes the style sheet of the first base that is one.
    """

    def watch_has_focus(self, _has_focus: bool) -> None:
        """As Textual's, without the new styles."""
