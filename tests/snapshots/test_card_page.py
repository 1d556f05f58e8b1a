"""A card's page as pictures: full in every size, and what is written on it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.domain.fields import FieldDraft, FieldKind, parse_value
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardId, Due, Kind, Outcome, Qualification, SalesStatus
from minicrm_tui.domain.repeating import parse_recurrence
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.domain.views import Targets
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import press

SnapCompare = Callable[..., bool]

CARD = "Anchor Industries Roof 2027 @ Anchor Industries Ltd (Ana Popescu) +40 722 000 111 ana@anchor.example"
NOTE = "They liked the offer.\nThe boss comes back on Monday; he wants:\n- a better price\n- delivery before Christmas"

PAGE = ("enter",)
PROFILE = (*PAGE, "shift+tab")
PICTURES: dict[str, tuple[tuple[int, int], str, Language, tuple[str, ...]]] = {
    "full-80x24-dark": ((80, 24), "dark", "en", PAGE),
    "full-80x24-light": ((80, 24), "light", "en", PAGE),
    "full-120x36-dark": ((120, 36), "dark", "en", PAGE),
    "full-120x36-light": ((120, 36), "light", "en", PAGE),
    "full-200x50-dark": ((200, 50), "dark", "en", PAGE),
    "full-200x50-light": ((200, 50), "light", "en", PAGE),
    "full-romanian": ((120, 36), "dark", "ro", PAGE),
    "client": ((80, 24), "dark", "en", (*PAGE, "tab", "end")),
    "note-read": ((120, 36), "light", "en", (*PAGE, "f", "n")),
    "note-written": ((120, 36), "dark", "en", (*PAGE, "o", *"Called", "enter", *"twice")),
    "task-form": ((80, 24), "light", "en", (*PAGE, "down", "down", "e")),
    "task-form-wrong": ((120, 36), "dark", "en", (*PAGE, "down", "T", "tab", *"x", "tab", *"30 feb", "enter")),
    "field-wrong": ((120, 36), "dark", "en", (*PROFILE, "down", "enter", *"much", "enter")),
    "field-wrong-in-the-last-line": ((80, 24), "light", "en", (*PROFILE, "end", "enter", "enter")),
}
"""Size, theme, language, and the keys pressed on the first card, by the picture's name."""


@pytest.mark.parametrize("name", PICTURES)
def test_the_page_of_a_card(
    snap_compare: SnapCompare, card_file: Path, tmp_path: Path, clock: Clock, name: str
) -> None:
    size, theme, language, keys = PICTURES[name]
    set_language(language)
    path = Path(shutil.copy(card_file, tmp_path))
    app = MiniCRMApp(path, Settings(theme=f"minicrm-{theme}", language=language), clock=clock)

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, keys)

    assert snap_compare(app, terminal_size=size, run_before=press_keys)


@pytest.fixture(scope="module")
def card_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo data, and one card about which everything is known."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("card")))
    asyncio.run(_write(path))
    return path


async def _write(path: Path) -> None:
    now = datetime(2026, 11, 18, 16, 20, tzinfo=MONDAY_MORNING.tzinfo)
    store = await Store.open(path, now=now)
    modules = {summary.module.kind: summary.module.id for summary in await store.modules(now)}
    line = parse_line(f"{CARD} 45000 EUR > Call about the offer 2026-11-06", now, currency="EUR")
    card = (await store.create_card(modules[Kind.SALES], line, now)).row.id
    await _live(store, card, now)
    for kind, text in (
        (Kind.PROJECTS, "Warehouse roof @ Anchor Industries Ltd 9000 EUR > Visit the site 2026-11-20"),
        (Kind.ORDERS, "Anchor Industries Ltd @ Anchor Industries Ltd (Ana Popescu)"),
    ):
        other = await store.create_card(modules[kind], parse_line(text, now, currency="EUR"), now)
    await store.link_cards(card, other.row.id, "the order for the first roof", now)
    fields = (
        (FieldDraft(FieldKind.NUMBER, "Square metres"), "1250"),
        (FieldDraft(FieldKind.CHOICES, "Interests", choices=("Roofs", "Windows", "Solar panels")), "Roofs, Windows"),
        (FieldDraft(FieldKind.TEXT, "Budget code", required=True), ""),
    )
    for draft, value in fields:
        field = await store.add_field(modules[Kind.SALES], draft, now)
        await store.set_value(card, field.id, parse_value(field, value, now), now) if value else None
    await store.close()


async def _live(store: Store, card: CardId, now: datetime) -> None:
    """Tasks of all sorts, a move, a note, a comment."""
    one = Targets((card,))
    report = Due(date(2026, 11, 30))
    for draft in (
        TaskDraft("Send the first drawings", "email", Due(date(2026, 11, 5))),
        TaskDraft("Meeting at their office, with the plans and the samples", "meeting",
                  Due(date(2026, 11, 25), time(14)), 90),
        TaskDraft("Send the monthly report", "email", report, rule=parse_recurrence("monthly", report.day)),
    ):  # fmt: skip
        await store.add_task(one, draft, now)
    await store.close_tasks(one, Outcome.SUCCESSFUL, "they like the second one", now)
    await store.set_keys(one, Change(SalesStatus.IN_PROGRESS, Qualification.VIP), now)
    await store.add_note(one, NOTE, now)


PAGE_KEYS: dict[Language, tuple[str, ...]] = {
    "en": ("d Done", "p Postpone", "J ", "tab ", "esc Back", "? Keys"),
    "ro": ("d Închide", "p Amână", "J ", "tab ", "esc Înapoi", "? Taste"),
}


@pytest.mark.parametrize("language", PAGE_KEYS)
async def test_the_main_keys_of_the_page_are_there_on_the_smallest_screen(
    card_file: Path, tmp_path: Path, clock: Clock, language: Language
) -> None:
    set_language(language)
    path = Path(shutil.copy(card_file, tmp_path))
    app = MiniCRMApp(path, Settings(theme="minicrm-dark", language=language), clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, PAGE)
        footer = app.main_screen.keys.render_line(0).text
    assert [keys for keys in PAGE_KEYS[language] if keys not in footer] == []
