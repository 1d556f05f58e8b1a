"""The arguments: argparse, in the person's language; each command with an example in its help."""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Final

from minicrm_tui import __version__
from minicrm_tui.cli.card_arguments import add_card_commands, add_note_commands
from minicrm_tui.cli.commands import (
    AddCard,
    AddTask,
    CloseTask,
    Command,
    PostponeTask,
    Redo,
    ShowAgenda,
    ShowModules,
    Undo,
)
from minicrm_tui.cli.contact_arguments import add_contact_commands
from minicrm_tui.cli.document_arguments import add_document_commands, add_order_commands
from minicrm_tui.cli.exporting import add_export_command
from minicrm_tui.cli.importing import add_import_arguments, read_import
from minicrm_tui.cli.numbers import card_argument, number
from minicrm_tui.cli.requests import OpenApp, OpenDemo, Request, ShowPlaces
from minicrm_tui.cli.safekeeping import FileCommand
from minicrm_tui.cli.safekeeping_arguments import add_safekeeping_commands
from minicrm_tui.demo import CARDS, MOST_CARDS, SEED
from minicrm_tui.domain.documents import DocumentKind, module_of
from minicrm_tui.domain.records import Kind, Outcome
from minicrm_tui.i18n import N_, _, language

_Wish = OpenApp | OpenDemo | ShowPlaces | FileCommand | Command
_Read = Callable[[argparse.Namespace], _Wish]

ARGPARSE_SENTENCES: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
"""What argparse itself says, so that the catalogue has it: argparse asks gettext's default domain for it."""


def parse(arguments: Sequence[str], environment: MutableMapping[str, str]) -> Request:
    """What is asked for. Prints and exits like every argparse program: 0 after help, 2 on wrong usage.

    `environment` is the process's own: gettext finds the language of argparse's sentences there.
    """
    gettext.bindtextdomain("minicrm", Path(__file__).parents[1] / "locale")
    gettext.textdomain("minicrm")
    environment["LANGUAGE"] = language()
    parser = _parser(arguments)
    found = parser.parse_args(arguments)
    read: _Read = found.read
    wish = read(found)
    database: Path | None = getattr(found, "db", None)
    if isinstance(wish, OpenDemo) and not wish.opens and database is None:
        parser.error(_("--no-open only writes the file, so it needs --db FILE"))
    return Request(wish, database)


def _parser(typed: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minicrm",
        description=_("MiniCRM in the terminal. Without a command, the program opens."),
        epilog=_example("minicrm --db ~/crm.db"),
        parents=[_file_option()],
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"minicrm {__version__}",
        # Python 3.11 does not translate this one itself.
        help=_("show program's version number and exit"),
    )
    parser.set_defaults(read=lambda _found: OpenApp())
    commands = Commands(parser, typed)
    _demo(commands)
    _agenda(commands)
    _add(commands)
    _card(commands)
    _task(commands)
    _note(commands)
    _contact(commands)
    _order(commands)
    _document(commands)
    add_export_command(commands)
    _import(commands)
    commands.add("undo", _("take back the latest action"), "minicrm undo", lambda _found: Undo())
    commands.add("redo", _("do again what was taken back last"), "minicrm redo", lambda _found: Redo())
    _modules(commands)
    add_safekeeping_commands(commands, _path, _json_option)
    commands.add("where", _("the places of the files"), "minicrm where", lambda _found: ShowPlaces())
    return parser


def _demo(commands: Commands) -> None:
    parser = commands.add("demo", _("open the program on made-up data"), "minicrm demo --cards 10000", _read_demo)
    parser.add_argument("--no-open", action="store_true", help=_("only write the file that --db names"))
    parser.add_argument(
        "--cards",
        type=number(1, MOST_CARDS),
        default=CARDS,
        metavar="N",
        help=_("how many cards, up to 1,000,000; {n} if not given").format(n=CARDS),
    )
    parser.add_argument(
        "--seed",
        type=number(0, 2**63 - 1),
        default=SEED,
        metavar="S",
        help=_("the same number gives the same data"),
    )


def _read_demo(found: argparse.Namespace) -> OpenDemo:
    return OpenDemo(cards=found.cards, seed=found.seed, opens=not found.no_open)


def _agenda(commands: Commands) -> None:
    example = "minicrm agenda --module sales --bucket expired"
    parser = commands.add("agenda", _("a module's cards by their next task"), example, _read_agenda)
    _module_option(parser)
    parser.add_argument("--bucket", metavar=_("KEY"), help=_("only this bucket: expired, today, … no_task"))
    _json_option(parser)


def _read_agenda(found: argparse.Namespace) -> ShowAgenda:
    return ShowAgenda(found.module, found.bucket, found.json)


def _add(commands: Commands) -> None:
    example = 'minicrm add "Roof repair @ Acme SRL (Ana Pop) 4500 EUR > call Ana fri 14:00"'
    parser = commands.add("add", _("make a card of one line"), example, _read_add)
    parser.add_argument("line", metavar=_("LINE"), help=_("CARD [@ CLIENT] [AMOUNT [CURRENCY]] [> TASK [WHEN]]"))
    _module_option(parser)
    kinds = [kind.value for kind in DocumentKind if module_of(kind) is Kind.INVOICING]
    parser.add_argument("--kind", choices=kinds, help=_("in Invoicing: which document; an invoice if not given"))
    _json_option(parser)


def _read_add(found: argparse.Namespace) -> AddCard:
    return AddCard(found.line, found.module, None if found.kind is None else DocumentKind(found.kind), found.json)


def _task(commands: Commands) -> None:
    example = "minicrm task postpone 5 +3"
    if (tasks := commands.group("task", _("add, close or postpone a task"), example)) is not None:
        _task_add(tasks)
        _task_done(tasks)
        _task_postpone(tasks)


def _task_add(tasks: Commands) -> None:
    parser = tasks.add(
        "add", _("add a task to a card"), 'minicrm task add 17 "send the offer tomorrow"', _read_task_add
    )
    card_argument(parser)
    parser.add_argument("text", metavar=_("TEXT"), help=_("what and when: “call Ana fri 14:00”; today without a date"))


def _read_task_add(found: argparse.Namespace) -> AddTask:
    return AddTask(found.card, found.text)


def _task_done(tasks: Commands) -> None:
    example = 'minicrm task done 5 --comment "went well" --next "send the offer fri"'
    parser = tasks.add("done", _("close a task"), example, _read_task_done)
    _task_argument(parser)
    outcomes = [outcome.value for outcome in Outcome]
    parser.add_argument("--outcome", choices=outcomes, default=Outcome.DONE.value, help=_("how it ended"))
    parser.add_argument("--comment", metavar="C", default="", help=_("what happened"))
    parser.add_argument("--next", metavar=_("TEXT"), help=_("the card's next task, in the same undo step"))


def _read_task_done(found: argparse.Namespace) -> CloseTask:
    return CloseTask(found.task, Outcome(found.outcome), found.comment, found.next)


def _task_postpone(tasks: Commands) -> None:
    parser = tasks.add("postpone", _("postpone a task"), "minicrm task postpone 5 +3", _read_task_postpone)
    _task_argument(parser)
    parser.add_argument(
        "when",
        metavar=_("WHEN"),
        help=_("a date as in the program (“fri 14:00”), or 0 today, +1 … +9 days, n, o, w, m, f"),
    )


def _read_task_postpone(found: argparse.Namespace) -> PostponeTask:
    return PostponeTask(found.task, found.when)


def _contact(commands: Commands) -> None:
    example = "minicrm contact list acme"
    does = _("list, show, add or merge companies and persons")
    if (inner := commands.group("contact", does, example)) is not None:
        add_contact_commands(inner, _json_option)


def _card(commands: Commands) -> None:
    does = _("show a card, or change its fields")
    if (inner := commands.group("card", does, "minicrm card show 17")) is not None:
        add_card_commands(inner, _json_option)


def _note(commands: Commands) -> None:
    example = 'minicrm note add 17 "they want two"'
    if (inner := commands.group("note", _("write a note on a card"), example)) is not None:
        add_note_commands(inner)


def _order(commands: Commands) -> None:
    does = _("list, show and move orders; write them as PDF")
    if (inner := commands.group("order", does, "minicrm order list --status completed")) is not None:
        add_order_commands(inner, _json_option)


def _document(commands: Commands) -> None:
    does = _("list, show and move offers, proformas and invoices; write them as PDF")
    if (inner := commands.group("document", does, "minicrm document list --overdue")) is not None:
        add_document_commands(inner, _json_option)


def _import(commands: Commands) -> None:
    does = _("take in a file: Pipedrive, HubSpot, MiniCRM, Google, LinkedIn, vCard, CSV, XLSX")
    parser = commands.add("import", does, "minicrm import deals.csv --dry-run", read_import)
    add_import_arguments(parser)
    _json_option(parser)


def _modules(commands: Commands) -> None:
    example = "minicrm modules --json"
    does = _("the installed modules with their counts; export and import of their set-up")
    parser, inner = commands.own_and_group("modules", does, example, _read_modules)
    _json_option(parser)
    if inner is not None:
        from minicrm_tui.cli.shop_arguments import add_shop_commands

        add_shop_commands(inner, _json_option)


def _read_modules(found: argparse.Namespace) -> ShowModules:
    return ShowModules(found.json)


# --- what several have


class Commands:
    """The subcommands of a parser, for what was typed."""

    def __init__(self, parser: argparse.ArgumentParser, typed: Sequence[str], *, required: bool = False) -> None:
        self._prog = parser.prog
        self._typed = typed
        self._file = _file_option()
        self._actions = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=required)

    def add(self, name: str, does: str, example: str, read: _Read) -> argparse.ArgumentParser:
        """A subcommand: what it does, an example of it, and how its arguments are read."""
        parser = self._actions.add_parser(
            name,
            prog=f"{self._prog} {name}",
            help=does,
            description=does[0].upper() + does[1:] + ".",
            epilog=_example(example),
            parents=[self._file],
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.set_defaults(read=read)
        return parser

    def group(self, name: str, does: str, example: str) -> Commands | None:
        """A command of commands; None where it was not typed, and nobody will see them: they take time to make."""
        parser = self.add(name, does, example, lambda _found: OpenApp())
        return Commands(parser, self._typed, required=True) if name in self._typed else None

    def own_and_group(
        self, name: str, does: str, example: str, read: _Read
    ) -> tuple[argparse.ArgumentParser, Commands | None]:
        """A command that does something by itself, and has commands too."""
        parser = self.add(name, does, example, read)
        return parser, Commands(parser, self._typed) if name in self._typed else None


def _file_option() -> argparse.ArgumentParser:
    """`--db`, before the command or after it."""
    parent = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    parent.add_argument(
        "--db", type=_path, metavar=_("FILE"), help=_("the data file, instead of MINICRM_DB or the usual place")
    )
    return parent


def _module_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--module", metavar=_("NAME"), help=_("a module's name, kind or id; the first one if not given")
    )


def _json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON, for scripts"))


def _task_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", metavar=_("TASK_ID"), type=number(0), help=_("the task's number, as agenda prints it"))


def _example(line: str) -> str:
    return _("example: {line}").format(line=line)


def _path(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("the name of a file is needed"))
    return Path(text)
