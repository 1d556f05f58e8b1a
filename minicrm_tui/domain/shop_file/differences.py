"""What an import makes of a module, in words: two set-ups compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from minicrm_tui.domain.fields import kind_name
from minicrm_tui.domain.follow_ups import in_words
from minicrm_tui.domain.forgetting import in_words as forgotten_in_words
from minicrm_tui.domain.pipelines import group_name, item_name
from minicrm_tui.domain.records import FollowUp, Group, Kind, Sort
from minicrm_tui.domain.shop_file.records import (
    ShopField,
    ShopModule,
    ShopStatus,
    heading,
    pairs,
    status_called,
)
from minicrm_tui.domain.status_drafts import color_name
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import N_, _, format_number, ngettext

NOTHING = "–"


class Result(StrEnum):
    """What becomes of a module of the file."""

    INSTALLED = "installed"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Rehomed:
    """Cards of a status that goes, and the status that takes them."""

    cards: int
    into: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another: of what kind it is, whose, and a sentence."""

    what: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """What becomes of one module."""

    kind: Kind
    name: str
    result: Result
    changes: tuple[Change, ...] = ()


def compared(before: ShopModule | None, after: ShopModule, rehomed: Mapping[str, Rehomed]) -> ModuleChange:
    """From what it was, if it was there, to what it is. `rehomed`: by the name of the status that goes."""
    if before is None:
        return ModuleChange(after.kind, after.called, Result.INSTALLED, tuple(_whole(after)))
    changes = (
        *_of_module(before, after),
        *_of_pipeline(before, after, rehomed),
        *_of_fields(before, after),
        *_of_templates(before.templates, after.templates),
    )
    return ModuleChange(after.kind, after.called, Result.CHANGED if changes else Result.UNCHANGED, changes)


def _whole(module: ShopModule) -> Iterator[Change]:
    """A new module: its pipeline, its fields and its templates."""
    for group in Group:
        names = [status_called(module.kind, each) for each in module.statuses if each.group is group]
        yield Change("group", heading(module, group), f"{heading(module, group)}: {' · '.join(names)}")
    for what, title, names in (
        ("fields", _("fields"), [field.name for field in module.fields]),
        ("templates", _("templates"), [template.name for template in module.templates]),
    ):
        if names:
            yield Change(what, title, f"{title}: {', '.join(names)}")


# --- the module


_SAID: Final[tuple[tuple[str, str, Callable[[ShopModule], str]], ...]] = (
    ("name", N_("name"), lambda module: module.called),
    ("item", N_("what its cards are called"), lambda module: module.item or item_name(module.kind)),
    ("currency", N_("currency"), lambda module: module.currency or NOTHING),
    ("forgotten_days", N_("forgotten"), lambda module: forgotten_in_words(module.forgotten_days)),
    ("sort", N_("order of the list"), lambda module: sort_name(module.sort)),
    ("next_step", N_("next step"), lambda module: rule_in_words(module.follow_up)),
    ("task_types", N_("types of tasks"), lambda module: _listed(map(task_type_name, module.offered_types))),
    ("sales_steps", N_("sales steps"), lambda module: _listed(module.sales_steps)),
    ("customer_steps", N_("customer steps"), lambda module: _listed(module.customer_steps)),
    ("loss_reasons", N_("reasons of a loss"), lambda module: _listed(module.loss_reasons)),
)
"""What is said of a module as a whole: its key in the file, what it is called, and the words."""


def _of_module(before: ShopModule, after: ShopModule) -> Iterator[Change]:
    for what, title, read in _SAID:
        if read(before) != read(after):
            yield Change(what, _(title), _becomes(_(title), read(before), read(after)))
    for group in Group:
        old, new = heading(before, group), heading(after, group)
        if old != new:
            title = _("heading of the group “{group}”").format(group=group_name(after.kind, group))
            yield Change("heading", new, _becomes(title, old, new))


def sort_name(sort: Sort) -> str:
    """In which order cards are listed."""
    return {Sort.DEADLINE: _("deadline"), Sort.VALUE: _("value"), Sort.IMPORTANCE: _("importance")}[sort]


def rule_in_words(rule: FollowUp | None) -> str:
    """What is proposed, and for when."""
    if rule is None:
        return NOTHING
    kind = f" ({task_type_name(rule.type)})" if rule.type else ""
    return f"{_('“{text}”').format(text=rule.text)}{kind} {in_words(rule.days)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or _("as in every module")


def _becomes(title: str, old: str, new: str) -> str:
    return f"{title}: {old} → {new}"


# --- the pipeline


def _of_pipeline(before: ShopModule, after: ShopModule, rehomed: Mapping[str, Rehomed]) -> Iterator[Change]:
    kind = after.kind
    was = pairs(kind, before.statuses, after.statuses)
    for place, status in enumerate(after.statuses):
        if place in was:
            yield from _of_status(after, before.statuses[was[place]], status)
        else:
            name = status_called(kind, status)
            said = _("status “{name}” is new, in “{group}”").format(name=name, group=heading(after, status.group))
            yield Change("status.added", name, said)
    for place, status in enumerate(before.statuses):
        if place not in was.values():
            name = status_called(kind, status)
            yield Change("status.removed", name, _gone(name, rehomed.get(name)))
    stayed = [at for place, at in sorted(was.items()) if before.statuses[at].group is after.statuses[place].group]
    if stayed != sorted(stayed):
        yield Change("status.order", "", _("the statuses stand in another order"))


def _gone(name: str, rehomed: Rehomed | None) -> str:
    if rehomed is None or not rehomed.cards:
        return _("status “{name}” goes").format(name=name)
    return ngettext(
        "status “{name}” goes; its {n} card goes to “{into}”",
        "status “{name}” goes; its {n} cards go to “{into}”",
        rehomed.cards,
    ).format(name=name, n=format_number(rehomed.cards), into=rehomed.into)


def _of_status(module: ShopModule, old: ShopStatus, new: ShopStatus) -> Iterator[Change]:
    kind, name = module.kind, status_called(module.kind, new)
    if status_called(kind, old) != name:
        said = _("status “{old}” is called “{name}”").format(old=status_called(kind, old), name=name)
        yield Change("status.renamed", name, said)
    if old.group is not new.group:
        said = _("status “{name}” moves to “{group}”").format(name=name, group=heading(module, new.group))
        yield Change("status.moved", name, said)
    title = _("status “{name}”").format(name=name)
    for what, label, before, after in (
        ("color", _("colour"), color_name(old.color), color_name(new.color)),
        ("rot_days", _("cards rot"), forgotten_in_words(old.rot_days), forgotten_in_words(new.rot_days)),
        ("next_step", _("next step"), rule_in_words(old.follow_up), rule_in_words(new.follow_up)),
    ):
        if before != after:
            yield Change(f"status.{what}", name, _becomes(f"{title}, {label}", before, after))


# --- fields and templates


def _of_fields(before: ShopModule, after: ShopModule) -> Iterator[Change]:
    old = {fold(field.name): field for field in before.fields}
    new = {fold(field.name): field for field in after.fields}
    for key, field in new.items():
        if key not in old:
            said = _("field “{name}” is new ({kind})").format(name=field.name, kind=kind_name(field.kind))
            yield Change("field.added", field.name, said)
        elif old[key] != field:
            what = ", ".join(_changed(old[key], field))
            yield Change("field.changed", field.name, _("field “{name}”: {what}").format(name=field.name, what=what))
    for key, field in old.items():
        if key not in new:
            said = _("field “{name}” goes out of use; what cards have in it is kept").format(name=field.name)
            yield Change("field.retired", field.name, said)
    if _reordered(list(old), list(new)):
        yield Change("field.order", "", _("the fields stand in another order"))


def _changed(old: ShopField, new: ShopField) -> Iterator[str]:
    if old.name != new.name:
        yield _("name")
    if old.choices != new.choices:
        yield _("choices {names}").format(names=", ".join(new.choices))
    if (old.required, old.required_from) != (new.required, new.required_from):
        yield _required(new)
    if old.in_row != new.in_row:
        yield _("shown in the rows") if new.in_row else _("no longer shown in the rows")
    if old.in_peek != new.in_peek:
        yield _("shown in the peek") if new.in_peek else _("no longer shown in the peek")


def _required(field: ShopField) -> str:
    if not field.required:
        return _("not required")
    return _("required from “{status}” on").format(status=field.required_from) if field.required_from else _("required")


def _of_templates(before: Sequence[TemplateDraft], after: Sequence[TemplateDraft]) -> Iterator[Change]:
    old, new = ({fold(each.name): each for each in templates} for templates in (before, after))
    for key, template in new.items():
        if key not in old:
            said = _("template “{name}” is new: {task}").format(name=template.name, task=rule_in_words(template.task))
            yield Change("template.added", template.name, said)
        elif old[key] != template:
            said = _("template “{name}”: {task}").format(name=template.name, task=rule_in_words(template.task))
            yield Change("template.changed", template.name, said)
    for key, template in old.items():
        if key not in new:
            yield Change("template.removed", template.name, _("template “{name}” goes").format(name=template.name))
    if _reordered(list(old), list(new)):
        yield Change("template.order", "", _("the templates stand in another order"))


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    return [key for key in new if key in old] != [key for key in old if key in new]
