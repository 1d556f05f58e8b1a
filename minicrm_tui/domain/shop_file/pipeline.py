"""The pipeline in a shop file: its statuses by group, each checked, and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.nearest import did_you_mean
from minicrm_tui.domain.pipelines import fixed_refusal
from minicrm_tui.domain.records import Group, Kind
from minicrm_tui.domain.shop_file.records import ShopStatus, default_statuses, in_order, status_called
from minicrm_tui.domain.shop_file.rules import read_rule, repeated
from minicrm_tui.domain.shop_file.tables import Table
from minicrm_tui.domain.status_drafts import COLORS, MOST_ROT_DAYS, MOST_STATUSES, StatusDraft, checked_status
from minicrm_tui.i18n import _, ngettext

STATUS_KEYS: Final = ("group", "key", "name", "color", "rot_days", "next_step")


def read_pipeline(module: Table, kind: Kind, types: Sequence[str]) -> tuple[ShopStatus, ...]:
    """The tables `status`, in the order of the pipeline; without any, the kind's own pipeline."""
    place = _("status {n}")
    named = _("status {n} (“{name}”)")
    tables = list(module.tables("status", lambda n, name: (named if name else place).format(n=n, name=name)))
    if not tables:
        return default_statuses(kind)
    if pipelines.is_fixed(kind):
        return _read_fixed(module, tables, kind, types)
    read = [_read_status(table, kind, types) for table in tables]
    found = in_order([status for status in read if status is not None])
    if len(found) == len(tables):
        _check_whole(module, kind, found)
    return found


def _read_fixed(module: Table, tables: Sequence[Table], kind: Kind, types: Sequence[str]) -> tuple[ShopStatus, ...]:
    """A fixed pipeline: what the file says of its statuses; those that it leaves out are as in a new module."""
    said = [status for table in tables if (status := _read_own(table, kind, types)) is not None]
    _refuse_keys_twice(module, said)
    by_key = {status.key: status for status in said}
    return tuple(by_key.get(status.key, status) for status in default_statuses(kind))


def _read_own(table: Table, kind: Kind, types: Sequence[str]) -> ShopStatus | None:
    """A status of a fixed pipeline: only its rule, and when its cards rot, can be others."""
    table.check_keys(STATUS_KEYS)
    own = {status.key: status for status in default_statuses(kind)}
    key, group = table.one_of("key", own, needed=True), table.one_of("group", tuple(Group))
    for each in ("name", "color"):
        if each in table.values:
            table.tell(_("This pipeline is fixed, and “{key}” can't be said.").format(key=each), fixed_refusal(kind))
    if not key:
        return None
    if group and group != own[key].group:
        what = _("This pipeline is fixed: “{key}” is in the group “{group}”.")
        table.tell(what.format(key=key, group=own[key].group.value))
    return replace(own[key], rot_days=table.days("rot_days", 1, MOST_ROT_DAYS), follow_up=read_rule(table, types))


def _read_status(table: Table, kind: Kind, types: Sequence[str]) -> ShopStatus | None:
    table.check_keys(STATUS_KEYS)
    group = table.one_of("group", tuple(Group), needed=True)
    key, name = _read_key(table, kind), table.text("name")
    rot_days = table.days("rot_days", 1, MOST_ROT_DAYS)
    color, rule = table.one_of("color", COLORS), read_rule(table, types)
    if not group or not (key or name or table.values.get("key")):
        if group:
            table.tell(_("A status needs a name."))
        return None
    if name and name == pipelines.status_name(kind, key):
        name = ""
    status = ShopStatus(Group(group), key, name, color, rot_days, rule)
    draft = StatusDraft(status_called(kind, status), status.group)
    return status if table.checked(lambda: checked_status(draft, ()), None) is not None else None


def _read_key(table: Table, kind: Kind) -> str:
    """The key of one of the kind's own statuses."""
    key = table.text("key")
    known = [each.key for each in pipelines.template(kind)]
    if key and key not in known:
        what = _("“{name}” has no status of its own with the key “{key}”.")
        hint = did_you_mean(key, known)
        table.tell(what.format(name=pipelines.module_name(kind), key=key), hint)
        return ""
    return key


def _check_whole(module: Table, kind: Kind, statuses: Sequence[ShopStatus]) -> None:
    _refuse_keys_twice(module, statuses)
    if len(statuses) > MOST_STATUSES:
        what = ngettext(
            "it has {n} status, and {most} is the most.",
            "it has {n} statuses, and {most} is the most.",
            len(statuses),
        )
        module.tell(what.format(n=len(statuses), most=MOST_STATUSES))
    for group in Group:
        names = [status_called(kind, status) for status in statuses if status.group is group]
        if not names:
            module.tell(_("the group “{group}” has no status, and every group needs one.").format(group=group.value))
        for name in repeated(names):
            what = _("two statuses of the group “{group}” are called “{name}”.")
            module.tell(what.format(group=group.value, name=name))


def _refuse_keys_twice(module: Table, statuses: Sequence[ShopStatus]) -> None:
    for key in repeated([status.key for status in statuses if status.key]):
        module.tell(_("two statuses have the key “{key}”.").format(key=key))
