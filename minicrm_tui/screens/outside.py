"""Writing a text in the person's own editor, while the program steps aside."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from textual.app import App, SuspendNotSupported

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason


def written_outside(app: App[None], text: str, environment: Mapping[str, str]) -> str:
    """The text as the editor left it. Refused, with a sentence, where there is no editor or it failed."""
    command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    if not command:
        raise Refused(_("No editor is set."), _("Set EDITOR, for instance: export EDITOR=nano"))
    with _file_of(text) as path:
        try:
            with _aside(app):
                done = subprocess.run([*command, str(path)], check=False)
        except OSError as error:
            raise Refused(
                _("The editor “{editor}” can't be started: {reason}.").format(editor=command[0], reason=reason(error))
            ) from error
        if done.returncode:
            raise Refused(
                _("The editor “{editor}” ended with an error; the text is as it was.").format(editor=command[0])
            )
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")


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
