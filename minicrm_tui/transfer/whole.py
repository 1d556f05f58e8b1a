"""A whole export, our own JSON, read back into an empty file."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from minicrm_tui.domain.whole import Taken
    from minicrm_tui.store.store import Store
    from minicrm_tui.transfer.exports import Progress


async def take_whole(store: Store, path: Path, *, progress: Progress | None = None, stop: Event | None = None) -> Taken:
    """Import a JSON file of ours, with all its ids, into the open file, which must be empty or hold just the same.

    All or nothing; no action that can be undone. Refused with the line for a file that is damaged, newer, or of
    another program. Whether a file is ours at all: `exchange.whole_reading.is_ours`.
    """
    from minicrm_tui.exchange.whole_reading import WholeFile

    try:
        with path.open("rb") as stream:
            whole = WholeFile(stream)
            expected = sum(whole.counts.values())
            return await store.take_whole(whole.records(), expected, progress=progress, stop=stop)
    except OSError as error:
        raise Refused(
            _("The file {path} can't be read: {why}.").format(path=path, why=reason(error)), _("Nothing was imported.")
        ) from error
