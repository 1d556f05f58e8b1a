"""What a set-up is as the text of a shop file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import tomlkit

from minicrm_tui.domain.pipelines import is_fixed
from minicrm_tui.domain.records import FollowUp, Group, Sort
from minicrm_tui.domain.shop_file.records import FORMAT, ShopField, ShopModule, ShopStatus, default_statuses
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.i18n import _

Value: TypeAlias = str | int | bool | list[str] | tomlkit.items.InlineTable
Pair: TypeAlias = tuple[str, Value]


def write_shop(modules: Sequence[ShopModule]) -> str:
    """The file of these modules: read again, it says the same."""
    document = tomlkit.document()
    for line in _about():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("format", tomlkit.item(FORMAT))
    tables = tomlkit.aot()
    for module in modules:
        tables.append(_module(module))
    document.add("module", tables)
    return tomlkit.dumps(document)


def _about() -> Iterator[str]:
    yield _("A set-up of MiniCRM: modules with their pipelines, fields, lists and rules. There are no cards in it.")
    yield _("What it would change: minicrm modules import FILE --dry-run")
    yield _("To take it over:      minicrm modules import FILE")
    yield _("A module of the same kind and name becomes what stands here; others are left alone.")


def _module(module: ShopModule) -> tomlkit.items.Table:
    table = _table(_of_module(module))
    for key, tables in (
        ("status", [_table(_of_status(each)) for each in _told(module)]),
        ("field", [_table(_of_field(each)) for each in module.fields]),
        ("template", [_table(_of_template(each)) for each in module.templates]),
    ):
        if tables:
            inner = tomlkit.aot()
            for each in tables:
                inner.append(each)
            table.add(key, inner)
    return table


def _table(pairs: Iterator[Pair]) -> tomlkit.items.Table:
    """What is empty is what a new module has, and is not written."""
    table = tomlkit.table()
    for key, value in pairs:
        if value or (isinstance(value, int) and not isinstance(value, bool)):
            table.add(key, tomlkit.item(value))
    return table


def _told(module: ShopModule) -> tuple[ShopStatus, ...]:
    """All of a pipeline of one's own; of a fixed one what can be another."""
    if not is_fixed(module.kind):
        return module.statuses
    own = default_statuses(module.kind)
    return tuple(status for status in module.statuses if status not in own)


def _of_module(module: ShopModule) -> Iterator[Pair]:
    yield "kind", module.kind.value
    yield "name", module.name
    yield "item", module.item
    yield "currency", module.currency or ""
    yield "forgotten_days", module.forgotten_days or ""
    yield "sort", module.sort.value if module.sort is not Sort.DEADLINE else ""
    yield from _rule(module.follow_up)
    yield "headings", _inline([(group.value, name) for group, name in zip(Group, module.headings, strict=True) if name])
    yield "task_types", list(module.task_types)
    yield "sales_steps", list(module.sales_steps)
    yield "customer_steps", list(module.customer_steps)
    yield "loss_reasons", list(module.loss_reasons)


def _of_status(status: ShopStatus) -> Iterator[Pair]:
    yield "group", status.group.value
    yield "key", status.key
    yield "name", status.name
    yield "color", status.color
    yield "rot_days", status.rot_days or ""
    yield from _rule(status.follow_up)


def _of_field(field: ShopField) -> Iterator[Pair]:
    yield "name", field.name
    yield "kind", field.kind.value
    yield "choices", list(field.choices)
    yield "required", field.required and not field.required_from
    yield "required_from", field.required_from
    yield "in_row", field.in_row
    yield "in_peek", field.in_peek


def _of_template(template: TemplateDraft) -> Iterator[Pair]:
    yield "name", template.name
    yield from _task(template.task)
    yield "checklist", list(template.checklist)


def _rule(rule: FollowUp | None) -> Iterator[Pair]:
    if rule is not None:
        yield "next_step", _inline(list(_task(rule)))


def _task(task: FollowUp) -> Iterator[Pair]:
    yield "task", task.text
    if task.type:
        yield "type", task.type
    if task.days is not None:
        yield "days", task.days


def _inline(pairs: Sequence[Pair]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    for key, value in pairs:
        table.append(key, value)
    return table
