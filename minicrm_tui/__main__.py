"""The composition root: arguments → paths → settings → language → the file → a command or the app.

The only place that prints, and that decides with which code the program ends.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from minicrm_tui.app import MiniCRMApp
    from minicrm_tui.cli.commands import Command
    from minicrm_tui.cli.requests import OpenDemo, Request
    from minicrm_tui.cli.safekeeping import FileCommand
    from minicrm_tui.domain.errors import CannotStart
    from minicrm_tui.paths import Paths
    from minicrm_tui.settings import Settings

DONE: Final = 0
REFUSED: Final = 1
CRASHED: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130

ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)

TURN: Final = 0.0005
"""Seconds that a thread may keep the interpreter; with the usual 5 ms a write waits long for a screen that paints."""

ESCAPE_DELAY: Final = "25"
"""Milliseconds after which `esc` is the key itself; Textual's 100 swallow `esc` and the next key as alt+key."""

PAINTS_A_SECOND: Final = "120"
"""At most; Textual's 60 let a change wait for up to 17 ms before it is painted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; says its exit code."""
    # What is imported at the start stays: the collector would go through it again and again (the app enables it).
    gc.disable()
    from minicrm_tui.domain.errors import CannotStart, CrmError

    _prepare_output()
    _end_in_order_on_signals()
    try:
        code = _run(tuple(sys.argv[1:] if arguments is None else arguments))
        _write("", flush=True)
    except CrmError as error:
        _complain(error.sentence())
        return UNUSABLE if isinstance(error, CannotStart) else REFUSED
    except BrokenPipeError:
        _forget_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _crashed(error)
    return code


def _end_in_order_on_signals() -> None:
    """A closed terminal or a shutdown ends the program through its `finally`s: the throw-away demo is thrown away."""
    for number in ENDING_SIGNALS:
        signal.signal(number, _end_in_order)


def _end_in_order(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _run(arguments: tuple[str, ...]) -> int:
    from minicrm_tui.domain.errors import CannotStart
    from minicrm_tui.i18n import set_language
    from minicrm_tui.paths import file_alone, find_paths
    from minicrm_tui.settings import default_settings, load_settings

    places = find_paths(os.environ)
    broken: CannotStart | None = None
    # The help is translated too, and it is there even when the settings are broken.
    set_language(default_settings(os.environ).language)
    try:
        settings = load_settings(places.settings, os.environ)
        set_language(settings.language)
        _refuse_unknown_to_the_app(settings, places.settings)
    except CannotStart as error:
        settings, broken = default_settings(os.environ), error
    if not arguments or file_alone(arguments):
        places = find_paths(os.environ, file_alone(arguments))
        return _open_app(places.database, settings, places, broken)
    return _run_command(arguments, settings, broken)


def _run_command(arguments: tuple[str, ...], settings: Settings, broken: CannotStart | None) -> int:
    from minicrm_tui.cli.arguments import parse
    from minicrm_tui.cli.requests import OpenApp, OpenDemo, ShowPlaces
    from minicrm_tui.paths import find_paths

    request: Request = parse(arguments, os.environ)
    places = find_paths(os.environ, request.database)
    match request.wish:
        case OpenApp():
            return _open_app(places.database, settings, places, broken)
        case ShowPlaces():
            return _show_places(places, broken)
        case OpenDemo() as demo:
            return _demo(demo, request.database, settings, places, broken)
        case command:
            return _do(command, settings, places, broken)


# --- the commands


def _do(command: FileCommand | Command, settings: Settings, places: Paths, broken: CannotStart | None) -> int:
    """A command on the open file, or on the file as it lies there."""
    import asyncio

    from minicrm_tui.cli.commands import Command
    from minicrm_tui.cli.running import run_on_file, run_on_open_file
    from minicrm_tui.cli.standard_input import read
    from minicrm_tui.clock import system_clock

    _refuse_broken(broken)
    gc.enable()
    if isinstance(command, Command):
        asyncio.run(run_on_open_file(command.fed(read), settings, places, system_clock(), _write, _complain))
    else:
        run_on_file(command, settings, places, system_clock(), _write)
    return DONE


def _show_places(places: Paths, broken: CannotStart | None) -> int:
    """Where the files are; said even when the settings are broken, for they have to be found."""
    from minicrm_tui.cli.columns import aligned
    from minicrm_tui.i18n import _

    named = (
        (_("data"), places.database),
        (_("settings"), places.settings),
        (_("log"), places.log),
        (_("backups"), places.backups),
    )
    # Not Path.exists: a forbidden folder can be named all the same.
    rows = [(name, str(path), "" if os.path.exists(path) else _("(not there yet)")) for name, path in named]
    _write("".join(line + "\n" for line in aligned(rows)))
    _refuse_broken(broken)
    return DONE


def _demo(demo: OpenDemo, database: Path | None, settings: Settings, places: Paths, broken: CannotStart | None) -> int:
    """The app on made-up data, or the data alone."""
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from minicrm_tui.demo import VAT, seller_of_demo
    from minicrm_tui.i18n import _

    _refuse_broken(broken)
    if demo.opens:
        _refuse_no_terminal()
    settings = replace(settings, seller=seller_of_demo(settings.seller), vat=settings.vat or VAT)
    if database is None:
        with TemporaryDirectory(prefix="minicrm-demo-") as folder:
            path = Path(folder) / "demo.db"
            _write_demo(demo, path, settings)
            return _open_app(path, settings, places, None, demo=True)
    path = database.absolute()
    _write_demo(demo, path, settings)
    if demo.opens:
        return _open_app(path, settings, places, None, demo=True)
    _write(_("Written: {path}").format(path=path) + "\n")
    return DONE


def _write_demo(demo: OpenDemo, path: Path, settings: Settings) -> None:
    from minicrm_tui.cli.progress import progress_bar
    from minicrm_tui.clock import system_clock
    from minicrm_tui.demo import write_demo
    from minicrm_tui.i18n import _

    with progress_bar(_("Making the demo")) as progress:
        write_demo(
            path,
            now=system_clock(),
            cards=demo.cards,
            seed=demo.seed,
            language=settings.language,
            seller=settings.seller,
            vat=settings.vat,
            progress=progress,
        )


# --- the app


def _open_app(
    database: Path, settings: Settings, places: Paths, broken: CannotStart | None, *, demo: bool = False
) -> int:
    """The program on the screen, after everything that could keep it from starting was asked."""
    from minicrm_tui.store.preflight import check

    _refuse_broken(broken)
    _refuse_no_terminal()
    # Another process may be writing: what is shown can be read meanwhile.
    check(database, for_writing=False)
    app = _run_app(database, settings, None if demo else places.backups)
    if app.return_value is not None:
        # "Show me the demo", said in the welcome. Textual's loop has let go of the signals.
        _end_in_order_on_signals()
        return _run_command(("demo",), app.return_value, None)
    return app.return_code or DONE


def _run_app(database: Path, settings: Settings, backups: Path | None) -> MiniCRMApp:
    import asyncio

    _prepare_textual()
    from minicrm_tui.app import MiniCRMApp
    from minicrm_tui.clock import system_clock

    sys.setswitchinterval(TURN)
    news = ""
    while True:
        demo = backups is None
        app = MiniCRMApp(database, settings, clock=system_clock, demo=demo, backups=backups, news=news)
        asyncio.run(_on_the_screen(app))
        if app.to_restore is None:
            break
        news = _restored(app.to_restore, database)
    # Textual has shown the traceback; it keeps the error only under this name.
    crash = getattr(app, "_exception", None)
    if isinstance(crash, Exception):
        _tell_log(crash)
    return app


def _restored(backup: Path, database: Path) -> str:
    """The backup in the file's place, now that nobody has it open; says where what was there is."""
    from minicrm_tui.clock import system_clock
    from minicrm_tui.i18n import _
    from minicrm_tui.store.backups.restoring import restore

    aside = restore(backup, database, system_clock())
    return _("The backup is restored. What was there is kept as {path}").format(path=aside)


async def _on_the_screen(app: MiniCRMApp) -> None:
    """The app until it ends; a signal ends it as `q` does."""
    from asyncio import get_running_loop

    for number in ENDING_SIGNALS:
        get_running_loop().add_signal_handler(number, app.exit, None, 128 + number)
    await app.run_async()


def _prepare_textual() -> None:
    """To be called before Textual is imported: it reads these once."""
    os.environ.setdefault("ESCDELAY", ESCAPE_DELAY)
    os.environ.setdefault("TEXTUAL_FPS", PAINTS_A_SECOND)


def _refuse_unknown_to_the_app(settings: Settings, file: Path) -> None:
    """Which themes and commands there are, only the app knows: who chose none need not import it."""
    from minicrm_tui.domain.errors import CannotStart
    from minicrm_tui.settings import check_theme, refuse

    if settings.theme:
        check_theme(file, settings.theme, _themes())
    if settings.keymap:
        try:
            _check_keymap(settings)
        except CannotStart as error:
            raise refuse(file, error.message, error.hint) from error


def _check_keymap(settings: Settings) -> None:
    _prepare_textual()
    from minicrm_tui.app import MiniCRMApp
    from minicrm_tui.screens.commands import all_commands
    from minicrm_tui.screens.keymap import check_keymap

    check_keymap(settings.keymap, all_commands(MiniCRMApp))


def _themes() -> tuple[str, ...]:
    _prepare_textual()
    from textual.theme import BUILTIN_THEMES

    from minicrm_tui.screens.themes import DARK, LIGHT

    return (DARK.name, LIGHT.name, *BUILTIN_THEMES)


def _refuse_broken(broken: CannotStart | None) -> None:
    if broken is not None:
        raise broken


def _refuse_no_terminal() -> None:
    """Textual reads the keys from standard input and draws on standard error."""
    from minicrm_tui.domain.errors import CannotStart
    from minicrm_tui.i18n import _

    if not all(map(_is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise CannotStart(
            _("The program needs a terminal; its input and output can't be redirected."),
            _("For scripts there are commands, see minicrm --help."),
        )


def _is_terminal(stream: TextIO | None) -> bool:
    """A stream that was closed before the start is None."""
    return stream is not None and not stream.closed and stream.isatty()


# --- what is printed


def _prepare_output() -> None:
    """Files and pipes get UTF-8 whatever the locale, and names of files as they are; a terminal gets what it can."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it stays open to the end, as the real one would
    elif isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")


def _write(text: str, *, flush: bool = False) -> None:
    """Print this, line ends and all."""
    from minicrm_tui.domain.errors import StoreFailed
    from minicrm_tui.i18n import _
    from minicrm_tui.system_errors import reason

    try:
        print(text, end="", flush=flush)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_output()
        raise StoreFailed(_("The output can't be written: {why}.").format(why=reason(error))) from error


def _complain(sentence: str) -> None:
    # Without standard error, print would take standard output.
    if sys.stderr is not None:
        print(f"minicrm: {sentence}", file=sys.stderr)


def _forget_output() -> None:
    """Nobody takes it; Python would complain once more when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crashed(error: Exception) -> int:
    """A bug: nothing of it is swallowed."""
    import traceback

    traceback.print_exception(error)
    _tell_log(error)
    return CRASHED


def _tell_log(error: Exception) -> None:
    from minicrm_tui.clock import system_clock
    from minicrm_tui.crashes import write_crash
    from minicrm_tui.i18n import _
    from minicrm_tui.paths import find_paths

    log = find_paths(os.environ).log
    if write_crash(log, error, system_clock()):
        _complain(_("This is a bug in the program; it is written down in {path}.").format(path=log))


if __name__ == "__main__":
    sys.exit(main())
