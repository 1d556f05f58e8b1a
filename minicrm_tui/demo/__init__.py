"""Demo data: a firm's made-up customers, cards and tasks around any given day; the same seed gives the same data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from minicrm_tui.domain.parties import Party
from minicrm_tui.i18n import Language

CARDS: Final = 250
MOST_CARDS: Final = 1_000_000
SEED: Final = 2026
VAT: Final = 2100

SELLER: Final = Party(
    name="Ușa Bună SRL",
    address="Str. Tâmplarilor 8, 500007 Brașov",
    tax_number="RO12345674",
    registration_number="J08/1234/2014",
    bank_account="RO49 AAAA 1B31 0075 9384 0000",
    bank="Banca Carpați",
    phone="+40 268 000 111",
    email="office@usabuna.example",
    website="usabuna.example",
)
"""Who sells in the demo, where the settings name nobody."""

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def write_demo(
    path: Path,
    *,
    now: datetime,
    cards: int = CARDS,
    seed: int = SEED,
    language: Language = "en",
    seller: Party = SELLER,
    vat: int = VAT,
    progress: Progress | None = None,
) -> None:
    """Write a new file of demo data in this language; Refused when it is already there. Memory does not grow.

    `seller`: who issued the documents; `vat`: the rate on them, in hundredths of a percent.
    """
    # Names and texts are many, and only this needs them.
    from minicrm_tui.demo.writing import Wanted, write

    write(path, Wanted(now, cards, seed, seller, vat), language=language, progress=progress or _silent)


def seller_of_demo(seller: Party) -> Party:
    """Who issued the demo's documents, and issues the next: the person's own firm, or a made-up one."""
    return seller if seller.name and seller.address else SELLER


def _silent(_done: int, _all: int) -> None:
    """Nobody watches."""
