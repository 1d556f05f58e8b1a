"""The form of what a document says besides its items: the payment date and the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from minicrm_tui.domain.documents import Document, DocumentKind
from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.profile import parse_card_field
from minicrm_tui.i18n import _, format_day, ngettext
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

NOTE_LINES = 6


class HeaderForm(FieldForm):
    """Of a draft."""

    def __init__(self, document: Document, store: Store, *, settings: Settings, clock: Clock, drafts: Drafts) -> None:
        due_on = "" if document.due_on is None else document.due_on.isoformat()
        saved = {"due_on": due_on, "notes": document.notes}
        super().__init__(document.subject, saved, key=("header", document.card_id), drafts=drafts)
        self._document = document
        self._store = store
        self._settings = settings
        self._clock = clock

    def fields(self) -> Sequence[FormField]:
        """An order has no payment date."""
        notes = FormField("notes", _("Notes"), _("printed under the items"), lines=NOTE_LINES)
        if self._document.kind is DocumentKind.ORDER:
            return [notes]
        label = _("Answer by") if self._document.kind is DocumentKind.OFFER else _("Payment date")
        return [FormField("due_on", label, _("15 dec, +2w …")), notes]

    def note_of(self, field: str, text: str) -> Note | None:
        """The day as it is read."""
        if field != "due_on":
            return None
        try:
            day = self._day(text)
        except Invalid as error:
            return Note(error.why, wrong=True)
        if day is not None:
            return Note(f"→ {format_day(day)}")
        days = self._settings.payment_days
        said = ngettext("without a date: {n} day after issue", "without a date: {n} days after issue", days)
        return Note(said.format(n=days))

    def _day(self, text: str) -> date | None:
        settings = self._settings
        try:
            read = parse_card_field("expected_close", text, self._clock(), language=settings.language,
                                    week_start=settings.week_start)  # fmt: skip
        except Invalid as error:
            raise Invalid("due_on", error.why) from None
        return date.fromisoformat(read) if read else None

    async def store(self, typed: Mapping[str, str]) -> None:
        """Write both, as one step."""
        day = self._day(typed.get("due_on", ""))
        await self._store.edit_document(self._document.card_id, day, typed["notes"], self._clock())
