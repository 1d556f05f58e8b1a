"""The arguments of backup, backups, restore and doctor."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from minicrm_tui.cli.safekeeping import Examine, ListBackups, MakeBackup, RestoreBackup
from minicrm_tui.i18n import _

if TYPE_CHECKING:
    from minicrm_tui.cli.arguments import Commands

_Option = Callable[[argparse.ArgumentParser], None]


def add_safekeeping_commands(commands: Commands, path: Callable[[str], object], json_option: _Option) -> None:
    """The four of them; `path` reads a file's name."""
    parser = commands.add(
        "backup",
        _("copy the data file, which may be open meanwhile"),
        "minicrm backup ~/crm-copy.db",
        lambda found: MakeBackup(found.file),
    )
    help_of_file = _("where to; in the folder of backups if not given")
    parser.add_argument("file", metavar=_("FILE"), nargs="?", type=path, help=help_of_file)
    parser = commands.add(
        "backups", _("list the backups"), "minicrm backups --json", lambda found: ListBackups(found.json)
    )
    json_option(parser)
    parser = commands.add(
        "restore",
        _("put a backup in the data file's place; what was there is kept aside"),
        'minicrm restore "2026-11-23 09.30.00 daily.db"',
        lambda found: RestoreBackup(found.file),
    )
    parser.add_argument(
        "file", metavar=_("FILE"), type=path, help=_("a backup: its path, or its name as minicrm backups prints it")
    )
    parser = commands.add(
        "doctor",
        _("look the data file through, and say what is wrong"),
        "minicrm doctor --fix",
        lambda found: Examine(found.fix, found.json),
    )
    parser.add_argument("--fix", action="store_true", help=_("mend what has one right answer, after a backup"))
    json_option(parser)
