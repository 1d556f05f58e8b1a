"""Documents, the catalogue and the seller's data as pictures."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import Terms
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.products import ProductDraft
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardId
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING
from tests.five import FIVE
from tests.snapshots.conftest import press

SELLER = Party(
    "Nord Servicii SRL", "Str. Lungă 1, 500035 Brașov", "RO12345678", "J08/1/2020", "RO49 AAAA 1B31 0075", "Banca Nord"
)

CATALOGUE = (
    ProductDraft("Delivery, by km", "", "km", 1100, {"EUR": 120}),
    ProductDraft("Door handle, brass", "H-01", "pcs", 2100, {"EUR": 2490, "RON": 12_450}),
    ProductDraft("Door, oak, 90 × 210 cm", "D-90", "pcs", 2100, {"EUR": 15_050, "RON": 75_250}),
    ProductDraft("Fitting at the client's place", "", "h", 2100, {"EUR": 8000}),
)

DRAFT = ("3", "down", "down", "I")
"""The way to the draft."""

SNAPSHOTS: dict[str, tuple[tuple[str, ...], tuple[int, int]]] = {
    "draft-80x24": (DRAFT, (80, 24)),
    "draft-120x36": (DRAFT, (120, 36)),
    "draft-200x50": (DRAFT, (200, 50)),
    "cell-with-an-error": ((*DRAFT, "down", "l", "l", "l", "enter", *"abc", "enter"), (120, 36)),
    "catalogue-offered": ((*DRAFT, "n", *"door", "down"), (80, 24)),
    "issued-and-overdue": (("3", "I"), (120, 36)),
    "without-items": (("3", *["down"] * 4, "I"), (80, 24)),
    "header": ((*DRAFT, "e"), (80, 24)),
    "actions": ((*DRAFT, "m"), (120, 36)),
    "preview": ((*DRAFT, "v"), (120, 36)),
    "catalogue": (("g", "k"), (120, 36)),
    "product": (("g", "k", "down", "e"), (80, 24)),
    "seller": (("g", "s", "ctrl+s"), (80, 24)),
}

SnapCompare = Callable[..., bool]


async def _write(path: Path, now: datetime) -> None:
    """A draft, an invoice that should have been paid, and a document without items; a small catalogue."""
    store = await Store.open(path, now=now, install=FIVE)
    try:
        for product in CATALOGUE:
            await store.add_product(product, now)
        products = await store.products()
        quantities = (12_000, 2000, 4000, 7500)
        items = [replace(item.line("EUR"), quantity=many) for item, many in zip(products, quantities, strict=True)]
        draft = await _document(store, "Doors @ Acme Industries (Ana Pop) > Call tomorrow 10:00", items, now)
        await store.edit_document(draft, None, "Delivery within two weeks.\nThank you for your order.", now)
        await _document(store, "Windows @ Beta SRL > Ask for the list next week", [], now)
        then = now.replace(month=10)
        issued = await _document(store, "Gates @ Gamma Ltd", items[1:], then)
        await store.act(issued, Action.ISSUE, then, Terms(SELLER))
    finally:
        await store.close()


async def _document(store: Store, line: str, items: list[LineDraft], now: datetime) -> CardId:
    modules = {summary.module.kind.value: summary.module.id for summary in await store.modules(now)}
    made = await store.create_card(modules["invoicing"], parse_line(line, now, currency="EUR"), now)
    for item in items:
        await store.add_line(made.row.id, item, now)
    return made.row.id


@pytest.fixture(scope="session")
def papers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that each picture gets a copy of."""
    path = tmp_path_factory.mktemp("papers") / "crm.db"
    asyncio.run(_write(path, MONDAY_MORNING))
    return path


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_documents(snap_compare: SnapCompare, papers_file: Path, tmp_path: Path, clock: Clock, name: str) -> None:
    keys, size = SNAPSHOTS[name]
    seller = Party() if name == "seller" else SELLER
    settings = Settings(theme="minicrm-dark", seller=seller, vat=2100, country="RO")
    app = MiniCRMApp(Path(shutil.copy(papers_file, tmp_path)), settings, clock=clock)

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, keys)

    assert snap_compare(app, terminal_size=size, run_before=press_keys)


def test_a_draft_in_the_light(snap_compare: SnapCompare, papers_file: Path, tmp_path: Path, clock: Clock) -> None:
    settings = Settings(theme="minicrm-light", seller=SELLER, vat=2100)
    app = MiniCRMApp(Path(shutil.copy(papers_file, tmp_path)), settings, clock=clock)

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, (*DRAFT, "down"))

    assert snap_compare(app, terminal_size=(120, 36), run_before=press_keys)
