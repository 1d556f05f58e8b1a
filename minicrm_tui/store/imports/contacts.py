"""Companies and persons of an import: found among those of the file and of the rows before, or made.

They are matched by e-mail, then by phone, then by name. What a portion of rows needs is looked up at once, so that
memory stays flat; what was made is written at the portion's end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.contacts import TEXTS, ContactKind
from minicrm_tui.domain.imports import Contact, ImportedRow
from minicrm_tui.domain.reach import Reach, plain, same
from minicrm_tui.domain.records import Channel
from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver
from minicrm_tui.store.imports.rows import ChannelRow, CompanyRow, Ids, PersonRow, insert, update

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LEGAL: Final = "srl sa pfa ii sc kft bt zrt nyrt kkt gmbh ag kg ltd llc inc co plc sarl sas spa sro doo"
_FORMS: Final = frozenset(_LEGAL.split())
"""Legal forms: two firms that share only these are two firms."""

_CHANNELS: Final = """
    SELECT kind, plain, normal, company_id, person_id FROM channel
    WHERE kind = ? AND plain IN (SELECT value FROM json_each(?))
    UNION
    SELECT kind, plain, normal, company_id, person_id FROM channel
    WHERE kind = ? AND normal <> '' AND normal IN (SELECT value FROM json_each(?))
"""
_NAMED: Final = "SELECT id FROM {table} WHERE folded IN (SELECT value FROM json_each(?))"
_ROWS: Final = {
    kind: f"SELECT id, name, {'company_id' if kind is ContactKind.PERSON else 'NULL'}, {', '.join(TEXTS[kind])}"
    f" FROM {kind.value} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    for kind in ContactKind
}
_OWN: Final = {
    kind: f"SELECT {kind.value}_id, kind, value, label, normal, is_default, doubtful FROM channel"
    f" WHERE {kind.value}_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    for kind in ContactKind
}


@dataclass(slots=True, eq=False)
class Known:
    """A contact that is there, or will be. `is_made`: by this import; `is_new`: not written yet."""

    kind: ContactKind
    id: int
    name: str
    folded: str
    company_id: int | None = None
    texts: dict[str, str] = field(default_factory=dict)
    channels: list[tuple[Reach, Channel]] = field(default_factory=list)
    is_made: bool = False
    is_new: bool = False
    is_changed: bool = False
    is_renamed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A contact behind one of a row. `by`: email, phone or name; "" where it was made."""

    known: Known
    by: str = ""
    changed: bool = False


class ContactBook:
    """The contacts of one import, portion by portion."""

    def __init__(self, conn: Connection, at: str) -> None:
        self._conn, self._at = conn, at
        self._ids = {kind: Ids(conn, kind.value) for kind in ContactKind}
        self._forget()

    def _forget(self) -> None:
        self._known: dict[tuple[ContactKind, int], Known] = {}
        self._reached: dict[tuple[ContactKind, Reach, str], list[Known]] = {}
        self._named: dict[tuple[ContactKind, str], list[Known]] = {}
        self._channels: list[ChannelRow] = []

    # --- a portion

    def look_up(self, rows: Iterable[ImportedRow]) -> None:
        """Read all contacts that these rows could mean."""
        self._forget()
        contacts = [each for row in rows for each in _contacts_of(row)]
        ids: dict[ContactKind, set[int]] = {kind: set() for kind in ContactKind}
        for reach in Reach:
            for company_id, person_id in self._owners(reach, contacts):
                if company_id is not None:
                    ids[ContactKind.COMPANY].add(company_id)
                else:
                    ids[ContactKind.PERSON].add(person_id)
        for kind in ContactKind:
            names = json.dumps([fold(each.name) for each in contacts if each.kind is kind])
            found = driver(self._conn).execute(_NAMED.format(table=kind.value), (names,))
            ids[kind].update(each for (each,) in found)
            self._read(kind, ids[kind])

    def _owners(self, reach: Reach, contacts: Iterable[Contact]) -> Iterator[tuple[int | None, int]]:
        channels = [channel for each in contacts for channel in _channels_of(each, reach)]
        plains = json.dumps([plain(reach, channel.value) for channel in channels])
        normals = json.dumps([channel.normal for channel in channels if channel.normal])
        found = driver(self._conn).execute(_CHANNELS, (reach.value, plains, reach.value, normals))
        for _kind, _plain, _normal, company_id, person_id in found:
            yield company_id, person_id

    def _read(self, kind: ContactKind, ids: Iterable[int]) -> None:
        wanted = json.dumps(sorted(ids))
        first_made = self._ids[kind].first
        for contact_id, name, company_id, *texts in driver(self._conn).execute(_ROWS[kind], (wanted,)):
            filled = dict(zip(TEXTS[kind], texts, strict=True))
            known = Known(kind, contact_id, name, fold(name), company_id, filled, is_made=contact_id >= first_made)
            self._known[kind, contact_id] = known
        for owner, reach, value, label, normal, is_default, doubtful in driver(self._conn).execute(
            _OWN[kind], (wanted,)
        ):
            channel = Channel(value, label, normal, bool(is_default), bool(doubtful))
            self._known[kind, owner].channels.append((Reach(reach), channel))
        for known in self._known.values():
            if known.kind is kind:
                self._index(known)

    def _index(self, known: Known) -> None:
        self._named.setdefault((known.kind, known.folded), []).append(known)
        for reach, channel in known.channels:
            self._index_channel(known, reach, channel)

    def _index_channel(self, known: Known, reach: Reach, channel: Channel) -> None:
        for key in _keys(reach, channel):
            self._reached.setdefault((known.kind, reach, key), []).append(known)

    def flush(self) -> tuple[Known, ...]:
        """Write what was made and changed; says whose name is another now."""
        changed = [known for known in self._known.values() if known.is_new or known.is_changed]
        new = [known for known in changed if known.is_new]
        insert(self._conn, CompanyRow, [self._company_row(each) for each in new if each.kind is ContactKind.COMPANY])
        insert(self._conn, PersonRow, [self._person_row(each) for each in new if each.kind is ContactKind.PERSON])
        for kind in ContactKind:
            self._update(kind, [each for each in changed if not each.is_new and each.kind is kind])
        insert(self._conn, ChannelRow, self._channels)
        renamed = tuple(each for each in changed if each.is_renamed)
        for known in changed:
            known.is_new = known.is_changed = known.is_renamed = False
        self._channels = []
        return renamed

    def _update(self, kind: ContactKind, changed: Sequence[Known]) -> None:
        if not changed:
            return
        columns = ("name", "folded", *TEXTS[kind], *(("company_id",) if kind is ContactKind.PERSON else ()))
        rows = [
            (
                *(each.name, each.folded),
                *(each.texts.get(key, "") for key in TEXTS[kind]),
                *((each.company_id,) if kind is ContactKind.PERSON else ()),
                each.id,
            )
            for each in changed
        ]
        update(self._conn, kind.value, columns, rows)

    def _company_row(self, known: Known) -> CompanyRow:
        texts = (known.texts.get(key, "") for key in TEXTS[ContactKind.COMPANY])
        return CompanyRow(known.id, known.name, known.folded, self._at, *texts)

    def _person_row(self, known: Known) -> PersonRow:
        texts = (known.texts.get(key, "") for key in TEXTS[ContactKind.PERSON])
        return PersonRow(known.id, known.company_id, known.name, known.folded, self._at, *texts)

    # --- one contact

    def find(self, contact: Contact, company_id: int | None = None) -> tuple[Known, str] | None:
        """The contact that is meant, and by what it was known; None where there is none."""
        for reach, by in ((Reach.EMAIL, "email"), (Reach.PHONE, "phone")):
            for channel in _channels_of(contact, reach):
                found = self._by_channel(contact, reach, channel)
                if found is not None:
                    return found, by
        named = self._named.get((contact.kind, fold(contact.name)), ())
        found = _oldest(named) if contact.kind is ContactKind.COMPANY else _same_person(named, company_id)
        return None if found is None else (found, "name")

    def by_id(self, kind: ContactKind, contact_id: int) -> Known | None:
        """One that was looked up, or made."""
        return self._known.get((kind, contact_id))

    def _by_channel(self, contact: Contact, reach: Reach, channel: Channel) -> Known | None:
        for key in _keys(reach, channel):
            for known in self._reached.get((contact.kind, reach, key), ()):
                is_sure = reach is Reach.EMAIL and contact.kind is ContactKind.PERSON
                if is_sure or not _contradict(contact, known):
                    return known
        return None

    def make(self, contact: Contact, company_id: int | None = None) -> Known:
        """A new contact."""
        known = Known(
            contact.kind,
            self._ids[contact.kind].take(),
            contact.name,
            fold(contact.name),
            company_id,
            dict(contact.texts),
            is_made=True,
            is_new=True,
        )
        self._known[known.kind, known.id] = known
        self._named.setdefault((known.kind, known.folded), []).append(known)
        self._add_channels(known, contact)
        return known

    def fill(self, known: Known, contact: Contact, company_id: int | None = None, *, overwrite: bool = False) -> bool:
        """Give a known contact what the file has and it lacks, or (`overwrite`) has otherwise; whether that was any."""
        changed = self._add_channels(known, contact)
        for key, text in contact.texts.items():
            had = known.texts.get(key, "")
            if text and text != had and (overwrite or not had):
                known.texts[key] = text
                known.is_changed = changed = True
        if overwrite and fold(contact.name) != known.folded:
            known.is_renamed = True
            known.name, known.folded = contact.name, fold(contact.name)
            known.is_changed = changed = True
        return self.join(known, company_id, again=overwrite) or changed

    def join(self, known: Known, company_id: int | None, *, again: bool = False) -> bool:
        """Make a person one of this company, where they are of none; of another one only where that is meant."""
        if known.kind is not ContactKind.PERSON or company_id is None or known.company_id == company_id:
            return False
        if known.company_id is not None and not again:
            return False
        known.company_id, known.is_changed = company_id, True
        return True

    def _add_channels(self, known: Known, contact: Contact) -> bool:
        added = False
        for reach in Reach:
            had = [each for kind, each in known.channels if kind is reach]
            for channel in _channels_of(contact, reach):
                if any(same(reach, channel, each) for each in had):
                    continue
                self._channels.append(_channel_row(known, reach, channel, is_default=not had))
                had.append(channel)
                known.channels.append((reach, channel))
                self._index_channel(known, reach, channel)
                added = True
        return added


def _contacts_of(row: ImportedRow) -> tuple[Contact, ...]:
    return row.persons if row.company is None else (row.company, *row.persons)


def _channels_of(contact: Contact, reach: Reach) -> tuple[Channel, ...]:
    return contact.phones if reach is Reach.PHONE else contact.emails


def _keys(reach: Reach, channel: Channel) -> tuple[str, ...]:
    """By what two spellings of a channel are known to be one."""
    own = plain(reach, channel.value)
    return (channel.normal, own) if channel.normal and channel.normal != own else (own,)


def _oldest(named: Sequence[Known]) -> Known | None:
    return min(named, key=lambda known: known.id, default=None)


def _same_person(named: Sequence[Known], company_id: int | None) -> Known | None:
    """Of that company, else of none; a row that names no company means whoever is called so."""
    own = _oldest([known for known in named if known.company_id == company_id])
    if own is not None:
        return own
    return _oldest(named) if company_id is None else _oldest([known for known in named if known.company_id is None])


def _contradict(contact: Contact, known: Known) -> bool:
    """Whether the names can't be of one: people share phones, and firms an accountant's e-mail."""
    own, other = _words(contact.name), _words(known.name)
    return bool(own and other) and not own & other


def _words(name: str) -> set[str]:
    return {word for word in fold(name).replace(".", "").replace(",", " ").split() if word not in _FORMS}


def _channel_row(known: Known, reach: Reach, channel: Channel, *, is_default: bool) -> ChannelRow:
    is_company = known.kind is ContactKind.COMPANY
    return ChannelRow(
        known.id if is_company else None,
        None if is_company else known.id,
        reach.value,
        channel.value,
        plain(reach, channel.value),
        channel.label,
        channel.normal,
        int(is_default),
        int(channel.doubtful),
    )
