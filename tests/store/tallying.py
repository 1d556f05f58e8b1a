"""The tallies as the file keeps them, and as they are when everything is counted."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing

from store_world import World

from minicrm_tui.domain.text import fold

Counted = dict[str, list[tuple[object, ...]]]

_RECOUNT = {
    "tally": "SELECT module_id, status_id, place, iif(place = 0, sort_key / 1441, 0), count(*) FROM card"
    " WHERE place <> 2 GROUP BY 1, 2, 3, 4 UNION ALL"
    " SELECT module_id, 0, place, iif(place = 0, sort_key / 1441, 0), count(*) FROM card"
    " WHERE place <> 2 GROUP BY 1, 2, 3, 4",
    "worth": "SELECT module_id, status_id, ifnull(currency, ''), count(*), ifnull(sum(amount), 0) FROM card"
    " WHERE place <> 2 GROUP BY 1, 2, 3",
    "load": "SELECT day, count(*) FROM task WHERE closed_at IS NULL"
    " AND card_id IN (SELECT id FROM card WHERE place <> 2"
    " AND module_id NOT IN (SELECT id FROM module WHERE trashed_at IS NOT NULL)) GROUP BY 1",
}


_SAID = "SELECT text FROM history WHERE kind = 'note' OR (kind = 'task' AND instr(text, ' — '))"


def words_kept(world: World) -> Counter[str]:
    """Each word of what was said, and how many entries of the history the index has it for."""
    with closing(sqlite3.connect(world.path)) as conn:
        conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'said', 'row')")
        return Counter(dict(conn.execute("SELECT term, doc FROM temp.words")))


def words_recounted(world: World) -> Counter[str]:
    """The same, read from the history."""
    return Counter(word for (text,) in world.query(_SAID) for word in set(re.findall(r"[^\W_]+", fold(str(text)))))


def kept(world: World) -> Counted:
    """What the triggers have kept."""
    found = world.tables({table: f"SELECT * FROM {table}" for table in _RECOUNT})
    return {table: sorted(rows) for table, rows in found.items()}


def recounted(world: World) -> Counted:
    """What counting gives."""
    return {table: sorted(rows) for table, rows in world.tables(_RECOUNT).items()}
