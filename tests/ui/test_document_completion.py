"""The name of an item completed from the catalogue, and what the catalogue learns."""

from __future__ import annotations

from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.products import ProductDraft
from tests.ui.conftest import Crm, Opening
from tests.ui.papers import DOOR, lines, note, opened, paper, screen, shown


def has(crm: Crm, *texts: str) -> bool:
    """Whether one line of the screen has all of these."""
    return any(all(text in line for text in texts) for line in shown(crm))


async def test_a_known_item_is_completed_and_fills_the_row(crm: Crm) -> None:
    await crm.store.add_product(ProductDraft("Door handle", "H-1", "pcs", 900, {"EUR": 2490}), crm.clock())
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press(*"nhand", "tab")
    assert screen(crm).pane.editor.value == "Door handle"
    assert has(crm, "H-1", "24.90", "9%", "27.14")
    await crm.press("tab", "4", "enter")
    assert (await lines(crm, card))[1] == LineDraft("Door handle", 4000, "pcs", 2490, 900, "H-1")


async def test_down_goes_through_what_is_offered(crm: Crm) -> None:
    for name in ("Door handle", "Door lock"):
        await crm.store.add_product(ProductDraft(name, prices={"EUR": 100}), crm.clock())
    card = await paper(crm)
    await opened(crm, card)
    await crm.press(*"ndoor", "down", "down")
    assert screen(crm).pane.editor.value == "Door lock"
    assert "Door handle" in note(crm)
    await crm.press("down")
    assert screen(crm).pane.editor.value == "Door handle"
    await crm.press("up", "enter")
    assert [line.name for line in await lines(crm, card)] == ["Door lock"]


async def test_a_name_typed_whole_fills_the_row_too(crm: Crm) -> None:
    await crm.store.add_product(ProductDraft("Door", unit="pcs", vat=900, prices={"EUR": 100}), crm.clock())
    card = await paper(crm)
    await opened(crm, card)
    await crm.press(*"ndoor", "enter")
    assert await lines(crm, card) == [LineDraft("Door", 1000, "pcs", 100, 900)]


async def test_enter_keeps_a_new_name_and_the_catalogue_learns_it(opening: Opening) -> None:
    crm = await opening(vat=2100)
    await crm.store.add_product(ProductDraft("Door handle"), crm.clock())
    card = await paper(crm)
    await opened(crm, card)
    await crm.press(*"nDoor", "enter", "2", "tab", *"pcs", "tab", "9", "9", "enter")
    assert await lines(crm, card) == [LineDraft("Door", 2000, "pcs", 9900, 2100)]
    found = await crm.store.products("door")
    assert [(each.name, each.unit, each.vat, dict(each.prices)) for each in found] == [
        ("Door", "pcs", 2100, {"EUR": 9900}),
        ("Door handle", "", 0, {}),
    ]


async def test_a_discount_leaves_the_catalogue_alone(crm: Crm) -> None:
    card = await paper(crm, DOOR)
    await opened(crm, card)
    await crm.press("l", "l", "l", "9", "9", "enter")
    assert (await lines(crm, card))[0].price == 9900
    assert dict((await crm.store.products())[0].prices) == {"EUR": 15_050}
