"""A document as it will be printed, as text."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from minicrm_tui.domain.documents import Document
from minicrm_tui.i18n import N_, _
from minicrm_tui.printing.text import preview
from minicrm_tui.widgets.key_bar import KeyBar
from minicrm_tui.widgets.text_lines import TextLines

WIDEST = 100
"""Cells of the paper; more would not look like one."""


class PreviewScreen(Screen[bool]):
    """Answers whether the PDF is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "answer(True)", N_("PDF"), tooltip=N_("Write it as a PDF"), id="preview.pdf"),
        Binding("escape,q,v,enter", "answer(False)", N_("Back"), tooltip=N_("Back to the items"), id="preview.close"),
    ]

    DEFAULT_CSS = """
    PreviewScreen {
        layout: vertical;
        & > #screen-title { height: 1; background: $primary; color: $text; padding: 0 1; text-style: bold; }
        & > TextLines { height: 1fr; }
    }
    """

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._text = TextLines()

    def compose(self) -> ComposeResult:
        """Title, paper, keys."""
        title = _("{document} as it will be printed").format(document=self._document.number or self._document.subject)
        yield Static(Content(title), id="screen-title")
        yield self._text
        yield KeyBar(("preview.pdf", "preview.close"), id="keys")

    def on_mount(self) -> None:
        """Keys scroll."""
        self.set_focus(self._text)

    def on_resize(self, event: events.Resize) -> None:
        """Broken for this width."""
        cells = min(WIDEST, event.size.width - 6)
        self._text.show(("", *preview(self._document, cells), ""), cells)

    def action_answer(self, pdf: bool) -> None:
        """Read, or wanted as a file."""
        self.dismiss(pdf)
