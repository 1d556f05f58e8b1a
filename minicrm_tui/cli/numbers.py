"""Numbers among the arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from minicrm_tui.i18n import _


def number(low: int, high: int | None = None) -> Callable[[str], int]:
    """Reads a whole number; too long ones are no numbers of ours, but numbers."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 1000:
            raise argparse.ArgumentTypeError(_("“{text}” is no whole number").format(text=text[:40]))
        found = int(text)
        if found < low or (high is not None and found > high):
            raise argparse.ArgumentTypeError(_("{low} to {high}").format(low=low, high=high))
        return found

    return read


def card_argument(parser: argparse.ArgumentParser) -> None:
    """The number of a card."""
    parser.add_argument("card", metavar=_("CARD_ID"), type=number(0), help=_("the card's number, as agenda prints it"))
