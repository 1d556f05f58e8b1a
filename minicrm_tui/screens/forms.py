"""A form: fields, most of one line, under each what is wrong with it; what was typed and not saved is kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.i18n import N_, _
from minicrm_tui.widgets.lines_field import LinesField
from minicrm_tui.widgets.pick import Pick
from minicrm_tui.widgets.text_field import TextField

Drafts = MutableMapping[Hashable, dict[str, str]]
"""What was typed into forms and not saved, by what the form was about."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its key, which is also the `field` of what is wrong, its name, and an example.

    `options`: what it can hold, where that is one of a few. `lines`: with more than one, enter begins another.
    """

    key: str
    label: str
    placeholder: str = ""
    options: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """What is said under a field."""

    text: str = ""
    wrong: bool = False


def entry(field: FormField, text: str) -> Iterator[Widget]:
    """A field's three lines: its name, the text or the options, and what is said of it."""
    yield Static(Content(field.label), id=f"{field.key}-label", classes="label")
    if field.options:
        yield Pick(field.options, text, id=field.key)
    elif field.lines > 1:
        yield LinesField(text, field.lines, id=field.key, placeholder=field.placeholder)
    else:
        yield TextField(text, id=field.key, placeholder=field.placeholder)
    yield Static("", id=f"{field.key}-note", classes="note")


class FieldForm(ModalScreen[bool]):
    """Answers whether it was saved. Left with esc, what was typed is kept in the drafts under its key."""

    # Textual's own would scroll the first field's name away.
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), tooltip=N_("Save what is in the form"), id="form.save", priority=True),
        Binding("escape", "leave", N_("Back"), tooltip=N_("Leave; what you typed is kept"), id="form.leave"),
        Binding("down", "app.focus_next", N_("Next field"), show=False, tooltip=N_("The next field"), id="form.next"),
        Binding("up", "app.focus_previous", N_("Field before"), show=False, tooltip=N_("The field before"),
                id="form.previous"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FieldForm {
        align: center middle;
        #form { width: 76; max-width: 96%; height: auto; max-height: 96%; background: $surface;
            border: round $primary; padding: 0 1; }
        #fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        .label { height: 1; color: $text-muted; }
        Input { border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { border: none; background: $primary 25%; }
        .note { height: auto; min-height: 1; color: $text-muted; padding: 0 1; }
        .note.-wrong { color: $text-error; }
    }
    """

    is_saving: var[bool] = var(False)
    """While it is being saved, keys are for what comes after."""

    def __init__(self, title: str, saved: Mapping[str, str], *, key: Hashable, drafts: Drafts) -> None:
        super().__init__()
        self._title = title
        self._saved = dict(saved)
        self._key = key
        self._drafts = drafts
        self._seen: dict[str, str] = {}
        """The texts that were read last, by field."""

    # --- what a subclass says

    def fields(self) -> Sequence[FormField]:
        """The fields, in order."""
        raise NotImplementedError

    async def store(self, typed: Mapping[str, str]) -> None:
        """Read what was typed and write it. Raises InvalidForm, Invalid, or another CrmError."""
        raise NotImplementedError

    def note_of(self, field: str, text: str) -> Note | None:
        """What is said of a text while it is typed; None: what was said goes with the first change."""
        return None

    # --- the screen

    def compose(self) -> ComposeResult:
        """One line a field, and under it what is wrong."""
        typed = self._seen = self._saved | self._drafts.get(self._key, {})
        with Vertical(id="form") as box:
            box.border_title = Content(self._title)
            by_enter = all(field.lines == 1 for field in self.fields())
            how = _("enter saves · tab next · esc leaves") if by_enter else _("ctrl+s saves · tab next · esc leaves")
            box.border_subtitle = Content(how)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self.fields():
                    yield from entry(field, typed.get(field.key, ""))

    def on_mount(self) -> None:
        """The first field; a draft from before is said to be one."""
        first = self.fields()[0].key
        self._entry(first).focus(scroll_visible=False)
        for field in self.fields():
            note = self.note_of(field.key, self._entry(field.key).value)
            if note is not None and not note.wrong:
                self.tell(field.key, note)
        if self._key in self._drafts:
            self.tell(first, Note(_("what you typed last time, not saved yet")))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A field comes in sight with its name and what is said under it."""
        if event.widget.id is not None:
            self.call_after_refresh(self._show_whole, event.widget.id)

    def _show_whole(self, field: str) -> None:
        parts = [line.virtual_region for part in ("label", "note") for line in self.query(f"#{field}-{part}")]
        if parts:
            self.query_one("#fields").scroll_to_region(Region.from_union(parts), animate=False, force=True)

    # --- typing

    def typed(self) -> dict[str, str]:
        """The texts of the fields."""
        return {field.key: self._entry(field.key).value for field in self.fields()}

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is read; an error goes with the first change to its field."""
        field = event.input.id or ""
        self._changed(field, event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The same in a field of several lines."""
        self._changed(event.text_area.id or "", event.text_area.text)

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """What is chosen is said in words."""
        self._changed(event.pick.id or "", event.value)

    def _changed(self, field: str, text: str) -> None:
        if text != self._seen.get(field, ""):
            self._seen[field] = text
            self.tell(field, self.note_of(field, text) or Note())

    def _entry(self, field: str) -> Input | Pick | LinesField:
        found = self.query_one(f"#{field}")
        assert isinstance(found, Input | Pick | LinesField)
        return found

    def _note(self, field: str) -> Static:
        return self.query_one(f"#{field}-note", Static)

    def tell(self, field: str, note: Note) -> None:
        """Say this under a field."""
        line = self._note(field)
        line.set_class(note.wrong, "-wrong")
        line.update(Content(note.text))

    # --- saving and leaving

    def on_input_submitted(self) -> None:
        """Enter saves from any field."""
        self.action_save()

    def on_pick_submitted(self) -> None:
        """From one of a few options too."""
        self.action_save()

    def action_save(self) -> None:
        """`ctrl+s`."""
        if not self.is_saving:
            self.is_saving = True
            self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        try:
            await self.store(self.typed())
        except InvalidForm as error:
            self._show_errors(error.errors)
        except Invalid as error:
            self._show_errors((error,))
        except CrmError as error:
            self.app.clear_notifications()
            self.notify(error.sentence(), severity="warning", markup=False)
        else:
            self._drafts.pop(self._key, None)
            self.dismiss(True)
        finally:
            self.is_saving = False

    def _show_errors(self, errors: Sequence[Invalid]) -> None:
        wrong = {error.field: error.why for error in errors}
        keys = [field.key for field in self.fields()]
        for key in keys:
            self.tell(key, Note(wrong.get(key, ""), wrong=key in wrong))
        first = next((key for key in keys if key in wrong), keys[0])
        self._entry(first).focus()

    def action_leave(self) -> None:
        """`esc`: what was typed is kept for the next time."""
        typed = self.typed()
        if typed != self._saved:
            self._drafts[self._key] = typed
            self.app.clear_notifications()
            self.notify(_("What you typed is kept for the next time."), markup=False, timeout=3)
        else:
            self._drafts.pop(self._key, None)
        self.dismiss(False)
