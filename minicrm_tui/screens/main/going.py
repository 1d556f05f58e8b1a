"""Going places: modules, the next expired card, top and bottom, the filter, a status, any card at all."""

from __future__ import annotations

from minicrm_tui.domain.contacts import ContactKind, ContactRef
from minicrm_tui.domain.records import ModuleId, StatusId
from minicrm_tui.domain.views import Hit
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main import papers
from minicrm_tui.screens.main.adding import new_card
from minicrm_tui.screens.main.exporting import export
from minicrm_tui.screens.main.importing import import_file
from minicrm_tui.screens.main.making import go_to_made
from minicrm_tui.screens.main.ordering import order
from minicrm_tui.screens.main.people import contacts
from minicrm_tui.screens.main.workbench import Workbench
from minicrm_tui.widgets.line import Choice, Reading

TOP = Choice("g", "", keys=("home",))


async def enter_module(bench: Workbench, index: int) -> None:
    """`1`…`9`, a tab."""
    await bench.page.close()
    if 0 <= index < len(bench.showing.modules.all) and index != bench.showing.modules.index:
        await bench.showing.enter(index)


async def turn_module(bench: Workbench, direction: int) -> None:
    """`[` `]`, around the ends."""
    await enter_module(bench, (bench.showing.modules.index + direction) % len(bench.showing.modules.all))


async def next_expired(bench: Workbench) -> None:
    """`x`: the next expired card here, then in the next module that has any."""
    row = bench.cursor_card
    after = row.id if row is not None else None
    found = await bench.store.next_expired(bench.state.module_id, after, bench.now())
    if found is None:
        bench.say(_("No expired task anywhere."))
        return
    await bench.go_to(*found)


async def going(bench: Workbench) -> None:
    """`g`: the places that one more key goes to."""
    choices = [
        Choice(TOP.key, _("top"), keys=TOP.keys),
        Choice("c", _("contacts")),
        Choice("m", _("modules")),
        Choice("t", _("trash")),
        Choice("b", _("backups")),
        Choice("f", _("fields of this module")),
        Choice("p", _("pipeline")),
        Choice("l", _("lists of this module")),
        Choice("o", _("order of this list")),
        Choice("k", _("catalogue")),
        Choice("i", _("import")),
        Choice("e", _("export")),
        Choice("s", _("who sells")),
    ]
    if bench.made is not None:
        choices.append(Choice("n", _("what was made last"), bench.made.name))
    choice = await bench.choose(_("Go to"), choices)
    if choice is None:
        return
    if choice.key == TOP.key:
        active = bench.screen.page.active if bench.page.is_open else bench.screen.desk.active
        active.action_top()
    else:
        flows = {"c": contacts, "t": trash, "f": fields, "l": module_lists, "n": go_to_made, "b": backups, "e": export}
        flows |= {"k": papers.catalogue, "s": papers.seller, "m": modules, "o": order, "p": pipeline, "i": import_file}
        await flows[choice.key](bench)


async def modules(bench: Workbench) -> None:
    """`g m`: all modules, the shop, and the trash of modules."""
    from minicrm_tui.screens.modules import ModulesScreen

    here, currency = bench.state.module_id, bench.settings.currency
    screen = ModulesScreen(bench.store, here, clock=bench.clock, drafts=bench.drafts, currency=currency)
    await bench.open_dialog(screen)
    await bench.showing.read_modules()
    if screen.opened is not None:
        await go_to_module(bench, screen.opened)
    await bench.reload()


async def go_to_module(bench: Workbench, module_id: ModuleId) -> None:
    """To a module, by its name in the palette or the jump."""
    index = bench.showing.modules.index_of(module_id)
    if index is not None:
        await enter_module(bench, index)


async def trash(bench: Workbench) -> None:
    """`g t`: what is in the trash."""
    from minicrm_tui.screens.trash import TrashScreen

    await bench.open_dialog(TrashScreen(bench.store, bench.showing.modules.all, bench.clock))
    await bench.reload()


async def backups(bench: Workbench) -> None:
    """`g b`: the copies of the file, made and brought back."""
    from minicrm_tui.screens.backups import BackupsScreen

    await bench.open_dialog(BackupsScreen(bench.store, bench.clock))


async def fields(bench: Workbench) -> None:
    """`g f`: the fields of the module on the screen."""
    from minicrm_tui.screens.fields import FieldsScreen

    await bench.open_dialog(
        FieldsScreen(bench.store, bench.module, bench.statuses, clock=bench.clock, drafts=bench.drafts)
    )
    await bench.reload()


async def pipeline(bench: Workbench) -> None:
    """`g p`: the pipeline of the module on the screen, to be edited; a fixed one to be understood."""
    from minicrm_tui.screens.pipeline_editor import PipelineScreen

    await bench.open_dialog(PipelineScreen(bench.store, bench.module, clock=bench.clock, drafts=bench.drafts))
    await bench.showing.read_modules()
    await bench.reload()


async def module_lists(bench: Workbench) -> None:
    """`g l`: task types and templates of the module on the screen; of sales, steps and reasons too."""
    from minicrm_tui.screens.module_lists import ModuleListsScreen

    await bench.open_dialog(ModuleListsScreen(bench.store, bench.module, clock=bench.clock, drafts=bench.drafts))
    await bench.reload()


# --- the filter and the narrowing


async def filter_module(bench: Workbench) -> None:
    """`/`: as one types; esc takes it away, enter or down goes to the list and keeps it."""
    await bench.page.close()
    state = bench.state

    async def read(text: str) -> Reading:
        if text.strip() != state.filter:
            state.filter = text.strip()
            await bench.showing.reload()
        return Reading("" if not state.filter else _matches(bench), value=text)

    def to_the_list(direction: int) -> None:
        if direction > 0:
            bench.screen.app.simulate_key("enter")

    bench.screen.desk.focus_cards()
    answer = await bench.ask(
        _("Filter"),
        value=state.filter,
        read=read,
        placeholder=_("name, company, person or task"),
        hint=_("enter: to the list · esc: show all"),
        on_arrow=to_the_list,
    )
    wanted = answer.text.strip() if answer is not None else ""
    if wanted != state.filter:
        state.filter = wanted
        await bench.showing.reload()
    bench.screen.desk.focus_cards()


def _matches(bench: Workbench) -> str:
    found, n = bench.showing.listed, format_number(bench.showing.listed)
    if not bench.showing.is_whole:
        return ngettext("{n} card matches so far", "{n} cards match so far", found).format(n=n)
    return ngettext("{n} card matches", "{n} cards match", found).format(n=n)


async def clear_filter(bench: Workbench) -> None:
    """`esc`."""
    bench.state.filter = ""
    await bench.showing.reload()


async def narrow(bench: Workbench, status_id: StatusId | None) -> None:
    """`enter` on a status: only its cards are listed; the same status again widens the list."""
    state = bench.state
    state.status_id = None if status_id == state.status_id else status_id
    await bench.showing.reload()


# --- anything by its name


async def jump(bench: Workbench) -> None:
    """`ctrl+k`: any module, card, company or person."""
    from minicrm_tui.screens.jump import JumpScreen, NewCard

    chosen = await bench.open_dialog(JumpScreen(bench.store, bench.showing.modules.all))
    if isinstance(chosen, NewCard):
        await new_card(bench, chosen.text)
    elif chosen is not None:
        await _go_to_hit(bench, chosen)


async def _go_to_hit(bench: Workbench, hit: Hit) -> None:
    if hit.kind == "module":
        await go_to_module(bench, ModuleId(hit.id))
    elif hit.kind in tuple(ContactKind):
        await contacts(bench, ContactRef(ContactKind(hit.kind), hit.id))
    elif hit.card_id is not None and hit.module_id is not None:
        await bench.go_to(hit.module_id, hit.card_id)
        if hit.kind == "note":
            await bench.page.open_at(hit.card_id, hit.id)
