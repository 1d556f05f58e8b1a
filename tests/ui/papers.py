"""Orders and documents for the tests of their screens."""

from __future__ import annotations

from collections.abc import Sequence

from minicrm_tui.domain.documents import FIRST_STATUS, Document, DocumentKind, Terms, module_of
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.quickadd import LineDraft as CardLine
from minicrm_tui.domain.records import CardId
from minicrm_tui.screens.document.screen import DocumentScreen
from minicrm_tui.widgets.cell_editor import CellNote
from tests.ui.conftest import Crm

SELLER = Party("Nord Servicii SRL", "Str. Lungă 1, Brașov", "RO123", "J08/1/2020", "RO49AAAA1B31007593840000")
TERMS = Terms(SELLER)

DOOR = LineDraft("Door, oak", 2000, "pcs", 15_050, 2100, "D-90")
FITTING = LineDraft("Fitting", 1500, "h", 8_000, 2100)


async def paper(
    crm: Crm,
    *lines: LineDraft,
    kind: DocumentKind = DocumentKind.INVOICE,
    name: str = "Doors",
    company: str = "Acme Industries",
) -> CardId:
    """A draft with these lines."""
    modules = {summary.module.kind: summary.module.id for summary in await crm.store.modules(crm.clock())}
    made = await crm.store.create_card(
        modules[module_of(kind)],
        CardLine(name, company=company, client_from_name=False),
        crm.clock(),
        status_key=FIRST_STATUS[kind],
    )
    for line in lines:
        await crm.store.add_line(made.row.id, line, crm.clock())
    return made.row.id


async def opened(crm: Crm, card: CardId) -> DocumentScreen:
    """The screen of this card's document, by its key."""
    row = (await crm.store.card(card)).row
    await crm.bench.go_to(row.module_id, card)
    await crm.idle()
    await crm.press("I")
    return screen(crm)


def screen(crm: Crm) -> DocumentScreen:
    assert isinstance(crm.app.screen, DocumentScreen)
    return crm.app.screen


async def typed(crm: Crm, text: str, *keys: str) -> None:
    """Put a text into the cell that is typed, and press these keys."""
    editor = screen(crm).pane.editor
    assert editor.is_open
    editor.value = text
    await crm.idle()
    await crm.press(*keys)


def note(crm: Crm) -> str:
    """What stands below the cell that is typed."""
    found = screen(crm).query_one(CellNote)
    return " ".join(str(found.content).split()) if found.display else ""


async def lines(crm: Crm, card: CardId) -> Sequence[LineDraft]:
    """What is in the file, without the ids."""
    found: Document = await crm.store.document(card)
    return [LineDraft(line.name, line.quantity, line.unit, line.price, line.vat, line.sku) for line in found.lines]


def shown(crm: Crm) -> list[str]:
    """The lines of the screen as text, with plain spaces."""
    return [strip.text.replace("\u00a0", " ") for strip in crm.app.screen._compositor.render_strips()]
