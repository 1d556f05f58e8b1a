"""The tables that the program keeps its books in: counts, sums, and the journal; none of them is journaled."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}
_ONE = {"server_default": text("1")}


class TallyTable(SQLModel, table=True):
    """Cards by place and day of each status, and under status 0 of the whole module; never journaled.

    Kept by triggers on card. `day` = sort_key / 1441 of listed cards, 0 of finished ones; the trash is left out.
    """

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    module_id: int = Field(primary_key=True)
    status_id: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    cards: int


class WorthTable(SQLModel, table=True):
    """Cards and their sums by status and currency ('' without an amount); kept like the tally, never journaled."""

    __tablename__ = "worth"
    __table_args__ = ({"sqlite_with_rowid": False},)

    module_id: int = Field(primary_key=True)
    status_id: int = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    cards: int
    amount: int


class LoadTable(SQLModel, table=True):
    """How many open tasks each day has, in all modules, trash left out; kept like the tally, never journaled."""

    __tablename__ = "load"
    __table_args__ = ({"sqlite_with_rowid": False},)

    day: str = Field(primary_key=True)
    tasks: int


class ActionTable(SQLModel, table=True):
    """One thing that a person did, and can undo. `verb` and `subject` say what it was in any language."""

    __tablename__ = "action"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    verb: str
    subject: str = Field(default="", sa_column_kwargs=_EMPTY)
    count: int = Field(default=1, sa_column_kwargs=_ONE)
    card_id: int | None = None
    module_id: int | None = None
    at: str
    undone: int = Field(default=0, sa_column_kwargs=_ZERO)


class ChangeTable(SQLModel, table=True):
    """The journal: one row's old and new values as JSON arrays in column order, written by triggers."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_action", "action_id", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(sa_column=Column(Integer, ForeignKey("action.id"), nullable=False))
    tbl: str
    row_id: int
    old: str | None = None
    new: str | None = None


class JournalTable(SQLModel, table=True):
    """One row: the action under which changes are being written; NULL while nothing is to be journaled."""

    __tablename__ = "journal"

    id: int | None = Field(default=1, primary_key=True)
    action_id: int | None = None
