"""Writing the demo: batches of made-up clients and cards into a new file, while the next ones are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from minicrm_tui.demo import Progress, texts
from minicrm_tui.demo.cards import CardMaker
from minicrm_tui.demo.clients import ClientMaker
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.goods import Goods
from minicrm_tui.demo.plan import FINISHED, SHARES, calendar_of, deck, scattered, sizes
from minicrm_tui.domain.parties import Party
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import Language, _, set_language
from minicrm_tui.i18n import language as spoken
from minicrm_tui.store.bulk import STEPS_AT_THE_END, Filling, InstalledModule, filling
from minicrm_tui.store.bulk_rows import Batch
from minicrm_tui.store.uncollected import uncollected

_BATCH: Final = 2_000
_SMALL: Final = 5_000
"""Up to here every card has a rich past, and a client is seldom shared."""

_CLIENT_SINCE_DAYS: Final = 200
_ABOUT_PERSONS: Final = frozenset({Kind.HR, Kind.EVENTS})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made, around which moment, and who issues the documents; `vat` is the usual rate."""

    now: datetime
    cards: int
    seed: int
    seller: Party
    vat: int


def write(path: Path, wanted: Wanted, *, language: Language, progress: Progress) -> None:
    """See `minicrm_tui.demo.write_demo`."""
    with _speaking(language), uncollected():
        _write(path, wanted, progress)


@contextmanager
def _speaking(wanted: Language) -> Iterator[None]:
    """The program's language, for as long as the texts are made."""
    before = spoken()
    set_language(wanted)
    try:
        yield
    finally:
        set_language(before)


def _write(path: Path, wanted: Wanted, progress: Progress) -> None:
    cards = wanted.cards
    # Each slow step at the end counts as some cards, so that the bar does not stand at its end.
    weight = max(1, cards // 60)
    everything = cards + STEPS_AT_THE_END * weight
    done = 0

    def went_on(by: int) -> None:
        nonlocal done
        done = min(everything, done + by)
        progress(done, everything)

    with filling(path, tick=lambda: went_on(weight)) as file, ThreadPoolExecutor(1) as writer:
        modules = [_install(file, kind) for kind in SHARES]
        written: Future[None] | None = None
        # SQLite works while the next rows are made; never more than two batches are in memory.
        for batch in _batches(modules, wanted):
            if written is not None:
                written.result()
            written = writer.submit(file.write, batch)
            went_on(len(batch.cards))
        if written is not None:
            written.result()
        file.number_documents()
    progress(everything, everything)


def _install(file: Filling, kind: Kind) -> InstalledModule:
    if kind is Kind.CUSTOM:
        return file.install(kind, _(texts.CUSTOM_MODULE), _(texts.CUSTOM_ITEM))
    return file.install(kind)


def _batches(modules: Sequence[InstalledModule], wanted: Wanted) -> Iterator[Batch]:
    dice, calendar = Dice(wanted.seed), calendar_of(wanted.now)
    small = wanted.cards <= _SMALL
    clients, goods = ClientMaker(dice), Goods(Dice(wanted.seed), wanted.vat)
    since = f"{date.fromordinal(calendar.today - _CLIENT_SINCE_DAYS)}T08:00:00Z"
    counts = tuple(sizes(wanted.cards)[module.kind] for module in modules)
    slots = [deck(module.kind, counts[place], calendar) for place, module in enumerate(modules)]
    finished = sum(
        cards.count(FINISHED) for cards, module in zip(slots, modules, strict=True) if module.kind is Kind.INVOICING
    )
    maker = CardMaker(
        modules, calendar, dice, rich=small, goods=goods, seller=wanted.seller, finished_documents=finished
    )
    order = scattered(b"".join(bytes((place,)) * count for place, count in enumerate(counts)), dice)
    decks = [scattered(cards, dice) for cards in slots]
    personal = {place for place, module in enumerate(modules) if module.kind in _ABOUT_PERSONS}
    batch = Batch()
    goods.write(since, batch)
    while places := bytes(islice(order, _BATCH)):
        known = clients.make(max(1, len(places) * (5 if small else 2) // 10), since, batch)
        for place in places:
            client = dice.pick(known)
            if place in personal and not client.person:
                client = next((other for other in known if other.person), client)
            maker.make(place, next(decks[place]), client, batch)
        yield batch
        batch = Batch()
