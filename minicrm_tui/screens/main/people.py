"""To the contacts and back: to the card that was chosen there, or to where one was."""

from __future__ import annotations

from minicrm_tui.domain.contacts import ContactRef
from minicrm_tui.screens.main.workbench import Workbench


async def contacts(bench: Workbench, opened: ContactRef | None = None) -> None:
    """`g c`: all companies and persons; `opened` is shown whole at once."""
    from minicrm_tui.screens.contacts import ContactsScreen

    screen = ContactsScreen(bench.store, bench.settings, bench.clock, bench.drafts, opened=opened)
    await bench.open_dialog(screen)
    if screen.card is None:
        await bench.reload()
        return
    await bench.go_to(*screen.card)
    if not bench.page.is_open:
        await bench.page.open(screen.card[1])


async def contact(bench: Workbench, ref: ContactRef) -> None:
    """A contact whole, over the card's page: esc comes back to the card, a card chosen there is gone to from here."""
    from minicrm_tui.screens.contact import ContactScreen

    screen = ContactScreen(ref, bench.store, bench.settings, bench.clock, bench.drafts)
    await bench.open_dialog(screen)
    if screen.card is None:
        await bench.reload()
    else:
        await bench.page.open(screen.card[1])
