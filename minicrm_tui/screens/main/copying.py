"""`y`: a phone or an e-mail of the card's client, to the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

from minicrm_tui.domain.records import CardDetails, Company, Person
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Choice


async def copy(bench: Workbench) -> None:
    """Copy the only value there is, or ask which."""
    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    values = list(dict.fromkeys(_values(await bench.store.card(row.id))))
    if not values:
        bench.say(_("{card} has no phone and no e-mail.").format(card=row.name))
        return
    value = values[0][0] if len(values) == 1 else await _which(bench, row.name, values)
    if value is not None:
        to_clipboard(bench, value)


def to_clipboard(bench: Workbench, value: str) -> None:
    """Copy it, and say so."""
    bench.screen.app.copy_to_clipboard(value)
    bench.say(_("Copied: {value}").format(value=value))


async def _which(bench: Workbench, name: str, values: list[tuple[str, str]]) -> str | None:
    choices = [Choice(str(place), value, whose) for place, (value, whose) in enumerate(values[:9], 1)]
    choice = await bench.choose(_("Copy · {card}").format(card=name), choices)
    return choice.label if choice is not None else None


def _values(details: CardDetails) -> Iterator[tuple[str, str]]:
    """Each value and whose it is; the person's first, who is the one to call."""
    contacts: list[Person | Company] = [each for each in (details.person, details.company) if each is not None]
    for contact in contacts:
        for channel in (*contact.phones, *contact.emails):
            yield channel.value, contact.name
