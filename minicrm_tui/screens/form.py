"""The form of a card: name, value, client, task and date, with what is wrong under each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.drafts import FIELDS, fill_card_form, read_card_form
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import CardDetails
from minicrm_tui.i18n import _, format_due
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store


class FormScreen(FieldForm):
    """The form of one card."""

    def __init__(
        self, card: CardDetails, store: Store, *, settings: Settings, clock: Clock, drafts: Drafts, currency: str
    ) -> None:
        super().__init__(card.row.name, fill_card_form(card), key=("card", card.row.id), drafts=drafts)
        self._card = card
        self._store = store
        self._settings = settings
        self._clock = clock
        self._currency = currency

    def fields(self) -> Sequence[FormField]:
        """Those of every card."""
        return [FormField(field, _label(field), _placeholder(field)) for field in FIELDS]

    def note_of(self, field: str, text: str) -> Note | None:
        """A date is read as one types."""
        if field != "when" or text == self._saved["when"]:
            return None
        return when_note(text, self._settings, self._clock)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Change the card."""
        settings, now = self._settings, self._clock()
        edit = read_card_form(
            typed,
            now,
            currency=self._currency,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
        )
        await self._store.edit_card(self._card.row.id, edit, now)


def when_note(text: str, settings: Settings, clock: Clock) -> Note:
    """What a typed date means."""
    if not text.strip():
        return Note(_("without a date: today"))
    now = clock()
    try:
        due = parse_when(
            text,
            now,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
        )
    except Invalid as error:
        return Note(error.why, wrong=True)
    return Note(f"→ {format_due(due, now.date())}")


def _label(field: str) -> str:
    return {
        "name": _("Name"),
        "value": _("Value"),
        "company": _("Company"),
        "person": _("Person"),
        "task": _("Next task"),
        "when": _("When"),
    }[field]


def _placeholder(field: str) -> str:
    return {
        "value": _("4500 EUR"),
        "person": _("Ana Pop"),
        "task": _("call Ana"),
        "when": _("fri 14:00, 15 dec, +2w …"),
    }.get(field, "")
