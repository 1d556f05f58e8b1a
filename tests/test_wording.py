"""Every action that the store can do has a name in both languages."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import minicrm_tui.store
from minicrm_tui.domain.records import HistoryEntry, Outcome
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.wording import describe, event, outcome_name

VERBS = [f"task.{each}" for each in ("close", "add", "postpone", "edit", "reopen", "check", "uncheck")] + [
    f"card.{each}"
    for each in (
        "add",
        "edit",
        "move",
        "win",
        "lose",
        "qualify",
        "decide",
        "step",
        "trash",
        "restore",
        "copy",
        "link",
        "unlink",
    )
]
VERBS.append("note.add")
VERBS += [f"contact.{each}" for each in ("add", "edit", "delete", "merge")]
VERBS += [
    f"document.{each}"
    for each in (
        *("edit", "finalise", "reopen", "complete", "issue", "accept", "reject", "pay", "cancel", "storno", "make"),
    )
]
VERBS += [f"product.{each}" for each in ("add", "edit", "delete")]
VERBS += [f"field.{each}" for each in ("add", "edit", "move", "retire", "restore")]
VERBS += [f"template.{each}" for each in ("add", "edit", "move", "delete")]
VERBS += [f"list.{each}" for each in ("add", "rename", "move", "delete")]
VERBS += [f"module.{each}" for each in ("install", "edit", "move", "trash", "restore", "import", "forgotten", "sort")]

NOUNS = ("card", "task", "note", "contact", "field", "document", "product", "list", "template", "module")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("spoken", ["en", "ro"])
def test_every_action_has_a_name_for_one_and_for_many(verb: str, spoken: Language) -> None:
    set_language(spoken)
    one, many = describe(verb, "Acme {n} [/red]", 1), describe(verb, "Acme", 1200)
    assert "Acme {n} [/red]" in one
    assert "Acme" not in many
    assert many != describe("unheard.of", "", 1200)
    assert ("1.200" if spoken == "ro" else "1\u00a0200") in many


def test_the_store_uses_no_other_verb() -> None:
    used = set()
    for path in Path(minicrm_tui.store.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                noun, dot, verb = node.value.partition(".")
                if dot and noun in NOUNS and verb.isalpha():
                    used.add(node.value)
    columns = {"card.id", "task.id", "field.id", "contact.id", "product.id", "document.id"}
    columns |= {"module.id", "module.kind", "module.position"}
    assert used - columns <= set(VERBS)
    assert "task.close" in used


def test_one_is_called_by_its_subject_and_many_are_counted() -> None:
    assert describe("task.close", "Call about the offer", 1) == "task closed: Call about the offer"
    assert describe("task.close", "Call about the offer", 12) == "12 tasks closed"
    assert describe("task.close", "", 0) == "0 tasks closed"


def test_an_unknown_action_is_a_change() -> None:
    assert describe("later.version", "Acme", 1) == "1 change"
    assert describe("later.version", "Acme", 3) == "3 changes"


def test_a_long_subject_is_cut() -> None:
    assert len(describe("card.add", "x" * 200, 1)) < 80


@pytest.mark.parametrize(
    ("count", "sentence"), [(2, "2 sarcini închise"), (19, "19 sarcini închise"), (20, "20 de sarcini închise")]
)
def test_romanian_has_three_forms(count: int, sentence: str) -> None:
    set_language("ro")
    assert describe("task.close", "", count) == sentence
    assert describe("task.close", "sună", 1) == "sarcină închisă: sună"


@pytest.mark.parametrize(
    ("kind", "text", "field", "old", "new", "english", "romanian"),
    [
        ("created", "", "", "", "", "Created", "Creat"),
        ("trashed", "", "", "", "", "Moved to the trash", "Pus la coș"),
        ("restored", "", "", "", "", "Restored", "Restaurat"),
        ("note", "Likes [/red]", "", "", "", "Likes [/red]", "Likes [/red]"),
        ("task", "Call Ana", "outcome", "", "done", "Call Ana", "Call Ana"),
        ("task", "Call Ana", "outcome", "", "failed", "Call Ana · failed", "Call Ana · fără succes"),
        ("status", "", "status", "VIP", "VIP, decided", "VIP → VIP, decided", "VIP → VIP, decided"),
        ("field", "", "name", "Acme", "Acme SRL", "Name: Acme → Acme SRL", "Nume: Acme → Acme SRL"),
        ("field", "", "qualification", "none", "vip", "Qualification: none → VIP", "Calificarea: fără → VIP"),
        ("field", "", "sales_status", "discovery", "won", "Sales status: discovery → won", ""),
        ("field", "", "decided", "no", "yes", "Decided: no → yes", "Este decis: nu → da"),
        ("field", "", "company", "", "Acme", "Company: – → Acme", "Companie: – → Acme"),
        ("field", "", "value", "4500.00 EUR", "", "Value: 4\u00a0500\u00a0EUR → –", "Valoare: 4.500\u00a0EUR → –"),
        ("field", "", "value", "", "odd", "Value: – → odd", "Valoare: – → odd"),
        ("field", "", "loss_reason", "", "Price", "Reason of the loss: Price", "Motivul pierderii: Price"),
        (
            "field",
            "",
            "due_on",
            "",
            "2026-12-01",
            "Payment date: – → Tue 1 Dec 2026",
            "Data plății: – → mar 1 dec 2026",
        ),
        ("field", "", "notes", "", "Thank you", "Notes: – → Thank you", "Note: – → Thank you"),
        ("field", "", "items", "", "Door × 2", "Item added: Door × 2", "Articol adăugat: Door × 2"),
        ("field", "", "items", "Door × 2", "", "Item taken off: Door × 2", "Articol scos: Door × 2"),
        ("field", "", "items", "Door × 2", "Gate × 2", "Item: Door × 2 → Gate × 2", "Articol: Door × 2 → Gate × 2"),
        ("document", "INV-1", "cancelled_by", "", "", "Cancelled by INV-1", "Stornată de INV-1"),
        ("document", "INV-1", "number", "", "2026-12-01", "Number: INV-1 · Tue 1 Dec 2026", ""),
        ("field", "", "colour", "red", "blue", "colour: red → blue", "colour: red → blue"),
    ],
)
def test_the_history_is_read_in_both_languages(
    kind: str, text: str, field: str, old: str, new: str, english: str, romanian: str
) -> None:
    entry = HistoryEntry(datetime(2026, 11, 23, tzinfo=UTC), kind, text, field, old, new)
    assert event(entry) == english
    set_language("ro")
    assert romanian in ("", event(entry))


@pytest.mark.parametrize(
    ("why", "english", "romanian"),
    [
        ("qualification=vip", "Qualify → VIP — moved by itself: qualification → VIP",
         "Qualify → VIP — s-a mutat de la sine: calificarea → VIP"),
        ("sales_status=won decided=yes", "Qualify → VIP — moved by itself: sales status → won, decided → yes",
         "Qualify → VIP — s-a mutat de la sine: stadiul vânzării → câștigată, este decis → da"),
        ("", "Qualify → VIP — moved by itself", "Qualify → VIP — s-a mutat de la sine"),
        ("colour=red", "Qualify → VIP — moved by itself", "Qualify → VIP — s-a mutat de la sine"),
    ],
)  # fmt: skip
def test_the_history_says_what_moved_a_card(why: str, english: str, romanian: str) -> None:
    entry = HistoryEntry(datetime(2026, 11, 23, tzinfo=UTC), "status", why, "status", "Qualify", "VIP", by_itself=True)
    assert event(entry) == english
    set_language("ro")
    assert event(entry) == romanian


def test_outcomes_have_names() -> None:
    assert [outcome_name(outcome) for outcome in Outcome] == ["done", "successful", "failed"]
