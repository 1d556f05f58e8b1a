"""Made-up cards with their tasks: consistent with what the store itself would have kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minicrm_tui.demo.clients import Client
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.goods import Goods
from minicrm_tui.demo.lives import Lives
from minicrm_tui.demo.moments import EPOCH_DAY, MINUTES_A_DAY, IsoDays
from minicrm_tui.demo.opening import Ids, OpenTask, OpenTasks
from minicrm_tui.demo.papers import PaperMaker, paper_module
from minicrm_tui.demo.past import PastMaker, Stage, Subject
from minicrm_tui.demo.plan import FINISHED, NO_TASK, Calendar
from minicrm_tui.demo.vocabulary import Vocabulary, subject_of, vocabulary
from minicrm_tui.domain import pipelines, sales
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import (
    NO_TASK_KEY,
    Group,
    KeyFields,
    Kind,
    Qualification,
    SalesStatus,
)
from minicrm_tui.store.bulk import InstalledModule
from minicrm_tui.store.bulk_rows import Batch, CardValues

_AMOUNTS: Final = (
    250, 300, 450, 600, 800, 950, 1_200, 1_500, 1_800, 2_400, 2_750, 3_200, 4_500, 4_500, 6_000, 7_500, 8_900, 9_800,
    12_000, 15_000, 18_500, 24_000, 32_000, 40_000,
)  # fmt: skip
_LEI_FOR_A_EURO: Final = 5

# Of a hundred cards with a Romanian client.
_IN_LEI: Final = 35

# Of a hundred cards of the kind; no entry is none.
_WITH_VALUE: Final = {
    Kind.SALES: 85, Kind.PROJECTS: 60, Kind.CUSTOM: 50, Kind.PARTNERS: 20,
}  # fmt: skip

_SUCCESS_PERCENT: Final = 65
_LISTED_SUCCESS_PERCENT: Final = 7
_LEAD_PERCENT: Final = 38
_BOTH_NAMES_PERCENT: Final = 15
_EXPECTED_CLOSE_PERCENT: Final = 70

_QUALIFICATIONS: Final = dict(zip(Qualification, (5, 3, 8, 4), strict=True))
_SALES_STATUS: Final = {
    Group.LEAD: SalesStatus.DISCOVERY,
    Group.OPEN: SalesStatus.IN_PROGRESS,
    Group.SUCCESS: SalesStatus.WON,
    Group.FAILED: SalesStatus.LOST,
}

_BORN_DAYS_AGO: Final = 90
_FINISHED_BORN_DAYS_AGO: Final = 160


@dataclass(frozen=True, slots=True)
class _Profile:
    """What cards of a module are made of, looked up once; a stage stands in its group as often as it is likely."""

    module_id: int
    kind: Kind
    words: Vocabulary
    value_percent: int
    lead: tuple[Stage, ...]
    open: tuple[Stage, ...]
    success: tuple[Stage, ...]
    failed: tuple[Stage, ...]


class CardMaker:
    """Makes cards, one after the other, into the batch that is to be written next."""

    def __init__(
        self,
        modules: Sequence[InstalledModule],
        calendar: Calendar,
        dice: Dice,
        *,
        rich: bool,
        goods: Goods,
        seller: Party,
        finished_documents: int,
    ) -> None:
        """`rich` cards have a long past. Modules are named by their place from here on."""
        self._calendar = calendar
        self._dice = dice
        self._days = IsoDays()
        self._yesterday = (calendar.today - EPOCH_DAY) * MINUTES_A_DAY
        self._past = PastMaker(dice, self._days, self._yesterday, rich=rich)
        self._profiles = tuple(_profile(module) for module in modules)
        self._steps = sales.sales_steps()
        self._customer_steps = (*sales.customer_steps(), None)
        self._reasons = pipelines.loss_reasons()
        self._ids = Ids()
        self._tasks = OpenTasks(calendar, self._ids, self._days, dice, self._yesterday)
        lives = Lives(calendar, dice)
        self._papers = PaperMaker(
            lives, goods, self._past, self._tasks, dice, seller=seller, rich=rich, finished=finished_documents
        )
        self._paper_modules = {
            place: paper_module(module)
            for place, module in enumerate(modules)
            if module.kind in (Kind.ORDERS, Kind.INVOICING)
        }

    def make(self, place: int, slot: int, client: Client, batch: Batch) -> None:
        """One card of the module at this place, in the bucket of this slot."""
        papers = self._paper_modules.get(place)
        if papers is not None:
            self._papers.make(papers, slot, client, batch)
            return
        profile = self._profiles[place]
        stage = self._stage(profile, slot)
        ago = _FINISHED_BORN_DAYS_AGO if slot == FINISHED else _BORN_DAYS_AGO
        born = self._dice.between(self._yesterday - ago * MINUTES_A_DAY, self._yesterday)
        card = Subject(self._ids.next_card(), client, stage.status_id, born)
        self._ids.task, moved = self._past.make(card, stage, profile.words, self._ids.task, batch)
        tasks = self._tasks.some(profile.words.tasks, slot, client, moved, batch)
        sort_key = -60 * moved if slot == FINISHED else tasks[0].due_key if tasks else NO_TASK_KEY
        batch.cards.append(self._card(profile, card, stage, tasks, sort_key))

    # --- the card itself

    def _card(
        self, profile: _Profile, card: Subject, stage: Stage, tasks: Sequence[OpenTask], sort_key: int
    ) -> CardValues:
        client = card.client
        name, folded = self._name(profile, client)
        amount, currency = self._value(profile, client)
        if stage.keys is not None and amount is not None and currency is not None and not stage.is_lost_sale:
            self._papers.of_sale(card.card_id, client, (name, folded), (amount, currency), card.born)
        company_id, search = _company_of(profile.kind, client)
        for line in (client.person_folded, *[task.folded for task in tasks]):
            search = f"{search}\n{line}" if search and line else search or line
        # By place: by name would cost as much as all the rest.
        return CardValues(
            card.card_id,
            profile.module_id,
            stage.status_id,
            name,
            folded,
            company_id,
            client.person_id,
            amount,
            currency,
            stage.sales_status,
            stage.qualification,
            stage.decided,
            self._dice.pick(self._steps) if stage.is_open_sale else None,
            self._expected_close() if stage.is_open_sale else None,
            self._dice.pick(self._reasons) if stage.is_lost_sale else None,
            int(sort_key < 0),
            tasks[0].id if tasks else None,
            len(tasks),
            sort_key,
            search,
            self._days.stamp(card.born),
            self._customer_steps[card.card_id % len(self._customer_steps)] if stage.is_won_sale else None,
        )

    def _name(self, profile: _Profile, client: Client) -> tuple[str, str]:
        """As it is, and folded."""
        kind = profile.kind
        if profile.words.subjects:
            return subject_of(profile.words, client, self._dice)
        if client.person and (kind in (Kind.HR, Kind.EVENTS) or not client.company):
            return client.person, client.person_folded
        if client.person and kind is Kind.SALES and self._dice.happens(_BOTH_NAMES_PERCENT):
            return f"{client.company} ({client.person})", f"{client.company_folded} ({client.person_folded})"
        return client.company, client.company_folded

    def _value(self, profile: _Profile, client: Client) -> tuple[int | None, str | None]:
        """In minor units, and the currency."""
        if not self._dice.happens(profile.value_percent):
            return None, None
        amount = self._dice.pick(_AMOUNTS) * 100
        if client.lei and self._dice.happens(_IN_LEI):
            return amount * _LEI_FOR_A_EURO, "RON"
        return amount, "EUR"

    def _expected_close(self) -> str | None:
        if not self._dice.happens(_EXPECTED_CLOSE_PERCENT):
            return None
        return self._days[self._calendar.today + self._dice.between(5, 75)]

    # --- where it stands

    def _stage(self, profile: _Profile, slot: int) -> Stage:
        """A card in success or failed is in the list only while it has an open task."""
        if slot == FINISHED:
            return self._dice.pick(profile.success if self._dice.happens(_SUCCESS_PERCENT) else profile.failed)
        if slot != NO_TASK and self._dice.happens(_LISTED_SUCCESS_PERCENT):
            return self._dice.pick(profile.success)
        return self._dice.pick(profile.lead if self._dice.happens(_LEAD_PERCENT) else profile.open)


def _company_of(kind: Kind, client: Client) -> tuple[int | None, str]:
    """A candidate comes for themselves, not for a firm."""
    if kind is Kind.HR and client.person_id is not None:
        return None, ""
    return client.company_id, client.company_folded


def _profile(module: InstalledModule) -> _Profile:
    stages = _sales_stages if module.kind is Kind.SALES else _stages
    return _Profile(
        module_id=module.id,
        kind=module.kind,
        words=vocabulary(module.kind),
        value_percent=_WITH_VALUE.get(module.kind, 0),
        lead=stages(module, Group.LEAD),
        open=stages(module, Group.OPEN),
        success=stages(module, Group.SUCCESS),
        failed=stages(module, Group.FAILED),
    )


def _stages(module: InstalledModule, group: Group) -> tuple[Stage, ...]:
    first = pipelines.first_status(module.kind)
    return tuple(Stage(status.id, status.key, first) for status in module.statuses.values() if status.group is group)


def _sales_stages(module: InstalledModule, group: Group) -> tuple[Stage, ...]:
    first = pipelines.first_status(module.kind)
    stages = []
    for qualification, share in _QUALIFICATIONS.items():
        can_decide = group is Group.OPEN and qualification is not Qualification.NONE
        for decided in (True, False, False) if can_decide else (False,) * 3:
            keys = KeyFields(_SALES_STATUS[group], qualification, decided)
            key = sales.status_key(keys)
            stages.extend([Stage(module.statuses[key].id, key, first, keys)] * share)
    return tuple(stages)
