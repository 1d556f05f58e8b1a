"""Phones and e-mails: what is refused, what is kept, and the form that two spellings share."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.reach import (
    LABEL_LIMIT,
    Reach,
    TypedChannel,
    in_order,
    read_channel,
    read_email,
    read_phone,
    same,
    typed_channel,
)
from minicrm_tui.domain.records import Channel

SIGNS = "+0123456789 ()./-"


@pytest.mark.parametrize(
    ("typed", "country", "normal"),
    [
        ("0722 000 111", "RO", "+40722000111"),
        ("+40 722 000 111", "RO", "+40722000111"),
        ("0040722000111", "RO", "+40722000111"),
        ("(0722) 000-111", "RO", "+40722000111"),
        ("+40 722 000 111", "", "+40722000111"),
        ("+36 1 234 5678", "RO", "+3612345678"),
        ("0722 000 111 int. 12", "RO", "+40722000111"),
        ("0722 000 111 x12", "RO", "+40722000111;ext=12"),
        ("0722 000 111", "", ""),
        ("112", "RO", ""),
        ("0722 000 111 222 333", "RO", ""),
        ("٠٧٢٢ ٠٠٠ ١١١", "RO", "+40722000111"),
    ],
)
def test_a_phone_gets_its_normal_form_or_is_doubtful(typed: str, country: str, normal: str) -> None:
    channel = read_phone(typed, country)
    assert (channel.value, channel.doubtful) == (typed, not normal)
    assert channel.normal.startswith(normal)


@pytest.mark.parametrize("typed", ["call Ana", "0722 OOO 111", "1-800-FLOWERS", "12", "+", "0722@000", "7" * 61])
def test_a_phone_of_letters_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_phone(typed, "US")
    assert told.value.field == "phone"


@given(st.text(SIGNS, min_size=3, max_size=20), st.sampled_from(["RO", "HU", "US", ""]))
def test_the_normal_form_of_a_phone_is_its_own(typed: str, country: str) -> None:
    try:
        first = read_phone(typed, country)
    except Invalid:
        return
    assume(first.normal)
    assert read_phone(first.normal, country).normal == first.normal
    assert read_phone(first.normal, "").normal == first.normal


@pytest.mark.parametrize(
    ("typed", "normal", "doubtful"),
    [
        ("Ana.Pop@ACME.ro", "ana.pop@acme.ro", False),
        ("  office@acme.ro ", "office@acme.ro", False),
        ("a+b@sub.acme.co.uk", "a+b@sub.acme.co.uk", False),
        ("ana@acme.local", "ana@acme.local", True),
        ("ana@server.localhost", "ana@server.localhost", True),
    ],
)
def test_emails(typed: str, normal: str, doubtful: bool) -> None:
    channel = read_email(typed)
    assert (channel.value, channel.normal, channel.doubtful) == (typed.strip(), normal, doubtful)


@pytest.mark.parametrize(
    "typed",
    ["ana", "ana@", "@acme.ro", "ana@acme", "ana pop@acme.ro", "a@@b.ro", "a@b..ro", "x" * 250 + "@a.ro", "a" * 999],
)
def test_what_is_no_email_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as told:
        read_email(typed)
    assert told.value.field == "email"


@given(st.emails())
def test_the_normal_form_of_an_email_is_its_own(typed: str) -> None:
    try:
        first = read_email(typed)
    except Invalid:
        return
    assert read_email(first.normal).normal == first.normal


@pytest.mark.parametrize(
    ("typed", "value", "label", "starred"),
    [
        ("0722 000 111", "0722 000 111", "", False),
        ("0722 000 111, work", "0722 000 111", "work", False),
        ("* 0722 000 111 , work, Mon", "0722 000 111", "work, Mon", True),
        ("0722 000 111, work *", "0722 000 111", "work", True),
    ],
)
def test_one_line_says_value_label_and_default(typed: str, value: str, label: str, starred: bool) -> None:
    read = read_channel(Reach.PHONE, typed, "RO")
    assert read is not None
    assert (read.channel.value, read.channel.label, read.starred) == (value, label, starred)


@pytest.mark.parametrize("typed", ["", "  ", "*"])
def test_an_empty_line_is_no_channel(typed: str) -> None:
    assert read_channel(Reach.EMAIL, typed) is None


@pytest.mark.parametrize("typed", [", work", "0722 000 111, " + "x" * (LABEL_LIMIT + 1)])
def test_a_label_alone_or_too_long_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_channel(Reach.PHONE, typed)


@given(st.text(SIGNS, min_size=3, max_size=20), st.text(max_size=20))
def test_what_a_form_shows_is_read_again_unchanged(value: str, label: str) -> None:
    try:
        read = read_channel(Reach.PHONE, f"{value}, {label}", "RO")
    except Invalid:
        return
    assume(read is not None)
    assert read is not None
    assert read_channel(Reach.PHONE, typed_channel(read.channel), "RO") == TypedChannel(read.channel)


def test_the_default_is_the_one_with_the_star_or_the_first_and_each_is_there_once() -> None:
    typed = [read_channel(Reach.PHONE, line, "RO") for line in ("0722 000 111", "+40722000111", "0722 000 222 *")]
    kept = in_order(Reach.PHONE, [each for each in typed if each is not None])
    assert [(each.value, each.is_default) for each in kept] == [("0722 000 222", True), ("0722 000 111", False)]
    assert [each.is_default for each in in_order(Reach.PHONE, [each for each in typed[:1] if each])] == [True]


def test_spellings_are_compared_by_normal_form_or_digits() -> None:
    assert same(
        Reach.PHONE, Channel("0722 000 111", normal="+40722000111"), Channel("+40722000111", normal="+40722000111")
    )
    assert same(Reach.PHONE, Channel("0722-000-111"), Channel("0722 000 111", normal="+40722000111"))
    assert same(Reach.EMAIL, Channel("Ana@acme.ro"), Channel("ana@ACME.ro"))
    assert not same(Reach.PHONE, Channel("0722 000 111"), Channel("0722 000 112"))
