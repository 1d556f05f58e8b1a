"""Own headings, colours, follow-up rules and templates, rotting, checklists, and what the list shows and sorts by."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Kept word for word: what a released revision makes must never change.
STATEMENTS = (
    "ALTER TABLE module ADD COLUMN heading_lead VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN heading_open VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN heading_success VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN heading_failed VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN follow_text VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN follow_type VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE module ADD COLUMN follow_days INTEGER",
    "ALTER TABLE module ADD COLUMN sort VARCHAR DEFAULT 'deadline' NOT NULL",
    "ALTER TABLE task ADD COLUMN checklist VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE field ADD COLUMN in_row INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE field ADD COLUMN in_peek INTEGER DEFAULT 0 NOT NULL",
    # A constraint can't be added to a table that is there.
    """
    CREATE TABLE new_status (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        "key" VARCHAR NOT NULL,
        name VARCHAR,
        grp TEXT NOT NULL CONSTRAINT ck_status_group CHECK (grp IN ('lead','open','success','failed')),
        position INTEGER NOT NULL,
        color VARCHAR DEFAULT '' NOT NULL,
        rot_days INTEGER,
        follow_text VARCHAR DEFAULT '' NOT NULL,
        follow_type VARCHAR DEFAULT '' NOT NULL,
        follow_days INTEGER,
        CONSTRAINT ck_status_follow_days CHECK (follow_days >= 0),
        CONSTRAINT ck_status_rot_days CHECK (rot_days > 0),
        FOREIGN KEY(module_id) REFERENCES module (id)
    )
    """,
    "INSERT INTO new_status (id, module_id, key, name, grp, position)"
    " SELECT id, module_id, key, name, grp, position FROM status",
    "DROP TABLE status",
    "ALTER TABLE new_status RENAME TO status",
    "CREATE INDEX ix_status_module ON status (module_id, position)",
    """
    CREATE TABLE new_list_entry (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        list VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT ck_list_entry_list CHECK (list IN ('sales_step','customer_step','loss_reason','task_type')),
        FOREIGN KEY(module_id) REFERENCES module (id)
    )
    """,
    "INSERT INTO new_list_entry (id, module_id, list, name, position)"
    " SELECT id, module_id, list, name, position FROM list_entry",
    "DROP TABLE list_entry",
    "ALTER TABLE new_list_entry RENAME TO list_entry",
    "CREATE INDEX ix_list_entry_list ON list_entry (module_id, list, position)",
    """
    CREATE TABLE template (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        type VARCHAR DEFAULT '' NOT NULL,
        days INTEGER,
        checklist VARCHAR DEFAULT '' NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT ck_template_days CHECK (days >= 0),
        FOREIGN KEY(module_id) REFERENCES module (id)
    )
    """,
    "CREATE INDEX ix_template_module ON template (module_id, position)",
)


def upgrade() -> None:
    """Add the columns and the table; rebuild the two tables whose constraints change."""
    for statement in STATEMENTS:
        op.execute(statement)
