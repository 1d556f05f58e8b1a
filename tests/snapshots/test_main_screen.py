"""The main screen as pictures. After a change that is meant: look at `snapshot_report.html`, then
`pytest tests/snapshots --snapshot-update`, and read the new pictures before committing them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.snapshots.conftest import MakeApp, press

SIZES = ((80, 24), (120, 36), (200, 50))
THEMES = ("dark", "light")
LINE = "Acme 4500 EUR > call Ana fri 14:00"
STATES: dict[str, tuple[str, ...]] = {
    "full": (),
    "postpone": ("p",),
    "next-step": ("d",),
    "new-card": ("n", *LINE),
    "help": ("?",),
}

SnapCompare = Callable[..., bool]

pytestmark = [
    pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}"),
    pytest.mark.parametrize("theme", THEMES),
]


@pytest.mark.parametrize("state", STATES)
def test_the_main_screen_with_cards(
    snap_compare: SnapCompare, full_app: MakeApp, size: tuple[int, int], theme: str, state: str
) -> None:
    async def press_keys(pilot: Pilot[None]) -> None:
        await press(pilot, STATES[state])

    assert snap_compare(full_app(theme), terminal_size=size, run_before=press_keys)


def test_the_main_screen_without_a_card(
    snap_compare: SnapCompare, empty_app: MakeApp, size: tuple[int, int], theme: str
) -> None:
    async def settle(pilot: Pilot[None]) -> None:
        await press(pilot, ())

    assert snap_compare(empty_app(theme), terminal_size=size, run_before=settle)
