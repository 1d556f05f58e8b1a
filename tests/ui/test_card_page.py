"""A card's page: what it shows, the keys that work on it, and the way from one card to the next."""

from __future__ import annotations

import pytest

from minicrm_tui.domain.pages import HistoryKind
from minicrm_tui.domain.records import HistoryEntry, Task
from minicrm_tui.widgets.card_page import CLIENT, HISTORY, PROFILE
from tests.ui.conftest import Crm, Opening


def shown(crm: Crm) -> str:
    """The card whose page is on the screen; nothing without one."""
    row = crm.bench.page.row
    assert crm.screen.page.display == (row is not None)
    assert crm.screen.desk.display == (row is None)
    return "" if row is None else row.name


async def test_enter_opens_the_page_and_esc_comes_back_to_the_same_place(crm: Crm) -> None:
    await crm.press("down", "enter")
    assert shown(crm) == "Beta SRL"
    assert crm.app.focused is crm.screen.page.history
    await crm.press("escape")
    assert shown(crm) == ""
    assert crm.cursor_name == "Beta SRL"
    assert crm.app.focused is crm.screen.desk.cards


async def test_keys_typed_right_after_enter_are_the_pages(crm: Crm) -> None:
    await crm.press("enter", "d", "enter")
    assert shown(crm) == "Acme Industries"
    (task,) = (await crm.card("Acme Industries")).tasks
    assert task.due.day.isoformat() == "2026-11-26"


async def test_d_closes_the_task_under_the_cursor(crm: Crm) -> None:
    await crm.press("t")
    await crm.type("call later +9d")
    await crm.press("enter", "enter", "down", "d", "escape")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks] == ["Call about the offer"]
    closed = crm.bench.page.page
    assert closed is not None
    assert closed.details.history[0].text == "call later"


async def test_p_postpones_the_task_under_the_cursor(crm: Crm) -> None:
    await crm.press("t")
    await crm.type("call later +9d")
    await crm.press("enter", "enter", "down", "p", "2")
    tasks = (await crm.card("Acme Industries")).tasks
    assert [task.due.day.isoformat() for task in tasks][1] == "2026-12-04"
    assert isinstance(crm.screen.page.history.cursor_item, Task)


async def test_a_closed_task_is_opened_again_by_r_and_u_takes_it_back(crm: Crm) -> None:
    await crm.press("enter", "D")
    assert (await crm.card("Acme Industries")).tasks == ()
    assert isinstance(crm.screen.page.history.cursor_item, HistoryEntry)
    await crm.press("r")
    assert [task.text for task in (await crm.card("Acme Industries")).tasks] == ["Call about the offer"]
    await crm.press("u")
    assert (await crm.card("Acme Industries")).tasks == ()
    assert shown(crm) == "Acme Industries"


async def test_r_elsewhere_says_what_it_needs(crm: Crm) -> None:
    await crm.press("enter", "r")
    assert crm.toasts == ["Go to a closed task in the history first."]


async def test_j_and_k_go_through_the_list(crm: Crm) -> None:
    await crm.press("enter", "J")
    assert shown(crm) == "Beta SRL"
    await crm.press("J", "K", "K")
    assert shown(crm) == "Acme Industries"
    await crm.press("K")
    assert crm.toasts == ["This is the first card of the list."]
    await crm.press("J", "escape")
    assert crm.cursor_name == "Beta SRL"


async def test_all_cards_can_be_worked_through_from_inside(crm: Crm) -> None:
    names = [name for section in ("expired", "today", "tomorrow") for name in await crm.names(section)]
    await crm.press("enter")
    seen = [shown(crm)]
    for _ in names[1:]:
        await crm.press("d", "enter", "J")
        seen.append(shown(crm))
    assert seen == names


async def test_a_card_that_takes_the_next_place_itself_is_not_the_next_one(crm: Crm) -> None:
    """The only card of today, postponed until tomorrow, comes first there: the next one is the card behind it."""
    await crm.press("enter", "J", "J", "J")
    assert shown(crm) == "Gamma Ltd"
    await crm.press("p", "1", "J")
    assert shown(crm) == "Delta SA"
    await crm.press("K")
    assert shown(crm) == "Gamma Ltd"


async def test_the_pipeline_is_a_queue_too(crm: Crm) -> None:
    await crm.press("tab", "enter")
    first = shown(crm)
    await crm.press("J")
    assert shown(crm) not in ("", first)
    await crm.press("K", "escape")
    assert crm.screen.desk.on_board
    assert crm.cursor_name == first


async def test_a_filtered_list_is_gone_through_as_it_is_and_marks_stay(crm: Crm) -> None:
    await crm.press("slash")
    await crm.type("call")
    await crm.press("enter", "space", "up", "enter")
    assert shown(crm) == "Acme Industries"
    await crm.press("J")
    assert shown(crm) == "Gamma Ltd"
    await crm.press("J")
    assert crm.toasts == ["This is the last card of the list."]
    await crm.press("d", "enter", "K")
    assert shown(crm) == "Acme Industries"
    await crm.press("escape")
    assert (crm.bench.state.filter, len(crm.bench.state.marks.cards)) == ("call", 1)
    assert crm.cursor_name == "Acme Industries"


async def test_f_narrows_the_history_and_esc_widens_it(crm: Crm) -> None:
    await crm.press("enter", "D", "f", "t")
    assert crm.bench.page.kind is HistoryKind.TASK
    entries = await crm.store.history(crm.bench.page.row.id, ("task",), 0, 10)  # type: ignore[union-attr]
    assert [entry.text for entry in entries] == ["Call about the offer"]
    await crm.press("escape")
    assert crm.bench.page.kind is None
    assert shown(crm) == "Acme Industries"


async def test_tab_goes_round_the_zones(crm: Crm) -> None:
    await crm.press("enter", "tab")
    assert crm.screen.page.cursor_zone == CLIENT
    await crm.press("tab")
    assert crm.screen.page.cursor_zone == PROFILE
    await crm.press("shift+tab", "shift+tab")
    assert crm.screen.page.cursor_zone == HISTORY


async def test_another_card_of_the_client_is_gone_to_and_backspace_comes_back(crm: Crm) -> None:
    await crm.press("n")
    await crm.type("Second deal @ Acme Industries")
    await crm.press("enter", "enter")
    assert shown(crm) == "Second deal"
    await crm.press("tab", "end", "enter")
    assert shown(crm) == "Acme Industries"
    await crm.press("backspace")
    assert shown(crm) == "Second deal"
    await crm.press("escape")
    assert shown(crm) == ""


async def test_a_card_that_is_moved_to_the_trash_closes_its_page(crm: Crm) -> None:
    await crm.press("enter", "delete")
    assert shown(crm) == ""
    assert crm.cursor_name == "Beta SRL"
    await crm.press("u")
    assert crm.cursor_name == "Acme Industries"


async def test_what_another_program_writes_is_shown(crm: Crm) -> None:
    await crm.press("enter")
    row = crm.bench.page.row
    assert row is not None
    from minicrm_tui.domain.views import Targets
    from minicrm_tui.store.store import Store

    await crm.beat()
    other = await Store.open(crm.app.path, now=crm.clock())
    await other.add_note(Targets((row.id,)), "They called back.", crm.clock())
    await other.close()
    await crm.beat()
    page = crm.bench.page.page
    assert page is not None
    assert page.details.history[0].text == "They called back."


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_in_a_narrow_terminal_one_zone_is_shown(opening: Opening, size: tuple[int, int]) -> None:
    crm = await opening(size=size)
    await crm.press("enter")
    page = crm.screen.page
    assert [zone.parent.display for zone in page.zones] == [False, True, False]  # type: ignore[union-attr]
    await crm.press("tab")
    assert [zone.parent.display for zone in page.zones] == [False, False, True]  # type: ignore[union-attr]


async def test_x_on_a_page_opens_the_next_expired_card(crm: Crm) -> None:
    await crm.press("enter", "x")
    assert shown(crm) == "Beta SRL"


async def test_another_module_closes_the_page(crm: Crm) -> None:
    await crm.press("enter", "4")
    assert shown(crm) == ""
    assert crm.tab == "Projects"


async def test_a_name_with_markup_is_shown_as_it_is(opening: Opening) -> None:
    crm = await opening(empty=True)
    await crm.press("n")
    await crm.type("Bob")
    await crm.press("left_square_bracket", "slash", "r", "e", "d", "right_square_bracket", "enter", "enter")
    assert shown(crm) == "Bob[/red]"
    assert "Bob[/red]" in crm.screen.page.title.render_line(0).text
