"""The demo's orders and documents: as if each had been made, numbered, frozen and linked by the store."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from minicrm_tui.demo import SELLER, seller_of_demo, write_demo
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import DRAFTS, UNPAID, DocumentKind, Terms
from minicrm_tui.domain.lines import LineDraft, totals
from minicrm_tui.domain.parties import Party, party_of
from minicrm_tui.domain.records import CardId
from minicrm_tui.store.store import Store

WAITING = {*UNPAID, "offer_awaiting"}

PAPERS = """
    SELECT card.id, status.key, document.kind, document.series, document.serial, document.issued_on, document.due_on,
           document.seller, document.buyer, document.cancels, card.amount, card.currency, document.currency, document.id
    FROM document JOIN card ON card.id = document.card_id JOIN status ON status.id = card.status_id
"""


@pytest.fixture(scope="module", params=[250, 6_000], ids=["small", "large"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo with a long past for each card, and one without."""
    return written(tmp_path_factory.mktemp("demo") / "demo.db", request.param)


def written(path: Path, cards: int, **options: object) -> Path:
    from tests.conftest import MONDAY_MORNING

    write_demo(path, now=MONDAY_MORNING, cards=cards, **options)  # type: ignore[arg-type]
    return path


def ask(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def test_every_order_and_document_has_its_content_and_nothing_else_has(path: Path) -> None:
    query = """
        SELECT module.kind, count(*), count(document.id), count(DISTINCT document.card_id) FROM card
        JOIN module ON module.id = card.module_id LEFT JOIN document ON document.card_id = card.id GROUP BY 1
    """
    for kind, cards, documents, different in ask(path, query):
        assert documents == different == (cards if kind in ("orders", "invoicing") else 0), kind


def test_the_value_of_a_card_is_the_total_of_its_items(path: Path) -> None:
    items: dict[object, list[LineDraft]] = {}
    lines = "SELECT document_id, name, quantity, unit, price, vat FROM line ORDER BY document_id, position"
    for document, *line in ask(path, lines):
        items.setdefault(document, []).append(LineDraft(*line))  # type: ignore[arg-type]
    for *_rest, amount, currency, of_document, document in ask(path, PAPERS):
        assert (amount, currency) == (totals(items[document]).gross, of_document)


def test_items_are_those_of_the_catalogue(path: Path) -> None:
    query = """
        SELECT count(*) FROM line JOIN document ON document.id = document_id
        LEFT JOIN product ON product.id = line.product_id
        LEFT JOIN price ON price.product_id = product.id AND price.currency = document.currency
        WHERE (line.name, line.unit, line.vat, line.sku, line.price)
           IS NOT (product.name, product.unit, product.vat, product.sku, price.amount)
    """
    assert ask(path, query) == [(0,)]
    assert {vat for (vat,) in ask(path, "SELECT DISTINCT vat FROM line")} == {2100, 1100}


def test_series_have_no_gap_and_go_with_the_days(path: Path) -> None:
    numbers: dict[str, list[tuple[int, str]]] = {}
    for series, serial, day, kind, currency in ask(
        path, "SELECT series, serial, issued_on, kind, currency FROM document WHERE serial IS NOT NULL"
    ):
        prefix = {"order": "ORD", "offer": "OFF", "proforma": "PRO", "invoice": "INV"}[str(kind)]
        assert series == f"{prefix}-{str(day)[:4]}-{currency}"
        numbers.setdefault(str(series), []).append((int(str(serial)), str(day)))
    last = {str(name): (place, day) for name, place, day in ask(path, "SELECT name, last, last_on FROM series")}
    assert set(last) == set(numbers)
    for series, taken in numbers.items():
        places, days = zip(*sorted(taken), strict=True)
        assert places == tuple(range(1, len(taken) + 1))
        assert list(days) == sorted(days)
        assert last[series] == (places[-1], days[-1])


def test_what_is_no_draft_has_a_number_and_what_was_issued_is_frozen(path: Path, now: datetime) -> None:
    today = now.date().isoformat()
    for _card, key, kind, _series, serial, issued_on, due_on, seller, buyer, *_rest in ask(path, PAPERS):
        assert (serial is None) == (issued_on is None) == (key in DRAFTS), key
        frozen = serial is not None and kind != "order"
        assert bool(seller) == bool(buyer) == frozen
        if frozen:
            assert party_of(str(seller)) == SELLER
            assert str(issued_on) <= str(due_on)
            assert str(issued_on) < today


def test_a_frozen_buyer_is_the_client_of_the_card(path: Path) -> None:
    query = """
        SELECT document.buyer, company.name, company.address, company.tax_number, person.name FROM document
        JOIN card ON card.id = card_id LEFT JOIN company ON company.id = card.company_id
        LEFT JOIN person ON person.id = card.person_id WHERE document.buyer <> ''
    """
    for kept, company, address, tax_number, person in ask(path, query):
        if company is None:
            expected = Party(str(person))
        else:
            expected = Party(str(company), str(address), str(tax_number), person=str(person or ""))
        assert kept == expected.kept()
        assert address != ""


def test_the_file_would_refuse_nothing_of_it_and_every_change_of_what_was_issued(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE card SET module_id = module_id, status_id = status_id")
        file.execute("UPDATE document SET currency = currency, buyer = buyer")
        file.rollback()
        with pytest.raises(sqlite3.IntegrityError):
            file.execute("UPDATE line SET price = price + 1")
        with pytest.raises(sqlite3.IntegrityError):
            file.execute("DELETE FROM document WHERE kind = 'invoice'")


def test_what_waits_for_an_answer_has_the_task_that_asks_for_it(path: Path) -> None:
    query = """
        SELECT card.id, status.key,
               (SELECT count(*) FROM task WHERE card_id = card.id AND purpose = 'answer' AND closed_at IS NULL)
        FROM card JOIN status ON status.id = card.status_id JOIN document ON document.card_id = card.id
    """
    assert {(key in WAITING, open_tasks) for _card, key, open_tasks in ask(path, query)} == {(True, 1), (False, 0)}


def test_a_few_are_overdue(path: Path, now: datetime) -> None:
    papers = ask(path, PAPERS)
    unpaid = [row for row in papers if row[1] in UNPAID]
    late = [row for row in unpaid if str(row[6]) < now.date().isoformat()]
    assert 0 < len(late) < len(unpaid) / 2


def test_a_cancelled_invoice_has_the_one_that_cancels_it(path: Path) -> None:
    papers = {row[0]: row for row in ask(path, PAPERS)}
    cancelling = {row[9]: row for row in papers.values() if row[9] is not None}
    cancelled = {row[0] for row in papers.values() if row[1] == "invoice_cancelled" and row[9] is None}
    assert cancelled == set(cancelling)
    assert cancelled
    names = dict(ask(path, "SELECT id, name FROM card"))
    for card, storno in cancelling.items():
        original = papers[card]
        assert storno[10] == -int(str(original[10]))
        assert (storno[3], storno[5]) >= (original[3], original[5])
        assert names[storno[0]] == f"Cancels {original[3]}/{int(str(original[4])):05}"
    told = ask(path, "SELECT count(*) FROM history WHERE kind = 'document' AND field = 'cancelled_by'")
    assert told == [(len(cancelled),)]


def test_some_go_the_whole_way_from_a_sale_to_its_invoice(path: Path) -> None:
    query = """
        SELECT count(*) FROM link AS one JOIN link AS two ON two.card_id = one.other_id
        JOIN link AS three ON three.card_id = two.other_id
        JOIN card ON card.id = one.card_id JOIN module ON module.id = card.module_id AND module.kind = 'sales'
        JOIN document AS offer ON offer.card_id = one.other_id AND offer.kind = 'offer'
        JOIN document AS made ON made.card_id = two.other_id AND made.kind = 'order'
        JOIN document AS invoice ON invoice.card_id = three.other_id AND invoice.kind = 'invoice'
    """
    [(chains,)] = ask(path, query)
    assert int(str(chains)) >= 1


def test_what_is_linked_has_one_client_and_is_made_after_what_it_follows(path: Path) -> None:
    query = """
        SELECT count(*) FROM link JOIN card AS one ON one.id = link.card_id JOIN card AS other ON other.id = other_id
        WHERE ifnull(one.company_id, -1) <> ifnull(other.company_id, -1)
           OR ifnull(one.person_id, -1) <> ifnull(other.person_id, -1) OR one.created_at > other.created_at
    """
    assert ask(path, query) == [(0,)]
    [(told,)] = ask(path, "SELECT count(*) FROM history WHERE kind = 'linked'")
    [(links,)] = ask(path, "SELECT count(*) FROM link")
    assert told == 2 * int(str(links))


def test_the_history_ends_in_the_status_where_the_card_stands(path: Path) -> None:
    query = """
        SELECT status.key, (SELECT new FROM history WHERE card_id = card.id AND history.kind = 'status'
                            ORDER BY at DESC, id DESC LIMIT 1)
        FROM document JOIN card ON card.id = card_id JOIN status ON status.id = status_id WHERE cancels IS NULL
    """
    for key, moved in ask(path, query):
        assert moved == (None if key in DRAFTS else key)


async def test_the_next_number_is_the_next(tmp_path: Path, now: datetime) -> None:
    path = written(tmp_path / "demo.db", 250)
    [(last,)] = ask(path, "SELECT last FROM series WHERE name = 'INV-2026-EUR'")
    drafts = "SELECT card_id FROM document WHERE kind = 'invoice' AND serial IS NULL AND currency = 'EUR'"
    card = CardId(int(str(ask(path, drafts)[0][0])))
    store = await Store.open(path, now=now)
    try:
        acted = await store.act(card, Action.ISSUE, now, Terms(SELLER))
    finally:
        await store.close()
    assert acted.number == f"INV-2026-EUR/{int(str(last)) + 1:05}"


def test_the_persons_own_firm_issued_them_where_there_is_one(tmp_path: Path) -> None:
    mine = Party("Mine SRL", "Iași")
    path = written(tmp_path / "demo.db", 250, seller=mine, vat=1900)
    sellers = {json.loads(str(kept))["name"] for (kept,) in ask(path, "SELECT seller FROM document WHERE seller <> ''")}
    assert sellers == {"Mine SRL"}
    assert {vat for (vat,) in ask(path, "SELECT DISTINCT vat FROM line")} == {1900, 1100}
    assert (seller_of_demo(mine), seller_of_demo(Party("Mine SRL"))) == (mine, SELLER)


def test_all_kinds_are_there(path: Path) -> None:
    assert {kind for (kind,) in ask(path, "SELECT DISTINCT kind FROM document")} == set(DocumentKind)
