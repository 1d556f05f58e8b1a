"""The arguments of `minicrm card …` and `minicrm note …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from minicrm_tui.cli.cards import AddNote, SetCard, ShowCard
from minicrm_tui.cli.contact_arguments import Commands
from minicrm_tui.cli.numbers import card_argument
from minicrm_tui.i18n import _


def add_card_commands(cards: Commands, json_option: Callable[[argparse.ArgumentParser], None]) -> None:
    """`show`, `set`."""
    shown = cards.add(
        "show",
        _("all about one card"),
        "minicrm card show 17",
        lambda found: ShowCard(found.card, found.json),
    )
    card_argument(shown)
    json_option(shown)
    changed = cards.add(
        "set",
        _("change fields of a card, all that are given or none"),
        'minicrm card set 17 value="5200 EUR" "closes on=15 dec" qualification=vip',
        lambda found: SetCard(found.card, tuple(found.assignments)),
    )
    card_argument(changed)
    changed.add_argument(
        "assignments",
        nargs="+",
        metavar=_("FIELD=VALUE"),
        help=_("a field as card show names it, or its key in the JSON; nothing after the = empties it"),
    )


def add_note_commands(notes: Commands) -> None:
    """`add`."""
    parser = notes.add(
        "add",
        _("write a note on a card"),
        'minicrm note add 17 "they want two, by Christmas"',
        lambda found: AddNote(found.card, found.text),
    )
    card_argument(parser)
    parser.add_argument("text", metavar=_("TEXT"), help=_("the note, of several lines too; - reads standard input"))
