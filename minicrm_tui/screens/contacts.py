"""All companies and persons: filtered as one types, opened, made, changed, merged, deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from minicrm_tui.domain.contacts import NAMES, ContactKind, ContactRef, ContactRow, names_of
from minicrm_tui.domain.views import Spot
from minicrm_tui.i18n import N_, _
from minicrm_tui.screens.asking import ChoiceScreen, ask
from minicrm_tui.screens.contact import ContactScreen
from minicrm_tui.screens.contact_form import ContactForm
from minicrm_tui.screens.listing import ListScreen
from minicrm_tui.screens.merge import ask_and_merge
from minicrm_tui.widgets.contact_list import ContactList
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.domain.records import CardId, ModuleId
    from minicrm_tui.screens.forms import Drafts
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store


class FilterInput(TextField):
    """The text that contacts are filtered by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "screen.to_list", N_("To the list"), tooltip=N_("To the contacts found"),
                id="contacts.to_list"),
    ]  # fmt: skip


class ContactsScreen(ListScreen):
    """The contacts. `card` is the one that was chosen in a contact's details, once the screen is left for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", N_("Filter"), tooltip=N_("Show only the contacts that match what you type"),
                id="contacts.filter"),
        Binding("n,i", "add", N_("New"), tooltip=N_("A new company or person"), id="contacts.add"),
        Binding("e", "edit", N_("Change"), tooltip=N_("All fields, phones and e-mails"), id="contacts.edit"),
        Binding("M", "merge", N_("Merge"), tooltip=N_("Make one of this contact and another one"),
                id="contacts.merge"),
        Binding("space", "mark", N_("Mark"), show=False, tooltip=N_("Mark it, to merge it with another marked one"),
                id="contacts.mark"),
        Binding("delete,number_sign", "delete", N_("Delete"), tooltip=N_("Delete a contact on which nothing hangs"),
                id="contacts.delete"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ContactsScreen {
        FilterInput { border: none; height: 1; padding: 0 1; background: $panel; }
        FilterInput:focus { border: none; background: $primary 25%; }
    }
    """

    def __init__(
        self, store: Store, settings: Settings, clock: Clock, drafts: Drafts, *, opened: ContactRef | None = None
    ) -> None:
        """`opened`: the contact whose details are shown at once."""
        writing = ("contacts.add", "contacts.edit", "contacts.merge", "contacts.delete")
        order = ("contacts.to_list", "contacts.filter", "list.open", *writing)
        super().__init__(_("Contacts"), store, clock, order)
        self._settings = settings
        self._drafts = drafts
        self._opened = opened
        self._list = ContactList()
        self._list.chosen = self.action_open
        self._marks: dict[ContactRef, str] = {}
        self._text = ""
        self._aim: ContactRef | None = None
        self._shown_text: str | None = None
        self.card: tuple[ModuleId, CardId] | None = None

    def listed(self) -> Sequence[Widget]:
        """The contacts."""
        return (self._list,)

    def compose(self) -> ComposeResult:
        """The filter stands between the title and the list."""
        title, *rest = super().compose()
        yield title
        yield FilterInput(placeholder=_("/ filters: name, company, phone or e-mail"), id="filter")
        yield from rest

    def on_mount(self) -> None:
        """The list has the focus; what the filter asks is got ready while it is looked at."""
        self._list.use_marks(lambda row: row.ref in self._marks)
        self.run_worker(self.store.prepare_contacts(), group="rest")
        if self._opened is not None:
            self.work(partial(self._show_details, self._opened))

    def on_unmount(self) -> None:
        """All contacts need not stay in memory."""
        self._list.app.run_worker(self.store.forget_contacts(), group="rest")

    # --- reading

    async def load(self) -> None:
        """Counts and first pages in one go; the others are read as they come in sight."""
        text = self._text
        found = await self.store.find_contacts(text, self._list.page_size)

        async def fetch(section: str, offset: int, limit: int) -> Sequence[ContactRow]:
            return await self.store.contacts(text, ContactKind(section), offset, limit)

        titles = {ContactKind.COMPANY: _("Companies"), ContactKind.PERSON: _("Persons")}
        sections = [Section(kind.value, titles[kind], count) for kind, count in found.counts.items() if count]
        first = {kind.value: rows for kind, rows in found.first.items()}
        nobody, none = _("Nobody matches: enter, then n, makes a new contact."), _("No contacts yet: n makes one.")
        self._list.set_empty(nobody if text.strip() else none)
        spot = Spot(sections[0].key, 0) if sections and text != self._shown_text else await self._aimed_at(text)
        keep_scroll = text == self._shown_text
        self._shown_text = text
        await self._list.show(sections, fetch, spot=spot, keep_scroll=keep_scroll, first=first)

    async def _aimed_at(self, text: str) -> Spot | None:
        """Where the contact stands that was just written: the cursor keeps it, whatever it is called now."""
        aim, self._aim = self._aim, None
        place = None if aim is None else await self.store.contact_place(text, aim)
        return None if aim is None or place is None else Spot(aim.kind.value, place)

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        self._text = event.value
        self.reload()

    # --- going

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter, its key is typed."""
        if action == "filter":
            return not isinstance(self.focused, FilterInput)
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """`/`."""
        self.query_one(FilterInput).focus()

    def action_to_list(self) -> None:
        """`enter`, down: the filter stays."""
        self._list.focus()

    def action_close(self) -> None:
        """`esc`: what is typed goes first, then the field is left, then the marks go, then the screen."""
        field = self.query_one(FilterInput)
        if field.value:
            field.value = ""
        elif field.has_focus:
            self._list.focus()
        elif self._marks:
            self._forget_marks()
        else:
            self.dismiss(None)

    def action_open(self) -> None:
        """`enter`: all about the contact, with its cards."""
        row = self._list.cursor_contact
        if row is not None:
            self.work(partial(self._show_details, row.ref))

    async def _show_details(self, ref: ContactRef) -> None:
        screen = ContactScreen(ref, self.store, self._settings, self.clock, self._drafts)
        await ask(self, screen)
        self._aim = ref
        if screen.card is not None:
            self.card = screen.card
            self.dismiss(None)

    # --- writing

    def action_add(self) -> None:
        """`n`: a company or a person."""
        self.work(self._add)

    async def _add(self) -> None:
        kinds = {"c": ContactKind.COMPANY, "p": ContactKind.PERSON}
        key = await ask(self, ChoiceScreen(_("A new contact"), {"c": _("company"), "p": _("person")}))
        if key is not None:
            await self._fill_in(ContactRef(kinds[key]), filled=self._sought(kinds[key]))

    def _sought(self, kind: ContactKind) -> Mapping[str, str]:
        """The name that was typed into the filter and found nobody, as the form begins with it."""
        text = self._text.strip()
        if self._list.cursor_contact is not None or not any(letter.isalpha() for letter in text):
            return {}
        if kind is ContactKind.COMPANY:
            return {"name": text}
        return dict(zip(NAMES, names_of(text), strict=True))

    def action_edit(self) -> None:
        """`e`: the form of the contact."""
        row = self._list.cursor_contact
        if row is not None:
            self.work(partial(self._fill_in, row.ref))

    async def _fill_in(self, ref: ContactRef, *, filled: Mapping[str, str] | None = None) -> None:
        form = ContactForm(ref, self.store, self._settings, self.clock, self._drafts, filled=filled)
        saved = await ask(self, form)
        self._aim = form.saved
        if saved and ref.is_new and form.saved is not None:
            self.say(form.said)
            await self._show_details(form.saved)

    def action_mark(self) -> None:
        """`space`: two marked ones can be merged."""
        row = self._list.cursor_contact
        if row is not None:
            if row.ref in self._marks:
                del self._marks[row.ref]
            else:
                self._marks[row.ref] = row.name
            self._list.redraw()
            self._list.action_move(1)

    def _forget_marks(self) -> None:
        self._marks.clear()
        self._list.redraw()

    def action_merge(self) -> None:
        """`M`: the two marked ones; or the marked one, or this one, and another that is typed."""
        row = self._list.cursor_contact
        marked = list(self._marks)
        if len(marked) > 2:
            self.say(_("Two contacts can be merged at a time: mark two, or none."))
        elif marked or row is not None:
            keep = marked[0] if marked else row.ref if row is not None else None
            gone = marked[1] if len(marked) > 1 else None
            if keep is not None:
                self.work(partial(self._merge, keep, gone))

    async def _merge(self, keep: ContactRef, gone: ContactRef | None) -> str:
        said = await ask_and_merge(self, self.store, self.clock, keep, gone, kept=self._aim_at)
        if said:
            self._forget_marks()
        return said

    def _aim_at(self, ref: ContactRef) -> None:
        self._aim = ref

    def action_delete(self) -> None:
        """`delete`: refused, with what hangs on it, where something does."""
        row = self._list.cursor_contact
        if row is not None:
            self.work(partial(self._delete, row))

    async def _delete(self, row: ContactRow) -> str:
        await self.store.delete_contact(row.ref, self.clock())
        self._marks.pop(row.ref, None)
        return _("{name} is deleted · u brings it back").format(name=row.name)
