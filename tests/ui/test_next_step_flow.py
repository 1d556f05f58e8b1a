"""Rules and templates in the line: after a task is closed, after a card has entered a status, and by tab."""

from __future__ import annotations

from datetime import date

from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import ModuleId
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.screens.main.going import enter_module
from minicrm_tui.widgets.line_text import ReadingText, TitleText
from tests.ui.conftest import Crm

CONTRACT = TemplateDraft("Contract", FollowUp("Send the contract", "email", 2), ("Price", "Stamp", "Two copies"))
VISIT = TemplateDraft("Visit", FollowUp("Measure the roof", "meeting", 0))


async def rule(crm: Crm, table: str, where: str, text: str, days: int | None = None, kind: str = "") -> None:
    """Give a status or a module this rule."""
    sql = f"UPDATE {table} SET follow_text = ?, follow_type = ?, follow_days = ? WHERE {where}"
    await crm.store._write(lambda conn: conn.exec_driver_sql(sql, (text, kind, days)))


async def templates(crm: Crm) -> ModuleId:
    for draft in (CONTRACT, VISIT):
        await crm.store.add_template(crm.bench.module.id, draft, crm.clock())
    return crm.bench.module.id


async def in_projects(crm: Crm) -> None:
    places = [summary.module.name for summary in crm.bench.showing.modules.all]
    await enter_module(crm.bench, places.index("Projects"))
    await crm.idle()


async def to(crm: Crm, name: str) -> None:
    """The cursor goes to this card."""
    row = (await crm.card(name)).row
    await crm.bench.go_to(row.module_id, row.id)
    await crm.idle()


def title(crm: Crm) -> str:
    return crm.screen.line.query_one(TitleText)._title


def reading(crm: Crm) -> str:
    return crm.screen.line.query_one(ReadingText)._piece.text


async def test_after_done_the_rule_fills_the_line(crm: Crm) -> None:
    await rule(crm, "module", "kind = 'sales'", "Ask how it goes", kind="email")
    await crm.press("d")
    assert crm.line_text == "Ask how it goes +1d"
    await crm.press("enter", "full_stop")
    for name in ("Acme Industries", "Beta SRL"):
        (task,) = (await crm.card(name)).tasks
        assert (task.text, task.type, task.due.day) == ("Ask how it goes", "email", date(2026, 11, 24))


async def test_a_card_that_enters_a_status_is_proposed_its_task_in_the_same_undo_step(crm: Crm) -> None:
    await rule(crm, "status", "key = 'planning'", "Plan it", 2, "meeting")
    await in_projects(crm)
    await crm.press("L")
    assert (title(crm), crm.line_text) == ("Now Planning · next step for Warehouse roof", "Plan it +2d")
    await crm.press("enter")
    card = await crm.card("Warehouse roof")
    assert card.status.key == "planning"
    assert [(task.text, task.type) for task in card.tasks] == [("Visit the site", "meeting"), ("Plan it", "meeting")]
    await crm.press("u")
    card = await crm.card("Warehouse roof")
    assert (card.status.key, len(card.tasks)) == ("idea", 1)


async def test_esc_leaves_without_and_repeat_says_the_same_again(crm: Crm) -> None:
    await rule(crm, "status", "key = 'planning'", "Plan it")
    await in_projects(crm)
    await crm.press("L", "escape")
    await to(crm, "New website")
    await crm.press("full_stop")
    assert not crm.asks
    for name in ("Warehouse roof", "New website"):
        card = await crm.card(name)
        assert (card.status.key, len(card.tasks)) == ("planning", 1)
    await crm.press("u", "u")
    await to(crm, "Warehouse roof")
    await crm.press("L")
    await crm.type("draw it fri")
    await crm.press("enter")
    await to(crm, "New website")
    await crm.press("full_stop")
    for name in ("Warehouse roof", "New website"):
        tasks = (await crm.card(name)).tasks
        assert ("draw it", date(2026, 11, 27)) in [(task.text, task.due.day) for task in tasks]


async def test_no_line_where_there_is_no_rule_or_the_task_is_there(crm: Crm) -> None:
    await rule(crm, "status", "key = 'planning'", "VISIT the site")
    await rule(crm, "module", "kind = 'projects'", "Ask how it goes")
    await in_projects(crm)
    await crm.press("L")
    assert not crm.asks
    await crm.press("L")
    assert not crm.asks, "it has an open task, and only the module says something"


async def test_one_line_serves_all_the_marked_cards(crm: Crm) -> None:
    await rule(crm, "status", "key = 'planning'", "Plan it", 2)
    await in_projects(crm)
    await crm.press("space", "j", "space", "m", "2")
    assert title(crm) == "Now Planning · next step for 2 cards"
    await crm.press("enter")
    assert [len((await crm.card(name)).tasks) for name in ("Warehouse roof", "New website")] == [2, 2]
    await crm.press("u")
    assert [(await crm.card(name)).status.key for name in ("Warehouse roof", "New website")] == ["idea", "idea"]


async def test_an_opportunity_that_is_won_is_proposed_what_its_status_says(crm: Crm) -> None:
    won = [status.key for status in crm.bench.statuses if status.group == "success"]
    await rule(crm, "status", f"key = '{won[-1]}'", "Ask for a reference", 30)
    await crm.press("W")
    assert crm.line_text == "Ask for a reference +30d"
    await crm.press("enter")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks][-1] == "Ask for a reference"


async def test_on_a_cards_page_the_line_opens_too(crm: Crm) -> None:
    await rule(crm, "status", "key = 'planning'", "Plan it")
    await in_projects(crm)
    await crm.press("enter", "L")
    assert crm.line_text == "Plan it +1d"
    await crm.press("enter")
    assert crm.bench.page.is_open
    assert len((await crm.card("Warehouse roof")).tasks) == 2


async def test_tab_goes_through_the_templates_and_shift_tab_back(crm: Crm) -> None:
    await templates(crm)
    await crm.press("t", "tab")
    assert crm.line_text == "Send the contract +2d"
    assert reading(crm).endswith(" · Contract: E-mail, 3 to tick")
    await crm.press("tab")
    assert crm.line_text == "Measure the roof today"
    await crm.press("shift+tab", "enter")
    task = (await crm.card("Acme Industries")).tasks[-1]
    assert (task.text, task.type, task.due.day, len(task.checks)) == (
        "Send the contract", "email", date(2026, 11, 25), 3,
    )  # fmt: skip


async def test_tab_replaces_the_untouched_proposal_and_completes_a_name(crm: Crm) -> None:
    await templates(crm)
    await crm.press("d", "tab")
    assert crm.line_text == "Send the contract +2d"
    await crm.press("escape", "t")
    await crm.type("vi")
    await crm.press("tab")
    assert crm.line_text == "Measure the roof today"
    await crm.press("escape", "t")
    await crm.type("zz")
    await crm.press("tab")
    assert crm.line_text == "zz"


async def test_in_the_line_of_a_new_card_tab_is_for_the_client_then_for_the_template(crm: Crm) -> None:
    await templates(crm)
    await crm.press("n")
    await crm.type("Roof @ Acme")
    await crm.press("tab")
    assert crm.line_text.startswith("Roof @ Acme Industries")
    await crm.type(" > con")
    await crm.press("tab")
    assert crm.line_text.endswith(" > Send the contract +2d")
    assert reading(crm).endswith(" · Contract: E-mail, 3 to tick")
    await crm.press("enter")
    (task,) = (await crm.card("Roof")).tasks
    assert len(task.checks) == 3
