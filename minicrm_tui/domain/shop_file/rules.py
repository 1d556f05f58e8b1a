"""What a shop file proposes: follow-up rules and task templates, with the types of their tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minicrm_tui.domain.checklist_forms import read_lines
from minicrm_tui.domain.follow_ups import MOST_DAYS, read_text
from minicrm_tui.domain.nearest import did_you_mean
from minicrm_tui.domain.records import FollowUp
from minicrm_tui.domain.sales_lists import LIST_LIMIT, checked_entry
from minicrm_tui.domain.shop_file.tables import Table
from minicrm_tui.domain.task_types import kept_type, task_type_name
from minicrm_tui.domain.template_forms import TemplateDraft, checked_name
from minicrm_tui.domain.templates import MOST_TEMPLATES
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _, ngettext

RULE_KEYS: Final = ("task", "type", "days")
TEMPLATE_KEYS: Final = ("name", *RULE_KEYS, "checklist")


def read_rule(owner: Table, types: Sequence[str]) -> FollowUp | None:
    """The table `next_step`: what is proposed, of which of these types, in how many days or on the next working one."""
    table = owner.table("next_step")
    if table is None:
        return None
    table.check_keys(RULE_KEYS)
    return read_task(table, types)


def read_task(table: Table, types: Sequence[str], text: str = "") -> FollowUp | None:
    """Text, type and days; `text`: what is to be done where the table does not say it."""
    done = table.checked(lambda: read_text(table.text("task") or text), "", "task")
    task = FollowUp(done, _read_type(table, types), table.days("days", 0, MOST_DAYS))
    return task if done else None


def _read_type(table: Table, types: Sequence[str]) -> str:
    typed = table.text("type")
    kind = kept_type(typed)
    found = next((each for each in types if fold(each) == fold(kind)), "")
    if typed and not found:
        what = _("this module has no type of tasks “{name}”.").format(name=typed)
        table.tell(what, did_you_mean(typed, (*types, *map(task_type_name, types))))
    return found


def read_task_types(table: Table) -> tuple[str, ...]:
    """The module's own types, as tasks keep them; none where it has those of every module."""
    return _list(table, "task_types", [kept_type(_named(table, each)) for each in table.texts("task_types")])


def read_list(table: Table, key: str) -> tuple[str, ...]:
    """A list of sales, of its own; none where it has those of its kind."""
    return _list(table, key, [_entry(table, key, each) for each in table.texts(key)])


def _entry(table: Table, key: str, typed: str) -> str:
    return table.checked(lambda: checked_entry(typed), typed, key)


def _named(table: Table, typed: str) -> str:
    return table.checked(lambda: checked_name(typed), typed, "task_types")


def _list(table: Table, key: str, names: Sequence[str]) -> tuple[str, ...]:
    if len(names) > LIST_LIMIT:
        what = ngettext(
            "“{key}” has {n} value, and {most} is the most.",
            "“{key}” has {n} values, and {most} is the most.",
            len(names),
        )
        table.tell(what.format(key=key, n=len(names), most=LIST_LIMIT))
    for name in repeated([task_type_name(each) for each in names]):
        table.tell(_("“{name}” is in “{key}” twice.").format(name=name, key=key))
    return tuple(names)


def repeated(names: Sequence[str]) -> Iterator[str]:
    """The names that come more than once, whatever their accents and case."""
    seen: set[str] = set()
    told: set[str] = set()
    for name in names:
        if fold(name) in seen and fold(name) not in told:
            told.add(fold(name))
            yield name
        seen.add(fold(name))


def read_templates(module: Table, types: Sequence[str]) -> tuple[TemplateDraft, ...]:
    """The tables `template`."""
    place = _("template {n}")
    named = _("template {n} (“{name}”)")
    tables = list(module.tables("template", lambda n, name: (named if name else place).format(n=n, name=name)))
    found = [draft for table in tables if (draft := _read_template(table, types)) is not None]
    if len(found) > MOST_TEMPLATES:
        module.tell(_("A module can have {most} templates at most.").format(most=MOST_TEMPLATES))
    for name in repeated([each.name for each in found]):
        module.tell(_("two templates are called “{name}”.").format(name=name))
    return tuple(found)


def _read_template(table: Table, types: Sequence[str]) -> TemplateDraft | None:
    table.check_keys(TEMPLATE_KEYS)
    name = table.checked(lambda: checked_name(table.text("name")), "", "name")
    task = read_task(table, types, name) if name else None
    nothing: tuple[str, ...] = ()
    checklist = table.checked(lambda: read_lines("\n".join(table.texts("checklist"))), nothing, "checklist")
    return None if task is None else TemplateDraft(name, task, checklist)
