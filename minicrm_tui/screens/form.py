"""The form of a card: name, value, client, task and date, with what is wrong under each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from minicrm_tui.domain.dates import parse_when
from minicrm_tui.domain.drafts import FIELDS, CardEdit, InvalidForm, fill_card_form, read_card_form
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.records import CardDetails, CardId
from minicrm_tui.i18n import N_, _, format_due

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store

Drafts = dict[CardId, dict[str, str]]
"""What was typed into a card's form and not saved."""


class FormScreen(ModalScreen[bool]):
    """Answers whether the card was saved. Left with esc, what was typed is kept in `drafts`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), tooltip=N_("Save the card"), id="form.save", priority=True),
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave; what you typed is kept"), id="form.leave"),
        Binding("down", "app.focus_next", N_("Next field"), show=False, tooltip=N_("The next field"), id="form.next"),
        Binding("up", "app.focus_previous", N_("Field before"), show=False, tooltip=N_("The field before"),
                id="form.previous"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FormScreen {
        align: center middle;
        #form { width: 76; max-width: 96%; height: auto; max-height: 96%; background: $surface;
            border: round $primary; padding: 0 1; }
        #fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        .label { height: 1; color: $text-muted; }
        Input { border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { border: none; background: $primary 25%; }
        .note { height: 1; color: $text-muted; padding: 0 1; }
        .note.-wrong { color: $text-error; }
    }
    """

    def __init__(
        self, card: CardDetails, store: Store, *, settings: Settings, clock: Clock, drafts: Drafts, currency: str
    ) -> None:
        super().__init__()
        self._card = card
        self._store = store
        self._settings = settings
        self._clock = clock
        self._drafts = drafts
        self._currency = currency
        self._saved = fill_card_form(card)

    def compose(self) -> ComposeResult:
        """One line a field, and under it what is wrong."""
        typed = self._saved | self._drafts.get(self._card.row.id, {})
        with Vertical(id="form") as box:
            box.border_title = Content(self._card.row.name)
            box.border_subtitle = Content(_("enter saves · tab next · esc leaves"))
            with VerticalScroll(id="fields", can_focus=False):
                for field in FIELDS:
                    yield Static(Content(_label(field)), classes="label")
                    yield Input(typed.get(field, ""), id=field, placeholder=_placeholder(field))
                    yield Static("", id=f"{field}-note", classes="note")

    def on_mount(self) -> None:
        """The name first; a draft from before is said to be one."""
        self.query_one("#name", Input).focus()
        if self._card.row.id in self._drafts:
            self._tell("name", _("what you typed last time, not saved yet"))

    # --- typing

    def typed(self) -> dict[str, str]:
        """The texts of the fields."""
        return {field: self.query_one(f"#{field}", Input).value for field in FIELDS}

    def on_input_changed(self, event: Input.Changed) -> None:
        """A date is read as one types; an error goes with the first change to its field."""
        field = event.input.id or ""
        if field == "when" and event.value.strip() != self._saved["when"]:
            self._read_date(event.value)
        elif self._note(field).has_class("-wrong"):
            self._tell(field, "")

    def _read_date(self, text: str) -> None:
        if not text.strip():
            self._tell("when", _("without a date: today"))
            return
        settings = self._settings
        try:
            due = parse_when(
                text,
                self._clock(),
                language=settings.language,
                week_start=settings.week_start,
                working_days=settings.working_days,
            )
        except Invalid as error:
            self._tell("when", error.why, wrong=True)
        else:
            self._tell("when", f"→ {format_due(due, self._clock().date())}")

    def _note(self, field: str) -> Static:
        return self.query_one(f"#{field}-note", Static)

    def _tell(self, field: str, sentence: str, *, wrong: bool = False) -> None:
        note = self._note(field)
        note.set_class(wrong, "-wrong")
        note.update(Content(sentence))

    # --- saving and leaving

    def on_input_submitted(self) -> None:
        """Enter saves from any field."""
        self.action_save()

    def action_save(self) -> None:
        """`ctrl+s`."""
        self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        try:
            edit = self._read()
            await self._store.edit_card(self._card.row.id, edit, self._clock())
        except InvalidForm as error:
            self._show_errors(error.errors)
        except Invalid as error:
            self._show_errors((error,))
        except CrmError as error:
            self.app.clear_notifications()
            self.notify(error.sentence(), severity="warning", markup=False)
        else:
            self._drafts.pop(self._card.row.id, None)
            self.dismiss(True)

    def _read(self) -> CardEdit:
        settings = self._settings
        return read_card_form(
            self.typed(),
            self._clock(),
            currency=self._currency,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
        )

    def _show_errors(self, errors: tuple[Invalid, ...]) -> None:
        wrong = {error.field: error.why for error in errors}
        for field in FIELDS:
            self._tell(field, wrong.get(field, ""), wrong=field in wrong)
        first = next((field for field in FIELDS if field in wrong), "name")
        self.query_one(f"#{first}", Input).focus()

    def action_leave(self) -> None:
        """`esc`: what was typed is kept for the next time."""
        typed = self.typed()
        if typed != self._saved:
            self._drafts[self._card.row.id] = typed
            self.app.clear_notifications()
            self.notify(_("What you typed is kept for the next time."), markup=False, timeout=3)
        else:
            self._drafts.pop(self._card.row.id, None)
        self.dismiss(False)


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
