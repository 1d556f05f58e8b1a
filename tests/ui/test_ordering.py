"""`g o`: the list by deadline, by value or by importance; the cursor keeps its card, and the keys follow the order."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from minicrm_tui.domain.records import Qualification, Sort
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.views import Targets
from tests.ui.conftest import Crm

BY_DEADLINE = ["Acme Industries", "Beta SRL", "Călin Popescu"]
BY_VALUE = ["Călin Popescu", "Acme Industries", "Beta SRL"]


def title(crm: Crm) -> str:
    return str(crm.screen.desk.query_one("#desk-cards").border_title)


def expired(crm: Crm) -> list[str]:
    """The names under the first heading, from top to bottom."""
    items = [crm.screen.desk.cards.item_at(index) for index in (1, 2, 3)]
    return [item.name for item in items if item is not None]


def choices(crm: Crm) -> list[tuple[str, str, str]]:
    """What the open line offers."""
    question = crm.screen.line._question
    return [(each.key, each.label, each.detail) for each in question.choices]  # type: ignore[union-attr]


async def test_the_list_goes_by_value_the_cursor_keeps_its_card_and_keys_and_undo_follow(crm: Crm) -> None:
    with closing(sqlite3.connect(crm.app.path)) as file, file:
        file.execute("UPDATE card SET amount = 900000 WHERE name = 'Călin Popescu'")
    await crm.press("j", "g", "o")
    assert choices(crm) == [
        ("d", "by deadline", "now"),
        ("v", "by value", "the highest first"),
        ("i", "by importance", "decided, VIP, qualified …"),
    ]
    await crm.press("v")
    assert (title(crm), expired(crm), crm.cursor_name) == ("Opportunities · by value", BY_VALUE, "Beta SRL")
    await crm.press("x")
    assert crm.cursor_name == "Călin Popescu"
    await crm.press("v", "j", "v")
    marked = [(await crm.store.card(card)).row.name for card in crm.bench.state.marks.cards]
    assert sorted(marked) == ["Acme Industries", "Călin Popescu"]
    await crm.press("escape", "k", "d", "escape")
    assert crm.cursor_name == "Acme Industries"
    await crm.press("u")
    assert (expired(crm), crm.cursor_name) == (BY_VALUE, "Călin Popescu")
    await crm.press("u")
    assert (title(crm), expired(crm), crm.cursor_name) == ("Opportunities", BY_DEADLINE, "Călin Popescu")


async def test_by_importance_in_a_filter_too_and_other_modules_keep_their_own_order(crm: Crm) -> None:
    beta = (await crm.card("Beta SRL")).row.id
    await crm.store.set_keys(Targets((beta,)), Change(qualification=Qualification.VIP), crm.clock())
    await crm.press("g", "o", "i")
    assert title(crm) == "Opportunities · by importance"
    assert expired(crm) == ["Beta SRL", "Acme Industries", "Călin Popescu"]
    await crm.press("slash", *"s", "enter")
    assert expired(crm)[:2] == ["Beta SRL", "Acme Industries"]
    await crm.press("4", "g", "o")
    assert choices(crm)[2] == ("i", "by importance", "the furthest along first")
    await crm.press("d")
    assert title(crm) == "Projects"
    assert [summary.module.sort for summary in await crm.store.modules(crm.clock())][:4] == [
        *(Sort.IMPORTANCE, Sort.DEADLINE, Sort.DEADLINE, Sort.DEADLINE)
    ]
