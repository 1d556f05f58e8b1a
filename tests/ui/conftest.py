"""The app over a small real file, driven by keys; every wait is for something that ends."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from textual._context import active_app
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from minicrm_tui.app import MiniCRMApp
from minicrm_tui.domain.quickadd import parse_line
from minicrm_tui.domain.records import CardDetails, CardId, CardRow, ModuleId
from minicrm_tui.domain.views import View
from minicrm_tui.screens.main.main import MainScreen
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.settings import Settings
from minicrm_tui.store.store import Store
from tests.conftest import MONDAY_MORNING, HandClock
from tests.five import FIVE
from tests.settling import nobody_waits_for_the_clock as _nobody_waits_for_the_clock  # noqa: F401 - for all tests here
from tests.settling import still_runs
from tests.thrift import thrift  # noqa: F401 - for all tests here

SALES = (
    "Acme Industries @ Acme Industries (Ana Pop) 0722 000 111 4500 EUR > Call about the offer 2026-11-14",
    "Beta SRL 1200 EUR > Send the contract 2026-11-18",
    "Călin Popescu 300 EUR > Meeting 2026-11-22",
    "Gamma Ltd 12000 EUR > Call Ana today 14:00",
    "Delta SA > Write the proposal tomorrow",
    "Epsilon Trading",
)
PROJECTS = ("Warehouse roof > Visit the site 2026-11-20", "New website > Ask for texts 2026-12-03")

READING = {"default", "view", "peek", "note", "stretch", "find", "save", "pulse", "moves", "rest", "layout"}
"""Groups of workers that end by themselves; a flow may wait for an answer."""


class Crm:
    """The program as a person has it before them."""

    def __init__(self, pilot: Pilot[None], clock: HandClock) -> None:
        self.pilot = pilot
        self.clock = clock

    @property
    def app(self) -> MiniCRMApp:
        assert isinstance(self.pilot.app, MiniCRMApp)
        return self.pilot.app

    @property
    def screen(self) -> MainScreen:
        return self.app.main_screen

    @property
    def bench(self) -> Workbench:
        bench = self.screen.bench
        assert bench is not None
        return bench

    @property
    def store(self) -> Store:
        return self.bench.store

    async def press(self, *keys: str) -> None:
        """Type these keys in one go, and wait until they have done their work."""
        active_app.set(self.app)
        await self.pilot.press(*keys)
        await self.idle()

    async def type(self, text: str) -> None:
        names = {" ": "space", ">": "greater_than_sign", "@": "at", ":": "colon", "+": "plus", ".": "full_stop"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def idle(self) -> None:
        """Until no key waits and nothing is being read."""
        # A fixture's context is not the test's: what is drawn from here must know its app.
        active_app.set(self.app)
        still = 0
        while still < 2:  # what one reading asks for is read after the next painting
            await self.pilot.pause()
            await self.app.typeahead.quiet()
            await self._store_at_rest()
            reading = [worker for worker in self.app.workers if worker.group in READING and worker.is_running]
            still = 0 if reading else still + 1
            for worker in reading:
                with suppress(WorkerCancelled):
                    await worker.wait()

    async def _store_at_rest(self) -> None:
        """Its one thread has done what it was asked before this."""
        if self.app._store is not None:
            await self.app._store.data_version()

    async def beat(self) -> None:
        """The look at clock and file that the program takes each second."""
        await self.screen.pulse.beat()
        await self.idle()

    async def started(self) -> None:
        """Until the first rows are there."""
        while self.screen.bench is None:
            await self.idle()
            still_runs(self.app)
        await self.idle()

    # --- what is on the screen

    @property
    def cursor(self) -> CardRow | None:
        return self.screen.desk.cursor_card

    @property
    def cursor_name(self) -> str:
        return self.cursor.name if self.cursor is not None else ""

    @property
    def toasts(self) -> list[str]:
        return [toast.message for toast in self.app._notifications]

    @property
    def asks(self) -> bool:
        return self.screen.line.is_open

    @property
    def line_text(self) -> str:
        """What is typed in the line."""
        return self.screen.line.query_one(Input).value

    @property
    def tab(self) -> str:
        """The module on the screen."""
        return self.bench.module.name

    # --- what is in the file

    async def names(self, section: str) -> list[str]:
        """The cards of a section, of the module on the screen, unfiltered."""
        view = View(self.bench.state.module_id)
        return [row.name for row in await self.store.rows(view, section, 0, 100, self.clock())]

    async def card(self, name: str) -> CardDetails:
        hits = [hit for hit in await self.store.find(name) if hit.kind == "card" and hit.name == name]
        return await self.store.card(CardId(hits[0].id))


async def seeded(path: Path, now: datetime) -> None:
    """A file with six opportunities and two projects."""
    store = await Store.open(path, now=now, install=FIVE)
    try:
        modules = {summary.module.kind.value: summary.module.id for summary in await store.modules(now)}
        for line in SALES:
            await _add(store, modules["sales"], line, now)
        for line in PROJECTS:
            await _add(store, modules["projects"], line, now)
    finally:
        await store.close()


async def _add(store: Store, module_id: ModuleId, line: str, now: datetime) -> None:
    await store.create_card(module_id, parse_line(line, now, currency="EUR"), now)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that each test gets a copy of."""
    path = tmp_path_factory.mktemp("seed") / "crm.db"
    asyncio.run(seeded(path, MONDAY_MORNING))
    return path


Opening = Callable[..., Awaitable[Crm]]


@dataclass
class Stage:
    """One app that runs in a task of its own: a fixture's beginning and end have different contexts."""

    app: MiniCRMApp
    size: tuple[int, int]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    async def begin(self) -> Pilot[None]:
        ready: asyncio.Future[Pilot[None]] = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self._run(ready))
        await asyncio.wait([ready, self.task], return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            await self.task
        return await ready

    async def _run(self, ready: asyncio.Future[Pilot[None]]) -> None:
        async with self.app.run_test(size=self.size, notifications=True) as pilot:
            ready.set_result(pilot)
            await self.over.wait()

    async def end(self) -> None:
        self.over.set()
        if self.task is not None:
            await self.task


@pytest.fixture
async def opening(tmp_path: Path, seeded_file: Path, new_file: Path, clock: HandClock) -> AsyncIterator[Opening]:
    """Opens the app: on the seeded file, or one without cards."""
    stages: list[Stage] = []

    async def open_app(*, empty: bool = False, size: tuple[int, int] = (120, 36), **settings: object) -> Crm:
        path = tmp_path / "crm.db"
        if not path.exists():
            shutil.copy(new_file if empty else seeded_file, path)
        app = MiniCRMApp(path, replace(Settings(), **settings), clock=clock)  # type: ignore[arg-type]
        stages.append(Stage(app, size))
        crm = Crm(await stages[-1].begin(), clock)
        await crm.started()
        return crm

    yield open_app
    for stage in stages:
        await stage.end()


@pytest.fixture
async def crm(opening: Opening) -> Crm:
    """The app on the seeded file."""
    return await opening()


@pytest.fixture
async def empty_crm(opening: Opening) -> Crm:
    """The app on a file without cards."""
    return await opening(empty=True)
