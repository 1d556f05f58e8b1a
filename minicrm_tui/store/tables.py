"""The tables of the file, as SQLModel classes; private to this package.

Moments are UTC, ISO text with seconds (`2026-11-23T09:30:00Z`); deadlines are local wall time, kept as a day
(`2026-11-23`), an optional time (`14:00`) and a due key (see `domain.records.Due.key`). Money is whole minor units.
No REAL, no BLOB, no cascades: the journal's triggers could not give them back. Every CHECK has a name, or a batch
migration would lose it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from minicrm_tui.store.book_tables import (
    ActionTable,
    ChangeTable,
    JournalTable,
    LoadTable,
    TallyTable,
    WorthTable,
)
from minicrm_tui.store.document_tables import (
    DocumentTable,
    LineTable,
    ListEntryTable,
    PriceTable,
    ProductTable,
    SeriesTable,
)

# Most rows are written without the ORM, so the file knows the defaults too.
_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}
_ONE = {"server_default": text("1")}


class ModuleTable(SQLModel, table=True):
    """An installed module. A NULL name or item is the default of its kind, in the program's language.

    `forgotten_days`: after how many quiet days an opportunity in progress is marked as forgotten; NULL: never.
    """

    __tablename__ = "module"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str | None = None
    item: str | None = None
    position: int
    currency: str | None = None
    trashed_at: str | None = None
    forgotten_days: int | None = None
    heading_lead: str = Field(default="", sa_column_kwargs=_EMPTY)
    heading_open: str = Field(default="", sa_column_kwargs=_EMPTY)
    heading_success: str = Field(default="", sa_column_kwargs=_EMPTY)
    heading_failed: str = Field(default="", sa_column_kwargs=_EMPTY)
    follow_text: str = Field(default="", sa_column_kwargs=_EMPTY)
    follow_type: str = Field(default="", sa_column_kwargs=_EMPTY)
    follow_days: int | None = None
    sort: str = Field(default="deadline", sa_column_kwargs={"server_default": text("'deadline'")})


class StatusTable(SQLModel, table=True):
    """A step of a pipeline. A NULL name is the default of its key, in the program's language.

    `follow_text`, `follow_type`, `follow_days`: its follow-up rule, none without a text; NULL days: the next working
    day. The same of a module is the rule of the statuses that have none.
    """

    __tablename__ = "status"
    __table_args__ = (
        CheckConstraint("follow_days >= 0", name="ck_status_follow_days"),
        CheckConstraint("rot_days > 0", name="ck_status_rot_days"),
        Index("ix_status_module", "module_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    module_id: int = Field(foreign_key="module.id")
    key: str
    name: str | None = None
    grp: str = Field(
        sa_column=Column(
            Text, CheckConstraint("grp IN ('lead','open','success','failed')", name="ck_status_group"), nullable=False
        )
    )
    position: int
    color: str = Field(default="", sa_column_kwargs=_EMPTY)
    rot_days: int | None = None
    follow_text: str = Field(default="", sa_column_kwargs=_EMPTY)
    follow_type: str = Field(default="", sa_column_kwargs=_EMPTY)
    follow_days: int | None = None


class CompanyTable(SQLModel, table=True):
    """A firm. `folded` is its name without accents and case."""

    __tablename__ = "company"
    __table_args__ = (Index("ix_company_folded", "folded"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    created_at: str
    address: str = Field(default="", sa_column_kwargs=_EMPTY)
    website: str = Field(default="", sa_column_kwargs=_EMPTY)
    tax_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    registration_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    industry: str = Field(default="", sa_column_kwargs=_EMPTY)
    description: str = Field(default="", sa_column_kwargs=_EMPTY)


class PersonTable(SQLModel, table=True):
    """A person, of at most one company. `name` is how they are shown: first and last name, as far as they are known."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_folded", "folded"),
        Index("ix_person_company", "company_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int | None = Field(default=None, foreign_key="company.id")
    name: str
    folded: str
    created_at: str
    first_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    last_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    job: str = Field(default="", sa_column_kwargs=_EMPTY)
    description: str = Field(default="", sa_column_kwargs=_EMPTY)


class ChannelTable(SQLModel, table=True):
    """A phone or an e-mail of exactly one company or person, as it was typed.

    `plain`: a phone's digits, an e-mail folded. `normal`: the form that two spellings share (+40722000111), or nothing
    where it is not known. `doubtful`: it does not look right, and is kept all the same.
    """

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint("kind IN ('phone','email')", name="ck_channel_kind"),
        CheckConstraint("(company_id IS NULL) <> (person_id IS NULL)", name="ck_channel_owner"),
        Index("ix_channel_company", "company_id"),
        Index("ix_channel_person", "person_id"),
        Index("ix_channel_plain", "kind", "plain"),
        Index("ix_channel_normal", "kind", "normal"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int | None = Field(default=None, foreign_key="company.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    kind: str
    value: str
    plain: str
    label: str = Field(default="", sa_column_kwargs=_EMPTY)
    normal: str = Field(default="", sa_column_kwargs=_EMPTY)
    is_default: int = Field(default=0, sa_column_kwargs=_ZERO)
    doubtful: int = Field(default=0, sa_column_kwargs=_ZERO)


class CardTable(SQLModel, table=True):
    """A card. What the list sorts and counts by is kept on the card itself, written with every change of its tasks.

    `place`: 0 listed, 1 finished, 2 trashed. `sort_key`: for a listed card its next task's due key, or NO_TASK_KEY;
    for a finished one minus the seconds since 1970 of its finishing, so that the newest comes first.
    `folded` is the name folded; `search` the folded company, person and open tasks' texts, a line each.
    """

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("place IN (0, 1, 2)", name="ck_card_place"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="ck_card_money"),
        CheckConstraint("decided IN (0, 1)", name="ck_card_decided"),
        # The list: in order, and covering, so that a filter reads this index alone.
        Index(
            "ix_card_list",
            *("module_id", "place", "sort_key", "folded", "id", "status_id", "amount", "currency", "search"),
        ),
        # The pipeline: each status in the order of the list.
        Index("ix_card_status", "status_id", "place", "sort_key", "folded", "id"),
        # The search over everything reads names alone.
        Index("ix_card_folded", "folded"),
        Index("ix_card_company", "company_id"),
        Index("ix_card_person", "person_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    module_id: int = Field(foreign_key="module.id")
    status_id: int = Field(foreign_key="status.id")
    name: str
    folded: str
    company_id: int | None = Field(default=None, foreign_key="company.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    amount: int | None = None
    currency: str | None = None
    sales_status: str | None = None
    qualification: str | None = None
    decided: int = Field(default=0, sa_column_kwargs=_ZERO)
    sales_step: str | None = None
    expected_close: str | None = None
    loss_reason: str | None = None
    place: int = Field(default=0, sa_column_kwargs=_ZERO)
    next_task_id: int | None = None
    open_tasks: int = Field(default=0, sa_column_kwargs=_ZERO)
    sort_key: int
    search: str = Field(default="", sa_column_kwargs=_EMPTY)
    created_at: str
    trashed_at: str | None = None
    customer_step: str | None = None
    loss_details: str | None = None


class TaskTable(SQLModel, table=True):
    """What to do on a card; open while `closed_at` is NULL.

    `rule`: how it comes back (see `domain.recurrence.kept`), or nothing. `planned`: the day that this one has in its
    series, which postponing does not change. `purpose`: "answer" for the task that issuing a document has added, which
    goes with the document's next action; else nothing. `changed_at`: when it was last postponed or changed while it was
    open; nothing where it never was. `checklist`: see `domain.checklists.kept`.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="ck_task_closed"),
        Index("ix_task_card", "card_id", "closed_at", "due_key", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id")
    text: str
    type: str
    day: str
    at: str | None = None
    due_key: int
    postponed: int = Field(default=0, sa_column_kwargs=_ZERO)
    created_at: str
    closed_at: str | None = None
    outcome: str | None = None
    comment: str | None = None
    minutes: int | None = None
    rule: str = Field(default="", sa_column_kwargs=_EMPTY)
    planned: str = Field(default="", sa_column_kwargs=_EMPTY)
    purpose: str = Field(default="", sa_column_kwargs=_EMPTY)
    changed_at: str = Field(default="", sa_column_kwargs=_EMPTY)
    checklist: str = Field(default="", sa_column_kwargs=_EMPTY)


class HistoryTable(SQLModel, table=True):
    """What happened to a card, for people to read. `kind` as in `domain.records.HistoryEntry`."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_card", "card_id", "at", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id")
    at: str
    kind: str
    text: str = Field(default="", sa_column_kwargs=_EMPTY)
    field: str = Field(default="", sa_column_kwargs=_EMPTY)
    old: str = Field(default="", sa_column_kwargs=_EMPTY)
    new: str = Field(default="", sa_column_kwargs=_EMPTY)
    by_itself: int = Field(default=0, sa_column_kwargs=_ZERO)


class FieldTable(SQLModel, table=True):
    """A field that a module's cards have besides those of every card. Retired, it keeps its values."""

    __tablename__ = "field"
    __table_args__ = (
        CheckConstraint("kind IN ('text','number','date','choice','choices','link')", name="ck_field_kind"),
        CheckConstraint("required IN (0, 1)", name="ck_field_required"),
        Index("ix_field_module", "module_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    module_id: int = Field(foreign_key="module.id")
    kind: str
    name: str
    position: int
    required: int = Field(default=0, sa_column_kwargs=_ZERO)
    from_status: int | None = Field(default=None, foreign_key="status.id")
    retired_at: str | None = None
    in_row: int = Field(default=0, sa_column_kwargs=_ZERO)
    in_peek: int = Field(default=0, sa_column_kwargs=_ZERO)


class FieldChoiceTable(SQLModel, table=True):
    """One of the values that a field of kind choice or choices offers."""

    __tablename__ = "field_choice"
    __table_args__ = (Index("ix_field_choice_field", "field_id", "position"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    field_id: int = Field(foreign_key="field.id")
    name: str
    position: int
    retired_at: str | None = None


class FieldValueTable(SQLModel, table=True):
    """What a card has in a field: `value` in the form of its kind, `sort` where it is a quantity, `folded` to search.

    By kind: text and link as typed; number "12.5"; date 2026-11-23; choice the id of one; choices a JSON list of ids.
    `sort`: a number times a million, a date's ordinal, a choice's position.
    """

    __tablename__ = "field_value"
    __table_args__ = (
        Index("ix_field_value_card", "card_id", "field_id", unique=True),
        Index("ix_field_value_field", "field_id", "sort"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id")
    field_id: int = Field(foreign_key="field.id")
    value: str
    sort: int | None = None
    folded: str = Field(default="", sa_column_kwargs=_EMPTY)


class LinkTable(SQLModel, table=True):
    """Two cards that have to do with each other, and how."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("card_id <> other_id", name="ck_link_other"),
        Index("ix_link_card", "card_id"),
        Index("ix_link_other", "other_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id")
    other_id: int = Field(foreign_key="card.id")
    description: str = Field(default="", sa_column_kwargs=_EMPTY)
    created_at: str


class TemplateTable(SQLModel, table=True):
    """A task that a module offers under a name. NULL days: the next working day; `checklist`: a line each."""

    __tablename__ = "template"
    __table_args__ = (
        CheckConstraint("days >= 0", name="ck_template_days"),
        Index("ix_template_module", "module_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    module_id: int = Field(foreign_key="module.id")
    name: str
    text: str
    type: str = Field(default="", sa_column_kwargs=_EMPTY)
    days: int | None = None
    checklist: str = Field(default="", sa_column_kwargs=_EMPTY)
    position: int


BUSINESS = (
    ModuleTable,
    StatusTable,
    CompanyTable,
    PersonTable,
    ChannelTable,
    CardTable,
    TaskTable,
    HistoryTable,
    FieldTable,
    FieldChoiceTable,
    FieldValueTable,
    LinkTable,
    ProductTable,
    PriceTable,
    SeriesTable,
    DocumentTable,
    LineTable,
    ListEntryTable,
    TemplateTable,
)
"""The journaled tables: what an undo gives back byte for byte."""

ALL = (*BUSINESS, TallyTable, WorthTable, LoadTable, ActionTable, ChangeTable, JournalTable)
"""Every table of the file."""
