"""`minicrm order …` and `minicrm document …`: every action, what is refused, and numbers taken by two at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from minicrm_tui.clock import system_clock
from minicrm_tui.domain.actions import Action
from minicrm_tui.domain.documents import Terms
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import CardId
from minicrm_tui.store.store import Store
from tests.running import Inside, Ran

from .conftest import TIMEOUT, MiniCRM

SELLER = '[seller]\nname = "Nord Servicii SRL"\naddress = "Str. Lungă 1, Brașov"\ntax_number = "RO123"\n'


pytestmark = pytest.mark.usefixtures("five_modules")


@pytest.fixture
def crm(inside: Inside) -> Inside:
    """With a seller, and 21% VAT on what is typed."""
    inside.settings.write_text(f"vat = 21\n{SELLER}", encoding="utf-8")
    return inside


def made(crm: Inside, *arguments: str) -> str:
    """The card's number of what `add` makes: doors for 100 EUR net."""
    ran = crm("add", "Doors @ Acme SRL 100 EUR", *arguments)
    assert ran.code == 0, ran.err
    return ran.last_word


def paper(ran: Ran, which: str = "document") -> dict[str, object]:
    assert ran.code == 0, ran.err
    found = ran.json[which]
    assert isinstance(found, dict)
    return found


# --- orders


def test_an_order_goes_its_way_and_makes_its_invoice(crm: Inside) -> None:
    card = made(crm, "--module", "orders")
    steps = [paper(crm("order", action, card, "--json"))["status_key"] for action in ("finalise", "complete", "pay")]
    assert steps == ["in_progress", "completed", "successful"]
    number = str(paper(crm("order", "invoice", card, "--json"))["number"])
    ran = crm("order", "invoice", number.lower().replace("/0000", "/"), "--json")
    assert paper(ran)["id"] == int(card)
    assert (paper(ran, "made")["kind"], paper(ran, "made")["status_key"]) == ("invoice", "invoice_to_be_issued")


def test_an_action_says_the_number_the_status_and_the_card(crm: Inside) -> None:
    card = made(crm, "--module", "orders")
    said = crm("order", "finalise", card).out
    assert said.startswith("ORD-")
    assert said.endswith(f"/00001 · “Doors” · In progress · card {card}\n")
    assert crm("order", "edit", card).code == crm("order", "finalise", card).code == 0


def test_what_is_not_possible_names_what_is(crm: Inside) -> None:
    card = made(crm, "--module", "orders")
    assert crm("order", "pay", card).refused() == (
        "minicrm: “Paid” is not possible in this status. Possible: Finalise."
    )


def test_an_order_without_items_is_not_finalised(crm: Inside) -> None:
    card = crm("add", "Doors @ Acme SRL", "--module", "orders").last_word
    assert "no items" in crm("order", "finalise", card).refused()
    assert crm("order", "list", "--json").json["documents"][0]["number"] is None  # type: ignore[index]


# --- documents


def test_issuing_gives_number_and_date_and_undo_stops_there(crm: Inside) -> None:
    card = made(crm, "--module", "invoicing")
    issued = paper(crm("document", "issue", card, "--json"))
    assert str(issued["number"]).startswith("INV-")
    assert (issued["total"], issued["status_key"], issued["overdue"]) == ("121.00", "invoice_issued", False)
    assert "can't be undone" in crm("undo").refused()


def test_without_a_seller_the_file_and_its_keys_are_named(inside: Inside) -> None:
    card = made(inside, "--kind", "invoice")
    said = inside("document", "issue", card).refused()
    assert "name, address under [seller]" in said
    assert str(inside.settings) in said
    assert inside("document", "list", "--status", "issued").out == ""


def test_a_cancelled_invoice_has_a_cancelling_one(crm: Inside) -> None:
    crm("document", "issue", made(crm, "--kind", "invoice"))
    ran = crm("document", "cancel", "1", "--json")
    other = paper(ran, "made")
    assert (other["status_key"], other["total"]) == ("invoice_cancelled", "-121.00")
    assert str(other["number"]).endswith("/00002")
    shown = crm("document", "show", str(other["number"]), "--json").json
    assert shown["cancels"] == {"id": 1, "number": paper(ran)["number"]}


@pytest.mark.parametrize("make", ["order", "invoice"])
def test_an_accepted_offer_makes_what_is_asked_for(crm: Inside, make: str) -> None:
    crm("document", "issue", made(crm, "--kind", "offer"))
    assert paper(crm("document", "accept", "1", "--make", make, "--json"), "made")["kind"] == make


def test_an_offer_is_accepted_alone_or_rejected(crm: Inside) -> None:
    for action in ("accept", "reject"):
        card = made(crm, "--kind", "offer")
        crm("document", "issue", card)
        ran = crm("document", action, card, "--json")
        assert ran.json["made"] is None
        assert paper(ran)["status_key"] == f"offer_{action}ed"


def test_a_paid_proforma_says_which_invoice_it_made(crm: Inside) -> None:
    card = made(crm, "--kind", "proforma")
    crm("document", "issue", card)
    first, second = crm("document", "pay", card).out.splitlines()
    assert "Proforma: paid" in first
    assert second == "Made: Invoice · “Doors” · Invoice: to be issued · card 2"


def test_the_list_is_narrowed_by_kind_and_status(crm: Inside) -> None:
    offer, invoice = made(crm, "--kind", "offer"), made(crm, "--kind", "invoice")
    made(crm, "--module", "orders")
    crm("document", "issue", offer)

    def listed(*arguments: str) -> list[str]:
        found = crm("document", "list", "--json", *arguments).json["documents"]
        assert isinstance(found, list)
        return [str(each["id"]) for each in found]

    assert listed() == [invoice, offer]
    assert listed("--kind", "offer") == listed("--status", "awaiting") == [offer]
    assert listed("--status", "Awaiting answer") == listed("--status", "offer_awaiting") == [offer]
    assert listed("--overdue") == listed("--kind", "proforma") == []
    assert "There are: draft, " in crm("document", "list", "--status", "lost").refused()
    assert len(crm("order", "list").out.splitlines()) == 1


def test_what_is_overdue_is_said(crm: Inside) -> None:
    late, other = made(crm, "--kind", "invoice"), made(crm, "--kind", "invoice")
    asyncio.run(issue_days_ago(crm.database, late, 10))
    crm("document", "issue", other)
    listed = crm("document", "list", "--overdue").out
    assert "overdue 2d" in listed
    assert listed.rstrip().endswith(f"card {late}")
    assert "payable" in crm("document", "list").out
    assert paper(crm("document", "pay", late, "--json"))["overdue"] is False
    assert crm("document", "list", "--overdue").out == ""


async def issue_days_ago(path: Path, card: str, days: int) -> None:
    """As it would have been done then; payable eight days later."""
    then = system_clock() - timedelta(days=days)
    store = await Store.open(path, now=then)
    try:
        await store.act(CardId(int(card)), Action.ISSUE, then, Terms(Party("Nord Servicii SRL", "Brașov")))
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("document", "show", "99"), "There is no card 99."),
        (("document", "show", "9" * 40), "There is no card"),
        (("document", "show", "INV-2026-EUR/00009"), "There is no document INV-2026-EUR/00009."),
        (("document", "issue", "nonsense"), "There is no document nonsense."),
        (("document", "show", "2"), "2 is an order."),
        (("order", "show", "1"), "1 is no order."),
        (("order", "show", "3"), "neither an order nor a document"),
    ],
)
def test_what_is_not_there_or_something_else_is_refused(crm: Inside, arguments: tuple[str, ...], said: str) -> None:
    made(crm, "--kind", "offer")
    made(crm, "--module", "orders")
    made(crm)
    assert said in crm(*arguments).refused()


def test_show_prints_it_as_on_paper(crm: Inside) -> None:
    card = made(crm, "--kind", "invoice")
    crm("document", "issue", card)
    shown = crm("document", "show", card).out
    assert shown.startswith(f"Invoice · Invoice: issued · card {card}\n\nINVOICE")
    assert "Nord Servicii SRL" in shown
    assert "121.00" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_json_has_the_lines_and_the_sums_by_rate(crm: Inside) -> None:
    found = crm("document", "show", made(crm, "--kind", "invoice"), "--json").json
    assert found["lines"] == [
        {
            "name": "Doors", "quantity": "1", "unit": None, "price": "100.00", "vat": "21", "sku": None,
            "net": "100.00", "tax": "21.00", "gross": "121.00",
        }
    ]  # fmt: skip
    assert found["rates"] == [{"rate": "21", "net": "100.00", "tax": "21.00", "gross": "121.00"}]
    assert (found["net"], found["tax"], found["gross"]) == ("100.00", "21.00", "121.00")
    assert found["seller"] == {"name": "Nord Servicii SRL", "address": "Str. Lungă 1, Brașov", "tax_number": "RO123"}
    assert found["buyer"] == {"name": "Acme SRL"}


def test_add_takes_a_kind_for_invoicing_alone(crm: Inside) -> None:
    assert "Only Invoicing" in crm("add", "Doors", "--kind", "offer", "--module", "sales").refused()


def test_add_says_what_vat_comes_to(crm: Inside) -> None:
    said = crm("add", "Doors @ Acme SRL 100 EUR", "--kind", "invoice").out
    assert "100\u00a0EUR net + 21% VAT = 121\u00a0EUR" in said


# --- PDF


def test_a_pdf_is_written_once_and_its_path_printed(crm: Inside, tmp_path: Path) -> None:
    crm("document", "issue", made(crm, "--kind", "invoice"))
    path = Path(crm("document", "pdf", "1").out.strip())
    assert path.parent == crm.home / "Documents" / "MiniCRM"
    assert path.read_bytes().startswith(b"%PDF")
    before = path.stat().st_mtime_ns
    assert str(path) in crm("document", "pdf", "1").refused()
    assert path.stat().st_mtime_ns == before
    assert crm("document", "pdf", "1", "--force").code == 0


def test_a_pdf_goes_to_the_file_or_folder_that_is_named(crm: Inside, tmp_path: Path) -> None:
    card = made(crm, "--module", "orders")
    assert crm("order", "pdf", card, "--out", str(tmp_path / "a.pdf")).out == f"{tmp_path / 'a.pdf'}\n"
    inside = Path(crm("order", "pdf", card, "--out", str(tmp_path)).out.strip())
    assert inside.parent == tmp_path
    assert inside.exists()


def test_a_pdf_that_can_not_be_written_is_one_sentence(crm: Inside, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    card = made(crm, "--module", "orders")
    assert "can't be written" in crm("order", "pdf", card, "--out", str(tmp_path / "file" / "a.pdf")).refused()


# --- two at once


def test_processes_that_issue_at_once_never_take_one_number(crm: Inside, minicrm: MiniCRM) -> None:
    """Twelve processes, started together: twelve numbers, from the first to the twelfth."""
    assert crm.database == minicrm.database
    minicrm.settings.write_text(SELLER, encoding="utf-8")
    for number in range(12):
        assert crm("add", f"Doors {number} @ Acme SRL 100 EUR", "--kind", "invoice").code == 0
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "minicrm_tui", "document", "issue", str(card), "--json"],
            env=minicrm.everything(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for card in range(1, 13)
    ]
    ended = [process.communicate(timeout=TIMEOUT) for process in running]
    assert [(process.returncode, said) for process, (_out, said) in zip(running, ended, strict=True)] == [(0, "")] * 12
    listed = minicrm("document", "list", "--json").json["documents"]
    assert isinstance(listed, list)
    places = sorted(int(str(each["number"]).partition("/")[2]) for each in listed)
    assert places == list(range(1, 13))
