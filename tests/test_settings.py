"""The settings file: what it may say, and how what it may not is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.domain.nearest import nearest
from minicrm_tui.domain.parties import Party
from minicrm_tui.settings import KEYS, Settings, check_theme, default_settings, load_settings

ENGLISH = {"LANG": "C.UTF-8"}

SELLER = Party(
    name="Acme SRL",
    address="Str. Fabricii 12\nCluj",
    tax_number="RO1",
    registration_number="J12/1",
    bank_account="RO49 AAAA",
    bank="Banca",
    phone="0264",
    email="a@example.com",
    website="example.com",
)
"""With everything that a seller can have."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotStart) as caught:
        load_settings(file, ENGLISH)
    return caught.value.sentence()


def test_a_missing_file_is_an_empty_one(file: Path) -> None:
    assert load_settings(file, ENGLISH) == Settings()


def test_every_key_is_read(file: Path) -> None:
    file.write_text(
        """
        language = "ro"
        week_start = "Sunday"
        currency = "huf"
        country = "hu"
        theme = "nord"
        working_days = ["monday", "saturday"]
        bell = false
        payment_days = 30
        vat = 5.5
        documents = "~/Facturi"
        calendar_file = "~/sarcini.ics"
        [seller]
        name = "Acme SRL"
        address = "Str. Fabricii 12\\nCluj"
        tax_number = "RO1"
        registration_number = "J12/1"
        bank_account = "RO49 AAAA"
        bank = "Banca"
        phone = "0264"
        email = "a@example.com"
        website = "example.com"
        [keymap]
        "task.done" = "f5"
        card.new = ["n", "ctrl+n"]
        """,
        encoding="utf-8",
    )
    assert load_settings(file, ENGLISH) == Settings(
        language="ro",
        week_start=6,
        currency="HUF",
        country="HU",
        theme="nord",
        working_days=frozenset({0, 5}),
        bell=False,
        payment_days=30,
        vat=550,
        documents="~/Facturi",
        calendar_file="~/sarcini.ics",
        seller=SELLER,
        keymap={"task.done": "f5", "card.new": "n,ctrl+n"},
    )


@pytest.mark.parametrize(
    ("environment", "language", "currency", "country"),
    [
        ({"LANG": "C"}, "en", "EUR", ""),
        ({"LANG": "POSIX"}, "en", "EUR", ""),
        ({}, "en", "EUR", ""),
        ({"LANG": "ro_RO.UTF-8"}, "ro", "RON", "RO"),
        ({"LANG": "ro"}, "ro", "RON", "RO"),
        ({"LANG": "ro_MD.UTF-8"}, "ro", "EUR", "MD"),
        ({"LANG": "de_AT.UTF-8@euro"}, "en", "EUR", "AT"),
        ({"LANG": "ro_RO.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en", "EUR", "GB"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ro_RO"}, "ro", "RON", "RO"),
    ],
)
def test_the_locale_decides_what_the_file_does_not(
    environment: dict[str, str], language: str, currency: str, country: str
) -> None:
    settings = default_settings(environment)
    assert (settings.language, settings.currency, settings.country) == (language, currency, country)
    assert settings.week_start == 0, "weeks start on Monday in every locale"


def test_the_file_wins_over_the_locale(file: Path) -> None:
    file.write_text('language = "en"', encoding="utf-8")
    assert load_settings(file, {"LANG": "ro_RO.UTF-8"}).language == "en"


def test_an_unknown_key_is_refused_with_file_key_and_the_nearest_known_one(file: Path) -> None:
    said = refusal(file, 'langage = "ro"')
    assert str(file) in said
    assert "langage" in said
    assert "“language”" in said


def test_an_unknown_key_of_the_seller_is_refused_likewise(file: Path) -> None:
    said = refusal(file, '[seller]\ntax_numbr = "1"')
    assert str(file) in said
    assert "“seller.tax_numbr”" in said
    assert "“tax_number”" in said
    assert "“seller.person”" in refusal(file, '[seller]\nperson = "Ana"'), "a person stands on the paper for a buyer"


@pytest.mark.parametrize(
    ("text", "environment", "vat"),
    [
        ("", {"LANG": "ro_RO.UTF-8"}, 2100),
        ("", {"LANG": "hu_HU.UTF-8"}, 2700),
        ("", {"LANG": "en_US.UTF-8"}, 0),
        ('country = "hu"', {"LANG": "ro_RO.UTF-8"}, 2700),
        ('country = "XX"', {"LANG": "ro_RO.UTF-8"}, 0),
        ('country = "hu"\nvat = 5', {}, 500),
        ("vat = 21.0", {}, 2100),
        ("vat = 100", {}, 10000),
        ("vat = 0", {"LANG": "ro_RO.UTF-8"}, 0),
    ],
)
def test_the_rate_of_vat_follows_the_country_unless_it_is_set(
    file: Path, text: str, environment: dict[str, str], vat: int
) -> None:
    assert default_settings(environment).vat == load_settings(file, environment).vat
    file.write_text(text, encoding="utf-8")
    assert load_settings(file, environment).vat == vat


def test_pdfs_go_to_the_documents_of_the_person(file: Path) -> None:
    assert Settings().documents_folder == Path.home() / "Documents" / "MiniCRM"


def test_what_the_seller_is_called_has_no_control_characters(file: Path) -> None:
    file.write_text('[seller]\nname = "Ac\\u001b[31mme"', encoding="utf-8")
    assert load_settings(file, ENGLISH).seller.name == "Acme"


def test_a_key_like_no_other_is_answered_with_all_of_them(file: Path) -> None:
    said = refusal(file, "zzzzz = 1")
    assert all(key in said for key in KEYS)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('language = "de"', '"ro"'),
        ("language = 1", '"ro"'),
        ('week_start = "mondey"', '"monday"'),
        ("week_start = 1", '"monday"'),
        ('currency = "XYZ"', '"EUR"'),
        ("currency = 5", '"EUR"'),
        ('country = "Romania"', '"RO"'),
        ("theme = 3", "quotes"),
        ("bell = 1", "true"),
        ('bell = "yes"', "true"),
        ('working_days = "monday"', "list"),
        ("working_days = []", "list"),
        ('working_days = ["monday", "fryday"]', '"friday"'),
        ("payment_days = 1.5", "365"),
        ("payment_days = -1", "365"),
        ("payment_days = true", "365"),
        ('payment_days = "8"', "365"),
        ("vat = 101", "5.5"),
        ("vat = -1", "5.5"),
        ("vat = 5.555", "5.5"),
        ("vat = nan", "5.5"),
        ("vat = true", "5.5"),
        ('vat = "21%"', "5.5"),
        ("documents = 3", "~/"),
        ('calendar_file = "tasks.ics"', "~/"),
        ('calendar_file = "~/tasks.txt"', ".ics"),
        ("calendar_file = 3", "~/"),
        ('documents = ""', "~/"),
        ('documents = "Facturi"', "~/"),
        ('documents = "/tmp/\\u0000"', "~/"),
        ('documents = "~nobody-of-this-name/Facturi"', "~/"),
        ("seller = 3", "[seller]"),
        ("seller.name = 3", "quotes"),
        ("seller.bank = ['one', 'two']", "quotes"),
        ("keymap = 3", "table"),
        ("[keymap]\n'task.done' = 3", "task.done"),
        ("[keymap]\n'task.done' = ''", "task.done"),
        ("[keymap]\n'task.done' = []", "task.done"),
        ("[keymap]\n'task.done' = 'd,,e'", "task.done"),
    ],
)
def test_a_wrong_value_is_refused_with_file_key_and_what_it_must_be(file: Path, line: str, hint: str) -> None:
    said = refusal(file, line)
    assert str(file) in said
    assert line.strip("[").split()[0].rstrip("]") in said
    assert hint in said


@pytest.mark.parametrize("text", ["language", "= 1", "bell = true\nbell = true", "a = " + "[" * 5000])
def test_what_is_no_toml_is_refused_with_the_file(file: Path, text: str) -> None:
    assert str(file) in refusal(file, text)


def test_bytes_that_are_no_text_are_refused(file: Path) -> None:
    file.write_bytes(b"language = \xff\xfe")
    with pytest.raises(CannotStart, match="UTF-8"):
        load_settings(file, ENGLISH)


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.write_text('\ufefflanguage = "ro"', encoding="utf-8")
    assert load_settings(file, ENGLISH).language == "ro"


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(CannotStart):
        load_settings(file, ENGLISH)


def test_an_unknown_theme_is_refused_with_the_nearest(file: Path) -> None:
    check_theme(file, "nord", ["nord", "gruvbox"])
    with pytest.raises(CannotStart) as caught:
        check_theme(file, "gruvbax", ["nord", "gruvbox"])
    assert "“gruvbox”" in caught.value.sentence()
    assert str(file) in caught.value.sentence()


def test_the_nearest_name_ignores_case() -> None:
    assert nearest("LANGUGE", KEYS) == "language"
    assert nearest("qqqq", KEYS) is None
