"""Contacts: how they are written, read from their form, and become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.contact_forms import fill_contact_form, read_channels, read_contact_form
from minicrm_tui.domain.contacts import (
    DESCRIPTION_LIMIT,
    TEXTS,
    ContactDraft,
    ContactKind,
    ContactRef,
    mergeable,
    merged,
    names_of,
    read_key,
)
from minicrm_tui.domain.drafts import InvalidForm
from minicrm_tui.domain.reach import Reach
from minicrm_tui.domain.text import clean

COMPANY, PERSON = ContactKind.COMPANY, ContactKind.PERSON
WORDS = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=20).map(clean)


@st.composite
def drafts(draw: st.DrawFn, kind: ContactKind = COMPANY) -> ContactDraft:
    texts = {key: draw(WORDS) for key in TEXTS[kind]}
    name = draw(WORDS.filter(bool))
    if kind is PERSON:
        texts["first_name"] = name
        name = " ".join(part for part in (texts["first_name"], texts["last_name"]) if part)
    phones = read_channels(Reach.PHONE, draw(st.lists(st.from_regex(r"07[0-9]{8}", fullmatch=True), max_size=3)), "RO")
    emails = read_channels(
        Reach.EMAIL, draw(st.lists(st.from_regex(r"[a-z]{1,8}@acme\.ro", fullmatch=True), max_size=3))
    )
    return ContactDraft(kind, name, texts, draw(WORDS) if kind is PERSON else "", phones, emails)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("c12", ContactRef(COMPANY, 12)),
        (" P3 ", ContactRef(PERSON, 3)),
        ("12", None),
        ("c0", None),
        ("c-1", None),
        ("cable 5", None),
        ("", None),
    ],
)
def test_a_contact_is_written_with_a_letter_and_a_number(text: str, ref: ContactRef | None) -> None:
    assert read_key(text) == ref
    if ref is not None:
        assert read_key(ref.key) == ref


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Ana Pop", ("Ana", "Pop")), ("Ana Maria Pop", ("Ana Maria", "Pop")), ("Popescu", ("Popescu", ""))],
)
def test_a_name_in_one_is_first_and_last(name: str, parts: tuple[str, str]) -> None:
    assert names_of(name) == parts


@given(st.one_of(drafts(COMPANY), drafts(PERSON)))
def test_a_form_read_again_unchanged_changes_nothing(draft: ContactDraft) -> None:
    assert read_contact_form(draft.kind, fill_contact_form(draft), "RO") == draft


def test_every_wrong_field_is_named_in_the_order_of_the_form() -> None:
    typed = {"first_name": "", "last_name": " ", "phone-1": "0722 000 111", "phone-2": "ana", "email-1": "ana@",
             "description": "x" * (DESCRIPTION_LIMIT + 1)}  # fmt: skip
    with pytest.raises(InvalidForm) as told:
        read_contact_form(PERSON, typed, "RO")
    assert [error.field for error in told.value.errors] == ["first_name", "phone-2", "email-1", "description"]


def test_a_megabyte_is_refused_under_its_field() -> None:
    with pytest.raises(InvalidForm) as told:
        read_contact_form(COMPANY, {"name": "Acme", "industry": "x" * 1_000_000, "phone-1": "7" * 1_000_000})
    assert {error.field for error in told.value.errors} == {"industry", "phone-1"}


def test_a_company_needs_a_name_and_has_no_company() -> None:
    with pytest.raises(InvalidForm):
        read_contact_form(COMPANY, {"name": " "})
    assert read_contact_form(COMPANY, {"name": "Acme", "company": "Other"}).company == ""


# --- two become one


@given(drafts(COMPANY))
def test_merged_with_itself_nothing_changes(draft: ContactDraft) -> None:
    assert merged(draft, draft) == draft


@given(drafts(PERSON), drafts(PERSON))
def test_nothing_of_either_is_lost(kept: ContactDraft, gone: ContactDraft) -> None:
    after = merged(kept, gone)
    assert {each.normal for each in after.phones} == {each.normal for each in (*kept.phones, *gone.phones)}
    assert {each.normal for each in after.emails} == {each.normal for each in (*kept.emails, *gone.emails)}
    assert [each.is_default for each in after.phones] == [place == 0 for place in range(len(after.phones))]
    assert after.name == kept.name
    for key in mergeable(PERSON):
        assert bool(after.text(key)) == bool(kept.text(key) or gone.text(key))


@given(drafts(COMPANY), drafts(COMPANY))
def test_what_is_taken_is_the_others(kept: ContactDraft, gone: ContactDraft) -> None:
    after = merged(kept, gone, mergeable(COMPANY))
    assert {key: after.text(key) for key in mergeable(COMPANY)} == {key: gone.text(key) for key in mergeable(COMPANY)}


def test_first_and_last_name_go_together() -> None:
    ana = ContactDraft(PERSON, "Ana Pop", {"first_name": "Ana", "last_name": "Pop"})
    ion = ContactDraft(PERSON, "Ion", {"first_name": "Ion", "last_name": ""})
    assert dict(merged(ion, ana).texts)["last_name"] == ""
    assert merged(ion, ana, ["name"]).name == "Ana Pop"
    assert dict(merged(ion, ana, ["name"]).texts)["last_name"] == "Pop"


def test_two_descriptions_are_joined_and_a_label_is_kept() -> None:
    one = ContactDraft(
        COMPANY, "Acme", {"description": "pays late"}, phones=read_channels(Reach.PHONE, ["0722 000 111"])
    )
    two = ContactDraft(COMPANY, "ACME", {"description": "likes tea"},
                       phones=read_channels(Reach.PHONE, ["0722000111, reception"]))  # fmt: skip
    after = merged(one, two)
    assert after.text("description") == "pays late · likes tea"
    assert [(each.value, each.label) for each in after.phones] == [("0722 000 111", "reception")]
