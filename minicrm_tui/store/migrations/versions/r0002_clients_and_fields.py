"""Companies and persons whole, tasks that come back, custom fields, links between cards."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Kept word for word: what a released revision makes must never change.
STATEMENTS = (
    "ALTER TABLE company ADD COLUMN address VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE company ADD COLUMN website VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE company ADD COLUMN tax_number VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE company ADD COLUMN registration_number VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE company ADD COLUMN industry VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE company ADD COLUMN description VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN first_name VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN last_name VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN job VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN description VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE channel ADD COLUMN normal VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE channel ADD COLUMN is_default INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE channel ADD COLUMN doubtful INTEGER DEFAULT 0 NOT NULL",
    "CREATE INDEX ix_channel_normal ON channel (kind, normal)",
    "ALTER TABLE task ADD COLUMN minutes INTEGER",
    "ALTER TABLE task ADD COLUMN rule VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE task ADD COLUMN planned VARCHAR DEFAULT '' NOT NULL",
    """
    CREATE TABLE field (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        required INTEGER DEFAULT 0 NOT NULL,
        from_status INTEGER,
        retired_at VARCHAR,
        CONSTRAINT ck_field_kind CHECK (kind IN ('text','number','date','choice','choices','link')),
        CONSTRAINT ck_field_required CHECK (required IN (0, 1)),
        FOREIGN KEY(module_id) REFERENCES module (id),
        FOREIGN KEY(from_status) REFERENCES status (id)
    )
    """,
    "CREATE INDEX ix_field_module ON field (module_id, position)",
    """
    CREATE TABLE field_choice (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        field_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        retired_at VARCHAR,
        FOREIGN KEY(field_id) REFERENCES field (id)
    )
    """,
    "CREATE INDEX ix_field_choice_field ON field_choice (field_id, position)",
    """
    CREATE TABLE field_value (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        field_id INTEGER NOT NULL,
        value VARCHAR NOT NULL,
        sort INTEGER,
        folded VARCHAR DEFAULT '' NOT NULL,
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(field_id) REFERENCES field (id)
    )
    """,
    "CREATE UNIQUE INDEX ix_field_value_card ON field_value (card_id, field_id)",
    "CREATE INDEX ix_field_value_field ON field_value (field_id, sort)",
    """
    CREATE TABLE link (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        other_id INTEGER NOT NULL,
        description VARCHAR DEFAULT '' NOT NULL,
        created_at VARCHAR NOT NULL,
        CONSTRAINT ck_link_other CHECK (card_id <> other_id),
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(other_id) REFERENCES card (id)
    )
    """,
    "CREATE INDEX ix_link_card ON link (card_id)",
    "CREATE INDEX ix_link_other ON link (other_id)",
    # What is known without the person's country: an e-mail, and a phone with its country's code.
    "UPDATE channel SET normal = plain WHERE kind = 'email'",
    "UPDATE channel SET normal = '+' || plain WHERE kind = 'phone' AND value LIKE '+%'",
    # The first phone and the first e-mail of each are what is shown.
    "UPDATE channel SET is_default = 1 WHERE id IN (SELECT min(id) FROM channel GROUP BY company_id, person_id, kind)",
    # A person's last word is the last name.
    """
    UPDATE person SET
        last_name = CASE WHEN instr(name, ' ') THEN replace(name, rtrim(name, replace(name, ' ', '')), '') ELSE '' END,
        first_name = CASE WHEN instr(name, ' ') THEN rtrim(rtrim(name, replace(name, ' ', ''))) ELSE name END
    """,
)


def upgrade() -> None:
    """Add the columns and the tables, and fill what can be known."""
    for statement in STATEMENTS:
        op.execute(statement)
