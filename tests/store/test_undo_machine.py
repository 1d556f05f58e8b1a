"""Any sequence of actions, undone and done again, gives back the same rows; the tallies always equal a recount."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_world import Image, World, cards
from tallying import kept, recounted, words_kept, words_recounted

from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.postponing import PRESETS, Postponement
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft
from minicrm_tui.domain.records import (
    ActionId,
    CardId,
    Due,
    Group,
    Kind,
    ModuleId,
    Money,
    Outcome,
    Qualification,
    SalesStatus,
    StatusId,
)
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.status_drafts import StatusDraft
from minicrm_tui.domain.views import Targets
from minicrm_tui.store import journal, wide
from minicrm_tui.store.store import Store
from tests.five import FIVE

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2)))
NAMES = st.sampled_from(["Acme SRL", "Ștefan & fiii", "[/red] Bob", '"quoted"', "日本", "O'Neil", "e\u0301", "%s"])
CLIENTS = st.sampled_from([None, "Acme SRL", "Beta"])
MONEY = st.sampled_from([None, Money(450000, "EUR"), Money(-1, "RON"), Money(2**53 + 1, "EUR")])
DUES = st.builds(
    lambda days, at: Due((MONDAY_MORNING + timedelta(days=days)).date(), at),
    st.integers(-40, 60),
    st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0))),
)
TASKS = st.builds(TaskDraft, st.sampled_from(["Call Ana", "Trimite oferta", "[b]"]), st.just("call"), DUES)
STEPS = st.sampled_from(["Offer", "Contracting", "[b]", ""])
STATUSES = st.integers(36, 50).map(StatusId)
"""Those of the projects, and some that are yet to come."""
CHOSEN = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(lambda ids: cards(*ids))


class Undoing(RuleBasedStateMachine):
    """Every action goes on a model stack of whole images of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        path = self.folder / "crm.db"
        self.now = MONDAY_MORNING
        self.store = self.runner.run(Store.open(path, now=self.now, install=FIVE))
        self.world = World(self.store, path, self.now)
        self.images: list[Image] = [self.world.image()]
        self.at = 0
        self.latest: ActionId | None = None
        for number, module in enumerate((1, 1, 1, 4, 5)):
            due = None if number == 2 else Due((self.now + timedelta(days=number - 2)).date())
            self.create(f"Card {number}", "Acme SRL", None, due and TaskDraft("Call", "call", due), module)

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def _act(self, action: Callable[[], Awaitable[object]]) -> None:
        """A refused action changes nothing; one that wrote something drops what could be done again."""
        self.now += timedelta(minutes=1)
        before = self.world.one("SELECT count(*) FROM change")
        try:
            result = self.runner.run(_awaited(action))
        except CrmError:
            assert self.world.image() == self.images[self.at]
            return
        if self.world.one("SELECT count(*) FROM change") == before and self.world.image() == self.images[self.at]:
            return
        self.latest = getattr(result, "action_id", None)
        self.images[self.at + 1 :] = [self.world.image()]
        self.at += 1

    @rule(name=NAMES, client=CLIENTS, value=MONEY, task=st.one_of(st.none(), TASKS), module=st.integers(1, 5))
    def create(self, name: str, client: str | None, value: Money | None, task: TaskDraft | None, module: int) -> None:
        draft = LineDraft(name, company=client, value=value, task=task, client_from_name=client is None)
        self._act(lambda: self.store.create_card(ModuleId(module), draft, self.now))

    @rule(chosen=CHOSEN, outcome=st.sampled_from(Outcome))
    def close(self, chosen: Targets, outcome: Outcome) -> None:
        self._act(lambda: self.store.close_tasks(chosen, outcome, "spoke", self.now))

    @rule(chosen=CHOSEN, task=TASKS)
    def add_task(self, chosen: Targets, task: TaskDraft) -> None:
        self._act(lambda: self.store.add_task(chosen, task, self.now))

    @precondition(lambda self: self.latest is not None)
    @rule(chosen=CHOSEN, task=TASKS)
    def join(self, chosen: Targets, task: TaskDraft) -> None:
        """A next step belongs to the closing before it, unless that was undone."""
        joined, self.latest = self.latest, None
        is_last = self.at == len(self.images) - 1
        self._act(lambda: self.store.add_task(chosen, task, self.now, join=joined))
        if is_last and self.at and self.latest == joined:
            del self.images[self.at - 1]
            self.at -= 1

    @rule(chosen=CHOSEN, preset=st.sampled_from(PRESETS))
    def postpone(self, chosen: Targets, preset: str) -> None:
        self._act(lambda: self.store.postpone(chosen, Postponement(rule=preset), self.now))

    @rule(chosen=CHOSEN, direction=st.sampled_from([1, -1]))
    def step(self, chosen: Targets, direction: int) -> None:
        self._act(lambda: self.store.step(chosen, direction, self.now))

    @rule(chosen=CHOSEN, status=st.integers(1, 46))
    def move(self, chosen: Targets, status: int) -> None:
        self._act(lambda: self.store.set_status(chosen, StatusId(status), self.now))

    @rule(chosen=CHOSEN, sales=st.sampled_from(SalesStatus), qualification=st.sampled_from(Qualification))
    def set_keys(self, chosen: Targets, sales: SalesStatus, qualification: Qualification) -> None:
        self._act(lambda: self.store.set_keys(chosen, Change(sales, qualification), self.now, loss_reason="Timing"))

    @rule(chosen=CHOSEN, won=st.booleans())
    def end(self, chosen: Targets, won: bool) -> None:
        lost = partial(self.store.lose, chosen, self.now, "Price", details="too dear")
        self._act(lambda: self.store.win(chosen, self.now) if won else lost())

    @rule(chosen=CHOSEN, which=st.sampled_from([SalesList.SALES_STEP, SalesList.CUSTOMER_STEP]), name=STEPS)
    def set_step(self, chosen: Targets, which: SalesList, name: str) -> None:
        self._act(lambda: self.store.set_step(chosen, which, name, self.now))

    @rule(name=STEPS, new=STEPS)
    def rename_entry(self, name: str, new: str) -> None:
        self._act(lambda: self.store.rename_entry(ModuleId(1), SalesList.SALES_STEP, name, new, self.now))

    @rule(days=st.none() | st.integers(1, 3))
    def forgotten(self, days: int | None) -> None:
        self._act(lambda: self.store.set_forgotten_days(ModuleId(1), days, self.now))

    @rule(name=NAMES, group=st.sampled_from(Group))
    def add_status(self, name: str, group: Group) -> None:
        self._act(lambda: self.store.add_status(ModuleId(4), StatusDraft(name, group, "accent", 7), self.now))

    @rule(status=STATUSES, name=NAMES, group=st.sampled_from(Group))
    def edit_status(self, status: StatusId, name: str, group: Group) -> None:
        self._act(lambda: self.store.edit_status(status, StatusDraft(name, group), self.now))

    @rule(status=STATUSES, to=st.one_of(st.sampled_from([-1, 1]), st.sampled_from(Group)))
    def move_status(self, status: StatusId, to: int | Group) -> None:
        if isinstance(to, Group):
            self._act(lambda: self.store.move_status_to(status, to, self.now))
        else:
            self._act(lambda: self.store.move_status(status, to, self.now))

    @rule(status=STATUSES, into=st.one_of(st.none(), STATUSES), many=st.sampled_from([1, 100]))
    def delete_status(self, status: StatusId, into: StatusId | None, many: int) -> None:
        """With triggers, and without."""
        with patch.object(wide, "MANY", many):
            self._act(lambda: self.store.delete_status(status, into, self.now))

    @rule(card=st.integers(1, 6), name=NAMES, value=MONEY, company=CLIENTS, task=st.one_of(st.none(), TASKS))
    def edit(self, card: int, name: str, value: Money | None, company: str | None, task: TaskDraft | None) -> None:
        edit = CardEdit(name, value, company, "Ana Pop")
        if task is not None:
            edit = replace(edit, task_text=task.text, due=task.due)
        self._act(lambda: self.store.edit_card(CardId(card), edit, self.now))

    @rule(chosen=CHOSEN)
    def trash(self, chosen: Targets) -> None:
        self._act(lambda: self.store.trash(chosen, self.now))

    @rule(module=st.integers(1, 6), back=st.booleans())
    def trash_module(self, module: int, back: bool) -> None:
        trash = partial(self.store.trash_module, ModuleId(module), self.now)
        restore = partial(self.store.restore_module, ModuleId(module), self.now)
        self._act(lambda: restore() if back else trash())

    @rule(kind=st.sampled_from(Kind))
    def install(self, kind: Kind) -> None:
        self._act(lambda: self.store.install_module(kind, ModuleDraft(), self.now))

    @rule(module=st.integers(1, 6), direction=st.sampled_from([1, -1]))
    def move_module(self, module: int, direction: int) -> None:
        self._act(lambda: self.store.move_module(ModuleId(module), direction, self.now))

    @rule(chosen=CHOSEN)
    def note(self, chosen: Targets) -> None:
        self._act(lambda: self.store.add_note(chosen, "a note", self.now))

    @rule(many=st.sampled_from([1, 100]))
    def undo(self, many: int) -> None:
        with patch.object(journal, "MANY", many):
            undone = self.runner.run(self.store.undo(self.now))
        assert (undone is None) == (self.at == 0)
        self.at = max(0, self.at - 1)

    @rule(many=st.sampled_from([1, 100]))
    def redo(self, many: int) -> None:
        with patch.object(journal, "MANY", many):
            redone = self.runner.run(self.store.redo(self.now))
        assert (redone is None) == (self.at == len(self.images) - 1)
        self.at = min(len(self.images) - 1, self.at + 1)

    @rule()
    def undo_all_and_redo_all(self) -> None:
        while self.runner.run(self.store.undo(self.now)):
            self.at -= 1
            assert self.world.image() == self.images[self.at]
        assert self.at == 0
        while self.runner.run(self.store.redo(self.now)):
            self.at += 1
            assert self.world.image() == self.images[self.at]
        assert self.at == len(self.images) - 1

    @invariant()
    def the_file_is_as_the_stack_says(self) -> None:
        assert self.world.image() == self.images[self.at]

    @invariant()
    def the_tallies_equal_a_recount(self) -> None:
        assert kept(self.world) == recounted(self.world)
        assert words_kept(self.world) == words_recounted(self.world)


async def _awaited(action: Callable[[], Awaitable[object]]) -> object:
    return await action()


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=10, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
)
