"""`g o`: the order in which a module lists the cards of a bucket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from minicrm_tui.domain.importance import sort_name
from minicrm_tui.domain.records import Kind, Sort
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Choice

LETTERS: Final[Mapping[str, Sort]] = {"d": Sort.DEADLINE, "v": Sort.VALUE, "i": Sort.IMPORTANCE}


async def order(bench: Workbench) -> None:
    """One of three, by its key; the cursor keeps its card."""
    had = bench.module.sort
    choices = [
        Choice(key, sort_name(sort), _("now") if sort is had else _what_is_first(sort, bench.module.kind))
        for key, sort in LETTERS.items()
    ]
    choice = await bench.choose(_("Order inside a bucket · {module}").format(module=bench.module.name), choices)
    if choice is None or LETTERS[choice.key] is had:
        return
    await bench.store.set_sort(bench.module.id, LETTERS[choice.key], bench.now())
    await bench.showing.read_modules()
    await bench.reload()


def _what_is_first(sort: Sort, kind: Kind) -> str:
    """What the order means, as far as its name does not say it."""
    if sort is Sort.VALUE:
        return _("the highest first")
    if sort is Sort.IMPORTANCE:
        return _("decided, VIP, qualified …") if kind is Kind.SALES else _("the furthest along first")
    return ""
