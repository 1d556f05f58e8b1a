"""The filter of the contacts: what all of them are called and reached by, in memory while their screen is open.

Each typed word must be in the name, the company's name, a phone or an e-mail. A text that goes on is looked for among
those who had what was typed before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import contains
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.contacts import ContactKind
from minicrm_tui.domain.text import digits
from minicrm_tui.store.engine import driver
from minicrm_tui.store.matching import Words, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ORDER: Final = {kind: f"SELECT id FROM {kind.value} ORDER BY folded, id" for kind in ContactKind}
"""Read from the index of names alone; all in that order would look up every row by itself."""
_NAMES: Final = {
    ContactKind.COMPANY: "SELECT id, folded FROM company",
    ContactKind.PERSON: """
        SELECT person.id, CASE WHEN company.id IS NULL THEN person.folded
            ELSE person.folded || char(10) || company.folded END
        FROM person LEFT JOIN company ON company.id = person.company_id
    """,
}
_CHANNELS: Final = {
    kind: f"""
        SELECT {kind.value}_id, group_concat(plain || char(10) || normal, char(10)) FROM channel
        WHERE {kind.value}_id IS NOT NULL GROUP BY {kind.value}_id
    """
    for kind in ContactKind
}
_LEAST_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """The contacts of one kind that had all these words, in their order."""

    words: Words
    ids: Sequence[int]
    texts: Sequence[str]


class ContactLook:
    """All contacts as they are looked through; read anew once the file has changed."""

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._data: tuple[int, int] | None = None
        self._all: dict[ContactKind, _Known] = {}
        self._last: dict[ContactKind, _Known] = {}

    def forget(self) -> None:
        """Let go of what is held."""
        self._data, self._all, self._last = None, {}, {}

    def prepare(self, conn: Connection) -> bool:
        """Hold the contacts of one more kind as the file has them now; whether all are held."""
        data = conn.exec_driver_sql("PRAGMA data_version").scalar_one(), driver(conn).total_changes
        if data != self._data:
            self._data, self._all, self._last = data, {}, {}
        missing = [kind for kind in ContactKind if kind not in self._all]
        if missing:
            self._all[missing[0]] = _read(conn, missing[0])
        return len(missing) <= 1

    def found(self, conn: Connection, text: str) -> Mapping[ContactKind, Sequence[int]]:
        """The ids of those that match, by kind, in the order of their names."""
        while not self.prepare(conn):
            pass
        words = _words(text)
        return {kind: self._narrowed(kind, words).ids for kind in ContactKind}

    def _narrowed(self, kind: ContactKind, words: Words) -> _Known:
        last = self._last.get(kind)
        if last is not None and last.words == words:
            return last
        known = last if last is not None and words.narrow(last.words) else self._all[kind]
        for word in words.words:
            hits = list(map(contains, known.texts, repeat(word)))
            known = _Known(words, list(compress(known.ids, hits)), list(compress(known.texts, hits)))
        self._last[kind] = known
        return known


def _read(conn: Connection, kind: ContactKind) -> _Known:
    file = driver(conn)
    ids = [row[0] for row in file.execute(_ORDER[kind])]
    names = dict(file.execute(_NAMES[kind]).fetchall())
    channels = dict(file.execute(_CHANNELS[kind]).fetchall())
    return _Known(Words(()), ids, [f"{names[each]}\n{channels.get(each, '')}" for each in ids])


def _words(text: str) -> Words:
    """The words; a phone may be typed in groups, and without the zero that begins it at home."""
    number = digits(text)
    bare = text.replace(" ", "").translate(dict.fromkeys(map(ord, "+()./-")))
    if len(number) >= _LEAST_DIGITS and number == bare:
        return Words((number.lstrip("0") or number,))
    return words_of(text)
