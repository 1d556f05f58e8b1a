"""Where cards go whose status a shop file does not have: "MODULE: OLD=NEW"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.text import clean, fold
from minicrm_tui.i18n import _


@dataclass(frozen=True, slots=True)
class StatusMap:
    """What was typed."""

    text: str

    def of(self, called: str) -> Iterator[tuple[str, str]]:
        """The two statuses, where it is about the module that is called so.

        Names may have the signs in them too, so it can be read in several ways.
        """
        for colon in _places(self.text, ":"):
            if fold(self.text[:colon]) == fold(called):
                statuses = self.text[colon + 1 :]
                for equals in _places(statuses, "="):
                    yield statuses[:equals].strip(), statuses[equals + 1 :].strip()


def _places(text: str, sign: str) -> Iterator[int]:
    return (place for place, each in enumerate(text) if each == sign)


def read_status_map(typed: str) -> StatusMap:
    """Raises Refused for what is no map."""
    text = clean(typed)
    if not any("=" in text[colon:] for colon in _places(text, ":")):
        raise Refused(
            _("“{text}” does not say which status takes whose cards.").format(text=text),
            _("Write it so: {example}.").format(example='--status-map "Projects: Review=In progress"'),
        )
    return StatusMap(text)
