"""A field of several lines in a form."""

from __future__ import annotations

from textual.widgets import TextArea


class LinesField(TextArea):
    """Its text is its value, as of every field; tab leaves it."""

    DEFAULT_CSS = """
    LinesField { border: none; padding: 0; background: $panel; }
    LinesField:focus { border: none; background: $primary 25%; }
    """

    def __init__(self, text: str, lines: int, *, id: str, placeholder: str = "") -> None:
        super().__init__(text, id=id, placeholder=placeholder, tab_behavior="focus")
        self.styles.height = lines

    @property
    def value(self) -> str:
        """What is typed."""
        return self.text
