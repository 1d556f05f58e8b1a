"""Writing a document as a PDF: where to, never over another file unasked, and beside everything else."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.documents import Document
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import _, format_number
from minicrm_tui.printing.names import file_name
from minicrm_tui.screens.asking import ChoiceScreen, ask

if TYPE_CHECKING:
    from minicrm_tui.screens.document.looking import DocumentLook

MANY_LINES, MANY_PAGES = 100, 4
"""From which on one sees that it is being written, and how far it is."""

BAR_CELLS = 30


class _Stopped(Exception):
    """The person does not want it any more."""


class PdfWriter:
    """One PDF at a time is written for a document's screen."""

    def __init__(self, screen: DocumentLook) -> None:
        self._screen = screen
        self._stop = Event()
        self.is_busy = False

    def stop(self) -> None:
        """Write nothing after all."""
        self._stop.set()

    async def begin(self, document: Document, folder: Path) -> str | None:
        """Ask where there is such a file; then write on, while other keys do their work."""
        if self.is_busy:
            return _("The PDF is being written.")
        path = folder / file_name(document)
        overwrite = False
        if await asyncio.to_thread(_is_there, path):
            other = await asyncio.to_thread(_free, path)
            key = await ask(self._screen, _question(path, other))
            if key is None:
                return None
            overwrite = key == "o"
            path = path if overwrite else other
        self.is_busy = True
        self._stop.clear()
        if len(document.lines) >= MANY_LINES:
            self._screen.show_progress(_("Writing the PDF"))
        self._screen.app.run_worker(self._write(document, path, overwrite=overwrite), group="save")
        return None

    async def _write(self, document: Document, path: Path, *, overwrite: bool) -> None:
        from minicrm_tui.printing.pdf import write_pdf

        try:
            await asyncio.to_thread(write_pdf, document, path, self._progress(), overwrite=overwrite)
        except _Stopped:
            said = _("No PDF was written.")
        except CrmError as error:
            said = error.sentence()
        else:
            said = _("Written: {path}").format(path=path)
        self.is_busy = False
        if self._screen.is_attached:
            self._screen.show_progress("")
        self._screen.app.clear_notifications()
        self._screen.app.notify(said, markup=False, timeout=10)

    def _progress(self) -> Progress:
        return Progress(self._screen, self._stop, asyncio.get_running_loop())


class Progress:
    """Called beside the event loop, page by page."""

    def __init__(self, screen: DocumentLook, stop: Event, loop: asyncio.AbstractEventLoop) -> None:
        self._screen = screen
        self.stop = stop
        self._loop = loop

    def __call__(self, done: int, pages: int) -> None:
        if self.stop.is_set():
            raise _Stopped
        if pages >= MANY_PAGES:
            self._loop.call_soon_threadsafe(self._screen.show_progress, bar(done, pages))


def bar(done: int, pages: int) -> str:
    """How far it is, drawn and said."""
    full = BAR_CELLS * done // pages
    said = _("page {n} of {m} · esc stops").format(n=format_number(done), m=format_number(pages))
    return f"{_('Writing the PDF')}  {'━' * full}{'─' * (BAR_CELLS - full)}  {said}"


def _question(path: Path, other: Path) -> ChoiceScreen:
    choices = {"n": _("write “{name}” beside it").format(name=other.name), "o": _("overwrite it")}
    return ChoiceScreen(_("“{name}” is there already").format(name=path.name), choices)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _free(path: Path) -> Path:
    """The name with the first number that is free: INV-2026-EUR-00001 (2).pdf."""
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in names if not _is_there(name))
