"""Text is made safe before it is kept, and alike before it is compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.text import MOST_PASTED, clean, clean_lines, digits, fold, pasted, shorten

ANYTHING = st.text(st.characters(), max_size=60)
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Acme Industries", "acme industries"),
        ("  Acme \t Industries ", "acme industries"),
        ("ȘTEFĂNESCU Țîrlea", "stefanescu tirlea"),
        ("Ştefan Ţepeş", "stefan tepes"),
        ("Łódź Đorđe Søren Straße", "lodz dorde soren strasse"),
        ("Æsir Œuvre İstanbul ışık", "aesir oeuvre istanbul isik"),
        ("Ca\u0306lin", "calin"),
        ("ﬁrma № ５", "firma no 5"),
        ("ΌΣΟΣ", "οσοσ"),
        ("東京 株式会社", "東京 株式会社"),
        ("", ""),
    ],
)
def test_accents_case_and_spaces_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_cedilla_comma_and_plain_letters_are_the_same() -> None:
    assert fold("Ş ș s Ţ ț t") == "s s s t t t"


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_case_and_composition_never_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Acme  ", "Acme"),
        ("Acme\nSRL\r\nIași\tnord", "Acme SRL Iași nord"),
        ("a\u2028b\u2029c\x0bd\x85e", "a b c d e"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1;2|data\x1b\\text", "text"),
        ("\x1b]0;an end is missing", "0;an end is missing"),
        ("\x1b(Btext \x1bc", "text"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("abc\u202edef\u2069", "abcdef"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Bob [/red] %s 'Ltd' \"x\"", "Bob [/red] %s 'Ltd' \"x\""),
        ("שלום עולם", "שלום עולם"),
        ("株式会社", "株式会社"),
        ("Ca\u0306lin", "Călin"),
        ("half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
        ("\x1b", ""),
    ],
)
def test_one_safe_line_is_kept(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(ANYTHING)
def test_no_control_no_direction_and_no_half_character_is_left(text: str) -> None:
    kept = clean(text)
    assert not [mark for mark in kept if unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(kept) & set(DIRECTIONS)
    assert kept.encode().decode() == kept


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60))
def test_letters_numbers_and_punctuation_stay(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_a_note_keeps_its_lines() -> None:
    assert clean_lines(" first \r\n\tsecond\x1b[1m\r\rfourth \n") == "first\n second\n\nfourth"


@pytest.mark.parametrize(
    ("text", "numbers"), [("+40 (0)722-000.111", "400722000111"), ("none", ""), ("٠٧٢٢", "0722"), ("5²", "5")]
)
def test_digits_are_what_phones_are_compared_by(text: str, numbers: str) -> None:
    assert digits(text) == numbers


def test_a_long_text_is_cut_for_a_sentence() -> None:
    assert shorten("a" * 40) == "a" * 40
    assert shorten("word " * 20, 11) == "word word…"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Str. Lungă 1\n500123 Brașov\n", "Str. Lungă 1 500123 Brașov"),
        (" SRL", " SRL"),
        ("a\tb\r\nc", "a b c"),
        ("\x1b[31mred\x1b[0m\x07", "red"),
        ("x" * 1_000_000, "x" * MOST_PASTED),
        ("\n", ""),
    ],
)
def test_what_is_pasted_into_one_line(text: str, taken: str) -> None:
    assert pasted(text) == taken
