"""The arguments of `minicrm contact …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Protocol

from minicrm_tui.cli.commands import Command
from minicrm_tui.cli.contacts import AddContact, ListContacts, MergeContacts, ShowContact
from minicrm_tui.domain.contacts import ContactKind
from minicrm_tui.i18n import _


class Commands(Protocol):
    """Where a subcommand is added: what it does, an example of it, and how its arguments are read."""

    def add(
        self, name: str, does: str, example: str, read: Callable[[argparse.Namespace], Command]
    ) -> argparse.ArgumentParser:
        """A subcommand."""


def add_contact_commands(contacts: Commands, json_option: Callable[[argparse.ArgumentParser], None]) -> None:
    """`list`, `show`, `add`, `merge`."""
    parsers = (_list(contacts), _show(contacts), _add(contacts), _merge(contacts))
    for parser in parsers:
        json_option(parser)


def _list(contacts: Commands) -> argparse.ArgumentParser:
    parser = contacts.add(
        "list",
        _("companies and persons, all or those who match a text"),
        "minicrm contact list acme",
        lambda found: ListContacts(found.text, found.json),
    )
    parser.add_argument(
        "text", nargs="?", default="", metavar=_("TEXT"), help=_("part of a name, company, phone or e-mail")
    )
    return parser


def _show(contacts: Commands) -> argparse.ArgumentParser:
    parser = contacts.add(
        "show",
        _("all about one contact"),
        "minicrm contact show c12",
        lambda found: ShowContact(found.contact, found.json),
    )
    parser.add_argument("contact", metavar=_("CONTACT"), help=_("its key as contact list prints it, or its name"))
    return parser


def _add(contacts: Commands) -> argparse.ArgumentParser:
    example = 'minicrm contact add person "Ana Pop" --company "Acme SRL" --phone "0722 000 111, work"'
    parser = contacts.add("add", _("make a company or a person"), example, _read_add)
    parser.add_argument("kind", choices=[kind.value for kind in ContactKind], help=_("company or person"))
    parser.add_argument("name", metavar=_("NAME"), help=_("the name"))
    parser.add_argument("--company", metavar=_("NAME"), default="", help=_("the person's company, known or new"))
    parser.add_argument(
        "--phone",
        metavar="P",
        action="append",
        default=[],
        help=_("a phone, with a label after a comma; several times"),
    )
    parser.add_argument(
        "--email",
        metavar="E",
        action="append",
        default=[],
        help=_("an e-mail, with a label after a comma; several times"),
    )
    parser.add_argument(
        "--set",
        metavar=_("FIELD=VALUE"),
        action="append",
        default=[],
        help=_("another field: website, address, tax_number, job, description …; several times"),
    )
    parser.add_argument("--anyway", action="store_true", help=_("add it though somebody is known like that"))
    return parser


def _read_add(found: argparse.Namespace) -> AddContact:
    return AddContact(
        ContactKind(found.kind),
        found.name,
        found.company,
        tuple(found.phone),
        tuple(found.email),
        tuple(found.set),
        found.anyway,
        found.json,
    )


def _merge(contacts: Commands) -> argparse.ArgumentParser:
    parser = contacts.add(
        "merge",
        _("make two contacts one"),
        "minicrm contact merge c12 c15",
        lambda found: MergeContacts(found.keep, found.gone, found.json),
    )
    parser.add_argument("keep", metavar=_("KEEP"), help=_("the contact that stays: its key or name"))
    parser.add_argument("gone", metavar=_("GONE"), help=_("the contact that goes into it"))
    return parser
