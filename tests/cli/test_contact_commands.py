"""`minicrm contact …`: companies and persons for scripts."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.running import Inside


@pytest.fixture
def book(inside: Inside) -> Inside:
    """Two companies and a person."""
    inside.settings.write_text('country = "RO"\n')
    added = inside(
        *("contact", "add", "company", "Acme SRL", "--phone", "0722 000 111, work", "--email", "office@acme.ro"),
        *("--set", "website=acme.ro"),
    )
    assert (added.code, added.last_word) == (0, "c1")
    assert inside("contact", "add", "company", "Beta").last_word == "c2"
    assert inside("contact", "add", "person", "Ana Maria Pop", "--company", "acme srl").last_word == "p1"
    return inside


def rows(inside: Inside, *arguments: str) -> list[dict[str, object]]:
    found = inside("contact", "list", *arguments, "--json").json["contacts"]
    assert isinstance(found, list)
    return found


def test_list_names_all_or_those_who_match(book: Inside) -> None:
    assert [row["key"] for row in rows(book)] == ["c1", "c2", "p1"]
    assert [row["key"] for row in rows(book, "acme")] == ["c1", "p1"]
    assert rows(book, "0722 000 111")[0] == {
        "key": "c1", "kind": "company", "id": 1, "name": "Acme SRL", "company": None, "phone": "0722 000 111",
        "email": "office@acme.ro", "cards": 0, "open_tasks": 0, "worth": [],
    }  # fmt: skip
    assert rows(book, "nobody") == []
    assert book("contact", "list", "nobody").out == ""
    assert "0722 000 111" in book("contact", "list").out


def test_show_has_everything(book: Inside) -> None:
    assert book("add", "Roof @ Acme SRL 1500 EUR > call tomorrow").code == 0
    found = book("contact", "show", "c1", "--json").json
    assert found["website"] == "acme.ro"
    assert found["phones"] == [
        {"value": "0722 000 111", "label": "work", "normal": "+40722000111", "default": True, "doubtful": False}
    ]
    assert found["persons"] == [{"key": "p1", "name": "Ana Maria Pop"}]
    assert found["worth"] == [{"amount": "1500.00", "currency": "EUR"}]
    assert found["cards"] == [{"id": 1, "name": "Roof", "module": "Sales", "status": "Qualify"}]
    person = book("contact", "show", "ana maria pop", "--json").json
    assert (person["first_name"], person["last_name"], person["company"]) == ("Ana Maria", "Pop", "Acme SRL")
    assert "Roof · Sales · Qualify · 1" in book("contact", "show", "acme srl").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "c99"),
        ("show", "Nobody"),
        ("show", "c99999999999999999"),
        ("add", "company", " "),
        ("add", "company", "Omega", "--phone", "call me"),
        ("add", "company", "Omega", "--email", "omega@"),
        ("add", "company", "Omega", "--set", "colour=red"),
        ("add", "company", "Omega", "--set", "website"),
        ("add", "company", "x" * 201),
        ("add", "company", "ACME srl"),
        ("add", "company", "Omega", "--company", "Acme SRL"),
        ("add", "person", "Ion", "--phone", "+40722000111"),
        ("merge", "c1", "c1"),
        ("merge", "c1", "p1"),
        ("merge", "c1", "c99"),
    ],
)
def test_what_is_refused_changes_nothing_and_ends_with_1(book: Inside, arguments: tuple[str, ...]) -> None:
    before = rows(book)
    book("contact", *arguments).refused()
    assert rows(book) == before


@pytest.mark.parametrize("arguments", [(), ("add",), ("add", "firm", "Omega"), ("merge", "c1"), ("show",), ("lose",)])
def test_wrong_usage_ends_with_2(book: Inside, arguments: tuple[str, ...]) -> None:
    assert book("contact", *arguments).code == 2


def test_long_texts_keep_their_columns(book: Inside) -> None:
    name, text = "日本語の会社" * 10, "many words " * 60
    assert book("contact", "add", "company", name, "--phone", "0722 000 222", "--set", f"description={text}").code == 0
    lines = book("contact", "list").out.splitlines()
    assert {cell_len(line[: line.index("0722")]) for line in lines if "0722" in line} == {
        len("c1") + 30 + 2 * 2 + 8 + 2
    }
    shown = book("contact", "show", "c3").out
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert shown.count("many words") == 60
    assert name in "".join(shown.split())


def test_a_known_one_is_named_and_can_be_added_anyway(book: Inside) -> None:
    told = book("contact", "add", "company", "ACME srl").refused()
    assert "Acme SRL (c1)" in told
    assert book("contact", "add", "company", "ACME srl", "--anyway").last_word == "c3"
    assert "c1, c3" in book("contact", "show", "acme srl").refused()


def test_merge_is_one_step_and_taken_back(book: Inside) -> None:
    before = rows(book)
    merged = book("contact", "merge", "Beta", "c1", "--json").json
    assert (merged["key"], merged["name"], merged["website"]) == ("c2", "Beta", "acme.ro")
    assert [row["key"] for row in rows(book)] == ["c2", "p1"]
    assert "Acme SRL → Beta" in book("undo").out
    assert rows(book) == before
    assert book("contact", "merge", "c2", "c1").last_word == "c2"


def test_in_romanian(book: Inside) -> None:
    told = book("contact", "show", "c1", LC_ALL="ro_RO.UTF-8", LANG="ro_RO.UTF-8")
    assert "Telefon" in told.out
