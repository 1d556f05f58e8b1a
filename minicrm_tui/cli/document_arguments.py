"""The arguments of `minicrm order …` and `minicrm document …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from minicrm_tui.cli.contact_arguments import Commands
from minicrm_tui.cli.documents import DOCUMENTS, ORDERS, ActOn, Kinds, ListPapers, MakeInvoice, ShowPaper, WritePdf
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DocumentKind
from minicrm_tui.i18n import N_, _

JsonOption = Callable[[argparse.ArgumentParser], None]

_OF_ORDERS: Final = {
    Action.FINALISE: N_("finalise a draft: it takes its number, its content is fixed"),
    Action.EDIT: N_("take an order in progress back to draft"),
    Action.COMPLETE: N_("complete an order in progress"),
    Action.PAY: N_("note that an order was paid"),
    Action.CANCEL: N_("cancel a completed or paid order"),
}

_OF_DOCUMENTS: Final = {
    Action.ISSUE: N_("issue a draft: number and content are fixed from then on"),
    Action.ACCEPT: N_("note that an offer was accepted"),
    Action.REJECT: N_("note that an offer was rejected"),
    Action.PAY: N_("note that a proforma or an invoice was paid; a proforma makes its invoice"),
    Action.CANCEL: N_("cancel what was issued; an invoice is cancelled by another one, with the next number"),
}

_ORDER: Final = "ORD-2026-EUR/00001"
_DOCUMENT: Final = {
    Action.ISSUE: "17",
    Action.ACCEPT: "OFF-2026-EUR/00001 --make order",
    Action.REJECT: "OFF-2026-EUR/00002",
}
_INVOICE: Final = "INV-2026-EUR/00001"


def add_order_commands(commands: Commands, json_option: JsonOption) -> None:
    """`list`, `show`, the actions, `invoice`, `pdf`."""
    listing = _list(commands, ORDERS, "minicrm order list --status completed", json_option)
    listing.set_defaults(kind=None, overdue=False)
    _show(commands, ORDERS, f"minicrm order show {_ORDER}", json_option)
    for action, does in _OF_ORDERS.items():
        _act(commands, ORDERS, action, _(does), f"minicrm order {action} {_ORDER}", json_option)
    invoice = commands.add(
        "invoice",
        _("make an invoice, as a draft, of a successful order"),
        f"minicrm order invoice {_ORDER}",
        lambda found: MakeInvoice(ORDERS, found.wanted, found.json),
    )
    _wanted(invoice)
    json_option(invoice)
    _pdf(commands, ORDERS, f"minicrm order pdf {_ORDER}")


def add_document_commands(commands: Commands, json_option: JsonOption) -> None:
    """`list`, `show`, the actions, `pdf`."""
    listing = _list(commands, DOCUMENTS, "minicrm document list --kind invoice --overdue", json_option)
    kinds = [kind.value for kind in DocumentKind if kind in DOCUMENTS]
    listing.add_argument("--kind", choices=kinds, help=_("only this kind"))
    listing.add_argument("--overdue", action="store_true", help=_("only what should have been paid by now"))
    _show(commands, DOCUMENTS, f"minicrm document show {_INVOICE}", json_option)
    for action, does in _OF_DOCUMENTS.items():
        example = f"minicrm document {action} {_DOCUMENT.get(action, _INVOICE)}"
        parser = _act(commands, DOCUMENTS, action, _(does), example, json_option)
        if action is Action.ACCEPT:
            parser.add_argument("--make", choices=["order", "invoice"], help=_("what to make of it, as a draft"))
    _pdf(commands, DOCUMENTS, f"minicrm document pdf {_INVOICE} --out ~/Desktop")


def _list(commands: Commands, kinds: Kinds, example: str, json_option: JsonOption) -> argparse.ArgumentParser:
    def read(found: argparse.Namespace) -> ListPapers:
        wanted = kinds if found.kind is None else frozenset({DocumentKind(found.kind)})
        return ListPapers(wanted, found.status, found.overdue, found.json)

    parser = commands.add("list", _("all of them, the newest first"), example, read)
    parser.add_argument("--status", metavar=_("STATUS"), help=_("only this status: draft, issued, paid …"))
    json_option(parser)
    return parser


def _show(commands: Commands, kinds: Kinds, example: str, json_option: JsonOption) -> None:
    does = _("all that it says, as it is printed")
    parser = commands.add("show", does, example, lambda found: ShowPaper(kinds, found.wanted, found.json))
    _wanted(parser)
    json_option(parser)


def _act(
    commands: Commands, kinds: Kinds, action: Action, does: str, example: str, json_option: JsonOption
) -> argparse.ArgumentParser:
    def read(found: argparse.Namespace) -> ActOn:
        made = getattr(found, "make", None)
        return ActOn(kinds, found.wanted, action, found.json, None if made is None else DocumentKind(made))

    parser = commands.add(action.value, does, example, read)
    _wanted(parser)
    json_option(parser)
    return parser


def _pdf(commands: Commands, kinds: Kinds, example: str) -> None:
    parser = commands.add(
        "pdf",
        _("write it as a PDF and print the file's name"),
        example,
        lambda found: WritePdf(kinds, found.wanted, found.out, found.force),
    )
    _wanted(parser)
    parser.add_argument(
        "--out", type=_place, metavar=_("FILE"), help=_("a file or a folder, instead of the settings' folder")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "wanted", metavar=_("ID"), help=_("its number (INV-2026-EUR/00001), or its card's as list prints it")
    )


def _place(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("the name of a file is needed"))
    return Path(text).expanduser()
