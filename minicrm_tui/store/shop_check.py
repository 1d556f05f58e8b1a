"""What of a shop file can't be taken into this data file: all of it is found before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.fields import kind_name
from minicrm_tui.domain.module_drafts import MOST_MODULES, ONCE
from minicrm_tui.domain.records import Module, Status, StatusId
from minicrm_tui.domain.shop_file.records import ShopModule, find_status, pairs, status_called
from minicrm_tui.domain.shop_file.status_maps import StatusMap
from minicrm_tui.domain.shop_file.tables import Problems
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.store.field_reads import fields_of
from minicrm_tui.store.pipeline_edits import count_cards
from minicrm_tui.store.rows import modules, statuses
from minicrm_tui.store.shop_reads import shop_statuses

if TYPE_CHECKING:
    from sqlalchemy import Connection


def same_module(module: ShopModule, installed: Sequence[Module]) -> Module | None:
    """The installed module that this one of the file is: of its kind and name."""
    return next(
        (each for each in installed if each.kind is module.kind and fold(each.name) == fold(module.called)), None
    )


def check(conn: Connection, shop: Sequence[ShopModule], maps: Sequence[StatusMap]) -> None:
    """Raise ShopProblems where the modules of the file do not fit those that are here."""
    problems, installed = Problems(), modules(conn)
    for module in shop:
        where, found = _("module “{name}”").format(name=module.called), same_module(module, installed)
        if found is None:
            _check_new(problems, where, module, installed)
        else:
            _check_fields(conn, problems, where, module, found)
            _check_statuses(conn, problems, where, module, found, maps)
    new = [module for module in shop if same_module(module, installed) is None]
    if len(installed) + len(new) > MOST_MODULES:
        said = _("There can be {most} modules at most; here are {n}, and {new} are new in the file.")
        problems.add("", said.format(most=MOST_MODULES, n=len(installed), new=len(new)))
    _check_maps(conn, problems, shop, installed, maps)
    problems.refuse()


def _check_new(problems: Problems, where: str, module: ShopModule, installed: Sequence[Module]) -> None:
    once = next((each for each in installed if each.kind is module.kind in ONCE), None)
    if once is not None:
        said = _("{module} can be installed only once.").format(module=pipelines.module_name(module.kind))
        problems.add(where, said, _("Give it the name of yours in the file: “{name}”.").format(name=once.name))
    elif any(fold(each.name) == fold(module.called) for each in installed):
        problems.add(where, _("There is a module of that name, of another kind: give this one another."))


def _check_fields(conn: Connection, problems: Problems, where: str, module: ShopModule, found: Module) -> None:
    here = {fold(field.name): field for field in fields_of(conn, found.id) if not field.retired}
    for field in module.fields:
        other = here.get(fold(field.name))
        if other is not None and other.kind is not field.kind:
            said = _("the field “{name}” holds {old} here, and {new} in the file: its values would be lost.")
            old, new = kind_name(other.kind), kind_name(field.kind)
            problems.add(where, said.format(name=field.name, old=old, new=new), _("Give it another name in the file."))


# --- statuses that go


def leaving(module: ShopModule, pipeline: Sequence[Status]) -> tuple[Status, ...]:
    """The statuses that the file has no more."""
    was = pairs(module.kind, shop_statuses(module.kind, pipeline), module.statuses)
    return tuple(status for place, status in enumerate(pipeline) if place not in was.values())


def takers(module: ShopModule, pipeline: Sequence[Status], maps: Sequence[StatusMap]) -> Mapping[StatusId, int]:
    """By the status that goes, the place in the file of the one that takes its cards: as the maps say."""
    found: dict[StatusId, int] = {}
    here, gone = shop_statuses(module.kind, pipeline), leaving(module, pipeline)
    for old, new in (reading for each in maps for reading in each.of(module.called)):
        went, taker = find_status(module.kind, here, old), find_status(module.kind, module.statuses, new)
        if went is not None and taker is not None and pipeline[here.index(went)] in gone:
            found.setdefault(pipeline[here.index(went)].id, module.statuses.index(taker))
    return found


def _check_statuses(
    conn: Connection,
    problems: Problems,
    where: str,
    module: ShopModule,
    found: Module,
    maps: Sequence[StatusMap],
) -> None:
    pipeline = statuses(conn, found)
    said = takers(module, pipeline, maps)
    for status in leaving(module, pipeline):
        cards = count_cards(conn, status.id)
        if cards and status.id not in said:
            problems.add(where, _homeless(status, cards), _how(module, status))


def _homeless(status: Status, cards: int) -> str:
    return ngettext(
        "the status “{status}” is not in the file, and has {n} card.",
        "the status “{status}” is not in the file, and has {n} cards.",
        cards,
    ).format(status=status.name, n=format_number(cards))


def _how(module: ShopModule, status: Status) -> str:
    same_group = [each for each in module.statuses if each.group is status.group]
    taker = status_called(module.kind, (same_group or list(module.statuses))[0])
    option = f'--status-map "{module.called}: {status.name}={taker}"'
    return _("Say where they go: {option}").format(option=option)


def _check_maps(
    conn: Connection,
    problems: Problems,
    shop: Sequence[ShopModule],
    installed: Sequence[Module],
    maps: Sequence[StatusMap],
) -> None:
    """A map that says nothing is most likely mistyped."""
    both = [(module, found) for module in shop if (found := same_module(module, installed)) is not None]
    for each in maps:
        meant = [(module, found) for module, found in both if any(each.of(module.called))]
        if not meant:
            names = ", ".join(module.called for module, _found in both) or "–"
            said = _("no module that is here and in the file is called so.")
            problems.add(f"--status-map “{each.text}”", said, _("There are: {names}.").format(names=names))
        elif not any(takers(module, statuses(conn, found), (each,)) for module, found in meant):
            said = _("OLD must be a status here that the file does not have, and NEW one that it has.")
            problems.add(f"--status-map “{each.text}”", said)
