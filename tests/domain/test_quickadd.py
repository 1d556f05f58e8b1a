"""The one-line language, part by part, and that nothing typed can break it."""

from __future__ import annotations

import time as timer
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft, explain, parse_line, parse_task, split_client
from minicrm_tui.domain.records import Due, Money
from minicrm_tui.domain.task_types import TASK_TYPES, task_type, task_type_name
from tests.conftest import MONDAY_MORNING

Draft = TypeVar("Draft")

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
TOMORROW = date(2026, 11, 24)
EUR_4500 = Money(450000, "EUR")

WORDS = (
    'Acme SRL (Ana Pop) @ > " „ ” 4500 EUR lei -1 1e999 €5 0722 000 111 +40 a@b.ro fri 14:00 30 feb call mâine'
    " [/red] %s \x1b[1m \u202e 株"
)
PIECES = st.sampled_from(WORDS.split(" "))
LINES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join))


def read(line: str, language: str = "en") -> LineDraft:
    return parse_line(line, MONDAY_MORNING, currency="EUR", language=language)


def valid(parse: Callable[[], Draft], fields: set[str]) -> Draft | None:
    """What was read; None where it was refused, for one of these fields."""
    try:
        return parse()
    except Invalid as refusal:
        if refusal.field not in fields or not refusal.why:
            raise
        return None


def card(name: str, **fields: object) -> LineDraft:
    return LineDraft(name, **fields)  # type: ignore[arg-type] # a table of cases


def given_by_at(name: str, **fields: object) -> LineDraft:
    return card(name, client_from_name=False, **fields)


CALL = TaskDraft("call", "call", Due(TODAY))

LINES_AND_CARDS = [
    ("Acme Industries", card("Acme Industries")),
    (
        "Acme Industries 4500 EUR > call Ana fri 14:00",
        card("Acme Industries", value=EUR_4500, task=TaskDraft("call Ana", "call", Due(FRIDAY, time(14)))),
    ),
    ("Acme > call", card("Acme", task=CALL)),
    ("Acme 4500 > call", card("Acme", value=EUR_4500, task=CALL)),
    ("Acme > pay 300 lei", card("Acme", task=TaskDraft("pay 300 lei", "other", Due(TODAY)))),
    ("Acme > a > b mâine", card("Acme", task=TaskDraft("a > b", "other", Due(TOMORROW)))),
    ("A>B C@D", card("A>B C@D")),
    # clients
    ("Roof repair @ Acme SRL (Ana Pop)", given_by_at("Roof repair", company="Acme SRL", person="Ana Pop")),
    ("Roof repair @ (Ana Pop)", given_by_at("Roof repair", person="Ana Pop")),
    ("Roof repair @ Acme SRL", given_by_at("Roof repair", company="Acme SRL")),
    ("Roof @ Acme (RO) SRL", given_by_at("Roof", company="Acme (RO) SRL")),
    ("Roof @ Acme (RO) SRL (Ana)", given_by_at("Roof", company="Acme (RO) SRL", person="Ana")),
    ("@ Acme SRL (Ana Pop)", given_by_at("Acme SRL (Ana Pop)", company="Acme SRL", person="Ana Pop")),
    ("Roof @ Acme SRL 4,5k", given_by_at("Roof", company="Acme SRL", value=EUR_4500)),
    ("Roof 4500 @ Acme SRL", given_by_at("Roof", company="Acme SRL", value=EUR_4500)),
    ("Roof 66 @ Acme 4500", given_by_at("Roof 66", company="Acme", value=EUR_4500)),
    # quotes
    ('"Studio 54"', card("Studio 54")),
    ('"Studio 54" 4500', card("Studio 54", value=EUR_4500)),
    ('Club "Studio 54" @ "Firma 7"', given_by_at("Club Studio 54", company="Firma 7")),
    ('"a > b @ c"', card("a > b @ c")),
    ("Firma „Studio 54” 4500", card("Firma Studio 54", value=EUR_4500)),
    ('Pipe 5" black 3" 4500', card('Pipe 5" black 3"', value=EUR_4500)),
    ('Acme > say "no 5" fri', card("Acme", task=TaskDraft('say "no 5"', "other", Due(FRIDAY)))),
    # phones and e-mails
    (
        "Acme SRL (Ana Pop) 0722 000 111 > sună mâine",
        card("Acme SRL (Ana Pop)", phones=("0722 000 111",), task=TaskDraft("sună", "call", Due(TOMORROW))),
    ),
    ("Acme +40 722 000 111 4500 EUR", card("Acme", phones=("+40 722 000 111",), value=EUR_4500)),
    ("Acme 0722000111 4500", card("Acme", phones=("0722000111",), value=EUR_4500)),
    ("Acme 4500 0722 000 111", card("Acme", phones=("0722 000 111",), value=EUR_4500)),
    ("Acme 0040 722 000 111", card("Acme", phones=("0040 722 000 111",))),
    ("Acme +36 30 123 4567", card("Acme", phones=("+36 30 123 4567",))),
    ("Acme 0722.000.111, 021-555-12-34", card("Acme", phones=("0722.000.111", "021-555-12-34"))),
    ("Acme +40 (0)722 000 111", card("Acme", phones=("+40 (0)722 000 111",))),
    ("Acme (Ana 0722 000 111) 50 EUR", card("Acme (Ana)", phones=("0722 000 111",), value=Money(5000, "EUR"))),
    ("Acme ana@acme.ro 4500", card("Acme", emails=("ana@acme.ro",), value=EUR_4500)),
    ("Acme (Ana Pop) <Ana.Pop@acme.co.uk>, b@x.eu", card("Acme (Ana Pop)", emails=("Ana.Pop@acme.co.uk", "b@x.eu"))),
    ("Roof @ Acme ana@acme.ro", given_by_at("Roof", company="Acme", emails=("ana@acme.ro",))),
    ("0722 000 111 > call", card("0722 000 111", phones=("0722 000 111",), task=CALL)),
    ("Acme 0722 000", card("Acme 0722 000")),
    ("Acme 0722000111 0722000111", card("Acme", phones=("0722000111",))),
    # names that only look like something
    ("Route 66 Diner", card("Route 66 Diner")),
    ("Agent 007", card("Agent 007")),
    ("Boeing 737-800", card("Boeing 737-800")),
    ("Bob [/red] Ltd %s", card("Bob [/red] Ltd %s")),
    ("  \x1b[31mAcme\x1b[0m\n", card("Acme")),
    ("株式会社 4500", card("株式会社", value=EUR_4500)),
]


@pytest.mark.parametrize(("line", "draft"), LINES_AND_CARDS, ids=[line for line, _ in LINES_AND_CARDS])
def test_a_line_is_read(line: str, draft: LineDraft) -> None:
    assert read(line) == draft


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("", "name"),
        (" \t\x1b[1m ", "name"),
        ("4500 EUR", "name"),
        ("> call", "name"),
        ('""', None),
        ("x" * 201, "name"),
        ("x" * 100_000, "name"),
        ("Acme @", "client"),
        ("Acme @ > call", "client"),
        ("Acme @ ()", "client"),
        ("Acme @ a @ b", "client"),
        ("Acme @ " + "x" * 201, "client"),
        ("Acme @ a (" + "x" * 201 + ")", "client"),
        ("Acme -1", "amount"),
        ("Acme 1e999 > call", "amount"),
        ("Acme 4500 EUR RON", "amount"),
        ("Acme 100 EUR, 200 RON", "amount"),
        ("Acme >", "task"),
        ("Acme > fri 14:00", "task"),
        ("Acme > " + "x" * 501, "task"),
        ("Acme > " + "x " * 1500, "task"),
        ("Acme > call 30 feb", "when"),
        ("Acme > call 25:61", "when"),
        ("Acme > call 2026-13-01", "when"),
    ],
)
def test_a_line_that_says_too_little_or_too_much_names_its_field(line: str, field: str | None) -> None:
    if field is None:
        assert read(line).name == line
        return
    with pytest.raises(Invalid) as refusal:
        read(line)
    assert refusal.value.field == field
    assert 0 < len(refusal.value.why) < 120


def test_names_and_tasks_may_be_as_long_as_the_limit() -> None:
    assert len(read("x" * 200).name) == 200
    task = read("Acme > " + "x" * 500 + " fri").task
    assert task is not None
    assert len(task.text) == 500
    assert task.due == Due(FRIDAY)


def test_the_currency_of_the_module_is_taken_without_one() -> None:
    assert parse_line("Acme 4500", MONDAY_MORNING, currency="HUF").value == Money(450000, "HUF")


def test_march_or_tuesday_follows_the_language() -> None:
    assert parse_task("sună mar", MONDAY_MORNING, language="ro").due == Due(TOMORROW)


@given(LINES)
def test_any_line_is_a_card_within_its_limits_or_invalid(line: str) -> None:
    draft = valid(lambda: read(line), {"name", "client", "amount", "task", "when"})
    if draft is None:
        return
    assert 0 < len(draft.name) <= 200
    assert draft.name == draft.name.strip()
    texts = [draft.name, draft.company or "", draft.person or "", *draft.phones, *draft.emails]
    assert not any(ord(mark) < 32 for text in texts for mark in text)
    assert draft.client_from_name or draft.company or draft.person
    assert draft.task is None or 0 < len(draft.task.text) <= 500
    assert explain(draft)


@given(LINES)
def test_any_task_is_read_or_invalid(line: str) -> None:
    draft = valid(lambda: parse_task(line, MONDAY_MORNING), {"task", "when"})
    assert draft is None or draft.type in TASK_TYPES


@pytest.mark.parametrize("line", ["0 " * 1900, '"a" ' * 900, "(0" * 1900, "+1" * 1900, "a@b." * 900, "1." * 1900])
def test_a_hostile_line_takes_no_time(line: str) -> None:
    started = timer.perf_counter()
    valid(lambda: read(line), {"name", "client", "amount"})
    assert timer.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call Ana", "call"),
        ("Call: Ana", "call"),
        ("Sună-l pe Ion", "other"),
        ("sună Ana", "call"),
        ("SUNA", "call"),
        ("telefonează", "call"),
        ("meeting", "meeting"),
        ("Întâlnire la sediu", "meeting"),
        ("întîlnire", "other"),
        ("e-mail the offer", "email"),
        ("email Ana", "email"),
        ("scrie Anei", "email"),
        ("send the contract", "other"),
        ("recall", "other"),
        ("", "other"),
        ("4 calls", "other"),
    ],
)
def test_the_first_word_gives_the_type(text: str, kind: str) -> None:
    assert task_type(text) == kind


def test_types_have_names_and_an_own_type_is_its_name() -> None:
    assert [task_type_name(kind) for kind in TASK_TYPES] == ["Call", "Meeting", "E-mail", "Other"]
    assert task_type_name("Site visit") == "Site visit"


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("Acme SRL (Ana Pop)", ("Acme SRL", "Ana Pop")),
        ("(Ana Pop)", (None, "Ana Pop")),
        (" Acme ", ("Acme", None)),
        ("Acme (", ("Acme (", None)),
        ("Acme ()", ("Acme", None)),
        ("", (None, None)),
    ],
)
def test_a_client_is_a_company_a_person_or_both(text: str, client: tuple[str | None, str | None]) -> None:
    assert split_client(text) == client


def test_the_reading_shows_every_part_with_its_label() -> None:
    draft = read("Acme @ Acme SRL (Ana Pop) 0722 000 111 ana@acme.ro 4500 > call Ana fri 14:00")
    assert draft.parts(TODAY) == (
        ("Card", "Acme"),
        ("Client", "Acme SRL (Ana Pop)"),
        ("Phone", "0722 000 111"),
        ("E-mail", "ana@acme.ro"),
        ("", "4\u00a0500\u00a0EUR"),
        ("Task", "call Ana"),
        ("", "Fri 27 Nov 14:00"),
    )


def test_the_reading_is_one_line_and_names_another_year() -> None:
    assert explain(read("Acme 4500 > call 15.1.2027"), TODAY) == (
        "Card Acme · 4\u00a0500\u00a0EUR · Task call · Fri 15 Jan 2027"
    )


def test_now_is_the_only_clock() -> None:
    long_ago = datetime(1999, 12, 31, 23, 59, tzinfo=MONDAY_MORNING.tzinfo)
    assert parse_task("call", long_ago).due == Due(date(1999, 12, 31))
