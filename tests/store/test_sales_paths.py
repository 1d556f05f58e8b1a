"""No path through the store leads to an opportunity out of step with its key fields, or to an unexplained loss."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from store_world import World, cards

from minicrm_tui.domain.card_change import CardChange
from minicrm_tui.domain.drafts import CardEdit
from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.quickadd import LineDraft
from minicrm_tui.domain.records import CardId, ModuleId, Outcome, Qualification, SalesStatus, StatusId
from minicrm_tui.domain.sales import Change
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.views import Targets
from minicrm_tui.store.store import Store
from tests.five import FIVE
from tests.sales_table import ROWS

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2)))
SALES = ModuleId(1)
CARD = st.integers(1, 4).map(CardId)
CHOSEN = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(lambda ids: cards(*ids))
CHANGE = st.builds(
    Change,
    st.none() | st.sampled_from(SalesStatus),
    st.none() | st.sampled_from(Qualification),
    st.none() | st.booleans(),
)
REASON = st.sampled_from([None, "", " ", "Price", "Too late"])
WORDS = st.sampled_from(["", "Offer", "Price", "They chose Beta."])
FIELD = st.sampled_from(["sales_step", "customer_step", "loss_reason", "loss_details"])


class Sales(RuleBasedStateMachine):
    """Whatever a person does, in the app or on the command line, and takes back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        path = self.folder / "crm.db"
        self.store = self.runner.run(Store.open(path, now=NOW, install=FIVE))
        self.world = World(self.store, path, NOW)
        for name in ("Acme", "Beta", "Gamma"):
            self.create(name)
        self.lose(cards(2), "Price", "They chose Beta.")

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def _try(self, action: Coroutine[object, object, object]) -> None:
        """What may be refused."""
        with suppress(CrmError):
            self.runner.run(action)

    @rule(name=st.sampled_from(["Acme", "Beta", "Gamma"]))
    def create(self, name: str) -> None:
        self._try(self.store.create_card(SALES, LineDraft(name), NOW))

    @rule(chosen=CHOSEN, direction=st.sampled_from([1, -1]))
    def step(self, chosen: Targets, direction: int) -> None:
        self._try(self.store.step(chosen, direction, NOW))

    @rule(chosen=CHOSEN, change=CHANGE, reason=REASON, details=WORDS)
    def set_keys(self, chosen: Targets, change: Change, reason: str | None, details: str) -> None:
        self._try(self.store.set_keys(chosen, change, NOW, loss_reason=reason, loss_details=details))

    @rule(chosen=CHOSEN)
    def win(self, chosen: Targets) -> None:
        self._try(self.store.win(chosen, NOW))

    @rule(chosen=CHOSEN, reason=REASON, details=WORDS)
    def lose(self, chosen: Targets, reason: str | None, details: str) -> None:
        self._try(self.store.lose(chosen, NOW, reason, details=details))

    @rule(chosen=CHOSEN, status=st.integers(1, 17).map(StatusId))
    def set_status(self, chosen: Targets, status: StatusId) -> None:
        self._try(self.store.set_status(chosen, status, NOW))

    @rule(card=CARD, change=CHANGE, key=FIELD, value=WORDS)
    def change_card(self, card: CardId, change: Change, key: str, value: str) -> None:
        whole = CardChange(keys=change, plain={key: value})
        self._try(self.store.change_card(card, lambda _page: whole, NOW))

    @rule(card=CARD, key=FIELD, value=WORDS)
    def set_card_field(self, card: CardId, key: str, value: str) -> None:
        self._try(self.store.set_card_field(card, key, value, NOW))

    @rule(chosen=CHOSEN, which=st.sampled_from([SalesList.SALES_STEP, SalesList.CUSTOMER_STEP]), value=WORDS)
    def set_step(self, chosen: Targets, which: SalesList, value: str) -> None:
        self._try(self.store.set_step(chosen, which, value, NOW))

    @rule(which=st.sampled_from(SalesList), name=st.sampled_from(["Offer", "Price", "Too late"]))
    def rename_entry(self, which: SalesList, name: str) -> None:
        self._try(self.store.rename_entry(SALES, which, name, f"{name}!", NOW))

    @rule(card=CARD)
    def edit(self, card: CardId) -> None:
        self._try(self.store.edit_card(card, CardEdit("Delta", None, "Acme SRL", None), NOW))

    @rule(card=CARD)
    def copy(self, card: CardId) -> None:
        self._try(self.store.copy_card(card, NOW))

    @rule(chosen=CHOSEN)
    def close(self, chosen: Targets) -> None:
        self._try(self.store.close_tasks(chosen, Outcome.DONE, "", NOW))

    @rule(chosen=CHOSEN)
    def trash(self, chosen: Targets) -> None:
        self._try(self.store.trash(chosen, NOW))

    @rule(card=CARD)
    def restore(self, card: CardId) -> None:
        self._try(self.store.restore_cards((card,), NOW))

    @rule(forwards=st.booleans(), times=st.integers(1, 4))
    def turn(self, forwards: bool, times: int) -> None:
        for _time in range(times):
            self._try(self.store.redo(NOW) if forwards else self.store.undo(NOW))

    @invariant()
    def every_card_stands_where_its_key_fields_put_it(self) -> None:
        found = self.world.query(
            "SELECT status.module_id, sales_status, qualification, decided, status.key"
            " FROM card JOIN status ON status.id = card.status_id"
        )
        for module, *keys, status in found:
            assert (module, status) == (SALES, ROWS[tuple(keys)])  # type: ignore[index]

    @invariant()
    def only_and_every_lost_card_has_a_reason(self) -> None:
        found = self.world.query("SELECT sales_status = 'lost', loss_reason <> '', loss_details <> '' FROM card")
        for is_lost, reason, details in found:
            assert bool(is_lost) == bool(reason)
            assert is_lost or not details


TestSales = Sales.TestCase
TestSales.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
