"""What stands on a screen that is too small for anything else; the screen says when."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from minicrm_tui.i18n import _


class TooSmall(Widget):
    """One sentence, in the language of the moment."""

    DEFAULT_CSS = """
    TooSmall { display: none; layer: small; width: 100%; height: 100%; background: $background;
        content-align: center middle; text-align: center; }
    """

    def render(self) -> Content:
        """How large it must be."""
        return Content(_("MiniCRM needs 60×16 or more."))
