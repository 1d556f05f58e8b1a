"""`minicrm card show`: a card whole, for people and, as a contract, for scripts."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from rich.cells import cell_len

from minicrm_tui.domain.fields import FieldDraft, FieldKind
from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import CardId, ModuleId, TaskId
from minicrm_tui.domain.task_forms import read_task_form
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.store import Store
from tests.running import Inside

from .card_file import define, on_the_file, shown, trash

TODAY = date.today
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_the_json_of_a_card_is_one_line_with_its_keys_in_order(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.NUMBER, "Buget"), FieldDraft(FieldKind.CHOICES, "Tags", choices=("a", "b", "c")))
    define(crm, FieldDraft(FieldKind.DATE, "Visit"))
    crm("contact", "add", "person", "Ion Ene", "--company", "Acme SRL", "--phone", "0722 000 111, work")
    crm("card", "set", "1", "buget=12,5", "tags=c, a", "qualification=vip", "closes on=2199-12-15", "sales step=Offer")
    crm("note", "add", "1", "one\ntwo")
    ran = crm("card", "show", "1", "--json")
    assert ran.out.count("\n") == 1
    found = ran.json
    channel = {"value": "0722 000 111", "label": "work", "normal": "+40722000111", "default": True, "doubtful": False}
    unreached: dict[str, object] = {"phones": [], "emails": []}
    reached: dict[str, object] = {"phones": [channel], "emails": []}
    task = {
        "id": 1,
        "text": "call Ana",
        "type": "call",
        "date": (TODAY() + timedelta(days=1)).isoformat(),
        "time": "14:00",
        "postponed": 0,
    }
    happened = found.pop("history")
    moment = found["created_at"]
    assert isinstance(moment, str)
    assert MOMENT.fullmatch(moment)
    assert list(found.items()) == [
        ("id", 1),
        ("name", "Roof"),
        ("company", "Acme SRL"),
        ("person", "Ana Pop"),
        ("status", "VIP"),
        ("status_key", "lead_vip"),
        ("group", "lead"),
        ("amount", "4500.00"),
        ("currency", "EUR"),
        ("bucket", "tomorrow"),
        ("next_task", task),
        ("place", "listed"),
        ("module", {"id": 1, "name": "Sales", "kind": "sales"}),
        ("created_at", moment),
        ("sales_status", "discovery"),
        ("qualification", "vip"),
        ("decided", False),
        ("sales_step", "Offer"),
        ("expected_close", "2199-12-15"),
        ("loss_reason", None),
        ("customer_step", None),
        ("loss_details", None),
        (
            "fields",
            [
                {"key": "field-1", "name": "Buget", "kind": "number", "value": 12.5, "retired": False},
                {"key": "field-2", "name": "Tags", "kind": "choices", "value": ["a", "c"], "retired": False},
                {"key": "field-3", "name": "Visit", "kind": "date", "value": None, "retired": False},
            ],
        ),
        ("tasks", [{**task, "minutes": None, "repeat": None, "checklist": []}]),
        (
            "contacts",
            [
                {"key": "c1", "kind": "company", "id": 1, "name": "Acme SRL", **unreached, "on_card": True},
                {"key": "p1", "kind": "person", "id": 1, "name": "Ana Pop", **unreached, "on_card": True},
                {"key": "p2", "kind": "person", "id": 2, "name": "Ion Ene", **reached, "on_card": False},
            ],
        ),
        ("others", [{"id": 2, "name": "Floor", "module": "Projects", "status": "Idea"}]),
        ("links", []),
        ("rotting", None),
        ("forgotten", None),
    ]
    assert isinstance(happened, list)
    assert [list(entry) for entry in happened] == [
        ["at", "kind", "text", "field", "old", "new", "by_itself", "task"]
    ] * 8
    entries = [{key: entry[key] for key in entry if key != "at"} for entry in happened]
    nothing = {"text": None, "field": None, "old": None, "new": None, "by_itself": False, "task": None}
    assert entries[0] == {**nothing, "kind": "note", "text": "one\ntwo"}
    status = {"kind": "status", "field": "status", "old": "Qualify", "new": "VIP", "by_itself": True}
    status["text"] = "qualification=vip"
    assert {**nothing, **status} in entries
    assert entries[-1] == {**nothing, "kind": "created"}
    assert all(MOMENT.fullmatch(entry["at"]) for entry in happened)


def test_the_card_of_the_json_is_the_one_of_the_agenda(crm: Inside) -> None:
    [listed] = crm("agenda", "--json").json["modules"][0]["cards"]  # type: ignore[index]
    assert list(shown(crm).items())[: len(listed)] == list(listed.items())


def test_keys_and_kept_values_are_the_same_in_every_language(crm: Inside) -> None:
    crm("card", "set", "1", "qualification=vip", "sales_status=lost", "loss_reason=Price")
    english, romanian = shown(crm), crm("card", "show", "1", "--json", LANG="ro_RO.UTF-8").json
    assert list(english) == [key for key in romanian if key != "history"]
    for key in ("status_key", "group", "bucket", "sales_status", "qualification", "decided", "place"):
        assert english[key] == romanian[key]


def test_the_history_of_the_json_is_whole(crm: Inside) -> None:
    async def work(store: Store, now: datetime) -> None:
        for number in range(150):
            await store.add_note(Targets(cards=(CardId(1),)), f"Talk {number}", now)

    on_the_file(crm, work)
    happened = crm("card", "show", "1", "--json").json["history"]
    assert isinstance(happened, list)
    assert [entry["text"] for entry in happened] == [*(f"Talk {number}" for number in reversed(range(150))), None]
    out = crm("card", "show", "1").out
    assert "Talk 140" in out
    assert "Talk 139" not in out
    assert "… 141 more: --json has them all" in out


@pytest.mark.parametrize("note", ["word " * 1000, "line\n" * 1000], ids=["words", "lines"])
def test_a_very_long_note_does_not_bury_the_rest(crm: Inside, note: str) -> None:
    crm("note", "add", "1", note)
    out = crm("card", "show", "1").out
    assert out.count("\n") < 60
    assert "…\n" in out


def test_a_task_in_full_is_shown_and_in_the_json(crm: Inside) -> None:
    async def work(store: Store, now: datetime) -> None:
        task = (await store.card(CardId(1))).tasks[0]
        typed = {
            "task": "call Ana",
            "when": "2199-01-01",
            "minutes": "1h30",
            "repeat": "every 2 weeks from the closing",
        }
        await store.edit_task(task.id, read_task_form(typed, now, task), now)

    on_the_file(crm, work)
    [task] = shown(crm)["tasks"]  # type: ignore[misc]
    assert (task["minutes"], task["repeat"]) == (90, {"count": 2, "every": "weeks", "from": "closing"})
    out = " ".join(crm("card", "show", "1").out.split())
    assert "Tue 1 Jan 2199 call Ana · 1h 30 · every 2 weeks, from the closing · task 1" in out


def test_a_task_of_a_templates_text_has_its_checklist_and_both_are_shown(crm: Inside) -> None:
    async def work(store: Store, now: datetime) -> None:
        draft = TemplateDraft("Contract", FollowUp("Send the contract", "email", 2), ("Price", "Stamp"))
        await store.add_template(ModuleId(1), draft, now)
        await store.add_task_type(ModuleId(1), "Site visit", now)

    on_the_file(crm, work)
    crm("task", "add", "1", "send the CONTRACT")
    crm("task", "add", "1", "site plan fri")
    [contract] = [task["id"] for task in shown(crm)["tasks"] if task["checklist"]]  # type: ignore[attr-defined]
    on_the_file(crm, lambda store, now: store.set_check(TaskId(contract), 1, now, done=True))
    tasks = {task["text"]: task for task in shown(crm)["tasks"]}  # type: ignore[attr-defined]
    made = tasks["send the CONTRACT"]
    assert (made["type"], made["date"]) == ("email", (TODAY() + timedelta(days=2)).isoformat())
    assert made["checklist"] == [{"text": "Price", "done": False}, {"text": "Stamp", "done": True}]
    assert tasks["site plan"]["type"] == "Site visit"
    lines = [line.strip() for line in crm("card", "show", "1").out.splitlines()]
    assert lines[lines.index("☐ Price") + 1] == "☑ Stamp"


def test_links_are_shown_with_what_is_said_about_them(crm: Inside) -> None:
    on_the_file(crm, lambda store, now: store.link_cards(CardId(1), CardId(2), "follows from", now))
    [link] = shown(crm)["links"]  # type: ignore[misc]
    assert link == {"id": 2, "name": "Floor", "module": "Projects", "status": "Idea", "description": "follows from"}
    assert "card 2  Floor · Projects · Idea · follows from" in crm("card", "show", "1").out


def test_a_person_reads_all_of_a_card(crm: Inside) -> None:
    define(crm, FieldDraft(FieldKind.TEXT, "Source", required=True))
    crm("task", "done", "1", "--comment", "they want two", "--next", "send the offer 2020-01-01")
    out = crm("card", "show", "1").out
    for said in (
        "Roof\nSales · card 1\n\nOpportunity\n",
        "  Value          4\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}EUR\n",
        "  Status         Prospecting · Qualify\n",
        "  Closes on      –\n",
        "  Source         required\n",
        "  Company  Acme SRL · c1\n",
        "  Person   Ana Pop · p1\n",
        "Open tasks 1\n",
        "send the offer · ",
        "d late · task 2\n",
        "  card 2  Floor · Projects · Idea\n",
        "call Ana — they want two · done\n",
    ):
        assert said in out


def test_a_card_without_anything_says_how_a_task_is_added(inside: Inside) -> None:
    inside("add", "Roof")
    assert 'minicrm task add 1 "TEXT"' in inside("card", "show", "1").out


@pytest.mark.parametrize(
    "text",
    ["日本語の会社" * 30, "x" * 150, "q\u0301" * 90, "many words " * 18, "🧑‍💻 " * 30],
    ids=["wide", "one word", "accents", "words", "emoji"],
)
def test_nothing_is_wider_than_80_cells_and_nothing_is_cut(crm: Inside, text: str) -> None:
    define(crm, FieldDraft(FieldKind.TEXT, "A field with quite a long name, as people make them 名前"))
    set_ = crm("card", "set", "1", f"name={text}", f"field-1={text}", f"company={text}", f"sales step={text}")
    assert (set_.code, set_.err) == (0, "")
    crm("note", "add", "1", f"{text}\n\n  {text}")
    out = crm("card", "show", "1").out
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert out == "\n".join(line.rstrip() for line in out.split("\n"))
    kept = "".join(str(shown(crm)["name"]).split())
    assert "".join(out.split()).count(kept) >= 3


def test_a_card_in_the_trash_is_shown_as_such(crm: Inside) -> None:
    trash(crm, 1)
    assert "This card is in the trash." in crm("card", "show", "1").out
    assert shown(crm)["place"] == "trashed"
