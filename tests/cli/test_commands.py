"""Every command does what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from .conftest import TIMEOUT, Inside, MiniCRM, Ran

TODAY = date.today


def cards(ran: Ran) -> list[dict[str, object]]:
    modules = ran.json["modules"]
    assert isinstance(modules, list)
    found = modules[0]["cards"]
    assert isinstance(found, list)
    return found


def only_task(minicrm: MiniCRM) -> dict[str, object]:
    [card] = cards(minicrm("agenda", "--json"))
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


def test_add_says_what_it_read(minicrm: MiniCRM) -> None:
    said = minicrm("add", "Roof repair @ Acme SRL (Ana Pop) 1.234,50 EUR > call Ana 15.12.2199 14:00").out
    assert said == (
        "Added to Sales: “Roof repair” · Acme SRL (Ana Pop) · 1\N{NO-BREAK SPACE}234.50\N{NO-BREAK SPACE}EUR"
        " · “call Ana” Sun 15 Dec 2199 14:00 · card 1\n"
    )
    assert minicrm("add", "Beta").out == "Added to Sales: “Beta” · card 2\n"


def test_the_agenda_s_json_is_one_line_with_its_keys_in_order(minicrm: MiniCRM) -> None:
    minicrm("add", "Țăranu > sună mâine")
    out = minicrm("agenda", "--json").out
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


def test_an_empty_agenda_is_whole_json(minicrm: MiniCRM) -> None:
    assert cards(minicrm("agenda", "--json")) == []


def test_a_card_without_a_task_has_a_null_one(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme")
    [card] = cards(minicrm("agenda", "--json"))
    assert card["next_task"] is None
    assert card["bucket"] == "no_task"


def test_add_prints_the_card_as_json(minicrm: MiniCRM) -> None:
    added = minicrm("add", "Acme 5 lei", "--json").json
    assert added == cards(minicrm("agenda", "--json"))[0]
    assert (added["amount"], added["currency"]) == ("5.00", "RON")


def test_the_agenda_of_people_shows_the_ids_that_other_commands_take(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme 4500 EUR > call Ana today")
    out = minicrm("agenda").out
    assert "Today 1" in out
    assert "call Ana" in out
    assert "card 1 · task 1" in out


def test_a_bucket_can_be_chosen(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme > call today")
    minicrm("add", "Beta > call tomorrow")
    assert [card["name"] for card in cards(minicrm("agenda", "--json", "--bucket", "tomorrow"))] == ["Beta"]
    assert "Expired 0" in minicrm("agenda", "--bucket", "expired").out
    assert "no bucket" in minicrm("agenda", "--bucket", "tomorow").refused()


@pytest.mark.parametrize("wanted", ["Projects", "PROJECTS", "projects", "prójects", "4"])
def test_a_module_goes_by_name_kind_or_id(minicrm: MiniCRM, wanted: str) -> None:
    assert minicrm("add", "New roof", "--module", wanted).code == 0
    [module] = minicrm("agenda", "--json", "--module", wanted).json["modules"]  # type: ignore[misc]
    assert (module["name"], len(module["cards"])) == ("Projects", 1)


def test_an_unknown_module_is_refused_with_those_that_are_there(minicrm: MiniCRM) -> None:
    assert "Sales, Orders, Invoicing, Projects, Helpdesk" in minicrm("agenda", "--module", "sails").refused()
    assert "sails" in minicrm("add", "Acme", "--module", "sails").refused()


def test_a_task_is_added_postponed_and_closed(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme")
    assert minicrm("task", "add", "1", "send the offer tomorrow").last_word == "1"
    assert minicrm("task", "postpone", "1", "+3").code == 0
    task = only_task(minicrm)
    assert (task["date"], task["postponed"]) == ((TODAY() + timedelta(days=4)).isoformat(), 1)
    ran = minicrm("task", "done", "1", "--outcome", "successful", "--comment", "sent", "--next", "call Ana tomorrow")
    assert ran.code == 0
    assert ran.last_word == "2"
    assert only_task(minicrm)["text"] == "call Ana"
    assert "closed" in minicrm("task", "done", "1").refused()
    assert "closed" in minicrm("task", "postpone", "1", "+3").refused()


def test_done_and_the_next_task_are_one_undo_step(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme > call today")
    minicrm("task", "done", "1", "--next", "send tomorrow")
    assert minicrm("undo").code == 0
    assert only_task(minicrm)["id"] == 1
    assert minicrm("redo").code == 0
    assert only_task(minicrm)["text"] == "send"


def test_an_unreadable_next_task_closes_nothing(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme > call today")
    minicrm("task", "done", "1", "--next", "call 30 feb").refused()
    assert only_task(minicrm)["id"] == 1


def test_undo_and_redo_say_what_it_was(minicrm: MiniCRM) -> None:
    assert "Nothing to undo" in minicrm("undo").refused()
    minicrm("add", "Acme")
    assert "Acme" in minicrm("undo").out
    assert "Nothing to undo" in minicrm("undo").refused()
    assert "Acme" in minicrm("redo").out
    assert "Nothing to redo" in minicrm("redo").refused()


def test_modules_are_listed_with_their_counts(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme > call 1.2.2020")
    assert "1 card" in minicrm("modules").out
    modules = minicrm("modules", "--json").json["modules"]
    assert isinstance(modules, list)
    assert [module["kind"] for module in modules] == ["sales", "orders", "invoicing", "projects", "helpdesk"]


def test_where_names_the_places_and_makes_nothing(minicrm: MiniCRM) -> None:
    ran = minicrm("where")
    assert ran.code == 0
    assert str(minicrm.database) in ran.out
    assert str(minicrm.home / ".config/minicrm/config.toml") in ran.out
    assert not minicrm.database.exists()


def test_the_option_names_the_file_before_and_after_the_command(minicrm: MiniCRM, tmp_path: Path) -> None:
    other = tmp_path / "new folder" / "other.db"
    assert minicrm("--db", str(other), "add", "Acme").code == 0
    assert len(cards(minicrm("agenda", "--json", "--db", str(other)))) == 1
    assert not minicrm.database.exists()
    assert other.stat().st_mode & 0o777 == 0o600
    assert other.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_is_made_in_the_data_folder_where_nothing_is_said(minicrm: MiniCRM) -> None:
    assert minicrm("modules", MINICRM_DB="").code == 0
    assert (minicrm.home / ".local/share/minicrm/minicrm.db").stat().st_mode & 0o777 == 0o600


def test_it_speaks_romanian_where_the_locale_or_the_settings_do(minicrm: MiniCRM) -> None:
    assert "Vânzări" in minicrm("modules", LANG="ro_RO.UTF-8").out
    assert minicrm("add", "Acme 100", "--json", LANG="ro_RO.UTF-8").json["currency"] == "RON"
    assert "Sales" in minicrm("modules").out
    minicrm.settings.write_text('language = "ro"\ncurrency = "HUF"', encoding="utf-8")
    assert "Vânzări" in minicrm("modules").out
    assert minicrm("add", "Beta 100", "--module", "vanzari", "--json").json["currency"] == "HUF"


def test_romanian_quotes_are_romanian(minicrm: MiniCRM) -> None:
    romanian = {"LANG": "ro_RO.UTF-8"}
    ran = [
        minicrm("add", "Acme > sună mâine", **romanian),
        minicrm("task", "postpone", "1", "+1", **romanian),
        minicrm("task", "postpone", "1", "cândva", **romanian),
        minicrm("task", "done", "1", "--next", "scrie 30 feb", **romanian),
        minicrm("task", "done", "1", "--next", "scrie poimâine", **romanian),
    ]
    said = "".join(each.out + each.err for each in ran)
    assert said.count("„") == said.count("”") > 0
    assert "“" not in said
    assert "show program" not in minicrm("--help", **romanian).out


def test_an_empty_module_says_how_to_fill_it(minicrm: MiniCRM) -> None:
    assert "--module 4 " in minicrm("agenda", "--module", "projects").out


def test_where_names_a_place_in_a_forbidden_folder(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_args: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "stat", forbidden)
    ran = inside("where")
    assert (ran.code, ran.err) == (0, "")
    assert str(inside.database) in ran.out


def test_keys_are_the_same_in_every_language(minicrm: MiniCRM) -> None:
    minicrm("add", "Acme > sună mâine", LANG="ro_RO.UTF-8")
    [card] = cards(minicrm("agenda", "--json", LANG="ro_RO.UTF-8"))
    assert (card["status_key"], card["group"], card["bucket"]) == ("lead_qualify", "lead", "tomorrow")


def test_demo_writes_a_new_file_only(minicrm: MiniCRM, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    ran = minicrm("demo", "--no-open", "--db", str(path), "--cards", "300", "--seed", "3")
    assert (ran.code, ran.last_word, ran.err) == (0, str(path), "")
    counts = minicrm("agenda", "--json", "--db", str(path)).json["modules"][0]["counts"]  # type: ignore[index]
    assert counts["expired"] == 12
    before = path.read_bytes()
    assert "already there" in minicrm("demo", "--no-open", "--db", str(path)).refused()
    assert path.read_bytes() == before


def test_demo_does_not_touch_the_persons_own_file(minicrm: MiniCRM) -> None:
    ran = minicrm("demo", "--no-open")
    assert ran.code == 2
    assert "--db" in ran.err
    assert not minicrm.database.exists()


def test_a_refusal_without_standard_error_is_silent(minicrm: MiniCRM) -> None:
    done = subprocess.run(
        ["bash", "-c", f'exec "{sys.executable}" -m minicrm_tui undo 2>&-'],
        env=minicrm.everything(),
        stdout=subprocess.PIPE,
        timeout=TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
