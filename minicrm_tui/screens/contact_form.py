"""The form of a company or a person: all fields, any number of phones and e-mails; who is known is pointed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import Input

from minicrm_tui.domain.contact_forms import (
    MOST_CHANNELS,
    channel_keys,
    contact_fields,
    field_name,
    fill_contact_form,
    read_contact_form,
)
from minicrm_tui.domain.contacts import (
    ContactDetails,
    ContactDraft,
    ContactKind,
    ContactRef,
    Similar,
    draft_of,
    merged,
)
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.reach import Reach, read_channel, same
from minicrm_tui.domain.records import Channel
from minicrm_tui.i18n import _
from minicrm_tui.screens.asking import ask
from minicrm_tui.screens.forms import Drafts, FieldForm, FormField, Note, entry
from minicrm_tui.screens.known import KnownScreen
from minicrm_tui.screens.reads import read_anew

if TYPE_CHECKING:
    from minicrm_tui.clock import Clock
    from minicrm_tui.settings import Settings
    from minicrm_tui.store.store import Store


class ContactForm(FieldForm):
    """A contact that is made (its id is 0) or changed.

    `saved` says which one it became; `is_known`: that is one who was known, and `said` tells what they got.
    """

    def __init__(
        self,
        ref: ContactRef,
        store: Store,
        settings: Settings,
        clock: Clock,
        drafts: Drafts,
        *,
        filled: Mapping[str, str] | None = None,
    ) -> None:
        """`filled`: what a new contact's fields begin with."""
        title = _("A new company") if ref.kind is ContactKind.COMPANY else _("A new person")
        key = ("contact", ref.kind, ref.id, *sorted((filled or {}).items()))
        super().__init__(title if ref.is_new else "", {}, key=key, drafts=drafts)
        self._ref = ref
        self._store = store
        self._settings = settings
        self._clock = clock
        self._before: ContactDetails | None = None
        self._is_ready = ref.is_new
        self._lines = dict.fromkeys(Reach, 1)
        self.saved: ContactRef | None = None
        self.is_known = False
        self.said = ""
        if ref.is_new:
            self._fill(dict(filled or {}))

    def _fill(self, texts: dict[str, str]) -> None:
        """Open with these texts, and with a line more for each kind of channel than have one."""
        known = texts | self._drafts.get(self._key, {})
        for kind in Reach:
            used = [int(key.partition("-")[2]) for key, text in known.items() if text and key.startswith(f"{kind}-")]
            # One that has more than the form asks for keeps them all.
            self._lines[kind] = max((min(MOST_CHANNELS, len(used) + 1), *used))
        self._saved = dict.fromkeys((field.key for field in self.fields()), "") | texts

    @on(events.Mount)
    def _begin(self, event: events.Mount) -> None:
        """A known contact is read first."""
        if not self._is_ready:
            event.prevent_default()
            self.run_worker(self._read(), group="view")

    async def _read(self) -> None:
        try:
            self._before = await self._store.contact(self._ref)
        except CrmError as error:
            self.notify(error.sentence(), severity="warning", markup=False)
            self.dismiss(False)
            return
        self._title = self._before.row.name
        self._is_ready = True
        self._fill(fill_contact_form(draft_of(self._before)))
        await self.recompose()
        self.on_mount()

    # --- the fields

    def fields(self) -> Sequence[FormField]:
        """Those of its kind, with a line for one more phone and e-mail."""
        if not self._is_ready:
            return ()
        keys = contact_fields(self._ref.kind, self._lines[Reach.PHONE], self._lines[Reach.EMAIL])
        return [FormField(key, field_name(key), _placeholder(key)) for key in keys]

    def note_of(self, field: str, text: str) -> Note | None:
        """A phone is read back in its normal form; what is not known is said."""
        kind = _kind_of(field)
        if kind is None:
            return None
        try:
            read = read_channel(kind, text, self._settings.country)
        except Invalid:
            # Half a number is no mistake yet.
            return Note()
        if read is None:
            return Note()
        return Note(_read_back(kind, read.channel, starred=read.starred, country=self._settings.country))

    def on_input_changed(self, event: Input.Changed) -> None:
        """The last line of the phones or e-mails is followed by another one once it is used."""
        field = event.input.id or ""
        if field == "company":
            read_anew(self, "find", partial(self._tell_company, event.value))
        kind = _kind_of(field)
        if kind is None or not event.value or field != channel_keys(kind, self._lines[kind])[-1]:
            return
        if self._lines[kind] < MOST_CHANNELS:
            self._lines[kind] += 1
            self._add_line(channel_keys(kind, self._lines[kind])[-1], after=f"#{field}-note")

    async def _tell_company(self, name: str) -> None:
        """Whether a company is called so, before a slip of the finger makes another one."""
        company = ContactDraft(ContactKind.COMPANY, name)
        try:
            found = await self._store.similar(company, ContactRef(ContactKind.COMPANY)) if name.strip() else ()
        except CrmError:
            return
        if name == self.typed()["company"]:
            new = name.strip() and not found
            self.tell("company", Note(_("a new company: it is made with the person") if new else ""))

    def _add_line(self, key: str, *, after: str) -> None:
        self._saved.setdefault(key, "")
        note = self.query_one(after)
        if note.parent is not None:
            field = FormField(key, field_name(key), _placeholder(key))
            self.query_one("#fields").mount(*entry(field, ""), after=note)

    # --- saving

    def action_save(self) -> None:
        """`ctrl+s`; it may ask."""
        if not self.is_saving and self._is_ready:
            self.is_saving = True
            self.run_worker(self._save(), group="flows")

    async def store(self, typed: Mapping[str, str]) -> None:
        """Make the contact or change it, unless a known one is meant."""
        draft = read_contact_form(self._ref.kind, typed, self._settings.country)
        known = await self._known_one(draft, typed)
        if known is None:
            self.saved = await self._store.save_contact(self._ref, draft, self._clock())
        else:
            self.saved, self.is_known = known, True
            await self._add_to(known, draft)

    async def _add_to(self, known: ContactRef, draft: ContactDraft) -> None:
        """What was typed and the known one does not have is not lost."""
        if known.kind is not draft.kind:
            return
        before = draft_of(await self._store.contact(known))
        whole = merged(before, draft)
        if whole != merged(before, before):
            await self._store.save_contact(known, whole, self._clock())
            self.said = _("What is new was added to {name} · u takes it back").format(name=whole.name)

    async def _known_one(self, draft: ContactDraft, typed: Mapping[str, str]) -> ContactRef | None:
        """The known contact that is meant; None to save. Raises Invalid, under the field that is the same."""
        found = await self._store.similar(draft, self._ref)
        if self._before is not None:
            # Whoever was alike before has been seen.
            seen = {each.ref for each in await self._store.similar(draft_of(self._before), self._ref)}
            found = tuple(each for each in found if each.ref not in seen)
        if not found:
            return None
        answer = await ask(self, KnownScreen(found, is_new=self._ref.is_new))
        if isinstance(answer, ContactRef):
            return answer
        if not answer:
            raise Invalid(self._field_of(found[0], draft, typed), _("{name} has this too.").format(name=found[0].name))
        return None

    def _field_of(self, found: Similar, draft: ContactDraft, typed: Mapping[str, str]) -> str:
        """The field in which it is like that one."""
        if found.why in tuple(Reach):
            kind = Reach(found.why)
            channels = draft.phones if kind is Reach.PHONE else draft.emails
            meant = next((each for each in channels if each.value == found.what), None)
            for key in (key for key in typed if key.startswith(f"{kind}-")):
                read = read_channel(kind, typed[key], self._settings.country)
                if read is not None and meant is not None and same(kind, read.channel, meant):
                    return key
        return self.fields()[0].key


def _kind_of(field: str) -> Reach | None:
    name, dash, _number = field.partition("-")
    return Reach(name) if dash and name in tuple(Reach) else None


def _read_back(kind: Reach, channel: Channel, *, starred: bool, country: str) -> str:
    parts = []
    if channel.doubtful and kind is Reach.PHONE:
        unchecked = _("kept as typed: begin it with + and the country, or set a country in the settings")
        parts.append(_("kept as typed: no such number is known") if country else unchecked)
    elif channel.doubtful:
        parts.append(_("kept as typed"))
    elif kind is Reach.PHONE and channel.normal != channel.value:
        parts.append(f"→ {channel.normal}")
    if channel.label:
        parts.append(channel.label)
    if starred:
        parts.append(_("the default"))
    return " · ".join(parts)


def _placeholder(key: str) -> str:
    name = key.partition("-")[0]
    return {
        "phone": _("0722 000 111, work   (* makes it the default)"),
        "email": _("ana.pop@acme.ro, work"),
        "company": _("a known company, or a new one"),
        "website": _("acme.ro"),
    }.get(name, "")
