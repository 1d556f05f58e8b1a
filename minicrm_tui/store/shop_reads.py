"""The set-up of a module as a shop file says it: in no language, where a person gave no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.records import FollowUp, Kind, Module, Status
from minicrm_tui.domain.sales_lists import SalesList
from minicrm_tui.domain.shop_file.records import ShopField, ShopModule, ShopStatus, reference
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.store.engine import driver
from minicrm_tui.store.field_reads import fields_of
from minicrm_tui.store.rows import statuses
from minicrm_tui.store.task_lists import TASK_TYPE, templates

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.domain.fields import Field

_ENTRIES = "SELECT list, name FROM list_entry WHERE module_id = ? ORDER BY list, position, id"


def shop_module(conn: Connection, module: Module) -> ShopModule:
    """All of a module's set-up."""
    pipeline, lists = statuses(conn, module), own_lists(conn, module.id)
    types, shown = lists.get(TASK_TYPE, ()), shop_statuses(module.kind, pipeline)
    offered = types or DEFAULT_TYPES
    return ShopModule(
        kind=module.kind,
        name="" if module.name == pipelines.module_name(module.kind) else module.name,
        item="" if module.item == pipelines.item_name(module.kind) else module.item,
        currency=module.currency,
        forgotten_days=module.forgotten_days,
        sort=module.sort,
        headings=module.headings,
        follow_up=_rule(module.follow_up, offered),
        statuses=tuple(_offered(status, offered) for status in shown),
        fields=tuple(
            _field(field, module.kind, pipeline, shown) for field in fields_of(conn, module.id) if not field.retired
        ),
        task_types=types,
        sales_steps=lists.get(SalesList.SALES_STEP, ()),
        customer_steps=lists.get(SalesList.CUSTOMER_STEP, ()),
        loss_reasons=lists.get(SalesList.LOSS_REASON, ()),
        templates=tuple(
            TemplateDraft(each.name, _task(each.task, offered), each.checklist) for each in templates(conn, module.id)
        ),
    )


def shop_statuses(kind: Kind, pipeline: Sequence[Status]) -> tuple[ShopStatus, ...]:
    """A pipeline, status by status."""
    known = {each.key for each in pipelines.template(kind)}
    return tuple(
        ShopStatus(
            group=status.group,
            key=status.key if status.key in known else "",
            name="" if status.name == pipelines.status_name(kind, status.key) else status.name,
            color=status.color,
            rot_days=status.rot_days,
            follow_up=status.follow_up,
        )
        for status in pipeline
    )


def own_lists(conn: Connection, module_id: int) -> dict[str, tuple[str, ...]]:
    """The values of the lists that somebody has edited, by the list."""
    found: dict[str, list[str]] = {}
    for which, name in driver(conn).execute(_ENTRIES, (module_id,)):
        found.setdefault(which, []).append(name)
    return {which: tuple(names) for which, names in found.items()}


def _offered(status: ShopStatus, types: Sequence[str]) -> ShopStatus:
    return replace(status, follow_up=_rule(status.follow_up, types))


def _rule(rule: FollowUp | None, types: Sequence[str]) -> FollowUp | None:
    return None if rule is None else _task(rule, types)


def _task(task: FollowUp, types: Sequence[str]) -> FollowUp:
    """A type that the module offers no more is none: the text says it, as where a task is made of it."""
    return task if task.type in types else FollowUp(task.text, "", task.days)


def _field(field: Field, kind: Kind, pipeline: Sequence[Status], shown: Sequence[ShopStatus]) -> ShopField:
    at = next((at for at, status in enumerate(pipeline) if status.id == field.from_status), None)
    is_from = field.required and at is not None
    return ShopField(
        kind=field.kind,
        name=field.name,
        required=field.required,
        required_from=reference(kind, shown, shown[at]) if is_from and at is not None else "",
        choices=tuple(choice.name for choice in field.offered),
        in_row=field.in_row,
        in_peek=field.in_peek,
    )
