"""To an order or a document, to the seller's data and to the catalogue, and back."""

from __future__ import annotations

from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench


async def open_document(bench: Workbench) -> None:
    """`I`: what the order or document under the cursor says, with its items."""
    from minicrm_tui.screens.document.screen import DocumentScreen

    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    bench.paper = row
    try:
        await bench.open_dialog(DocumentScreen(bench, row.id))
        went_elsewhere = bench.paper is None
    finally:
        bench.paper = None
    if not went_elsewhere:
        await bench.reload(row.id)


async def catalogue(bench: Workbench) -> None:
    """`g k`: what is sold."""
    from minicrm_tui.screens.catalogue import CatalogueScreen

    await bench.open_dialog(CatalogueScreen(bench.store, bench.settings, bench.clock, bench.drafts))
    await bench.reload()


async def seller(bench: Workbench) -> None:
    """`g s`: who sells."""
    from minicrm_tui.screens.seller import edit_seller

    await edit_seller(bench)
