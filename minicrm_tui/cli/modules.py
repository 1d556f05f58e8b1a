"""Modules and buckets by what a person calls them, and the list of the modules."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import NotFound, Refused
from minicrm_tui.domain.nearest import nearest
from minicrm_tui.domain.pipelines import module_name
from minicrm_tui.domain.records import Bucket, ModuleSummary
from minicrm_tui.domain.text import fold
from minicrm_tui.domain.views import View
from minicrm_tui.i18n import _, format_number, ngettext

if TYPE_CHECKING:
    from minicrm_tui.store.store import Store


def find_module(modules: Sequence[ModuleSummary], wanted: str | None) -> ModuleSummary:
    """The module with this id, name or kind; the first one where none is wanted. NotFound, Refused if it is several."""
    if not modules:
        raise NotFound(_("No module is installed."))
    if wanted is None:
        return modules[0]
    for matches in (_has_id, _has_name, _has_kind):
        found = [summary for summary in modules if matches(summary, fold(wanted))]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(f"{summary.module.id} ({summary.module.name})" for summary in found)
            raise Refused(
                _("“{name}” are several modules.").format(name=wanted), _("Give an id: {ids}.").format(ids=ids)
            )
    names = ", ".join(summary.module.name for summary in modules)
    raise NotFound(_("There is no module “{name}”.").format(name=wanted), _("There are: {names}.").format(names=names))


def find_bucket(wanted: str) -> Bucket:
    """The bucket with this key; NotFound with the nearest one."""
    key = fold(wanted).replace("-", "_").replace(" ", "_")
    if key in tuple(Bucket):
        return Bucket(key)
    near = nearest(key, tuple(Bucket))
    hint = _("Did you mean “{name}”?").format(name=near) if near else _("There are: {names}.").format(names=_keys())
    raise NotFound(_("There is no bucket “{name}”.").format(name=wanted), hint)


async def write_modules(store: Store, now: datetime, write: Callable[[str], None]) -> None:
    """A line a module: id, name, kind, cards, expired ones."""
    from minicrm_tui.cli.columns import aligned

    rows = [
        (str(count.id), count.name, count.kind, _cards(count.cards), _expired(count.counts[Bucket.EXPIRED]))
        for count in await _counted(store, now)
    ]
    write("".join(line + "\n" for line in aligned(rows, right=(0, 3, 4))))


async def write_modules_json(store: Store, now: datetime, write: Callable[[str], None]) -> None:
    """One object; `cards` counts all but the trash, `finished` those outside the list."""
    modules = [
        {
            "id": count.id,
            "name": count.name,
            "kind": count.kind,
            "item": count.item,
            "cards": count.cards,
            "finished": count.cards - sum(count.counts.values()),
            "counts": {bucket.value: count.counts.get(bucket, 0) for bucket in Bucket},
        }
        for count in await _counted(store, now)
    ]
    write(json.dumps({"modules": modules}, ensure_ascii=False) + "\n")


@dataclass(frozen=True, slots=True)
class _Count:
    id: int
    name: str
    kind: str
    item: str
    cards: int
    counts: dict[Bucket, int]


async def _counted(store: Store, now: datetime) -> list[_Count]:
    counted = []
    for summary in await store.modules(now):
        module = summary.module
        outline = await store.outline(View(module.id), now)
        cards = sum(tally.cards for tally in outline.statuses.values())
        counted.append(_Count(module.id, module.name, module.kind.value, module.item, cards, outline.buckets))
    return counted


def _has_id(summary: ModuleSummary, wanted: str) -> bool:
    return wanted == str(summary.module.id)


def _has_name(summary: ModuleSummary, wanted: str) -> bool:
    return wanted == fold(summary.module.name)


def _has_kind(summary: ModuleSummary, wanted: str) -> bool:
    return wanted in (summary.module.kind.value, fold(module_name(summary.module.kind)))


def _keys() -> str:
    return ", ".join(bucket.value for bucket in Bucket)


def _cards(count: int) -> str:
    return ngettext("{n} card", "{n} cards", count).format(n=format_number(count))


def _expired(count: int) -> str:
    return ngettext("{n} expired", "{n} expired", count).format(n=format_number(count))
