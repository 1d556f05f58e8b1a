"""Taking over a shop file: each module becomes what the file says, or is put in. No action of its own.

The file was checked whole (`shop_file.reading`), and against what is here (`shop_check`); so rows are written without
asking again, and the pipeline may pass through states that nobody could make by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.fields import Field, FieldDraft
from minicrm_tui.domain.module_drafts import ModuleDraft
from minicrm_tui.domain.records import Group, Module, ModuleId, Status, StatusId
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.shop_file.differences import ModuleChange, Rehomed, compared
from minicrm_tui.domain.shop_file.records import ShopField, ShopModule, find_status, pairs, status_called
from minicrm_tui.domain.shop_file.status_maps import StatusMap
from minicrm_tui.domain.status_drafts import StatusDraft
from minicrm_tui.domain.text import fold
from minicrm_tui.store import fields, pipeline_edits, templates
from minicrm_tui.store.field_reads import fields_of
from minicrm_tui.store.installing import install
from minicrm_tui.store.list_entries import forget_entries, write_entries
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.module_edits import edit_module
from minicrm_tui.store.order_edits import set_sort
from minicrm_tui.store.pipeline_edits import Found
from minicrm_tui.store.rows import modules, statuses
from minicrm_tui.store.shop_check import leaving, same_module, takers
from minicrm_tui.store.shop_reads import own_lists, shop_module, shop_statuses
from minicrm_tui.store.task_lists import TASK_TYPE
from minicrm_tui.store.task_lists import templates as templates_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.targets import Progress

_LISTS: Final = (TASK_TYPE, *SalesList)


def take_over(
    conn: Connection,
    shop: Sequence[ShopModule],
    maps: Sequence[StatusMap],
    now: datetime,
    progress: Progress | None = None,
) -> tuple[ModuleChange, ...]:
    """Make the modules what the file says, in its order; says what became of each."""
    installed = modules(conn)
    return tuple(_take_over(conn, module, same_module(module, installed), maps, now, progress) for module in shop)


def _take_over(
    conn: Connection,
    shop: ShopModule,
    found: Module | None,
    maps: Sequence[StatusMap],
    now: datetime,
    progress: Progress | None,
) -> ModuleChange:
    before = None if found is None else shop_module(conn, found)
    module_id = install(conn, shop.kind) if found is None else found.id
    _write_settings(conn, module_id, shop)
    module = module_record(conn, module_id)
    _write_lists(conn, module, shop)
    rehomed = _write_pipeline(conn, module, shop, maps, now, progress)
    _write_fields(conn, module, shop, now)
    _write_templates(conn, module, shop)
    return compared(before, shop_module(conn, module_record(conn, module_id)), rehomed)


def _write_settings(conn: Connection, module_id: ModuleId, shop: ShopModule) -> None:
    draft = ModuleDraft(shop.called, shop.item, shop.currency, shop.forgotten_days, shop.follow_up)
    edit_module(conn, module_id, draft)
    set_sort(conn, module_id, shop.sort)
    if not pipelines.is_fixed(shop.kind):
        for group, heading in zip(Group, shop.headings, strict=True):
            pipeline_edits.rename_group(conn, module_id, group, heading)


def _write_lists(conn: Connection, module: Module, shop: ShopModule) -> None:
    here = own_lists(conn, module.id)
    said = (shop.task_types, shop.sales_steps, shop.customer_steps, shop.loss_reasons)
    for which, names in zip(_LISTS, said, strict=True):
        if here.get(which, ()) == names:
            continue
        if names:
            write_entries(conn, module.id, which, names)
        else:
            forget_entries(conn, module.id, which)


# --- the pipeline


def _write_pipeline(
    conn: Connection,
    module: Module,
    shop: ShopModule,
    maps: Sequence[StatusMap],
    now: datetime,
    progress: Progress | None,
) -> Mapping[str, Rehomed]:
    """Statuses in the order of the file, then those that it has no more go; says where their cards went."""
    pipeline = statuses(conn, module)
    was = pairs(shop.kind, shop_statuses(shop.kind, pipeline), shop.statuses)
    ids = [
        _write_status(conn, module, pipeline, shop, place, None if place not in was else pipeline[was[place]], progress)
        for place in range(len(shop.statuses))
    ]
    rehomed = {}
    said = takers(shop, pipeline, maps)
    for status in leaving(shop, pipeline):
        taker = ids[said[status.id]] if status.id in said else None
        rehomed[status.name] = _remove(conn, status.id, taker, now, progress)
    by_id = {status.id: status for status in statuses(conn, module)}
    pipeline_edits.put_in_order(conn, [by_id[status_id] for status_id in ids])
    return rehomed


def _write_status(
    conn: Connection,
    module: Module,
    pipeline: Sequence[Status],
    shop: ShopModule,
    place: int,
    status: Status | None,
    progress: Progress | None,
) -> StatusId:
    said = shop.statuses[place]
    draft = StatusDraft(status_called(shop.kind, said), said.group, said.color, said.rot_days, said.follow_up)
    if status is None:
        return pipeline_edits.insert_status(conn, module, draft, said.key, len(pipeline) + place)
    if status.group is not said.group:
        found = Found(module, tuple(pipeline), status)
        pipeline_edits.put_into_group(conn, found, said.group, progress=progress)
    pipeline_edits.write_status(conn, module.kind, status, draft)
    return status.id


def _remove(
    conn: Connection, status_id: StatusId, taker_id: StatusId | None, now: datetime, progress: Progress | None
) -> Rehomed:
    found = pipeline_edits.find(conn, status_id)
    taker = next((each for each in found.pipeline if each.id == taker_id), None)
    cards = pipeline_edits.remove_status(conn, found, taker, now, progress=progress).cards
    return Rehomed(cards, "" if taker is None else taker.name)


# --- fields and templates


def _write_fields(conn: Connection, module: Module, shop: ShopModule, now: datetime) -> None:
    pipeline = statuses(conn, module)
    here = shop_statuses(module.kind, pipeline)
    existing = fields_of(conn, module.id)
    wanted = {fold(field.name) for field in shop.fields}
    for each in existing:
        if not each.retired and fold(each.name) not in wanted:
            fields.write_retired(conn, each.id, now, retired=True)
    ordered = []
    for field in shop.fields:
        status = find_status(shop.kind, here, field.required_from) if field.required_from else None
        from_status = None if status is None else pipeline[here.index(status)].id
        ordered.append(_write_field(conn, module, existing, field, from_status, now))
    fields.put_in_order(conn, ordered)


def _write_field(
    conn: Connection,
    module: Module,
    existing: Sequence[Field],
    field: ShopField,
    from_status: StatusId | None,
    now: datetime,
) -> Field:
    """In use with the same name, else out of use with the same name and kind, else new."""
    draft = FieldDraft(
        field.kind, field.name, field.required, from_status, field.choices, in_row=field.in_row, in_peek=field.in_peek
    )
    same = [each for each in existing if fold(each.name) == fold(field.name) and each.kind is field.kind]
    found = next((each for each in sorted(same, key=lambda each: each.retired)), None)
    if found is None:
        return fields.insert_field(conn, module.id, draft)
    if found.retired:
        fields.write_retired(conn, found.id, now, retired=False)
    fields.write_field(conn, found, draft, now)
    return found


def _write_templates(conn: Connection, module: Module, shop: ShopModule) -> None:
    here = {fold(each.name): each for each in templates_of(conn, module.id)}
    wanted = {fold(draft.name) for draft in shop.templates}
    for key, template in here.items():
        if key not in wanted:
            templates.remove_template(conn, template.id)
    for place, draft in enumerate(shop.templates):
        found = here.get(fold(draft.name))
        if found is None:
            templates.write_template(conn, module.id, draft, place)
        else:
            templates.rewrite_template(conn, found.id, draft)
    in_file = [fold(draft.name) for draft in shop.templates]
    ordered = sorted(templates_of(conn, module.id), key=lambda each: in_file.index(fold(each.name)))
    templates.put_in_order(conn, ordered)
