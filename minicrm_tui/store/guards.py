"""What the file itself refuses, whoever writes it: triggers that say no and change nothing.

An opportunity stands where its key fields put it. What was issued keeps its number and its content, and is never
deleted. A document keeps its currency. The store's own rules come first, with words for a person; these are the belt.
"""

from __future__ import annotations

from sqlalchemy import Connection

_OPPORTUNITY = "module_id, status_id, sales_status, qualification, decided"


def create_triggers(conn: Connection) -> None:
    """Make the guards."""
    for name, event, condition, why in _GUARDS:
        conn.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )


def drop_triggers(conn: Connection) -> None:
    """Take them away, for bulk writes that hold the rules by themselves."""
    for name, *_rest in _GUARDS:
        conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


_KEY = """
    CASE new.sales_status
        WHEN 'discovery' THEN CASE new.qualification WHEN 'none' THEN 'lead_qualify'
            ELSE 'lead_' || new.qualification END
        WHEN 'in_progress' THEN CASE new.qualification WHEN 'none' THEN 'open_to_qualify'
            ELSE 'open_' || new.qualification || CASE new.decided WHEN 1 THEN '_decided' ELSE '' END END
        WHEN 'won' THEN 'success_' || replace(new.qualification, 'none', 'unqualified')
        WHEN 'lost' THEN 'failed_' || replace(new.qualification, 'none', 'unqualified')
    END
"""
"""The status that the key fields give, as `domain.sales.status_key` has it; a test holds the two together."""

_MISPLACED = (
    "(SELECT kind FROM module WHERE id = new.module_id) = 'sales'"
    f" AND (SELECT key FROM status WHERE id = new.status_id AND module_id = new.module_id) IS NOT ({_KEY})"
)

_KEYED = "new.sales_status IS NOT NULL"

MISPLACED_CARDS = f"SELECT count(*), min(id) FROM card AS new WHERE {_KEYED} AND {_MISPLACED}"
"""SQL: how many opportunities stand elsewhere than their key fields put them, and the first of them."""

PUT_IN_PLACE = (
    f"UPDATE card SET status_id = (SELECT s.id FROM card AS new JOIN status AS s ON s.module_id = new.module_id"
    f" AND s.key = ({_KEY}) WHERE new.id = card.id) WHERE id IN"
    f" (SELECT id FROM card AS new WHERE {_KEYED} AND {_MISPLACED})"
)
"""SQL: each opportunity into the status of its key fields."""

_FROZEN = ("kind", "currency", "series", "serial", "issued_on", "due_on", "notes", "seller", "buyer", "cancels")

_CHANGED = " OR ".join(f"old.{column} IS NOT new.{column}" for column in _FROZEN)

_ISSUED = "old.serial IS NOT NULL AND old.kind <> 'order'"


def _on_issued(side: str) -> str:
    return f"EXISTS (SELECT 1 FROM document WHERE id = {side}.document_id AND serial IS NOT NULL AND kind <> 'order')"


_GUARDS = (
    ("guard_card_insert", "INSERT ON card", _MISPLACED, "an opportunity stands where its key fields put it"),
    (
        "guard_card_update",
        f"UPDATE OF {_OPPORTUNITY} ON card",
        _MISPLACED,
        "an opportunity stands where its key fields put it",
    ),
    (
        "guard_currency",
        "UPDATE OF currency ON document",
        "old.currency <> new.currency",
        "a document keeps its currency",
    ),
    ("guard_document_update", "UPDATE ON document", f"{_ISSUED} AND ({_CHANGED})", "an issued document is as it is"),
    ("guard_document_delete", "DELETE ON document", _ISSUED, "an issued document is never deleted"),
    ("guard_line_insert", "INSERT ON line", _on_issued("new"), "an issued document is as it is"),
    ("guard_line_update", "UPDATE ON line", _on_issued("old"), "an issued document is as it is"),
    ("guard_line_delete", "DELETE ON line", _on_issued("old"), "an issued document is as it is"),
)
