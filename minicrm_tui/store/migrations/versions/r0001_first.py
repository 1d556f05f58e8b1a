"""The first schema."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Kept word for word: what a released revision makes must never change.
STATEMENTS = (
    """
    CREATE TABLE module (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind VARCHAR NOT NULL,
        name VARCHAR,
        item VARCHAR,
        position INTEGER NOT NULL,
        currency VARCHAR,
        trashed_at VARCHAR
    )
    """,
    """
    CREATE TABLE company (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name VARCHAR NOT NULL,
        folded VARCHAR NOT NULL,
        created_at VARCHAR NOT NULL
    )
    """,
    """
    CREATE INDEX ix_company_folded ON company (folded)
    """,
    """
    CREATE TABLE tally (
        module_id INTEGER NOT NULL,
        status_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        day INTEGER NOT NULL,
        cards INTEGER NOT NULL,
        PRIMARY KEY (module_id, status_id, place, day)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE worth (
        module_id INTEGER NOT NULL,
        status_id INTEGER NOT NULL,
        currency VARCHAR NOT NULL,
        cards INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (module_id, status_id, currency)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE load (
        day VARCHAR NOT NULL,
        tasks INTEGER NOT NULL,
        PRIMARY KEY (day)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE action (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        verb VARCHAR NOT NULL,
        subject VARCHAR DEFAULT '' NOT NULL,
        count INTEGER DEFAULT 1 NOT NULL,
        card_id INTEGER,
        module_id INTEGER,
        at VARCHAR NOT NULL,
        undone INTEGER DEFAULT 0 NOT NULL
    )
    """,
    """
    CREATE TABLE journal (
        id INTEGER NOT NULL,
        action_id INTEGER,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE status (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        "key" VARCHAR NOT NULL,
        name VARCHAR,
        grp TEXT NOT NULL CONSTRAINT ck_status_group CHECK (grp IN ('lead','open','success','failed')),
        position INTEGER NOT NULL,
        FOREIGN KEY(module_id) REFERENCES module (id)
    )
    """,
    """
    CREATE INDEX ix_status_module ON status (module_id, position)
    """,
    """
    CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        company_id INTEGER,
        name VARCHAR NOT NULL,
        folded VARCHAR NOT NULL,
        created_at VARCHAR NOT NULL,
        FOREIGN KEY(company_id) REFERENCES company (id)
    )
    """,
    """
    CREATE INDEX ix_person_company ON person (company_id)
    """,
    """
    CREATE INDEX ix_person_folded ON person (folded)
    """,
    """
    CREATE TABLE change (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        action_id INTEGER NOT NULL,
        tbl VARCHAR NOT NULL,
        row_id INTEGER NOT NULL,
        old VARCHAR,
        new VARCHAR,
        FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE INDEX ix_change_action ON change (action_id, id)
    """,
    """
    CREATE TABLE channel (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        company_id INTEGER,
        person_id INTEGER,
        kind VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        plain VARCHAR NOT NULL,
        label VARCHAR DEFAULT '' NOT NULL,
        CONSTRAINT ck_channel_kind CHECK (kind IN ('phone','email')),
        CONSTRAINT ck_channel_owner CHECK ((company_id IS NULL) <> (person_id IS NULL)),
        FOREIGN KEY(company_id) REFERENCES company (id),
        FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    """
    CREATE INDEX ix_channel_person ON channel (person_id)
    """,
    """
    CREATE INDEX ix_channel_company ON channel (company_id)
    """,
    """
    CREATE INDEX ix_channel_plain ON channel (kind, plain)
    """,
    """
    CREATE TABLE card (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        status_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        folded VARCHAR NOT NULL,
        company_id INTEGER,
        person_id INTEGER,
        amount INTEGER,
        currency VARCHAR,
        sales_status VARCHAR,
        qualification VARCHAR,
        decided INTEGER DEFAULT 0 NOT NULL,
        sales_step VARCHAR,
        expected_close VARCHAR,
        loss_reason VARCHAR,
        place INTEGER DEFAULT 0 NOT NULL,
        next_task_id INTEGER,
        open_tasks INTEGER DEFAULT 0 NOT NULL,
        sort_key INTEGER NOT NULL,
        search VARCHAR DEFAULT '' NOT NULL,
        created_at VARCHAR NOT NULL,
        trashed_at VARCHAR,
        CONSTRAINT ck_card_place CHECK (place IN (0, 1, 2)),
        CONSTRAINT ck_card_money CHECK ((amount IS NULL) = (currency IS NULL)),
        CONSTRAINT ck_card_decided CHECK (decided IN (0, 1)),
        FOREIGN KEY(module_id) REFERENCES module (id),
        FOREIGN KEY(status_id) REFERENCES status (id),
        FOREIGN KEY(company_id) REFERENCES company (id),
        FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    """
    CREATE INDEX ix_card_person ON card (person_id)
    """,
    """
    CREATE INDEX ix_card_status ON card (status_id, place, sort_key, folded, id)
    """,
    """
    CREATE INDEX ix_card_folded ON card (folded)
    """,
    """
    CREATE INDEX ix_card_list ON card (module_id, place, sort_key, folded, id, status_id, amount, currency, search)
    """,
    """
    CREATE INDEX ix_card_company ON card (company_id)
    """,
    """
    CREATE TABLE task (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        type VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        at VARCHAR,
        due_key INTEGER NOT NULL,
        postponed INTEGER DEFAULT 0 NOT NULL,
        created_at VARCHAR NOT NULL,
        closed_at VARCHAR,
        outcome VARCHAR,
        comment VARCHAR,
        CONSTRAINT ck_task_closed CHECK ((closed_at IS NULL) = (outcome IS NULL)),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
    """,
    """
    CREATE INDEX ix_task_card ON task (card_id, closed_at, due_key, id)
    """,
    """
    CREATE TABLE history (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        text VARCHAR DEFAULT '' NOT NULL,
        field VARCHAR DEFAULT '' NOT NULL,
        old VARCHAR DEFAULT '' NOT NULL,
        new VARCHAR DEFAULT '' NOT NULL,
        by_itself INTEGER DEFAULT 0 NOT NULL,
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
    """,
    """
    CREATE INDEX ix_history_card ON history (card_id, at, id)
    """,
)


def upgrade() -> None:
    """Make every table of the first schema."""
    for statement in STATEMENTS:
        op.execute(statement)
    op.execute("INSERT INTO journal (id, action_id) VALUES (1, NULL)")
