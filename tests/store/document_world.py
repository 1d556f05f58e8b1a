"""What the tests of orders and documents share: drafts with two items, and how they are moved."""

from __future__ import annotations

from store_world import World

from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import FIRST_STATUS, Document, DocumentKind, Terms, module_of
from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.lines import LineDraft
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.quickadd import LineDraft as CardLine
from minicrm_tui.domain.records import CardId

SELLER = Party("Nord Servicii SRL", "Str. Lungă 1, Brașov", "RO123", "J08/1/2020", "RO49AAAA1B31007593840000")
TERMS = Terms(SELLER)

DOOR = LineDraft("Door", 2000, "pcs", 15_050, 2100)
FITTING = LineDraft("Fitting", 1500, "h", 8_000, 2100)


async def draft(
    world: World, kind: DocumentKind, *lines: LineDraft, name: str = "Doors", company: str = "Acme SRL"
) -> CardId:
    made = await world.store.create_card(
        await world.module(module_of(kind)),
        CardLine(name, company=company, client_from_name=False),
        world.now,
        status_key=FIRST_STATUS[kind],
    )
    if not company:
        await world.store.edit_card(made.row.id, CardEdit(name, None, None, None, "", None), world.now)
    for line in lines:
        await world.store.add_line(made.row.id, line, world.now)
    return made.row.id


async def acted(world: World, card: CardId, *actions: Action) -> Document:
    for action in actions:
        await world.store.act(card, action, world.now, TERMS)
    return await world.store.document(card)


async def issued(world: World, kind: DocumentKind = DocumentKind.INVOICE, name: str = "Doors") -> CardId:
    card = await draft(world, kind, DOOR, FITTING, name=name)
    await acted(world, card, Action.ISSUE)
    return card
