"""What the statements over the tables have in common.

They are built once, when their module is imported, and take their values by name: SQLAlchemy then knows each again, and
running it costs some 0.1 ms more than SQL text. Every module that imports this one imports SQLModel, which takes a
quarter of a second: none of them may stand between the start and the first rows.

`sqlalchemy.select` stands where there are more columns than `sqlmodel.select` has types for, which is four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlmodel import SQLModel, bindparam, func, insert, select

if TYPE_CHECKING:
    from sqlmodel.sql.expression import SelectOfScalar

listed_ids: SelectOfScalar[int] = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
"""The ids in the parameter `ids`, as `rows.id_list` makes it: one statement for any number of them."""


def add(conn: Connection, row: SQLModel) -> int:
    """Write this new row, and say its id; what it does not say gets its default."""
    # Not by a session: its flush takes three times as long.
    added = conn.execute(insert(type(row)), row.model_dump(exclude_unset=True))
    return int(added.lastrowid)
