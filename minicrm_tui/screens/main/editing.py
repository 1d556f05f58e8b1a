"""`e`, or enter on a card: the form."""

from __future__ import annotations

from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench


async def edit(bench: Workbench) -> None:
    """Open the form on the card under the cursor; what was typed and not saved is kept for the next time."""
    from minicrm_tui.screens.form import FormScreen

    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    details = await bench.store.card(row.id)
    has_document = bench.module.kind in (Kind.ORDERS, Kind.INVOICING)
    form = FormScreen(
        details,
        bench.store,
        settings=bench.settings,
        clock=bench.clock,
        drafts=bench.drafts,
        currency=bench.module.currency or bench.settings.currency,
        document=await bench.store.document(row.id) if has_document else None,
    )
    if await bench.open_dialog(form):
        await bench.reload(row.id)
