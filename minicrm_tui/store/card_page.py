"""Reading a card's page: the card, its client's other cards in all modules, and its history page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain.pages import CardPage, LinkId, OtherCard
from minicrm_tui.domain.records import CardId, CardRow, HistoryEntry, Kind, Module, Person, Status
from minicrm_tui.store import rooms, rows
from minicrm_tui.store.engine import driver
from minicrm_tui.store.field_reads import field_values
from minicrm_tui.store.quiet import card_details
from minicrm_tui.store.sales_list_reads import lists_of
from minicrm_tui.store.trashed import IN_USE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.documents import Document

OTHERS = 200
"""Other cards of a client that a page lists: who has more is found through the filter."""

_OTHERS = f"""
    SELECT id FROM (
        SELECT id, module_id, place, sort_key FROM card WHERE company_id = ? AND place <> 2 AND id <> ?
        UNION
        SELECT id, module_id, place, sort_key FROM card WHERE person_id = ? AND place <> 2 AND id <> ?
    ) WHERE module_id IN {IN_USE} ORDER BY place, sort_key, id LIMIT ?
"""

_COLLEAGUES = "SELECT id FROM person WHERE company_id = ? AND id IS NOT ? ORDER BY folded, id LIMIT ?"

_LINKS = f"""
    SELECT link.id, link.description, card.id FROM link
    JOIN card ON card.id = CASE WHEN link.card_id = ?1 THEN link.other_id ELSE link.card_id END AND card.place <> 2
    WHERE (link.card_id = ?1 OR link.other_id = ?1) AND +card.module_id IN {IN_USE} ORDER BY link.id
"""

_ITEMS = "SELECT count(*) FROM line WHERE document_id = ?"
_PLACE = """
    SELECT (SELECT count(*) FROM history WHERE card_id = one.card_id AND (at, id) > (one.at, one.id))
    FROM history AS one WHERE id = ? AND card_id = ?
"""

_COUNTS = "SELECT kind, count(*) FROM history WHERE card_id = ? GROUP BY kind"


def card_page(conn: Connection, card_id: int) -> CardPage:
    """All of a card's page but its history; NotFound without such a card."""
    details = card_details(conn, card_id)
    module = rows.module_even_trashed(conn, details.row.module_id)
    company_id = None if details.company is None else details.company.id
    person_id = None if details.person is None else details.person.id
    document = _document(conn, card_id, module)
    counts: list[tuple[str, int]] = driver(conn).execute(_COUNTS, (card_id,)).fetchall()
    return CardPage(
        details=details,
        module=module,
        statuses=rows.statuses(conn, module),
        colleagues=tuple(_colleagues(conn, company_id, person_id)),
        others=_others(conn, card_id, company_id, person_id),
        history=dict(counts),
        links=links(conn, card_id),
        fields=field_values(conn, card_id, module.id),
        document=document,
        items=0 if document is None else driver(conn).execute(_ITEMS, (document.id,)).fetchone()[0],
        lists=lists_of(conn, module.id) if module.kind is Kind.SALES else {},
    )


def _document(conn: Connection, card_id: int, module: Module) -> Document | None:
    """What an order or a document holds; asked only where there are some."""
    if module.kind not in (Kind.ORDERS, Kind.INVOICING):
        return None
    return rooms.document_reads.find_document(conn, CardId(card_id))


def _colleagues(conn: Connection, company_id: int | None, person_id: int | None) -> Iterator[Person]:
    """The company's persons but the one whom the card is about."""
    found = driver(conn).execute(_COLLEAGUES, (company_id, person_id, OTHERS)).fetchall()
    for (person_id,) in found:
        yield rows.person_record(conn, person_id)


def _others(conn: Connection, card_id: int, company_id: int | None, person_id: int | None) -> tuple[OtherCard, ...]:
    asked = (company_id, card_id, person_id, card_id, OTHERS)
    ids: list[int] = [found for (found,) in driver(conn).execute(_OTHERS, asked)]
    return tuple(placed(conn, rows.card_rows(conn, ids)))


def placed(conn: Connection, cards: Sequence[CardRow]) -> Iterator[OtherCard]:
    """The cards with the names of their modules and statuses."""
    modules: dict[int, Module] = {}
    names: dict[int, Status] = {}
    for row in cards:
        if row.module_id not in modules:
            module = modules[row.module_id] = rows.module_even_trashed(conn, row.module_id)
            names |= {status.id: status for status in rows.statuses(conn, module)}
        yield OtherCard(row, modules[row.module_id].name, names[row.status_id].name)


def links(conn: Connection, card_id: int) -> tuple[OtherCard, ...]:
    """The cards that a card is linked to, but those in the trash, by themselves or with their module."""
    found: list[tuple[int, str, int]] = driver(conn).execute(_LINKS, (card_id,)).fetchall()
    others: dict[int, OtherCard] = {
        other.row.id: other for other in placed(conn, rows.card_rows(conn, [row[2] for row in found]))
    }
    return tuple(
        replace(others[other], link_id=LinkId(link_id), description=description)
        for link_id, description, other in found
    )


def history(
    conn: Connection, card_id: int, kinds: Collection[str], offset: int, limit: int
) -> tuple[HistoryEntry, ...]:
    """A page of a card's history, newest first: entries of these kinds, or all of them where none is named."""
    module = rows.module_even_trashed(conn, rows.module_id_of(conn, CardId(card_id)))
    return rows.history(conn, card_id, module.kind, limit, offset, kinds)


def history_place(conn: Connection, card_id: int, entry: int) -> int | None:
    """How many entries of a card's history stand above this one, newest first; None where it is not there."""
    found = driver(conn).execute(_PLACE, (entry, card_id)).fetchone()
    return None if found is None else int(found[0])
