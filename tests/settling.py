"""Waiting for what an app still has to do, where Textual's pilot waits for the clock: 20 ms and more after each key."""

from __future__ import annotations

import asyncio

import pytest
from textual._context import active_app
from textual.app import App

MOST = 1_000
"""Rounds of the loop after which something is taken to go round for ever; the test goes on, as the pilot would."""


async def at_rest(_least: float = 0, _most: float = 1) -> None:
    """Until only a timer or another thread can bring more work, and all that waited to be painted is painted."""
    for _ in range(MOST):
        await _nothing_ready()
        if not _paint():
            return


def still_runs(app: App[None]) -> None:
    """What is waited for in an app that has ended never comes."""
    if app._exception is not None:
        raise app._exception
    assert app.is_running, "the app has ended"


async def _nothing_ready() -> None:
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    for _ in range(MOST):
        await asyncio.sleep(0)
        if not ready:
            return


def _paint() -> bool:
    """Do now what the app and its screen would do at their timers' next tick. Whether there was anything."""
    app = active_app.get(None)
    if app is None or not app.is_running or not app.screen_stack:
        return False
    if app._resize_timer is not None:
        app._check_resize()
        return True
    screen = app.screen
    if app._batch_count or not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        return False
    screen._on_timer_update()
    return True


@pytest.fixture(autouse=True)
def nobody_waits_for_the_clock(monkeypatch: pytest.MonkeyPatch, thrift: None) -> None:
    """The pilot goes on as soon as the app is at rest."""
    for place in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{place}.wait_for_idle", at_rest)
