"""A card copied, linked to another one, and a new card for the same client."""

from __future__ import annotations

from minicrm_tui.domain.pages import DESCRIPTION_LIMIT, LinkId
from minicrm_tui.domain.quickadd import LineDraft, client_name
from minicrm_tui.domain.records import CardId, ModuleSummary
from minicrm_tui.domain.views import Hit
from minicrm_tui.i18n import _
from minicrm_tui.screens.main.adding import LineCompletion, make_card, which_document
from minicrm_tui.screens.main.reading import LineReader
from minicrm_tui.screens.main.workbench import LETTERS, Workbench
from minicrm_tui.widgets.line import Choice, Reading


async def duplicate(bench: Workbench) -> None:
    """`Y`: the same card again, with its open tasks and without its past."""
    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    copied = await bench.store.copy_card(row.id, bench.now())
    bench.say(_("This is the copy of {card} now.").format(card=row.name))
    if bench.page.is_open:
        await bench.page.open(copied)
    else:
        await bench.go_to(row.module_id, copied)


async def link(bench: Workbench) -> None:
    """`ctrl+l`: another card, chosen by its name, and how the two belong together."""
    from minicrm_tui.screens.jump import CardPicker

    row = bench.cursor_card
    if row is None:
        bench.say(_("This needs a card: go to one first."))
        return
    hit = await bench.open_dialog(CardPicker(row, bench.store, bench.showing.modules.all))
    if not isinstance(hit, Hit) or hit.card_id is None:
        return
    if any(other.row.id == hit.card_id for other in await bench.store.links(row.id)):
        bench.say(_("These two cards are linked already."))
        return
    answer = await bench.ask(
        _("{card} – {other}: how do they belong together?").format(card=row.name, other=hit.name),
        read=_read_description,
        placeholder=_("the offer for it, the same project … or nothing"),
    )
    if answer is not None:
        await bench.store.link_cards(row.id, hit.card_id, answer.text, bench.now())
        await bench.done(row.id)


def _read_description(text: str) -> Reading:
    too_long = _("This has {limit} characters at most.").format(limit=DESCRIPTION_LIMIT)
    return Reading("", error="" if len(text) <= DESCRIPTION_LIMIT else too_long)


async def unlink(bench: Workbench, link_id: LinkId) -> None:
    """`delete` on a linked card: the link goes, the card stays."""
    await bench.store.unlink(link_id, bench.now())
    await bench.done(None)
    bench.say(_("Link taken away · u brings it back"))


async def new_for_client(bench: Workbench) -> None:
    """`n` on a card's page: one more card for the same client, in a module that one chooses."""
    row = bench.page.row
    client = client_name(row.company, row.person) if row is not None else ""
    summary = await _module(bench, client)
    if row is None or summary is None:
        return
    module = summary.module
    kind = await which_document(bench, module)
    if kind is None:
        return
    typed = f"{row.name} @ {client}" if client else row.name
    offer = await bench.store.task_offer(module.id)
    made: CardId | None = None
    while made is None:
        answer = await bench.ask(
            _("New: {item}").format(item=kind.name or module.item),
            value=typed,
            read=LineReader(bench, module, offer).safely,
            hint=_("enter: make it · esc"),
            complete=LineCompletion(bench, offer),
        )
        if answer is None or not isinstance(answer.value, LineDraft):
            return
        typed = answer.text
        made = await make_card(bench, module, answer.value, kind.status_key)
    await bench.page.open(made)


async def _module(bench: Workbench, client: str) -> ModuleSummary | None:
    modules = dict(zip(LETTERS, bench.showing.modules.all, strict=False))
    choices = [Choice(key, summary.module.name) for key, summary in modules.items()]
    title = _("A new card for {client} in").format(client=client) if client else _("A new card in")
    choice = await bench.choose(title, choices)
    return None if choice is None else modules[choice.key]
