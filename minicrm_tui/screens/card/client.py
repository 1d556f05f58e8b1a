"""What is done on a line of the client: going to a contact or another card, changing a contact, copying a phone."""

from __future__ import annotations

from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.pages import LinkId
from minicrm_tui.domain.records import CardId
from minicrm_tui.screens.main.copying import to_clipboard
from minicrm_tui.screens.main.people import contact
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.card_page import CLIENT


async def choose_client(bench: Workbench) -> None:
    """`enter`: to the card or the contact; a phone or an e-mail is copied."""
    kind, rest = _under_cursor(bench)
    if kind in ("card", "link"):
        await bench.page.open(CardId(int(rest)))
    elif kind in tuple(ContactKind):
        await contact(bench, _ref(kind, rest))
    else:
        copy_channel(bench)


async def edit_client(bench: Workbench) -> bool:
    """`e`: the form of the contact whose line this is; whether it is one of a contact."""
    from minicrm_tui.screens.contact_form import ContactForm

    kind, rest = _under_cursor(bench)
    if kind in ("phone", "email"):
        kind, rest = rest.split(":")[:2]
    if kind not in tuple(ContactKind):
        return False
    form = ContactForm(_ref(kind, rest), bench.store, bench.settings, bench.clock, bench.drafts)
    if await bench.open_dialog(form):
        await bench.done(None)
    return True


def copy_channel(bench: Workbench) -> bool:
    """Copy the phone or the e-mail under the cursor; whether there is one."""
    kind, rest = _under_cursor(bench)
    if kind not in ("phone", "email"):
        return False
    _owner, _id, value = rest.split(":", 2)
    to_clipboard(bench, value)
    return True


def link_under_cursor(bench: Workbench) -> LinkId | None:
    """The link of the linked card under the cursor."""
    page, line = bench.page.page, bench.screen.page.client.cursor_item
    if page is None or line is None or bench.screen.page.cursor_zone != CLIENT:
        return None
    return next((other.link_id for other in page.links if line.key == f"link:{other.row.id}"), None)


def _under_cursor(bench: Workbench) -> tuple[str, str]:
    """Of which kind the line is, and what its key says more."""
    line = bench.screen.page.client.cursor_item
    kind, _colon, rest = ("" if line is None else line.key).partition(":")
    return kind, rest


def _ref(kind: str, rest: str) -> ContactRef:
    return ContactRef(ContactKind(kind), int(rest))
