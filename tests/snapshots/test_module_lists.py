"""The lists of a module, the form of a template, and a card with a checklist, as pictures."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.clock import Clock
from minicrm_tui.demo import write_demo
from minicrm_tui.domain.checklists import Check
from minicrm_tui.domain.follow_ups import FollowUp
from minicrm_tui.domain.records import ModuleId, TaskId
from minicrm_tui.domain.tasks import TaskDraft
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.i18n import Language, set_language
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING
from tests.snapshots.conftest import press
from tests.snapshots.test_main_screen import SnapCompare

SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)

TEMPLATES = {
    "en": (
        TemplateDraft("Contract", FollowUp("Send the contract", "email", 2), ("Price", "Stamp", "Two copies")),
        TemplateDraft("Visit", FollowUp("Visit and measure", "meeting")),
    ),
    "ro": (
        TemplateDraft("Contract", FollowUp("Trimite contractul", "email", 2), ("Preț", "Ștampilă", "Două exemplare")),
        TemplateDraft("Vizită", FollowUp("Vizitează și măsoară", "meeting")),
    ),
}


@dataclass(frozen=True)
class Picture:
    """What is pressed, and how large, in which theme and language it is drawn."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = SMALL
    theme: str = "dark"
    language: Language = "en"


LISTS = ("g", "l")
TEMPLATE = (*LISTS, *["down"] * 5, "enter")

PICTURES = (
    Picture("lists-small", LISTS),
    Picture("lists", (*LISTS, *["down"] * 5), MIDDLE),
    Picture("lists-light-ro", LISTS, MIDDLE, "light", "ro"),
    Picture("lists-large", LISTS, LARGE),
    Picture("lists-of-projects", ("4", *LISTS)),
    Picture("template", (*TEMPLATE, *["tab"] * 4), MIDDLE),
    Picture("template-small-ro", TEMPLATE, SMALL, "dark", "ro"),
    Picture("tab-takes-a-template", ("t", "tab")),
    Picture("checklist", ("enter", "down", "down", "space"), MIDDLE),
    Picture("checklist-small-ro", ("enter", "down", "down", "space"), SMALL, "dark", "ro"),
    Picture("checklist-light", ("enter", "down", "down", "space"), LARGE, "light"),
    Picture("row-and-peek", (), MIDDLE),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Made-up data in each language."""
    made = {}
    for language in TEMPLATES:
        made[language] = tmp_path_factory.mktemp("demo") / "demo.db"
        write_demo(made[language], now=MONDAY_MORNING, language=language)
    return made


async def prepare(path: Path, language: str) -> None:
    """Templates in sales and projects, and a checklist on the task of the first card."""
    store = await Store.open(path, now=MONDAY_MORNING)
    try:
        for template in TEMPLATES[language]:
            await store.add_template(ModuleId(1), template, MONDAY_MORNING)
        found = await store.next_expired(ModuleId(1), None, MONDAY_MORNING)
        assert found is not None
        task = (await store.card(found[1])).tasks[0]
        first, *others = TEMPLATES[language][0].checklist
        checks = (Check(first, done=True), *(Check(line) for line in others))
        await store.edit_task(TaskId(task.id), TaskDraft(task.text, task.type, task.due, checks=checks), MONDAY_MORNING)
    finally:
        await store.close()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_lists_templates_and_checklists(
    snap_compare: SnapCompare, files: dict[str, Path], tmp_path: Path, clock: Clock, picture: Picture
) -> None:
    set_language(picture.language)
    path = Path(shutil.copy(files[picture.language], tmp_path))
    app = MiniCRMApp(path, Settings(theme=f"minicrm-{picture.theme}", language=picture.language), clock=clock)

    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, picture.keys)

    asyncio.run(prepare(path, picture.language))
    assert snap_compare(app, terminal_size=picture.size, run_before=press_keys)
