"""After how many quiet days a card is marked: read from what a person typed, and what the marks say."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import CardRow
from minicrm_tui.i18n import _, format_number, ngettext

MOST_DAYS: Final = 365


def parse_days(typed: str) -> int | None:
    """A typed number of days, nothing for "never"; Invalid("days") for all else."""
    text = typed.strip()
    if not text:
        return None
    # Other scripts' digits are digits to Python too.
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        why = _("Write a number of days from 1 to {most}, or nothing for never.").format(most=MOST_DAYS)
        raise Invalid("days", why)
    return int(text)


def in_words(days: int | None) -> str:
    """When the module calls an opportunity forgotten: "after 14 days", "never"."""
    if days is None:
        return _("never")
    return ngettext("after {n} quiet day", "after {n} quiet days", days).format(n=format_number(days))


def mark(days: int) -> str:
    """What stands beside a forgotten opportunity: "forgotten 23 d"."""
    return _("forgotten {n} d").format(n=format_number(days))


def said_of(card: CardRow, now: datetime) -> str:
    """What stands beside a card that was left alone for too long, "rotting 12 d" before all; nothing of others."""
    rotting, forgotten = card.rotting(now), card.forgotten(now)
    if rotting is not None:
        return _("rotting {n} d").format(n=format_number(rotting))
    return "" if forgotten is None else mark(forgotten)
