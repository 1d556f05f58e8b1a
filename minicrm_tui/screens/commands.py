"""The program's commands as the palette and the keymap see them: read from the bindings, never listed twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.markup import escape
from textual.screen import Screen

from minicrm_tui.domain.records import Kind
from minicrm_tui.i18n import _
from minicrm_tui.screens.keymap import Command, commands_of

if TYPE_CHECKING:
    from minicrm_tui.settings import Settings


def palette_commands(app: App[Settings], screen: Screen[object]) -> Iterable[SystemCommand]:
    """What can be done here and now, by name."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is None or binding.id in seen or not active.enabled or _is_motion(binding.id):
            continue
        seen.add(binding.id)
        run = partial(app.run_action, binding.action, active.node)
        yield SystemCommand(_(binding.description), f"{_(binding.tooltip)} ({app.get_key_display(binding)})", run)
    yield from places(screen)


def places(screen: Screen[object]) -> Iterable[SystemCommand]:
    """Where `g` and a letter go from the main screen."""
    from minicrm_tui.screens.main import papers
    from minicrm_tui.screens.main.exporting import export
    from minicrm_tui.screens.main.going import backups, fields, go_to_module, module_lists, modules, pipeline, trash
    from minicrm_tui.screens.main.importing import import_file
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.screens.main.ordering import order
    from minicrm_tui.screens.main.people import contacts
    from minicrm_tui.screens.main.sales import forgotten_days

    if not isinstance(screen, MainScreen) or screen.bench is None:
        return
    found = [
        (_("Contacts"), _("All companies and persons (g c)"), contacts),
        (_("Modules"), _("Install, rename, reorder, set up, bring back from the trash (g m)"), modules),
        (_("Trash"), _("The cards in the trash (g t)"), trash),
        (_("Backups"), _("The copies of the file: make one, go back to one (g b)"), backups),
        (_("Import …"), _("Cards, contacts, tasks or everything out of a file (g i)"), import_file),
        (_("Export …"), _("Cards, contacts, tasks or everything into a file (g e)"), export),
        (_("Fields of this module"), _("Its own fields: add, change, retire (g f)"), fields),
        (_("Pipeline of this module"), _("Its statuses: add, rename, colour, order, delete (g p)"), pipeline),
        (_("Lists of this module"), _("Task types and templates; of sales, steps and reasons (g l)"), module_lists),
        (_("Order of this list"), _("By deadline, by value, or by importance, inside each bucket (g o)"), order),
        (_("Catalogue"), _("What you sell, with units, VAT and prices (g k)"), papers.catalogue),
        (_("Who sells"), _("Your data, as it stands on documents (g s)"), papers.seller),
    ]
    if screen.bench.module.kind is Kind.SALES:
        found += [
            (_("Forgotten after … days"), _("Mark opportunities that were quiet for so long"), forgotten_days),
        ]
    for title, does, flow in found:
        yield SystemCommand(title, does, partial(screen.start, flow))
    # The palette reads its titles as markup.
    for summary in screen.bench.showing.modules:
        title = _("Go to module {module}").format(module=escape(summary.module.name))
        flow = partial(go_to_module, module_id=summary.module.id)
        yield SystemCommand(title, _("Show its cards"), partial(screen.start, flow))


def _is_motion(name: str) -> bool:
    """Whether only a key makes sense of it."""
    room, _dot, rest = name.partition(".")
    return (
        room in ("list", "board", "grid", "line", "edit", "cell", "paper")
        or rest.isdigit()
        or name in ("view.back", "app.palette", "go.chord")
    )


def all_commands(app_type: type[DOMNode]) -> list[Command]:
    """Every command that has an id, by the screen where it is live."""
    from minicrm_tui.screens.asking import ChoiceScreen
    from minicrm_tui.screens.backups import BackupList, BackupsScreen
    from minicrm_tui.screens.catalogue import CatalogueScreen, ProductFilter, ProductList
    from minicrm_tui.screens.confirm import ConfirmScreen
    from minicrm_tui.screens.contact import ContactScreen, LineList
    from minicrm_tui.screens.contact_picker import ContactPicker
    from minicrm_tui.screens.contacts import ContactsScreen, FilterInput
    from minicrm_tui.screens.document.looking import DocumentLook
    from minicrm_tui.screens.document.preview import PreviewScreen
    from minicrm_tui.screens.document.screen import DocumentScreen
    from minicrm_tui.screens.fields import FieldList, FieldsScreen
    from minicrm_tui.screens.forms import FieldForm
    from minicrm_tui.screens.help import HelpScreen
    from minicrm_tui.screens.importing.file_step import FileList, PathInput
    from minicrm_tui.screens.importing.lines import StepList
    from minicrm_tui.screens.importing.picking import PickScreen
    from minicrm_tui.screens.importing.screen import ImportScreen
    from minicrm_tui.screens.jump import JumpScreen
    from minicrm_tui.screens.known import KnownScreen
    from minicrm_tui.screens.listing import ListScreen
    from minicrm_tui.screens.main.main import MainScreen
    from minicrm_tui.screens.merge import MergeList, MergeScreen
    from minicrm_tui.screens.module_lists import EntryList, ModuleListsScreen
    from minicrm_tui.screens.modules import ModuleList, ModulesScreen
    from minicrm_tui.screens.note import NoteScreen
    from minicrm_tui.screens.pipeline_editor import PipelineScreen
    from minicrm_tui.screens.reading import TextScreen
    from minicrm_tui.screens.shop import KindList, ShopScreen
    from minicrm_tui.screens.trash import TrashList, TrashScreen
    from minicrm_tui.screens.welcome import WelcomeScreen
    from minicrm_tui.widgets.card_commands import CardCommands
    from minicrm_tui.widgets.card_list import CardList
    from minicrm_tui.widgets.card_page import CardPage
    from minicrm_tui.widgets.cell_editor import CellEditor
    from minicrm_tui.widgets.column import PipelineColumn
    from minicrm_tui.widgets.contact_list import ContactList
    from minicrm_tui.widgets.desk import Desk
    from minicrm_tui.widgets.in_place import InPlaceEditor
    from minicrm_tui.widgets.line_grid import LineGrid
    from minicrm_tui.widgets.pipeline import PipelineBoard
    from minicrm_tui.widgets.row_list import RowList
    from minicrm_tui.widgets.status_board import StatusBoard
    from minicrm_tui.widgets.text_lines import TextLines

    everywhere: list[type[DOMNode]] = [app_type, MainScreen, CardCommands, RowList]
    found = commands_of("main", [*everywhere, Desk, CardList, PipelineBoard, PipelineColumn])
    found += commands_of("page", [*everywhere, CardPage])
    for screen_type in (
        FieldForm,
        NoteScreen,
        JumpScreen,
        HelpScreen,
        TextScreen,
        ConfirmScreen,
        InPlaceEditor,
        WelcomeScreen,
    ):
        found += commands_of(screen_type.__name__, [screen_type])
    lists: dict[type[ListScreen], type[DOMNode]] = {
        TrashScreen: TrashList,
        BackupsScreen: BackupList,
        FieldsScreen: FieldList,
        ModuleListsScreen: EntryList,
        ContactScreen: LineList,
        ContactsScreen: ContactList,
        CatalogueScreen: ProductList,
        ModulesScreen: ModuleList,
        ShopScreen: KindList,
    }
    for owner, its_list in lists.items():
        found += commands_of(owner.__name__, [owner, its_list, ListScreen, RowList])
    found += commands_of("ContactsScreen", [FilterInput])
    found += commands_of("CatalogueScreen", [ProductFilter])
    found += commands_of("DocumentScreen", [DocumentScreen, DocumentLook, ListScreen, LineGrid])
    found += commands_of("PipelineScreen", [PipelineScreen, StatusBoard, ListScreen])
    found += commands_of("CellEditor", [CellEditor])
    found += commands_of("PreviewScreen", [PreviewScreen, TextLines])
    found += commands_of("ImportScreen", [ImportScreen, StepList, RowList])
    found += commands_of("FileList", [ImportScreen, FileList, PathInput])
    for dialog in (ChoiceScreen, KnownScreen, ContactPicker, PickScreen):
        found += commands_of(dialog.__name__, [dialog])
    found += commands_of("MergeScreen", [MergeScreen, MergeList, RowList])
    return found
