"""The calendar of open tasks that is kept up to date for a calendar program to show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import StoreFailed
from minicrm_tui.exchange.exporting.calendars import CalendarWriter
from minicrm_tui.files import write_whole
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from minicrm_tui.store.exports.reading import Reading


class CalendarFile:
    """Writes the file again where something of it has changed; what has not changed is not worked out anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = CalendarWriter()
        self._written = b""

    def write(self, reading: Reading) -> None:
        """Bring the file up to date; raises StoreFailed, and the old one stands."""
        data = self._writer.text(reading.tasks(reading.with_task())).encode()
        try:
            if data != self._written or not self._path.exists():
                write_whole(self._path, data, overwrite=True)
                self._written = data
        except OSError as error:
            what = _("The calendar {path} can't be written: {why}.").format(path=self._path, why=reason(error))
            raise StoreFailed(what, _("See “calendar_file” in the settings.")) from error
