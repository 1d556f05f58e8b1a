"""The form of a card: name, value, client, task and date, with what is wrong under each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.drafts import (
    FIELDS,
    CardEdit,
    document_fields,
    fill_card_form,
    read_card_form,
    read_document_form,
)
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.records import CardDetails
from minicrm_tui.i18n import _, format_due
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

if TYPE_CHECKING:
    from datetime import datetime

    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.documents import Document
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store


class FormScreen(FieldForm):
    """The form of one card."""

    def __init__(
        self,
        card: CardDetails,
        store: Store,
        *,
        settings: Settings,
        clock: Clock,
        drafts: Drafts,
        currency: str,
        document: Document | None = None,
    ) -> None:
        """`document`: of an order or a document, whose value and, once it is no draft, client are not typed."""
        super().__init__(card.row.name, fill_card_form(card), key=("card", card.row.id), drafts=drafts)
        self._card = card
        self._store = store
        self._settings = settings
        self._clock = clock
        self._currency = currency
        self._document = document

    def fields(self) -> Sequence[FormField]:
        """Those of every card, but for what an order or a document has fixed."""
        found = self._document
        fields = FIELDS if found is None else document_fields(is_draft=found.is_draft)
        return [FormField(field, _label(field), _placeholder(field)) for field in fields]

    def note_of(self, field: str, text: str) -> Note | None:
        """A date is read as one types."""
        if field != "when" or text == self._saved["when"]:
            return None
        return when_note(text, self._settings, self._clock)

    async def store(self, typed: Mapping[str, str]) -> None:
        """Change the card."""
        now = self._clock()
        edit = read_edit(typed, self._card, self._document, now, self._settings, self._currency)
        await self._store.edit_card(self._card.row.id, edit, now)


def read_edit(
    typed: Mapping[str, str],
    card: CardDetails,
    document: Document | None,
    now: datetime,
    settings: Settings,
    currency: str,
) -> CardEdit:
    """What the form of a card, or of an order or a document, says; raises InvalidForm."""
    if document is None:
        return read_card_form(
            typed,
            now,
            currency=currency,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
        )
    return read_document_form(
        typed,
        card,
        now,
        is_draft=document.is_draft,
        language=settings.language,
        week_start=settings.week_start,
        working_days=settings.working_days,
    )


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
