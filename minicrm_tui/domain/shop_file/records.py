"""What a shop file says, as frozen records. What is called as its kind calls it has no name: each reads their language.

A record is whole: what it leaves out is as in a new module of the kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.fields import FieldKind
from minicrm_tui.domain.records import FollowUp, Group, Kind, Sort
from minicrm_tui.domain.task_types import DEFAULT_TYPES
from minicrm_tui.domain.template_forms import TemplateDraft
from minicrm_tui.domain.text import fold

FORMAT: Final = 1
"""Of the file; a larger one was written by a newer program."""

LONGEST: Final = 1_000_000
"""Bytes of a file."""


@dataclass(frozen=True, slots=True)
class ShopStatus:
    """A step of a pipeline. `key`: of the kind's own; one that a person added has a name only."""

    group: Group
    key: str = ""
    name: str = ""
    color: str = ""
    rot_days: int | None = None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class ShopField:
    """A field of the module's cards. `required_from`: the reference of a status, or nothing."""

    kind: FieldKind
    name: str
    required: bool = False
    required_from: str = ""
    choices: tuple[str, ...] = ()
    in_row: bool = False
    in_peek: bool = False


@dataclass(frozen=True, slots=True)
class ShopModule:
    """One module's set-up. A list without values is the kind's own."""

    kind: Kind
    name: str = ""
    item: str = ""
    currency: str | None = None
    forgotten_days: int | None = None
    sort: Sort = Sort.DEADLINE
    headings: tuple[str, str, str, str] = ("", "", "", "")
    follow_up: FollowUp | None = None
    statuses: tuple[ShopStatus, ...] = ()
    """In the order of the pipeline."""
    fields: tuple[ShopField, ...] = ()
    task_types: tuple[str, ...] = ()
    sales_steps: tuple[str, ...] = ()
    customer_steps: tuple[str, ...] = ()
    loss_reasons: tuple[str, ...] = ()
    templates: tuple[TemplateDraft, ...] = ()

    @property
    def called(self) -> str:
        """Its name in the language of the moment."""
        return self.name or pipelines.module_name(self.kind)

    @property
    def offered_types(self) -> tuple[str, ...]:
        """The types of its tasks, as tasks keep them."""
        return self.task_types or DEFAULT_TYPES


def status_called(kind: Kind, status: ShopStatus) -> str:
    """A status by its name in the language of the moment."""
    return status.name or pipelines.status_name(kind, status.key)


def heading(module: ShopModule, group: Group) -> str:
    """A group as the module calls it."""
    return module.headings[list(Group).index(group)] or pipelines.group_name(module.kind, group)


def in_order(statuses: Sequence[ShopStatus]) -> tuple[ShopStatus, ...]:
    """By group; inside a group as they come."""
    return tuple(sorted(statuses, key=lambda status: list(Group).index(status.group)))


def default_statuses(kind: Kind) -> tuple[ShopStatus, ...]:
    """The pipeline of a new module."""
    return tuple(ShopStatus(each.group, each.key) for each in pipelines.template(kind))


# --- how a status is named where a field or a person means it


def reference(kind: Kind, statuses: Sequence[ShopStatus], status: ShopStatus) -> str:
    """How a file names a status: by its key, else by its name, with the group where that alone says too little."""
    if status.key:
        return status.key
    called = fold(status.name)
    alone = [each for each in statuses if called == fold(status_called(kind, each)) or each.key == status.name]
    return status.name if len(alone) == 1 else f"{status.group.value}/{status.name}"


def find_status(kind: Kind, statuses: Sequence[ShopStatus], wanted: str) -> ShopStatus | None:
    """The only status of this key or name, or of GROUP/NAME; None where there is none, or several."""
    group, slash, name = wanted.partition("/")
    if slash and group in tuple(Group):
        inside = [each for each in statuses if each.group.value == group]
        found = find_status(kind, inside, name)
        if found is not None:
            return found
    by_key = [each for each in statuses if each.key and each.key == wanted]
    found_all = by_key or [each for each in statuses if fold(status_called(kind, each)) == fold(wanted)]
    return found_all[0] if len(found_all) == 1 else None


def pairs(kind: Kind, before: Sequence[ShopStatus], after: Sequence[ShopStatus]) -> dict[int, int]:
    """Which status of `before` each of `after` is, by their places; one that is missing is new.

    By key, then by name in the same group, then by a name that moved to another one.
    """
    found: dict[int, int] = {}
    for same in (_same_key, _same_place, _same_name):
        for new, status in enumerate(after):
            if new in found:
                continue
            taken = set(found.values())
            old = next((at for at, each in enumerate(before) if at not in taken and same(kind, each, status)), None)
            if old is not None:
                found[new] = old
    return found


def _same_key(_kind: Kind, one: ShopStatus, other: ShopStatus) -> bool:
    return bool(one.key) and one.key == other.key


def _same_place(kind: Kind, one: ShopStatus, other: ShopStatus) -> bool:
    return one.group is other.group and _same_name(kind, one, other)


def _same_name(kind: Kind, one: ShopStatus, other: ShopStatus) -> bool:
    if one.key and other.key:
        return False
    return fold(status_called(kind, one)) == fold(status_called(kind, other))
