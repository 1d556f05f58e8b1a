"""Postponing: presets by one key, typed dates, again, and what the toast says."""

from __future__ import annotations

from datetime import date, time

import pytest

from minicrm_tui.domain.records import Due
from tests.ui.conftest import Crm


async def due_of(crm: Crm, name: str) -> Due:
    return (await crm.card(name)).tasks[0].due


PRESETS = (
    ("0", date(2026, 11, 23)),
    ("1", date(2026, 11, 24)),
    ("9", date(2026, 12, 2)),
    ("n", date(2026, 11, 24)),
    ("o", date(2026, 11, 30)),
    ("w", date(2026, 11, 30)),
    ("m", date(2026, 12, 23)),
    ("f", date(2026, 12, 7)),
)


async def test_a_preset_acts_at_once_and_counts_from_today(crm: Crm) -> None:
    for key, day in PRESETS:
        assert crm.cursor_name == "Acme Industries", key
        await crm.press("p", key)
        assert not crm.asks, key
        assert await due_of(crm, "Acme Industries") == Due(day), key
        assert crm.cursor_name == "Beta SRL", key
        await crm.press("u")


async def test_digits_typed_at_once_are_never_modules(crm: Crm) -> None:
    await crm.press("p", "2", "p", "2", "p", "2")
    assert crm.tab == "Sales"
    assert await crm.names("expired") == []


async def test_escape_postpones_nothing(crm: Crm) -> None:
    await crm.press("p", "escape")
    assert await due_of(crm, "Acme Industries") == Due(date(2026, 11, 14))


@pytest.mark.parametrize("key", ["p", "slash"])
async def test_a_typed_date_is_read_as_one_types_and_taken_with_enter(crm: Crm, key: str) -> None:
    await crm.press("p", key)
    await crm.type("fri 14:00")
    await crm.press("enter")
    assert await due_of(crm, "Acme Industries") == Due(date(2026, 11, 27), time(14))


async def test_what_is_no_date_keeps_the_line_open(crm: Crm) -> None:
    await crm.press("p", "p")
    await crm.type("30 feb")
    await crm.press("enter")
    assert crm.asks
    assert await due_of(crm, "Acme Industries") == Due(date(2026, 11, 14))


async def test_a_past_moment_is_refused_in_the_line(crm: Crm) -> None:
    await crm.press("p", "p")
    await crm.type("2026-11-20")
    await crm.press("enter")
    assert crm.asks


async def test_postponing_again_uses_the_last_preset(crm: Crm) -> None:
    await crm.press("p", "w", "P")
    assert await due_of(crm, "Beta SRL") == Due(date(2026, 11, 30))


async def test_repeat_after_postponing_postpones(crm: Crm) -> None:
    await crm.press("p", "3", "full_stop")
    assert await due_of(crm, "Beta SRL") == Due(date(2026, 11, 26))


async def test_postponing_again_without_a_first_time_says_so(crm: Crm) -> None:
    await crm.press("P")
    assert any("Nothing was postponed yet" in toast for toast in crm.toasts)


async def test_a_second_expired_task_keeps_the_card_and_the_toast_says_so(crm: Crm) -> None:
    await crm.press("t")
    await crm.type("old promise 2026-11-15")
    await crm.press("enter", "p", "3")
    assert "Acme Industries" in await crm.names("expired")
    assert any("another expired task" in toast for toast in crm.toasts)


async def test_a_heading_needs_a_card_first(crm: Crm) -> None:
    await crm.press("up", "p")
    assert not crm.asks
    assert any("needs a card" in toast for toast in crm.toasts)


async def test_undo_gives_the_old_deadline_back_and_goes_there(crm: Crm) -> None:
    await crm.press("p", "3", "u")
    assert await due_of(crm, "Acme Industries") == Due(date(2026, 11, 14))
    assert crm.cursor_name == "Acme Industries"
