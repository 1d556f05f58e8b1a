"""The seller goes into the settings file, and all else in it stays as it was."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from minicrm_tui.domain.errors import CannotStart, CrmError, StoreFailed
from minicrm_tui.domain.parties import Party
from minicrm_tui.settings import Settings, load_settings, save_changes, save_seller

ACME = Party(name="Acme “Ana” SRL", address="Str. Lungă 1\nBrașov", tax_number="RO1", email="a@example.com")

COMMENTED = """\
# mine
language = "ro" # not English

[keymap]
# by habit
task.done = "f5"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "minicrm" / "config.toml"


def saved(file: Path, before: str, seller: Party = ACME) -> str:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before.encode())
    save_seller(file, seller)
    assert load_settings(file, {}).seller == seller
    return file.read_bytes().decode()


def test_a_file_that_is_not_there_is_made_for_its_owner_alone(file: Path) -> None:
    save_seller(file, ACME)
    assert load_settings(file, {}).seller == ACME
    assert file.stat().st_mode & 0o777 == 0o600


def test_comments_and_order_stay(file: Path) -> None:
    assert saved(file, COMMENTED).startswith(COMMENTED)
    assert load_settings(file, {}).keymap == {"task.done": "f5"}


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing but this",
        "[seller]",
        'seller = {name = "Old", bank = "Old"}',
        'seller.name = "Old"\nseller.bank = "Old"\nbell = true',
        '[seller]\nname = "Old"\nbank = "Old"\n[keymap]\n"task.done" = "f5"',
        '[seller]\r\nname = "Old"\r\n',
        '\ufeff[seller]\nname = "Old"',
        "seller = 3",
    ],
)
def test_whatever_stood_there_as_the_seller_is_replaced(file: Path, before: str) -> None:
    assert "Old" not in saved(file, before)


def test_comments_of_the_seller_stay_and_what_is_empty_now_goes(file: Path) -> None:
    text = saved(file, '[seller] # us\n# as registered\nname = "Old" # new in 2027\nbank = "Old"\n\n[keymap]\n')
    assert text.startswith('[seller] # us\n# as registered\nname = "Acme “Ana” SRL" # new in 2027\n')
    assert "bank" not in text
    assert text.endswith("[keymap]\n")


def test_nobody_is_written_as_nothing(file: Path) -> None:
    assert "Old" not in saved(file, '[seller]\nname = "Old"', Party())


def test_saving_twice_changes_nothing_more(file: Path) -> None:
    once = saved(file, COMMENTED)
    assert saved(file, once) == once


@pytest.mark.parametrize("before", ["bell = ", "a = 1\na = 2", "seller = " + "[" * 5000])
def test_what_is_no_toml_is_refused_and_stays(file: Path, before: str) -> None:
    file.parent.mkdir()
    file.write_text(before)
    with pytest.raises(CannotStart, match=r"config\.toml"):
        save_seller(file, ACME)
    assert file.read_text() == before


def test_a_folder_that_is_a_file_is_a_sentence(file: Path) -> None:
    file.parent.write_text("in the way")
    with pytest.raises(CrmError) as caught:
        save_seller(file, ACME)
    assert str(file) in caught.value.sentence()
    assert "Nothing was changed." in caught.value.sentence()


def test_a_full_disk_is_a_sentence_and_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    before = saved(file, COMMENTED)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFailed, match="the disk is full"):
        save_seller(file, Party(name="Beta"))
    assert file.read_text(encoding="utf-8") == before
    assert os.listdir(file.parent) == [file.name]


OLD = Settings()
NEW = replace(OLD, language="ro", currency="HUF", seller=Party(name="Acme"))


@pytest.mark.parametrize("before", ["", "# mine\nbell = false\n", COMMENTED, '[seller]\nname = "Old"\n[keymap]\n'])
def test_what_has_changed_is_written_above_the_tables_and_all_else_stays(file: Path, before: str) -> None:
    file.parent.mkdir()
    file.write_text(before, encoding="utf-8")
    save_changes(file, OLD, NEW)
    kept = load_settings(file, {})
    assert (kept.language, kept.currency, kept.seller) == ("ro", "HUF", NEW.seller)
    for line in before.splitlines():
        assert "Old" in line or line in file.read_text(encoding="utf-8")


def test_what_is_as_it_was_is_not_written(file: Path) -> None:
    save_changes(file, NEW, NEW)
    assert not file.exists()
    save_changes(file, OLD, replace(OLD, currency="RON"))
    assert file.read_text(encoding="utf-8") == 'currency = "RON"\n'
