"""The editor of a note: several lines, saved with ctrl+s, or written in the person's own editor."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Hashable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.notes import NOTE_LIMIT, checked_note
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.forms import Drafts

Write = Callable[[str], Awaitable[object]]


class NoteScreen(ModalScreen[str | None]):
    """Answers the note that was written. Left with esc, the text is kept in the drafts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), tooltip=N_("Save the note"), id="note.save", priority=True),
        Binding("ctrl+o", "outside", N_("Editor"), tooltip=N_("Write it in your own editor ($EDITOR)"),
                id="note.editor", priority=True),
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave; what you typed is kept"), id="note.leave",
                priority=True),
    ]  # fmt: skip

    DEFAULT_CSS = """
    NoteScreen {
        align: center middle;
        #note { width: 84; max-width: 96%; height: auto; max-height: 96%; background: $surface;
            border: round $primary; padding: 0 1; }
        TextArea { height: 12; max-height: 70vh; border: none; padding: 0; background: $panel; }
        TextArea:focus { border: none; }
        #note-told { height: auto; color: $text-muted; }
        #note-told.-wrong { color: $text-error; }
    }
    """

    is_saving: var[bool] = var(False)

    def __init__(self, title: str, write: Write, *, key: Hashable, drafts: Drafts) -> None:
        super().__init__()
        self._title = title
        self._write = write
        self._key = key
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        """The text, and a line under it."""
        with Vertical(id="note") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("ctrl+s saves · ctrl+o your editor · esc leaves"))
            yield TextArea(self._drafts.get(self._key, {}).get("note", ""), id="note-text", tab_behavior="focus")
            yield Static("", id="note-told")

    def on_mount(self) -> None:
        """Write at the end; a draft is said to be one."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        if self._key in self._drafts:
            self.tell(_("what you typed last time, not saved yet"))

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say this under the text."""
        line = self.query_one("#note-told", Static)
        line.set_class(wrong, "-wrong")
        line.update(Content(sentence))

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(TextArea).text

    def on_text_area_changed(self) -> None:
        """What was wrong is looked at again when it is saved; a text that is far too long is said so at once."""
        if len(self.text) > NOTE_LIMIT:
            self._check()
        elif self.query_one("#note-told").has_class("-wrong"):
            self.tell("")

    def _check(self) -> str | None:
        try:
            return checked_note(self.text)
        except CrmError as error:
            self.tell(error.sentence(), wrong=True)
            return None

    def action_save(self) -> None:
        """`ctrl+s`."""
        note = self._check()
        if note is not None and not self.is_saving:
            self.is_saving = True
            self.run_worker(self._save(note), group="save")

    async def _save(self, note: str) -> None:
        try:
            await self._write(note)
        except CrmError as error:
            self.tell(error.sentence(), wrong=True)
        else:
            self._drafts.pop(self._key, None)
            self.dismiss(note)
        finally:
            self.is_saving = False

    def action_outside(self) -> None:
        """`ctrl+o`: the person's own editor; whatever happens, the text is kept."""
        from minicrm_tui.screens.outside import written_outside

        area = self.query_one(TextArea)
        try:
            written = written_outside(self.app, area.text, os.environ)
        except CrmError as error:
            self.tell(error.sentence(), wrong=True)
            return
        area.load_text(written)
        area.move_cursor(area.document.end)

    def action_leave(self) -> None:
        """`esc`: what was typed is kept for the next time."""
        if self.text.strip():
            self._drafts[self._key] = {"note": self.text}
            self.app.clear_notifications()
            self.notify(_("What you typed is kept for the next time."), markup=False, timeout=3)
        else:
            self._drafts.pop(self._key, None)
        self.dismiss(None)
