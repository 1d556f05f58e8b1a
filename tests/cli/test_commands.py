"""Every command does what it says."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.running import Inside, Ran

from .conftest import TIMEOUT, MiniCRM

TODAY = date.today


def cards(ran: Ran) -> list[dict[str, object]]:
    modules = ran.json["modules"]
    assert isinstance(modules, list)
    found = modules[0]["cards"]
    assert isinstance(found, list)
    return found


def only_task(inside: Inside) -> dict[str, object]:
    [card] = cards(inside("agenda", "--json"))
    task = card["next_task"]
    assert isinstance(task, dict)
    return task


def test_add_makes_a_card_and_the_last_word_is_its_id(minicrm: MiniCRM) -> None:
    ran = minicrm("add", "Acme SRL (Ana Pop) 0722 000 111 4500 EUR > call Ana tomorrow 14:00")
    assert ran.code == 0
    assert ran.last_word == "1"
    [card] = cards(minicrm("agenda", "--json"))
    assert card == {
        "id": 1,
        "name": "Acme SRL (Ana Pop)",
        "company": "Acme SRL",
        "person": "Ana Pop",
        "status": "Qualify",
        "status_key": "lead_qualify",
        "group": "lead",
        "amount": "4500.00",
        "currency": "EUR",
        "bucket": "tomorrow",
        "next_task": {
            "id": 1,
            "text": "call Ana",
            "type": "call",
            "date": (TODAY() + timedelta(days=1)).isoformat(),
            "time": "14:00",
            "postponed": 0,
        },
    }


def test_add_says_what_it_read(inside: Inside) -> None:
    said = inside("add", "Roof repair @ Acme SRL (Ana Pop) 1.234,50 EUR > call Ana 15.12.2199 14:00").out
    assert said == (
        "Added to Sales: “Roof repair” · Acme SRL (Ana Pop) · 1\N{NO-BREAK SPACE}234.50\N{NO-BREAK SPACE}EUR"
        " · “call Ana” Sun 15 Dec 2199 14:00 · card 1\n"
    )
    assert inside("add", "Beta").out == "Added to Sales: “Beta” · card 2\n"


def test_the_agenda_s_json_is_one_line_with_its_keys_in_order(inside: Inside) -> None:
    inside("add", "Țăranu > sună mâine")
    out = inside("agenda", "--json").out
    expected = {
        "today": TODAY().isoformat(),
        "modules": [
            {
                "id": 1,
                "name": "Sales",
                "kind": "sales",
                "counts": {
                    "expired": 0,
                    "today": 0,
                    "tomorrow": 1,
                    "this_week": 0,
                    "next_week": 0,
                    "this_month": 0,
                    "next_month": 0,
                    "later": 0,
                    "no_task": 0,
                },
                "cards": [
                    {
                        "id": 1,
                        "name": "Țăranu",
                        "company": "Țăranu",
                        "person": None,
                        "status": "Qualify",
                        "status_key": "lead_qualify",
                        "group": "lead",
                        "amount": None,
                        "currency": None,
                        "bucket": "tomorrow",
                        "next_task": {
                            "id": 1,
                            "text": "sună",
                            "type": "call",
                            "date": (TODAY() + timedelta(days=1)).isoformat(),
                            "time": None,
                            "postponed": 0,
                        },
                    }
                ],
            }
        ],
    }
    assert out == json.dumps(expected, ensure_ascii=False) + "\n"


def test_an_empty_agenda_is_whole_json(inside: Inside) -> None:
    assert cards(inside("agenda", "--json")) == []


def test_a_card_without_a_task_has_a_null_one(inside: Inside) -> None:
    inside("add", "Acme")
    [card] = cards(inside("agenda", "--json"))
    assert card["next_task"] is None
    assert card["bucket"] == "no_task"


def test_add_prints_the_card_as_json(inside: Inside) -> None:
    added = inside("add", "Acme 5 lei", "--json").json
    assert added == cards(inside("agenda", "--json"))[0]
    assert (added["amount"], added["currency"]) == ("5.00", "RON")


def test_the_agenda_of_people_shows_the_ids_that_other_commands_take(inside: Inside) -> None:
    inside("add", "Acme 4500 EUR > call Ana today")
    out = inside("agenda").out
    assert "Today 1" in out
    assert "call Ana" in out
    assert "card 1 · task 1" in out


def test_a_bucket_can_be_chosen(inside: Inside) -> None:
    inside("add", "Acme > call today")
    inside("add", "Beta > call tomorrow")
    assert [card["name"] for card in cards(inside("agenda", "--json", "--bucket", "tomorrow"))] == ["Beta"]
    assert "Expired 0" in inside("agenda", "--bucket", "expired").out
    assert "no bucket" in inside("agenda", "--bucket", "tomorow").refused()


def test_the_agenda_is_in_the_order_of_its_module(inside: Inside, tmp_path: Path) -> None:
    for line in ("Small 100 EUR > call today", "None > call today", "Big 900 EUR > call today", "Next > call tomorrow"):
        inside("add", line)
    with closing(sqlite3.connect(tmp_path / "crm.db")) as file, file:
        file.execute("UPDATE module SET sort = 'value'")
    assert [card["name"] for card in cards(inside("agenda", "--json"))] == ["Big", "Small", "None", "Next"]
    out = inside("agenda").out
    assert out.index("Today 3") < out.index("Big") < out.index("Small") < out.index("Tomorrow 1") < out.index("Next")


@pytest.mark.parametrize("wanted", ["Projects", "PROJECTS", "projects", "prójects", "4"])
@pytest.mark.usefixtures("five_modules")
def test_a_module_goes_by_name_kind_or_id(inside: Inside, wanted: str) -> None:
    assert inside("add", "New roof", "--module", wanted).code == 0
    [module] = inside("agenda", "--json", "--module", wanted).json["modules"]  # type: ignore[misc]
    assert (module["name"], len(module["cards"])) == ("Projects", 1)


@pytest.mark.usefixtures("five_modules")
def test_an_unknown_module_is_refused_with_those_that_are_there(inside: Inside) -> None:
    assert "Sales, Orders, Invoicing, Projects, Helpdesk" in inside("agenda", "--module", "sails").refused()
    assert "sails" in inside("add", "Acme", "--module", "sails").refused()


def test_a_task_is_added_postponed_and_closed(inside: Inside) -> None:
    inside("add", "Acme")
    assert inside("task", "add", "1", "send the offer tomorrow").last_word == "1"
    assert inside("task", "postpone", "1", "+3").code == 0
    task = only_task(inside)
    assert (task["date"], task["postponed"]) == ((TODAY() + timedelta(days=4)).isoformat(), 1)
    ran = inside("task", "done", "1", "--outcome", "successful", "--comment", "sent", "--next", "call Ana tomorrow")
    assert ran.code == 0
    assert ran.last_word == "2"
    assert only_task(inside)["text"] == "call Ana"
    assert "closed" in inside("task", "done", "1").refused()
    assert "closed" in inside("task", "postpone", "1", "+3").refused()


def test_done_and_the_next_task_are_one_undo_step(inside: Inside) -> None:
    inside("add", "Acme > call today")
    inside("task", "done", "1", "--next", "send tomorrow")
    assert inside("undo").code == 0
    assert only_task(inside)["id"] == 1
    assert inside("redo").code == 0
    assert only_task(inside)["text"] == "send"


def test_an_unreadable_next_task_closes_nothing(inside: Inside) -> None:
    inside("add", "Acme > call today")
    inside("task", "done", "1", "--next", "call 30 feb").refused()
    assert only_task(inside)["id"] == 1


def test_undo_and_redo_say_what_it_was(inside: Inside) -> None:
    assert "Nothing to undo" in inside("undo").refused()
    inside("add", "Acme")
    assert "Acme" in inside("undo").out
    assert "Nothing to undo" in inside("undo").refused()
    assert "Acme" in inside("redo").out
    assert "Nothing to redo" in inside("redo").refused()


@pytest.mark.usefixtures("five_modules")
def test_modules_are_listed_with_their_counts(inside: Inside) -> None:
    inside("add", "Acme > call 1.2.2020")
    assert "1 card" in inside("modules").out
    modules = inside("modules", "--json").json["modules"]
    assert isinstance(modules, list)
    assert [module["kind"] for module in modules] == ["sales", "orders", "invoicing", "projects", "helpdesk"]


def test_where_names_the_places_and_makes_nothing(inside: Inside) -> None:
    ran = inside("where")
    assert ran.code == 0
    assert str(inside.database) in ran.out
    assert str(inside.home / ".config/minicrm/config.toml") in ran.out
    assert not inside.database.exists()


def test_the_option_names_the_file_before_and_after_the_command(inside: Inside, tmp_path: Path) -> None:
    other = tmp_path / "new folder" / "other.db"
    assert inside("--db", str(other), "add", "Acme").code == 0
    assert len(cards(inside("agenda", "--json", "--db", str(other)))) == 1
    assert not inside.database.exists()
    assert other.stat().st_mode & 0o777 == 0o600
    assert other.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_is_made_in_the_data_folder_where_nothing_is_said(inside: Inside) -> None:
    assert inside("modules", MINICRM_DB="").code == 0
    assert (inside.home / ".local/share/minicrm/minicrm.db").stat().st_mode & 0o777 == 0o600


def test_it_speaks_romanian_where_the_locale_or_the_settings_do(inside: Inside) -> None:
    assert "Vânzări" in inside("modules", LANG="ro_RO.UTF-8").out
    assert inside("add", "Acme 100", "--json", LANG="ro_RO.UTF-8").json["currency"] == "RON"
    assert "Sales" in inside("modules").out
    inside.settings.write_text('language = "ro"\ncurrency = "HUF"', encoding="utf-8")
    assert "Vânzări" in inside("modules").out
    assert inside("add", "Beta 100", "--module", "vanzari", "--json").json["currency"] == "HUF"


def test_romanian_quotes_are_romanian(inside: Inside) -> None:
    romanian = {"LANG": "ro_RO.UTF-8"}
    ran = [
        inside("add", "Acme > sună mâine", **romanian),
        inside("task", "postpone", "1", "+1", **romanian),
        inside("task", "postpone", "1", "cândva", **romanian),
        inside("task", "done", "1", "--next", "scrie 30 feb", **romanian),
        inside("task", "done", "1", "--next", "scrie poimâine", **romanian),
    ]
    said = "".join(each.out + each.err for each in ran)
    assert said.count("„") == said.count("”") > 0
    assert "“" not in said
    assert "show program" not in inside("--help", **romanian).out


@pytest.mark.usefixtures("five_modules")
def test_an_empty_module_says_how_to_fill_it(inside: Inside) -> None:
    assert "--module 4 " in inside("agenda", "--module", "projects").out


def test_where_names_a_place_in_a_forbidden_folder(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_args: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "stat", forbidden)
    ran = inside("where")
    assert (ran.code, ran.err) == (0, "")
    assert str(inside.database) in ran.out


def test_keys_are_the_same_in_every_language(inside: Inside) -> None:
    inside("add", "Acme > sună mâine", LANG="ro_RO.UTF-8")
    [card] = cards(inside("agenda", "--json", LANG="ro_RO.UTF-8"))
    assert (card["status_key"], card["group"], card["bucket"]) == ("lead_qualify", "lead", "tomorrow")


def test_demo_writes_a_new_file_only(inside: Inside, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    ran = inside("demo", "--no-open", "--db", str(path), "--cards", "300", "--seed", "3")
    assert (ran.code, ran.last_word, ran.err) == (0, str(path), "")
    counts = inside("agenda", "--json", "--db", str(path)).json["modules"][0]["counts"]  # type: ignore[index]
    assert counts["expired"] == 12
    before = path.read_bytes()
    assert "already there" in inside("demo", "--no-open", "--db", str(path)).refused()
    assert path.read_bytes() == before


def test_demo_does_not_touch_the_persons_own_file(inside: Inside) -> None:
    ran = inside("demo", "--no-open")
    assert ran.code == 2
    assert "--db" in ran.err
    assert not inside.database.exists()


def test_a_refusal_without_standard_error_is_silent(minicrm: MiniCRM) -> None:
    done = subprocess.run(
        ["bash", "-c", f'exec "{sys.executable}" -m minicrm_tui undo 2>&-'],
        env=minicrm.everything(),
        stdout=subprocess.PIPE,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
