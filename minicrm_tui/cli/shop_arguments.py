"""The arguments of `minicrm modules export` and `minicrm modules import`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from minicrm_tui.cli.contact_arguments import Commands
from minicrm_tui.cli.shop import ExportModules, ImportModules
from minicrm_tui.i18n import _


def add_shop_commands(commands: Commands, json_option: Callable[[argparse.ArgumentParser], None]) -> None:
    """`export`, `import`."""
    _export(commands)
    json_option(_import(commands))


def _export(commands: Commands) -> None:
    parser = commands.add(
        "export",
        _("write the set-up of modules as TOML, to be shared: pipelines, fields, lists and rules, no cards"),
        "minicrm modules export Projects --out shop.toml",
        lambda found: ExportModules(tuple(found.names), found.out, found.force),
    )
    parser.add_argument(
        "names", metavar=_("NAME"), nargs="*", help=_("a module's name, kind or id; all modules if not given")
    )
    parser.add_argument("--out", type=_place, metavar=_("FILE"), help=_("a file, instead of standard output"))
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _import(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add(
        "import",
        _("make modules what a shop file says, as one undo step"),
        "minicrm modules import shop.toml --dry-run",
        lambda found: ImportModules(found.file, found.dry_run, tuple(found.status_map), found.json),
    )
    parser.add_argument("file", metavar=_("FILE"), help=_("what modules export has written; - is standard input"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what it would do"))
    parser.add_argument(
        "--status-map",
        metavar=_("MODULE: OLD=NEW"),
        action="append",
        default=[],
        help=_("where the cards of a status go that the file does not have; may be given several times"),
    )
    return parser


def _place(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("the name of a file is needed"))
    return Path(text)
