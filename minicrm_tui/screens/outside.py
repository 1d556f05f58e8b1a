"""Writing a text in the person's own editor, while the program steps aside."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from textual.app import App, SuspendNotSupported

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.text import clean_lines
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason


def written_outside(app: App[None], text: str, environment: Mapping[str, str]) -> str:
    """The text as the editor left it. Refused, with a sentence, where there is no editor or it failed."""
    command = _command(environment)
    try:
        with _file_of(text) as path:
            _run(app, command, path)
            # What it holds is shown before it is saved: nothing that a terminal would obey.
            return clean_lines(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise Refused(
            _("The file for the editor can't be used: {reason}; the text is as it was.").format(reason=reason(error))
        ) from error


def _command(environment: Mapping[str, str]) -> list[str]:
    """The editor and its own arguments."""
    try:
        command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    except ValueError as error:
        raise Refused(_("The editor's name can't be read: a quote has no end."), _hint()) from error
    if not command:
        raise Refused(_("No editor is set."), _hint())
    return command


def _hint() -> str:
    return _("Set EDITOR, for instance: export EDITOR=nano")


def _run(app: App[None], command: Sequence[str], path: Path) -> None:
    """Let the person write; Refused where the editor can't be started, or ends with an error."""
    try:
        with _aside(app):
            done = subprocess.run([*command, str(path)], check=False)
    except FileNotFoundError as error:
        raise Refused(_("There is no editor “{editor}”.").format(editor=command[0]), _hint()) from error
    except OSError as error:
        raise Refused(
            _("The editor “{editor}” can't be started: {reason}.").format(editor=command[0], reason=reason(error))
        ) from error
    if done.returncode:
        raise Refused(_("The editor “{editor}” ended with an error; the text is as it was.").format(editor=command[0]))


@contextmanager
def _file_of(text: str) -> Iterator[Path]:
    """A file that nobody else can read, gone afterwards."""
    handle, name = tempfile.mkstemp(prefix="minicrm-note-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _aside(app: App[None]) -> Iterator[None]:
    """The terminal is the editor's; where there is none, nothing has to step aside."""
    try:
        suspended = app.suspend()
        suspended.__enter__()
    except SuspendNotSupported:
        with nullcontext():
            yield
        return
    try:
        yield
    finally:
        suspended.__exit__(None, None, None)
