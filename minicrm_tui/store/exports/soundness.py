"""Whether what was taken in holds together: what tables alone can't say, and the program relies on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.fields import Field, FieldKind, shown_value, sort_of
from minicrm_tui.domain.pipelines import FIXED, template
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import N_, _
from minicrm_tui.store import guards
from minicrm_tui.store.field_reads import fields_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_QUERIES: Final = (
    (
        "SELECT c.id FROM card AS c JOIN status AS s ON s.id = c.status_id WHERE s.module_id <> c.module_id",
        N_("card {id} stands in a status of another module"),
    ),
    (
        "SELECT c.id FROM card AS c JOIN module AS m ON m.id = c.module_id"
        " WHERE (m.kind = 'sales') <> (c.sales_status IS NOT NULL AND c.qualification IS NOT NULL)",
        N_("card {id} and its key fields do not go together"),
    ),
    (
        f'SELECT "min(id)" FROM ({guards.MISPLACED_CARDS}) WHERE "min(id)" IS NOT NULL',
        N_("card {id} does not stand where its key fields put it"),
    ),
    (
        "SELECT c.id FROM card AS c JOIN module AS m ON m.id = c.module_id LEFT JOIN document AS d ON d.card_id = c.id"
        " WHERE (m.kind IN ('orders', 'invoicing')) <> (d.id IS NOT NULL)",
        N_("card {id} and its document do not go together"),
    ),
    (
        "SELECT v.card_id FROM field_value AS v JOIN card AS c ON c.id = v.card_id JOIN field AS f ON f.id = v.field_id"
        " WHERE f.module_id <> c.module_id",
        N_("card {id} has a value in a field of another module"),
    ),
    (
        "SELECT id FROM module WHERE id NOT IN (SELECT module_id FROM status)",
        N_("module {id} has no status"),
    ),
)
"""Each finds the id of what is wrong."""

_KINDS: Final = ("number", "date", "choice", "choices")


def refuse_unsound(conn: Connection) -> None:
    """Raise Refused for the first thing that is wrong."""
    if conn.exec_driver_sql("SELECT 1 FROM module WHERE trashed_at IS NULL").first() is None:
        raise _unsound(_("it has no module"))
    orphan = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        said = _("record {id} of “{table}” refers to a “{parent}” that is not there")
        raise _unsound(said.format(id=orphan[1], table=orphan[0], parent=orphan[2]))
    for query, why in _QUERIES:
        found = conn.exec_driver_sql(f"{query} LIMIT 1").first()
        if found is not None:
            raise _unsound(_(why).format(id=found[0]))
    _refuse_foreign_pipelines(conn)
    _refuse_wrong_values(conn)


def _refuse_foreign_pipelines(conn: Connection) -> None:
    """A fixed pipeline moves its cards by the keys of its statuses: all of them must be there."""
    for module_id, kind in conn.exec_driver_sql("SELECT id, kind FROM module").all():
        if Kind(kind) not in FIXED:
            continue
        found = conn.exec_driver_sql("SELECT key FROM status WHERE module_id = ?", (module_id,)).scalars().all()
        if sorted(found) != sorted(status.key for status in template(Kind(kind))):
            raise _unsound(_("module {id} has not the pipeline of its kind").format(id=module_id))


def _refuse_wrong_values(conn: Connection) -> None:
    for module_id in conn.exec_driver_sql("SELECT DISTINCT module_id FROM field").scalars().all():
        for field in fields_of(conn, module_id):
            if field.kind.value in _KINDS:
                _refuse_wrong_values_of(conn, field)


def _refuse_wrong_values_of(conn: Connection, field: Field) -> None:
    query = "SELECT card_id, value FROM field_value WHERE field_id = ?"
    for card_id, value in conn.exec_driver_sql(query, (field.id,)):
        try:
            shown_value(field, value)
            if field.kind is not FieldKind.CHOICES:
                sort_of(field, value)
        except (ValueError, TypeError, ArithmeticError, Invalid):
            said = _("card {id} has no value of its kind in “{field}”")
            raise _unsound(said.format(id=card_id, field=field.name)) from None


def _unsound(why: str) -> Refused:
    return Refused(
        _("The file does not hold together: {why}.").format(why=why),
        _("Nothing was imported; take another copy of the file."),
    )
