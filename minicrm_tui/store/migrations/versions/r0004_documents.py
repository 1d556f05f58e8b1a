"""Orders and documents with their items and numbers, the catalogue, editable lists, forgotten opportunities."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Kept word for word: what a released revision makes must never change.
STATEMENTS = (
    "ALTER TABLE module ADD COLUMN forgotten_days INTEGER",
    "ALTER TABLE card ADD COLUMN customer_step VARCHAR",
    "ALTER TABLE card ADD COLUMN loss_details VARCHAR",
    "ALTER TABLE task ADD COLUMN purpose VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE task ADD COLUMN changed_at VARCHAR DEFAULT '' NOT NULL",
    """
    CREATE TABLE product (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name VARCHAR NOT NULL,
        folded VARCHAR NOT NULL,
        sku VARCHAR DEFAULT '' NOT NULL,
        unit VARCHAR DEFAULT '' NOT NULL,
        vat INTEGER DEFAULT 0 NOT NULL,
        created_at VARCHAR NOT NULL,
        retired_at VARCHAR,
        CONSTRAINT ck_product_vat CHECK (vat BETWEEN 0 AND 10000)
    )
    """,
    "CREATE INDEX ix_product_folded ON product (folded)",
    """
    CREATE TABLE price (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        product_id INTEGER NOT NULL,
        currency VARCHAR NOT NULL,
        amount INTEGER NOT NULL,
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
    """,
    "CREATE UNIQUE INDEX ix_price_product ON price (product_id, currency)",
    """
    CREATE TABLE series (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name VARCHAR NOT NULL,
        last INTEGER DEFAULT 0 NOT NULL,
        last_on VARCHAR DEFAULT '' NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX ix_series_name ON series (name)",
    """
    CREATE TABLE document (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        currency VARCHAR NOT NULL,
        series VARCHAR DEFAULT '' NOT NULL,
        serial INTEGER,
        issued_on VARCHAR,
        due_on VARCHAR,
        notes VARCHAR DEFAULT '' NOT NULL,
        seller VARCHAR DEFAULT '' NOT NULL,
        buyer VARCHAR DEFAULT '' NOT NULL,
        cancels INTEGER,
        CONSTRAINT ck_document_kind CHECK (kind IN ('order','offer','proforma','invoice')),
        CONSTRAINT ck_document_number CHECK ((series = '') = (serial IS NULL)),
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(cancels) REFERENCES card (id)
    )
    """,
    "CREATE UNIQUE INDEX ix_document_card ON document (card_id)",
    "CREATE UNIQUE INDEX ix_document_number ON document (series, serial)",
    "CREATE INDEX ix_document_cancels ON document (cancels)",
    """
    CREATE TABLE line (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        quantity INTEGER NOT NULL,
        unit VARCHAR DEFAULT '' NOT NULL,
        price INTEGER DEFAULT 0 NOT NULL,
        vat INTEGER DEFAULT 0 NOT NULL,
        sku VARCHAR DEFAULT '' NOT NULL,
        product_id INTEGER,
        CONSTRAINT ck_line_vat CHECK (vat BETWEEN 0 AND 10000),
        FOREIGN KEY(document_id) REFERENCES document (id),
        FOREIGN KEY(product_id) REFERENCES product (id)
    )
    """,
    "CREATE INDEX ix_line_document ON line (document_id, position)",
    """
    CREATE TABLE list_entry (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        module_id INTEGER NOT NULL,
        list VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT ck_list_entry_list CHECK (list IN ('sales_step','customer_step','loss_reason')),
        FOREIGN KEY(module_id) REFERENCES module (id)
    )
    """,
    "CREATE INDEX ix_list_entry_list ON list_entry (module_id, list, position)",
    # Every order and document that is there gets its content: its value, where it has one, as one item without VAT.
    """
    INSERT INTO document (card_id, kind, currency)
    SELECT card.id,
           CASE module.kind WHEN 'orders' THEN 'order' ELSE substr(status.key, 1, instr(status.key, '_') - 1) END,
           coalesce(card.currency, module.currency, 'EUR')
    FROM card JOIN module ON module.id = card.module_id JOIN status ON status.id = card.status_id
    WHERE module.kind IN ('orders', 'invoicing')
    """,
    """
    INSERT INTO line (document_id, position, name, quantity, price)
    SELECT document.id, 0, card.name, 1000, card.amount
    FROM document JOIN card ON card.id = document.card_id WHERE card.amount IS NOT NULL
    """,
)


def upgrade() -> None:
    """Add the columns and the tables, and give the cards that are there their content."""
    for statement in STATEMENTS:
        op.execute(statement)
