"""Orders and documents on real files: items, actions, numbers, what follows by itself, and what is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from document_world import DOOR, FITTING, SELLER, TERMS, acted, draft, issued
from store_world import World, cards

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DocumentKind, Terms
from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import CrmError, Invalid, NotFound, Refused
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.products import ProductDraft
from minicrm_tui.domain.records import Kind, Money

# --- content


async def test_a_new_document_has_its_value_as_one_item(world: World) -> None:
    card = await world.add("Roof", kind=Kind.INVOICING, value=Money(450_000, "RON"))
    found = await world.store.document(card.row.id)
    assert (found.kind, found.currency, found.number) == (DocumentKind.INVOICE, "RON", None)
    assert [(line.name, line.quantity, line.price) for line in found.lines] == [("Roof", 1000, 450_000)]
    assert found.buyer is not None
    assert found.buyer.name == "Acme SRL"


async def test_the_value_of_the_card_is_the_total_with_vat(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR, FITTING)
    found = await world.store.document(card)
    assert (await world.store.card(card)).row.value == Money(found.totals.gross, "EUR")
    assert found.totals.gross == 30_100 + 6_321 + 12_000 + 2_520
    before = world.image()
    await world.store.delete_line(card, found.lines[0].id, world.now)
    assert (await world.store.card(card)).row.value == Money(14_520, "EUR")
    await world.undone_gives_back(before)


async def test_lines_are_put_between_changed_and_moved(world: World) -> None:
    card = await draft(world, DocumentKind.OFFER, DOOR, FITTING)
    await world.store.add_line(card, LineDraft("Paint"), world.now, 1)
    first, paint, _last = (await world.store.document(card)).lines
    await world.store.edit_line(card, paint.id, LineDraft("White paint", 500, "l", 900), world.now)
    await world.store.move_line(card, first.id, 1, world.now)
    lines = (await world.store.document(card)).lines
    assert [(line.name, line.quantity) for line in lines] == [("White paint", 500), ("Door", 2000), ("Fitting", 1500)]
    with pytest.raises(Refused):
        await world.store.move_line(card, paint.id, -1, world.now)


async def test_what_is_typed_is_kept_in_the_catalogue_once(world: World) -> None:
    await draft(world, DocumentKind.OFFER, DOOR, LineDraft("DOOR", price=1))
    (door,) = await world.store.products()
    assert (door.name, door.unit, door.vat, dict(door.prices)) == ("Door", "pcs", 2100, {"EUR": 15_050})


async def test_a_catalogue_that_changes_leaves_documents_alone(world: World) -> None:
    card = await draft(world, DocumentKind.OFFER, DOOR)
    (door,) = await world.store.products("door")
    await world.store.edit_product(door.id, ProductDraft("Gate", prices={"EUR": 9}), world.now)
    await world.store.retire_product(door.id, world.now)
    assert [(line.name, line.price) for line in (await world.store.document(card)).lines] == [("Door", 15_050)]
    assert await world.store.products() == ()


# --- orders


async def test_an_order_goes_its_way_and_keeps_its_first_number(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    assert (await acted(world, card, Action.FINALISE)).number == "ORD-2026-EUR/00001"
    assert (await acted(world, card, Action.EDIT, Action.FINALISE)).number == "ORD-2026-EUR/00001"
    assert (await acted(world, card, Action.COMPLETE, Action.PAY)).status_key == "successful"
    assert (await acted(world, card, Action.CANCEL, Action.PAY)).status_key == "successful"
    other = await draft(world, DocumentKind.ORDER, DOOR)
    assert (await acted(world, other, Action.FINALISE)).number == "ORD-2026-EUR/00002"


async def test_a_finalised_order_is_undone_with_its_number(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    before = world.image()
    await world.store.act(card, Action.FINALISE, world.now, TERMS)
    await world.undone_gives_back(before)
    await world.store.undo(world.now)
    other = await draft(world, DocumentKind.ORDER, DOOR)
    assert (await acted(world, other, Action.FINALISE)).number == "ORD-2026-EUR/00001"


async def test_an_action_out_of_turn_names_what_is_possible(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    with pytest.raises(Refused) as caught:
        await world.store.act(card, Action.PAY, world.now, TERMS)
    assert "Finalise" in caught.value.hint


async def test_an_order_without_items_is_not_finalised(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER)
    before = world.image()
    with pytest.raises(Refused):
        await world.store.act(card, Action.FINALISE, world.now, TERMS)
    assert world.image() == before


async def test_only_a_draft_is_edited(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    line = (await acted(world, card, Action.FINALISE)).lines[0]
    for edit in (
        world.store.add_line(card, FITTING, world.now),
        world.store.edit_line(card, line.id, FITTING, world.now),
        world.store.delete_line(card, line.id, world.now),
        world.store.edit_document(card, None, "other", world.now),
        world.store.edit_card(card, CardEdit("Gates", Money(36_421, "EUR"), "Acme SRL", None, "", None), world.now),
    ):
        with pytest.raises(Refused):
            await edit
    await acted(world, card, Action.EDIT)
    await world.store.edit_line(card, line.id, FITTING, world.now)


async def test_the_value_can_not_be_typed(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    with pytest.raises(Invalid):
        await world.store.edit_card(card, CardEdit("Doors", Money(1, "EUR"), "Acme SRL", None, "", None), world.now)


# --- issuing


async def test_issuing_takes_the_number_and_freezes_the_content(world: World) -> None:
    card = await issued(world)
    found = await world.store.document(card)
    assert (found.number, found.issued_on, found.due_on) == (
        "INV-2026-EUR/00001",
        world.today,
        world.today + timedelta(days=8),
    )
    assert found.seller == SELLER
    assert found.buyer is not None
    assert found.buyer.name == "Acme SRL"
    world.run("UPDATE company SET name = 'Other SRL'")
    assert (await world.store.document(card)).buyer == found.buyer


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE line SET price = 1",
        "DELETE FROM line",
        "INSERT INTO line (document_id, position, name, quantity) VALUES (1, 9, 'x', 1000)",
        "UPDATE document SET serial = 9",
        "UPDATE document SET buyer = ''",
        "UPDATE document SET due_on = '2030-01-01'",
        "UPDATE document SET currency = 'RON'",
        "DELETE FROM document",
    ],
)
async def test_the_file_itself_refuses_to_change_what_was_issued(world: World, sql: str) -> None:
    await issued(world)
    with pytest.raises(sqlite3.IntegrityError):
        world.run(sql)


async def test_an_issued_document_is_not_trashed(world: World) -> None:
    card = await issued(world)
    with pytest.raises(Refused):
        await world.store.trash(cards(card), world.now)


async def test_undo_stops_at_an_issued_document(world: World) -> None:
    card = await issued(world)
    await world.store.add_note(cards(card), "sent", world.now)
    await world.store.undo(world.now)
    with pytest.raises(Refused, match="INV-2026-EUR/00001"):
        await world.store.undo(world.now)


@pytest.mark.parametrize(
    ("lines", "company", "terms"),
    [
        ((DOOR,), "Acme SRL", Terms()),
        ((DOOR,), "", TERMS),
        ((), "Acme SRL", TERMS),
        ((LineDraft("Back", -2000, "pcs", 15_050, 2100),), "Acme SRL", TERMS),
    ],
    ids=["no seller", "no buyer", "no items", "a negative total"],
)
async def test_what_can_not_be_issued_changes_nothing(
    world: World, lines: tuple[LineDraft, ...], company: str, terms: Terms
) -> None:
    card = await draft(world, DocumentKind.INVOICE, *lines, company=company)
    before = world.image()
    with pytest.raises(Refused):
        await world.store.act(card, Action.ISSUE, world.now, terms)
    assert world.image() == before
    assert world.one("SELECT count(*) FROM series") == 0


async def test_the_payment_is_asked_for_on_its_day_until_it_comes(world: World) -> None:
    card = await issued(world)
    (task,) = (await world.store.card(card)).tasks
    assert (task.text, task.due.day) == ("Check payment", world.today + timedelta(days=8))
    found = await acted(world, card, Action.PAY)
    assert found.status_key == "invoice_paid"
    assert (await world.store.card(card)).tasks == ()


async def test_series_are_by_kind_currency_and_year(world: World) -> None:
    await issued(world)
    assert (await world.store.document(await issued(world, DocumentKind.OFFER))).number == "OFF-2026-EUR/00001"
    assert (await world.store.document(await issued(world))).number == "INV-2026-EUR/00002"
    later = world.now.replace(year=2027, month=1, day=2)
    card = await draft(world, DocumentKind.INVOICE, DOOR)
    await world.store.act(card, Action.ISSUE, later, TERMS)
    assert (await world.store.document(card)).number == "INV-2027-EUR/00001"


async def test_a_clock_that_was_set_back_gives_the_last_day_again(world: World) -> None:
    await issued(world)
    card = await draft(world, DocumentKind.INVOICE, DOOR)
    await world.store.act(card, Action.ISSUE, world.now - timedelta(days=3), TERMS)
    found = await world.store.document(card)
    assert (found.number, found.issued_on) == ("INV-2026-EUR/00002", world.today)


# --- what follows


async def test_a_cancelled_invoice_has_a_cancelling_one_with_the_next_number(world: World) -> None:
    card = await issued(world)
    result = await world.store.act(card, Action.CANCEL, world.now, TERMS)
    assert result.made is not None
    storno = await world.store.document(result.made.row.id)
    original = await world.store.document(card)
    assert storno.number == "INV-2026-EUR/00002"
    assert (storno.status_key, original.status_key) == ("invoice_cancelled", "invoice_cancelled")
    assert storno.totals.gross == -original.totals.gross
    assert "INV-2026-EUR/00001" in storno.subject
    assert storno.cancels is not None
    assert original.cancelled_by is not None
    assert (storno.cancels.card_id, original.cancelled_by.number) == (card, storno.number)
    assert (await world.store.card(result.made.row.id)).tasks == ()
    with pytest.raises(Refused):
        await world.store.undo(world.now)


async def test_a_paid_proforma_makes_its_invoice(world: World) -> None:
    card = await issued(world, DocumentKind.PROFORMA)
    before = world.image()
    result = await world.store.act(card, Action.PAY, world.now, TERMS)
    assert result.made is not None
    invoice = await world.store.document(result.made.row.id)
    assert (invoice.kind, invoice.status_key, invoice.number) == (DocumentKind.INVOICE, "invoice_to_be_issued", None)
    assert [line.name for line in invoice.lines] == ["Door", "Fitting"]
    assert [link.row.id for link in await world.store.links(card)] == [invoice.card_id]
    assert [link.row.id for link in await world.store.links(invoice.card_id)] == [card]
    await world.undone_gives_back(before)


@pytest.mark.parametrize("kind", [DocumentKind.ORDER, DocumentKind.INVOICE])
async def test_an_accepted_offer_makes_what_is_asked_for(world: World, kind: DocumentKind) -> None:
    card = await issued(world, DocumentKind.OFFER)
    result = await world.store.act(card, Action.ACCEPT, world.now, TERMS, follower=kind)
    assert result.made is not None
    assert (await world.store.document(result.made.row.id)).kind is kind


async def test_a_rejected_offer_closes_its_tasks_as_failed(world: World) -> None:
    card = await issued(world, DocumentKind.OFFER)
    result = await world.store.act(card, Action.REJECT, world.now, TERMS)
    assert (result.closed_tasks, result.card.status.key) == (1, "offer_rejected")


async def test_documents_are_made_of_an_opportunity(world: World) -> None:
    sale = await world.add("Acme Industries", value=Money(450_000, "RON"))
    world.store.vat = 2100
    made = await world.store.make_document(sale.row.id, DocumentKind.OFFER, world.now)
    found = await world.store.document(made.row.id)
    assert (found.kind, found.currency, found.totals.net, found.totals.tax) == (
        DocumentKind.OFFER,
        "RON",
        450_000,
        94_500,
    )
    assert made.company is not None
    assert made.company.name == "Acme SRL"
    assert [link.row.id for link in await world.store.links(sale.row.id)] == [made.row.id]


async def test_an_invoice_is_made_of_a_successful_order_alone(world: World) -> None:
    card = await draft(world, DocumentKind.ORDER, DOOR)
    with pytest.raises(Refused):
        await world.store.make_document(card, DocumentKind.INVOICE, world.now)
    await acted(world, card, Action.FINALISE, Action.COMPLETE, Action.PAY)
    made = await world.store.make_document(card, DocumentKind.INVOICE, world.now)
    assert made.status.key == "invoice_to_be_issued"


async def test_a_copy_begins_as_a_draft_of_its_kind(world: World) -> None:
    card = await issued(world, DocumentKind.OFFER)
    copied = await world.store.copy_card(card, world.now)
    found = await world.store.document(copied)
    assert (found.kind, found.status_key, found.number, len(found.lines)) == (
        DocumentKind.OFFER,
        "offer_draft",
        None,
        2,
    )


async def test_the_trash_is_emptied_with_the_content(world: World) -> None:
    card = await draft(world, DocumentKind.INVOICE, DOOR)
    await world.store.trash(cards(card), world.now)
    await world.store.empty_trash(world.now)
    assert world.one("SELECT count(*) FROM document") == world.one("SELECT count(*) FROM line") == 0


async def test_a_card_of_sales_is_no_document(world: World) -> None:
    sale = await world.add("Acme")
    with pytest.raises(NotFound):
        await world.store.document(sale.row.id)
    with pytest.raises(CrmError):
        await world.store.act(sale.row.id, Action.ISSUE, world.now, TERMS)


async def test_a_past_payment_date_is_refused(world: World) -> None:
    card = await draft(world, DocumentKind.INVOICE, DOOR)
    with pytest.raises(Invalid):
        await world.store.edit_document(card, date(2026, 11, 1), "", world.now)
    await world.store.edit_document(card, date(2026, 12, 24), "Thank you", world.now)
    found = await acted(world, card, Action.ISSUE)
    assert (found.due_on, found.notes) == (date(2026, 12, 24), "Thank you")


async def test_a_misplaced_opportunity_is_refused_by_the_file(world: World) -> None:
    sale = await world.add("Acme")
    with closing(sqlite3.connect(world.path)) as conn, pytest.raises(sqlite3.IntegrityError):
        conn.execute("UPDATE card SET qualification = 'vip' WHERE id = ?", (sale.row.id,))
