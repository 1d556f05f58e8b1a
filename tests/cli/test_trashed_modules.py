"""Cards of a module in the trash, on the command line: shown, told where they are, and left out of all else."""

from __future__ import annotations

from datetime import datetime

import pytest

from minicrm_tui.domain.records import ModuleId
from minicrm_tui.store.store import Store
from tests.running import Inside

from .card_file import on_the_file

PROJECTS = ModuleId(4)


@pytest.fixture
def gone(crm: Inside) -> Inside:
    """Card 2 is in Projects, which are in the trash."""

    async def trash(store: Store, now: datetime) -> None:
        await store.trash_module(PROJECTS, now)

    on_the_file(crm, trash)
    return crm


def test_a_card_is_shown_with_where_it_is(gone: Inside) -> None:
    assert gone("card", "show", "2").out.splitlines()[2] == "The module of this card, Projects, is in the trash."
    assert gone("card", "show", "2", "--json").json["place"] == "trashed"
    assert "Floor" not in gone("card", "show", "1").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("card", "set", "2", "name=New"),
        ("note", "add", "2", "so"),
        ("task", "add", "2", "call Ana"),
        ("order", "show", "2"),
    ],
)
def test_what_would_write_on_it_is_refused_with_where_it_is(gone: Inside, arguments: tuple[str, ...]) -> None:
    ran = gone(*arguments)
    assert ran.code == 1
    said = "neither an order" if arguments[0] == "order" else "Projects, is in the trash. Bring it back first (g m)."
    assert said in ran.refused()


def test_the_module_and_its_agenda_are_no_longer_there(gone: Inside) -> None:
    assert "Projects" not in gone("modules").out
    assert "There is no module" in gone("agenda", "--module", "projects").refused()
    assert "There is no module" in gone("add", "Roof", "--module", "projects").refused()


def test_undo_brings_it_back(gone: Inside) -> None:
    assert "module moved to the trash: Projects" in gone("undo").out
    assert "Projects" in gone("modules").out
