"""Fields of modules: what is typed into them, how it is kept and shown, and where they are required."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minicrm_tui.domain.errors import Invalid
from minicrm_tui.domain.fields import (
    ChoiceId,
    Field,
    FieldChoice,
    FieldDraft,
    FieldId,
    FieldKind,
    JsonValue,
    checked_draft,
    json_value,
    parse_value,
    required_at,
    shown_value,
    sort_of,
    typed_value,
)
from minicrm_tui.domain.records import Group, ModuleId, Status, StatusId
from minicrm_tui.i18n import Language, set_language

NOW = datetime(2026, 11, 23, 9, 30)
CHOICES = tuple(
    FieldChoice(ChoiceId(number), name, name == "Old")
    for number, name in enumerate(("Low", "Înaltă", "Hire", "Old"), 1)
)


def field(kind: FieldKind, **more: object) -> Field:
    return Field(FieldId(7), ModuleId(1), kind, "Anything", 0, choices=CHOICES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        (FieldKind.TEXT, "  two  words ", "two  words", "two  words"),
        (FieldKind.NUMBER, "12,50", "12.5", "12.5"),
        (FieldKind.NUMBER, "-3", "-3", "-3"),
        (FieldKind.NUMBER, "1.234,5", "1234.5", "1\u00a0234.5"),
        (FieldKind.NUMBER, "1,234.5", "1234.5", "1\u00a0234.5"),
        (FieldKind.NUMBER, "1 000 000", "1000000", "1\u00a0000\u00a0000"),
        (FieldKind.NUMBER, "1.000.000", "1000000", "1\u00a0000\u00a0000"),
        (FieldKind.NUMBER, "-0", "0", "0"),
        (FieldKind.DATE, "15.12.2026", "2026-12-15", "Tue 15 Dec 2026"),
        (FieldKind.DATE, "mâine", "2026-11-24", "Tue 24 Nov 2026"),
        (FieldKind.CHOICE, "inalta", "2", "Înaltă"),
        (FieldKind.CHOICE, "h", "3", "Hire"),
        (FieldKind.CHOICES, "hire, low", "[1, 3]", "Low, Hire"),
        (FieldKind.LINK, "https://example.com/cv.pdf", "https://example.com/cv.pdf", "https://example.com/cv.pdf"),
        (FieldKind.LINK, "~/cv.pdf", "~/cv.pdf", "~/cv.pdf"),
    ],
)
def test_values(kind: FieldKind, typed: str, kept: str, shown: str) -> None:
    value = parse_value(field(kind), typed, NOW)
    assert (value, shown_value(field(kind), value)) == (kept, shown)
    assert parse_value(field(kind), typed_value(field(kind), value), NOW) == value


@pytest.mark.parametrize("kind", FieldKind)
def test_nothing_is_nothing(kind: FieldKind) -> None:
    assert parse_value(field(kind), " ", NOW) == ""
    assert shown_value(field(kind), "") == typed_value(field(kind), "") == ""
    assert json_value(field(kind), "") is None
    assert sort_of(field(kind), "") is None


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.TEXT, "x" * 2001),
        (FieldKind.NUMBER, "many"),
        (FieldKind.NUMBER, "1e9"),
        (FieldKind.NUMBER, "9" * 14),
        (FieldKind.NUMBER, "1.2.3"),
        (FieldKind.DATE, "30 feb"),
        (FieldKind.DATE, "31.12.1899"),
        (FieldKind.DATE, "fri 14:00"),
        (FieldKind.CHOICE, "old"),
        (FieldKind.CHOICE, "middle"),
        (FieldKind.CHOICES, "low, old"),
        (FieldKind.LINK, "my web page"),
        (FieldKind.LINK, "cv"),
    ],
)
def test_what_can_not_be_is_refused_under_its_field(kind: FieldKind, typed: str) -> None:
    with pytest.raises(Invalid) as told:
        parse_value(field(kind), typed, NOW)
    assert told.value.field == "field-7"


def test_a_retired_choice_says_so() -> None:
    with pytest.raises(Invalid, match="no longer offered"):
        parse_value(field(FieldKind.CHOICE), "Old", NOW)
    assert shown_value(field(FieldKind.CHOICE), "4") == "Old"


def test_a_retired_choice_may_stay_where_it_was_chosen() -> None:
    assert parse_value(field(FieldKind.CHOICE), "Old", NOW, had="4") == "4"
    assert parse_value(field(FieldKind.CHOICES), "Old, low", NOW, had="[4]") == "[1, 4]"
    with pytest.raises(Invalid, match="no longer offered"):
        parse_value(field(FieldKind.CHOICES), "Old, low", NOW, had="[1]")


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "12.5", 12.5),
        (FieldKind.DATE, "2026-12-15", "2026-12-15"),
        (FieldKind.CHOICE, "1", "Low"),
        (FieldKind.CHOICES, "[1, 3]", ["Low", "Hire"]),
        (FieldKind.TEXT, "12", "12"),
    ],
)
def test_json_keeps_the_type(kind: FieldKind, value: str, typed: JsonValue) -> None:
    assert json_value(field(kind), value) == typed


NUMBERS = st.decimals(-(10**12), 10**12, places=6, allow_nan=False)


@given(NUMBERS, NUMBERS)
def test_numbers_sort_as_numbers(one: Decimal, other: Decimal) -> None:
    number = field(FieldKind.NUMBER)
    kept = [parse_value(number, str(each), NOW) for each in (one, other)]
    sorts = [sort_of(number, value) for value in kept]
    assert (sorts[0] < sorts[1]) == (one < other)  # type: ignore[operator]


@given(NUMBERS, st.sampled_from(["en", "ro"]))
def test_a_shown_number_is_not_lost(one: Decimal, spoken: Language) -> None:
    set_language(spoken)
    number = field(FieldKind.NUMBER)
    kept = parse_value(number, str(one), NOW)
    assert Decimal(kept) == one
    assert parse_value(number, typed_value(number, kept), NOW) == kept


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_dates_sort_as_dates(one: date, other: date) -> None:
    kind = field(FieldKind.DATE)
    sorts = [sort_of(kind, parse_value(kind, each.isoformat(), NOW)) for each in (one, other)]
    assert (sorts[0] < sorts[1]) == (one < other)  # type: ignore[operator]


PIPELINE = tuple(
    Status(StatusId(place), ModuleId(1), group.value, group.value, group, place) for place, group in enumerate(Group, 1)
)


@pytest.mark.parametrize(
    ("required", "from_status", "wanted"),
    [
        (False, None, []),
        (True, None, ["lead", "open", "success"]),
        (True, 2, ["open", "success"]),
        (True, 3, ["success"]),
        (True, 4, ["failed"]),
        (True, 99, ["lead", "open", "success"]),
    ],
)
def test_required_from_a_status_on(required: bool, from_status: int | None, wanted: list[str]) -> None:
    asked = field(FieldKind.TEXT, required=required, from_status=from_status)
    assert [status.key for status in PIPELINE if required_at(asked, status, PIPELINE)] == wanted


@pytest.mark.parametrize(
    "draft",
    [
        FieldDraft(FieldKind.TEXT, " "),
        FieldDraft(FieldKind.TEXT, "x" * 61),
        FieldDraft(FieldKind.CHOICE, "Size"),
        FieldDraft(FieldKind.CHOICE, "Size", choices=("a", "Ă")),
        FieldDraft(FieldKind.CHOICES, "Size", choices=tuple(map(str, range(17)))),
        FieldDraft(FieldKind.CHOICE, "Size", choices=tuple(map(str, range(101)))),
        FieldDraft(FieldKind.CHOICE, "Size", choices=("x" * 61,)),
    ],
)
def test_a_field_that_can_not_be(draft: FieldDraft) -> None:
    with pytest.raises(Invalid):
        checked_draft(draft)


def test_one_choice_may_be_of_many() -> None:
    draft = FieldDraft(FieldKind.CHOICE, "County", choices=tuple(map(str, range(42))))
    assert checked_draft(draft) == draft
    shown = replace(draft, in_row=True, in_peek=True)
    assert checked_draft(shown) == shown
