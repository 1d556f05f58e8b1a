"""The fields of a card that are neither in its form nor its own module's: the closing date, the step, the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.text import clean
from minicrm_tui.i18n import _

CARD_FIELDS: Final = ("sales_step", "expected_close", "loss_reason")
"""Their keys, which are also the `field` of what is wrong."""

LIMIT: Final = 200


def parse_card_field(key: str, typed: str, now: datetime, *, language: str = "en", week_start: int = 0) -> str:
    """A typed value as it is kept: a day in ISO, a text as it is; nothing for nothing. Raises Invalid(key, …)."""
    text = clean(typed)
    if len(text) > LIMIT:
        raise Invalid(key, _("This has {limit} characters at most.").format(limit=LIMIT))
    if key != "expected_close" or not text:
        return text
    try:
        due = parse_when(text, now, language=language, week_start=week_start)
    except Invalid as error:
        raise Invalid(key, error.why) from None
    if due.at is not None:
        raise Invalid(key, _("A date here has no time."))
    return due.day.isoformat()
