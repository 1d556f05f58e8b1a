"""The backups: when, why, how large; made by a key, and brought back by one, which opens the program anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from minicrm_tui.domain.backups import Reason, why
from minicrm_tui.i18n import N_, _, format_dated, format_number, format_size, format_time
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.confirm import ConfirmScreen
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.main.bulk import Bulk
from minicrm_tui.widgets.cells import fit
from minicrm_tui.widgets.row_list import RowList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.strips import Piece

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.store.backups.folder import Backup
    from minicrm_tui.store.store import Store

_WHEN_CELLS = 24
_SIZE_CELLS = 9


class BackupList(RowList["Backup"]):
    """Backups, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,r", "choose", N_("Restore"), tooltip=N_("Put it in the data file's place; that is kept aside"),
                id="backup.restore"),
    ]  # fmt: skip

    chosen: Callable[[Backup], None] = staticmethod(lambda _backup: None)

    def item_chosen(self, item: Backup) -> None:
        """Enter brings it back."""
        self.chosen(item)

    def heading_pieces(self, section: Section, folded: bool, width: int) -> Iterable[Piece]:
        """How many there are, and where."""
        count = f" {format_number(section.count)}"
        where = fit(section.detail, max(0, width - len(section.title) - len(count) - 2))
        return [Piece(section.title, "heading", True), Piece(count, "muted"), Piece(f"  {where}", "muted")]

    def item_pieces(self, backup: Backup, section: Section, marked: bool, width: int) -> Iterable[Piece]:
        """When, how large, why."""
        when = f"{format_dated(backup.at.date())}  {format_time(backup.at.time())}"
        size = fit(format_size(backup.size), _SIZE_CELLS, right=True)
        return [
            Piece(f" {fit(when, _WHEN_CELLS)} "),
            Piece(f"{size}  ", "accent"),
            Piece(fit(why(backup.reason), max(0, width - _WHEN_CELLS - _SIZE_CELLS - 5)), "muted"),
        ]


class BackupsScreen(ListScreen):
    """The backups of the open file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,b", "make", N_("Back up now"), tooltip=N_("A copy of the file as it is now"), id="backup.make"),
    ]

    class RestoreWished(Message):
        """This backup is to take the file's place, for which the program has to let go of the file."""

        def __init__(self, backup: Path) -> None:
            super().__init__()
            self.backup = backup

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(_("Backups"), store, clock, ("backup.restore", "backup.make"))
        self._list = BackupList()
        self._list.chosen = self._chosen
        self._making: Bulk | None = None

    def listed(self) -> Sequence[Widget]:
        """The backups."""
        return (self._list,)

    async def load(self) -> None:
        """What is in the folder."""
        found = await self.store.backups(self.clock())

        async def fetch(_section: str, offset: int, limit: int) -> Sequence[Backup]:
            return found[offset : offset + limit]

        self._list.set_empty(_("There is no backup yet. n makes one; the program makes one a day."))
        where = str(found[0].path.parent) if found else ""
        sections = [Section("backups", _("Backups"), len(found), detail=where)] if found else []
        await self._list.show(sections, fetch)

    # --- keys

    def action_close(self) -> None:
        """`esc`: back; while a backup is made, that is stopped."""
        if self._making is not None:
            self._making.stop.set()
        else:
            super().action_close()

    def action_make(self) -> None:
        """`n`: one more."""
        if self._making is None:
            self.work(self._make)

    async def _make(self) -> str:
        bulk = self._making = Bulk(_("Making the backup"), self.entitle)
        self.is_saving = False
        try:
            made = await self.store.back_up(Reason.BY_HAND, self.clock(), progress=bulk.progress, stop=bulk.stop)
        finally:
            self._making = None
            self.entitle(self._title)
        if made is None:
            return _("A demo has no backups.")
        return _("A backup of {size} was made.").format(size=format_size(made.size))

    def _chosen(self, backup: Backup) -> None:
        if self._making is None:
            self.work(partial(self._ask_and_restore, backup))

    async def _ask_and_restore(self, backup: Backup) -> None:
        day, at = format_dated(backup.at.date()), format_time(backup.at.time())
        sentence = _(
            "Go back to the data of {day}, {time}? What you have done since goes into a file beside it."
        ).format(day=day, time=at)
        if await ask(self, ConfirmScreen(_("Restore a backup"), sentence)):
            self.post_message(self.RestoreWished(backup.path))
