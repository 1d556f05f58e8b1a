"""The application: themes, keys, palette, and the file that is opened once the first frame stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.main.main import MainScreen
from minicrm_tui.screens.themes import DARK, LIGHT
from minicrm_tui.screens.tidying import PULSE, Tidying
from minicrm_tui.screens.typeahead import Typeahead

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.screens.backups import BackupsScreen
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.backups.safe import Safe
    from minicrm_tui.store.store import Store

CANNOT_START = 2
"""The exit code where the file can't be used."""

BACKED_UP = 5.0
"""Seconds from the first rows until the day's backup is begun: by then the person has seen what there is to do."""

SETTLED = 0.3
"""Seconds from the first rows until the rest of the screen stands, and the store gets ready for writes."""


class MiniCRMApp(App["Settings"]):
    """MiniCRM on a terminal. Its result: with which settings the demo is wanted, where it is.

    Raises CannotStart when the keymap of the settings clashes.
    """

    TITLE = "MiniCRM"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 5
    # The palette's icon is an emoji, which many terminals draw too wide.
    CSS = "CommandPalette SearchIcon { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", N_("Keys"), tooltip=N_("The keys that work here"), id="app.help"),
        Binding(
            "ctrl+p,colon",
            "command_palette",
            N_("Commands"),
            tooltip=N_("Find a command by its name"),
            id="app.palette",
        ),
        Binding("q,ctrl+q", "quit", N_("Quit"), show=False, tooltip=N_("Close the program"), id="app.quit"),
    ]

    def __init__(
        self,
        path: Path,
        settings: Settings,
        *,
        clock: Clock,
        demo: bool = False,
        backups: Path | None = None,
        news: str = "",
    ) -> None:
        """`backups`: the folder of all files' backups; without it this file has none. `news`: what is said first."""
        super().__init__()
        self._backups = backups
        self._news = news
        self.to_restore: Path | None = None
        """The backup that is to be restored once the program has let go of the file; it opens anew then."""
        self.path = path
        self._settings = settings
        self._clock = clock
        self._store: Store | None = None
        self.demo = demo
        self._tidying = Tidying()
        self.typeahead = Typeahead(self, held=self._is_held, forward=super().on_event)
        if settings.keymap:
            self._use_keymap()

    def _use_keymap(self) -> None:
        from minicrm_tui.screens.commands import all_commands
        from minicrm_tui.screens.keymap import check_keymap

        check_keymap(self._settings.keymap, all_commands(type(self)))
        self.set_keymap(dict(self._settings.keymap))

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first one, and stays under all others."""
        return MainScreen(self._settings, self._clock, self.typeahead.look_again, keeps_settings=not self.demo)

    def get_driver_class(self) -> type[Driver]:
        """On a terminal, one that takes no esc and key for alt+key."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from minicrm_tui.screens.terminal import QuickEscapeDriver

        return QuickEscapeDriver

    # --- start and end

    def on_mount(self) -> None:
        """The theme now, the file after the first frame."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = self._settings.theme if self._settings.theme in self.available_themes else DARK.name
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.run_worker(self._open())

    async def _open(self) -> None:
        """Open the file on the store's thread, and show the first rows."""
        from minicrm_tui.store.store import Store

        settings = self._settings
        try:
            self._store = await Store.open(
                self.path,
                now=self._clock(),
                week_start=settings.week_start,
                working_days=settings.working_days,
                default_currency=settings.currency,
                country=settings.country,
                vat=settings.vat,
                install=(),
                safe=self._safe(),
            )
            await self.main_screen.begin(self._store)
        except CrmError as error:
            self.exit(return_code=CANNOT_START, message=Text(error.sentence()))
            return
        self._tidying.begin()
        self.set_interval(PULSE, self._tidying.look)
        self.set_timer(SETTLED, self._warm_up)
        if self._news:
            self.notify(self._news, markup=False, timeout=10)
        self._store.backup_failed = self._tell_of_backup
        self.set_timer(BACKED_UP, self._back_up)

    def _safe(self) -> Safe | None:
        from minicrm_tui.store.backups.folder import folder_of
        from minicrm_tui.store.backups.safe import Safe

        if self._backups is None:
            return None
        return Safe(self.path, folder_of(self.path, self._backups), self._settings.backups)

    def _warm_up(self) -> None:
        if self._store is not None:
            self.run_worker(self._prepare_writing(self._store))

    async def _prepare_writing(self, store: Store) -> None:
        await store.warm_up()
        # What was imported stays too.
        self._tidying.begin()

    def _back_up(self) -> None:
        if self._store is not None:
            self.run_worker(self._back_up_daily(self._store), group="backup")

    async def _back_up_daily(self, store: Store) -> None:
        try:
            await store.back_up_daily(self._clock())
        except CrmError as error:
            self._tell_of_backup(error)

    def _tell_of_backup(self, error: CrmError) -> None:
        self.notify(error.sentence(), severity="warning", markup=False)

    @property
    def main_screen(self) -> MainScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def action_quit(self) -> None:
        """Close the file, which waits for writes, then the program."""
        if self.main_screen.bench is not None:
            await self.main_screen.pulse.leave()
        await self._close_store()
        self.exit()

    async def on_backups_screen_restore_wished(self, event: BackupsScreen.RestoreWished) -> None:
        """Close the program, so that the backup can take the file's place (see `to_restore`)."""
        self.to_restore = event.backup
        await self.action_quit()

    async def on_unmount(self) -> None:
        """However the program ends, what was begun is written."""
        await self._close_store()

    async def _close_store(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            await store.close()

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        """Keys wait their turn (see Typeahead)."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._tidying.key_pressed()
            if self.typeahead.keeps(event):
                return
        await super().on_event(event)

    def _is_held(self) -> bool:
        screen = self.screen_stack[0] if self.screen_stack else None
        return isinstance(screen, MainScreen) and screen.holds_keyboard

    def action_help_quit(self) -> None:
        """`ctrl+c` does not end the program, where unsaved typing would be lost."""
        self.notify(_("q ends the program; inside a field, ctrl+q."), markup=False)

    def action_help(self) -> None:
        """`?`: the keys that work here."""
        from minicrm_tui.screens.help import HelpScreen, keys_of

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(keys_of(self.screen)))

    def action_command_palette(self) -> None:
        """`:` or `ctrl+p`: a command by its name."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette", placeholder=_("Find a command …")))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: our commands by their bindings, then Textual's themes."""
        from minicrm_tui.screens.commands import palette_commands

        yield from palette_commands(self, screen)
        yield SystemCommand(_("Theme"), _("Choose the colours"), self.action_change_theme)
