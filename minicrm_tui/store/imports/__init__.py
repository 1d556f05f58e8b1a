"""What comes in from files: matched with what is there, written in one transaction, one step of undo."""

from __future__ import annotations

from minicrm_tui.domain.imports import ImportReport


class TakenBack(Exception):
    """The end of a dry run: nothing of it stays. It carries what would have been."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report
