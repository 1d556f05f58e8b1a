"""Cards in the trash, by themselves or with their module: where they are, said to who wanted to write on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.errors import Refused
from minicrm_tui.i18n import _
from minicrm_tui.store.engine import driver
from minicrm_tui.store.rows import TRASHED, module_even_trashed, module_id_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

IN_USE: Final = "(SELECT id FROM module WHERE trashed_at IS NULL)"
"""SQL: the modules that are not in the trash. Few: `+module_id IN` them keeps a query on the index that it is for."""

_PLACE: Final = "SELECT place FROM card WHERE id = ?"


def refuse_trashed(conn: Connection, card_id: int) -> None:
    """Raise Refused where the card or its module is in the trash; NotFound without such a card."""
    module = module_even_trashed(conn, module_id_of(conn, card_id))
    if module.trashed:
        raise Refused(
            _("The module of this card, {module}, is in the trash.").format(module=module.name),
            _("Bring it back first (g m)."),
        )
    place: tuple[int] = driver(conn).execute(_PLACE, (card_id,)).fetchone()
    if place[0] == TRASHED:
        raise Refused(_("This card is in the trash."), _("Restore it first."))
