"""A shop file's text → what it says, or all that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Refused
from minicrm_tui.domain.fields import MOST_IN_ROW, FieldDraft, FieldKind, checked_draft
from minicrm_tui.domain.forgetting import MOST_DAYS
from minicrm_tui.domain.module_drafts import MOST_MODULES, NAME_CELLS, ONCE, read_currency
from minicrm_tui.domain.records import Group, Kind, Sort
from minicrm_tui.domain.shop_file.pipeline import read_pipeline
from minicrm_tui.domain.shop_file.records import FORMAT, ShopField, ShopModule, ShopStatus, find_status, reference
from minicrm_tui.domain.shop_file.rules import read_list, read_rule, read_task_types, read_templates, repeated
from minicrm_tui.domain.shop_file.tables import Problems, Table
from minicrm_tui.domain.text import cells, shorten
from minicrm_tui.i18n import _, ngettext

SALES_LISTS: Final = ("sales_steps", "customer_steps", "loss_reasons")

MODULE_KEYS: Final = (
    *("kind", "name", "item", "currency", "forgotten_days", "sort", "headings", "next_step"),
    *("task_types", *SALES_LISTS, "status", "field", "template"),
)
FIELD_KEYS: Final = ("name", "kind", "required", "required_from", "choices", "in_row", "in_peek")


def read_shop(text: str) -> tuple[ShopModule, ...]:
    """The modules in a shop file. Raises ShopProblems with all that is wrong, Refused for what is no shop file."""
    problems = Problems()
    top = Table(_parsed(text), "", problems)
    _check_format(top)
    top.check_keys(("format", "module"))
    found = [module for table in _modules(top) if (module := _read_module(table)) is not None]
    _check_all(top, found)
    problems.refuse()
    return tuple(found)


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(_("The file is not TOML ({why}).").format(why=error), _("Nothing was changed.")) from error


def _check_format(top: Table) -> None:
    said = top.values.get("format")
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise Refused(
            _("This is no shop file: it does not begin with “format = {n}”.").format(n=FORMAT),
            _("minicrm modules export writes one."),
        )
    if said > FORMAT:
        raise Refused(
            _("The file comes from a newer version of the program (format {n}).").format(n=said),
            _("Update the program; nothing was changed."),
        )


def _modules(top: Table) -> Iterator[Table]:
    named, place = _("module “{name}”"), _("module {n}")
    tables = list(top.tables("module", lambda n, name: (named if name else place).format(n=n, name=name)))
    if not tables and not top.problems.found:
        top.tell(_("there is no module in the file."))
    yield from tables


def _read_module(table: Table) -> ShopModule | None:
    kind_name = table.one_of("kind", tuple(Kind), needed=True)
    if kind_name and not table.text("name"):
        table.where = _("module “{name}”").format(name=pipelines.module_name(Kind(kind_name)))
    table.check_keys(MODULE_KEYS)
    if not kind_name:
        return None
    kind = Kind(kind_name)
    own_types = read_task_types(table)
    module = ShopModule(
        kind=kind,
        name=_name(table, "name", pipelines.module_name(kind)),
        item=_name(table, "item", pipelines.item_name(kind)),
        currency=table.checked(lambda: read_currency(table.text("currency")), None, "currency"),
        forgotten_days=table.days("forgotten_days", 1, MOST_DAYS),
        sort=Sort(table.one_of("sort", tuple(Sort)) or Sort.DEADLINE),
        headings=_headings(table, kind),
        task_types=own_types,
        sales_steps=read_list(table, "sales_steps"),
        customer_steps=read_list(table, "customer_steps"),
        loss_reasons=read_list(table, "loss_reasons"),
    )
    types = module.offered_types
    statuses = read_pipeline(table, kind, types)
    _check_sales(table, module)
    return replace(
        module,
        follow_up=read_rule(table, types),
        statuses=statuses,
        fields=_fields(table, kind, statuses),
        templates=read_templates(table, types),
    )


def _name(table: Table, key: str, usual: str) -> str:
    """What a person calls it; nothing where that is what its kind calls it."""
    name = table.text(key)
    if cells(name) > NAME_CELLS:
        what = _("“{key}” can be {limit} cells wide at most: {name}.")
        table.tell(what.format(key=key, limit=NAME_CELLS, name=shorten(name)))
    return "" if name == usual else name


def _headings(table: Table, kind: Kind) -> tuple[str, str, str, str]:
    inner = table.table("headings")
    if inner is None:
        return "", "", "", ""
    inner.check_keys(tuple(Group))
    if pipelines.is_fixed(kind) and inner.values:
        inner.tell(_("This pipeline is fixed."), pipelines.fixed_refusal(kind))
    lead, open_, success, failed = (_name(inner, group, pipelines.group_name(kind, group)) for group in Group)
    return lead, open_, success, failed


def _check_sales(table: Table, module: ShopModule) -> None:
    """Some things only opportunities have."""
    if module.kind is not Kind.SALES:
        for key in ("forgotten_days", *SALES_LISTS):
            if key in table.values:
                table.tell(_("“{key}” is for modules of the kind “sales” only.").format(key=key))


# --- fields


def _fields(module: Table, kind: Kind, statuses: Sequence[ShopStatus]) -> tuple[ShopField, ...]:
    named, place = _("field {n} (“{name}”)"), _("field {n}")
    tables = module.tables("field", lambda n, name: (named if name else place).format(n=n, name=name))
    found = [field for table in tables if (field := _read_field(table, kind, statuses)) is not None]
    for name in repeated([field.name for field in found]):
        module.tell(_("two fields are called “{name}”.").format(name=name))
    if sum(field.in_row for field in found) > MOST_IN_ROW:
        module.tell(_("A row of the list shows {most} fields at most.").format(most=MOST_IN_ROW))
    return tuple(found)


def _read_field(table: Table, kind: Kind, statuses: Sequence[ShopStatus]) -> ShopField | None:
    table.check_keys(FIELD_KEYS)
    of_kind = table.one_of("kind", tuple(FieldKind), needed=True)
    required, wanted = table.flag("required"), table.text("required_from")
    in_row, in_peek = table.flag("in_row"), table.flag("in_peek")
    choices = table.texts("choices")
    if not of_kind:
        return None
    draft = FieldDraft(FieldKind(of_kind), table.text("name"), choices=choices)
    checked = table.checked(lambda: checked_draft(draft), None)
    if choices and checked is not None and not checked.choices:
        table.tell(_("A field of this kind has no choices."))
    from_status = _status_of(table, kind, statuses, wanted) if wanted else ""
    if checked is None:
        return None
    return ShopField(
        checked.kind, checked.name, required or bool(wanted), from_status, checked.choices, in_row, in_peek
    )


def _status_of(table: Table, kind: Kind, statuses: Sequence[ShopStatus], wanted: str) -> str:
    status = find_status(kind, statuses, wanted)
    if status is None:
        what = _("“required_from” names a status that the pipeline does not have, or has more than once: “{name}”.")
        known = ", ".join(reference(kind, statuses, each) for each in statuses)
        table.tell(what.format(name=wanted), _("There are: {names}.").format(names=shorten(known, 200)))
        return ""
    return reference(kind, statuses, status)


# --- all modules


def _check_all(top: Table, modules: Sequence[ShopModule]) -> None:
    if len(modules) > MOST_MODULES:
        what = ngettext(
            "there is {n} module in the file, and {most} is the most.",
            "there are {n} modules in the file, and {most} is the most.",
            len(modules),
        )
        top.tell(what.format(n=len(modules), most=MOST_MODULES))
    for kind in sorted(ONCE):
        if sum(module.kind is kind for module in modules) > 1:
            top.tell(_("{module} can be installed only once.").format(module=pipelines.module_name(kind)))
    for name in repeated([module.called for module in modules]):
        top.tell(_("two modules are called “{name}”.").format(name=name))
