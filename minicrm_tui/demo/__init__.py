"""Demo data: a firm's made-up customers, cards and tasks around any given day; the same seed gives the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from minicrm_tui.demo import texts
from minicrm_tui.demo.cards import CardMaker
from minicrm_tui.demo.clients import Client, ClientMaker
from minicrm_tui.demo.dice import Dice
from minicrm_tui.demo.plan import SHARES, calendar_of, deck, sizes
from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import Language, _, set_language
from minicrm_tui.i18n import language as spoken
from minicrm_tui.store.bulk import STEPS_AT_THE_END, Batch, Filling, InstalledModule, filling

CARDS: Final = 250
MOST_CARDS: Final = 1_000_000
SEED: Final = 2026

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

_BATCH: Final = 2_000
_SMALL: Final = 5_000
"""Up to here every card has a rich past, and a client is seldom shared."""

_CLIENT_SINCE_DAYS: Final = 200


def write_demo(
    path: Path,
    *,
    now: datetime,
    cards: int = CARDS,
    seed: int = SEED,
    language: Language = "en",
    progress: Progress | None = None,
) -> None:
    """Write a new file of demo data in this language; Refused when it is already there. Memory does not grow."""
    with _speaking(language):
        _write(path, now, cards, seed, progress or (lambda _done, _all: None))


@contextmanager
def _speaking(wanted: Language) -> Iterator[None]:
    """The program's language, for as long as the texts are made."""
    before = spoken()
    set_language(wanted)
    try:
        yield
    finally:
        set_language(before)


def _write(path: Path, now: datetime, cards: int, seed: int, progress: Progress) -> None:
    dice = Dice(seed)
    # Each slow step at the end counts as some cards, so that the bar does not stand at its end.
    weight = max(1, cards // 25)
    everything = cards + STEPS_AT_THE_END * weight
    done = 0

    def went_on(by: int) -> None:
        nonlocal done
        done = min(everything, done + by)
        progress(done, everything)

    with filling(path, tick=lambda: went_on(weight)) as file:
        modules = [_install(file, kind) for kind in SHARES]
        for batch, made in _batches(modules, now, cards, dice):
            file.write(batch)
            went_on(made)
    progress(everything, everything)


def _install(file: Filling, kind: Kind) -> InstalledModule:
    if kind is Kind.CUSTOM:
        return file.install(kind, _(texts.CUSTOM_MODULE), _(texts.CUSTOM_ITEM))
    return file.install(kind)


def _batches(modules: list[InstalledModule], now: datetime, cards: int, dice: Dice) -> Iterator[tuple[Batch, int]]:
    calendar = calendar_of(now)
    small = cards <= _SMALL
    clients = ClientMaker(dice)
    maker = CardMaker(modules, calendar, dice, events=2.0 if small else 0.4)
    since = f"{date.fromordinal(calendar.today - _CLIENT_SINCE_DAYS)}T08:00:00Z"
    order = _order(modules, sizes(cards), dice)
    decks = {module.kind: iter(deck(module.kind, sizes(cards)[module.kind], calendar, dice)) for module in modules}
    while places := bytes(islice(order, _BATCH)):
        batch = Batch()
        known = clients.make(max(1, len(places) * (5 if small else 3) // 10), since, batch)
        for place in places:
            module = modules[place]
            maker.make(module, next(decks[module.kind]), _one_of(known, module.kind, dice), batch)
        yield batch, len(places)


def _order(modules: list[InstalledModule], counts: dict[Kind, int], dice: Dice) -> Iterator[int]:
    """The places of the modules, shuffled: a byte a card."""
    order = bytearray(place for place, module in enumerate(modules) for _each in range(counts[module.kind]))
    dice.random.shuffle(order)
    return iter(order)


def _one_of(clients: list[Client], kind: Kind, dice: Dice) -> Client:
    """A client at random; for what is about a person, one of whom a person is known where there is one."""
    client = dice.pick(clients)
    if client.person or kind not in (Kind.HR, Kind.EVENTS):
        return client
    return next((other for other in clients if other.person), client)
