"""What was said of cards, by its words: notes, and the comments with which tasks were closed.

A full-text index that triggers keep, like the tallies: unjournaled, and right at every statement of an undo. It holds
words alone: what they stand in is in the history. SQL text: neither virtual tables nor triggers are anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.text import fold
from minicrm_tui.store.engine import driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEAST_LETTERS: Final = 2
"""Letters of a word that is looked for: one letter begins nearly every note."""

_NOTES_A_CARD: Final = 4
"""How many notes are read for each card that is wanted: some cards are in the trash, or found more than once."""

# The beginnings of words have an index of their own, up to four letters: that keeps a search through a million notes
# in the twenties of milliseconds. Changed, the table has to be made anew by a migration.
CREATE: Final = (
    "CREATE VIRTUAL TABLE said USING fts5(text, content='', columnsize=0, detail=none, prefix='2 3 4',"
    " tokenize='unicode61 remove_diacritics 2')"
)

# As `domain.text.fold`: letters that carry no accent to remove. A text must go out of the index as it came in, so a
# change here is a migration too.
_LETTERS: Final = (
    *("Đd", "đd", "Ðd", "ðd", "Łl", "łl", "Øo", "øo", "Ħh", "ħh", "ıi", "Ŧt", "ŧt"),
    *("Æae", "æae", "Œoe", "œoe", "Þth", "þth", "ẞss", "ßss"),
)

_FIND: Final = """
    SELECT history.id, history.card_id FROM said
    JOIN history ON history.id = said.rowid
    JOIN card ON card.id = history.card_id AND card.place <> 2
    JOIN module ON module.id = card.module_id AND module.trashed_at IS NULL
    WHERE said MATCH ? ORDER BY said.rowid DESC LIMIT ?
"""


def _words(side: str) -> str:
    """SQL: the text on this side of a change, its special letters made plain."""
    text = f"{side}text"
    for pair in _LETTERS:
        text = f"replace({text}, '{pair[0]}', '{pair[1:]}')"
    return text


def _is_said(side: str) -> str:
    """SQL: whether the entry is a note, or a closed task with a comment."""
    return f"({side}kind = 'note' OR ({side}kind = 'task' AND instr({side}text, ' — ')))"


def _trigger(name: str, event: str, side: str, statement: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} AFTER {event} ON history WHEN {_is_said(side)} BEGIN {statement}; END"


_IN: Final = f"INSERT INTO said (rowid, text) VALUES (new.id, {_words('new.')})"
_OUT: Final = f"INSERT INTO said (said, rowid, text) VALUES ('delete', old.id, {_words('old.')})"

_TRIGGERS: Final = dict(
    (
        _trigger("said_insert", "INSERT", "new.", _IN),
        _trigger("said_delete", "DELETE", "old.", _OUT),
        _trigger("said_leaves", "UPDATE OF kind, text", "old.", _OUT),
        _trigger("said_enters", "UPDATE OF kind, text", "new.", _IN),
    )
)


def create_triggers(conn: Connection) -> None:
    """Make the triggers that keep the index."""
    for statement in _TRIGGERS.values():
        conn.exec_driver_sql(statement)


def rebuild(conn: Connection) -> None:
    """Read the whole history anew."""
    conn.exec_driver_sql("INSERT INTO said (said) VALUES ('delete-all')")
    conn.exec_driver_sql(f"INSERT INTO said (rowid, text) SELECT id, {_words('')} FROM history WHERE {_is_said('')}")


def differs(conn: Connection) -> bool:
    """Whether the index holds other words, or of other entries, than a new one would."""
    query = driver(conn).execute
    try:
        query(CREATE.replace("TABLE said", "TABLE temp.said_anew"))
        query(f"INSERT INTO temp.said_anew (rowid, text) SELECT id, {_words('')} FROM history WHERE {_is_said('')}")
        query("CREATE VIRTUAL TABLE temp.words_there USING fts5vocab('main', 'said', 'row')")
        query("CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab('temp', 'said_anew', 'row')")
        there, anew = (f"SELECT term, doc FROM temp.words_{which}" for which in ("there", "anew"))
        found = query(f"SELECT EXISTS ({there} EXCEPT {anew}) OR EXISTS ({anew} EXCEPT {there})").fetchone()
        return bool(found[0])
    finally:
        for table in ("words_there", "words_anew", "said_anew"):
            query(f"DROP TABLE IF EXISTS temp.{table}")


@contextmanager
def bulk(conn: Connection) -> Iterator[None]:
    """Write very many entries at once: without triggers, and read once at the end."""
    for name in _TRIGGERS:
        conn.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    rebuild(conn)
    create_triggers(conn)


def find(conn: Connection, text: str, limit: int) -> Sequence[int]:
    """The entries of the history with words that begin so, all of them, the latest first; one a card."""
    query = _query(text)
    if not query:
        return ()
    found: dict[int, int] = {}
    for entry, card in driver(conn).execute(_FIND, (query, limit * _NOTES_A_CARD)):
        found.setdefault(card, entry)
    return tuple(found.values())[:limit]


def _query(text: str) -> str:
    """The words as FTS5 has them, each the beginning of one."""
    return " ".join(f'"{word}"*' for word in words_of(text))


def words_of(text: str) -> Sequence[str]:
    """The words that are looked for, folded: those that have enough letters."""
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) >= LEAST_LETTERS]
