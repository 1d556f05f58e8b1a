"""Changing a pipeline: statuses added, edited, moved and deleted, headings of groups renamed. No action of its own.

A status that a person adds has the key `own_ID`, which no kind's status has, and which is never given twice. A status
that its kind knows by default keeps no name while it is called as the kind calls it: so it speaks the program's
language; added again after it was deleted, it is itself again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Final

from sqlmodel import bindparam, col, delete, func, select, update

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.errors import Invalid, NotFound, Refused
from minicrm_tui.domain.records import FollowUp, Group, Kind, Module, ModuleId, Status, StatusId
from minicrm_tui.domain.status_drafts import (
    StatusDraft,
    checked_heading,
    checked_status,
    draft_of,
    heir,
    moved,
    refuse_fixed,
    refuse_full,
    refuse_last,
    regrouped,
)
from minicrm_tui.domain.text import fold
from minicrm_tui.i18n import _
from minicrm_tui.store.lookups import module_record
from minicrm_tui.store.rehousing import Rehousing
from minicrm_tui.store.results import Rehoused
from minicrm_tui.store.rows import statuses
from minicrm_tui.store.statements import add
from minicrm_tui.store.tables import CardTable, FieldTable, ModuleTable, StatusTable
from minicrm_tui.store.targets import Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from minicrm_tui.store.updates import Value

_MODULE_OF = select(StatusTable.module_id).where(col(StatusTable.id) == bindparam("status"))

_CARDS_IN = select(func.count()).select_from(CardTable).where(col(CardTable.status_id) == bindparam("status"))

_UPDATE = update(StatusTable).where(col(StatusTable.id) == bindparam("status"))

_DELETE = delete(StatusTable).where(col(StatusTable.id) == bindparam("status"))

_RENAME_GROUP = update(ModuleTable).where(col(ModuleTable.id) == bindparam("module"))

_FROM_STATUS = (
    update(FieldTable).where(col(FieldTable.from_status) == bindparam("old")).values(from_status=bindparam("new"))
)

OWN: Final = "own_"
"""What the keys begin with that no kind has."""


@dataclass(frozen=True, slots=True)
class Found:
    """A status, where it stands."""

    module: Module
    pipeline: tuple[Status, ...]
    status: Status


def find(conn: Connection, status_id: StatusId) -> Found:
    """The status with its module and its pipeline; NotFound."""
    module_id = conn.execute(_MODULE_OF, {"status": status_id}).scalar_one_or_none()
    if module_id is None:
        raise NotFound(_("This status is no longer in the pipeline."))
    module = module_record(conn, module_id)
    pipeline = statuses(conn, module)
    return Found(module, pipeline, next(each for each in pipeline if each.id == status_id))


def count_cards(conn: Connection, status_id: StatusId) -> int:
    """How many cards stand in a status, those in the trash too."""
    return int(conn.execute(_CARDS_IN, {"status": status_id}).scalar_one())


def add_status(conn: Connection, module_id: ModuleId, draft: StatusDraft) -> StatusId:
    """A new status at the end of its group. Invalid, NotFound; Refused for a fixed or a full pipeline."""
    module = module_record(conn, module_id)
    refuse_fixed(module.kind)
    pipeline = statuses(conn, module)
    refuse_full(pipeline)
    checked = checked_status(draft, pipeline)
    status_id = insert_status(conn, module, checked, _default_key(module, pipeline, checked.name), len(pipeline))
    put_in_order(conn, pipelines.in_order(statuses(conn, module)))
    return status_id


def insert_status(conn: Connection, module: Module, draft: StatusDraft, key: str, position: int) -> StatusId:
    """The row of a checked status; without the key of one of the kind's own it gets one that no other has."""
    row = StatusTable(module_id=module.id, key=key or OWN, grp=draft.group.value, position=position)
    status_id = StatusId(add(conn, row))
    if not key:
        conn.execute(_UPDATE, {"status": status_id, "key": f"{OWN}{status_id}"})
    _write(conn, module.kind, status_id, key, draft)
    return status_id


def edit_status(conn: Connection, status_id: StatusId, draft: StatusDraft) -> None:
    """Change its name, colour, rotting and rule; its group is changed by `move_to_group`.

    Invalid, NotFound; Refused for the name or the colour of a fixed pipeline's status.
    """
    found = find(conn, status_id)
    status, kind = found.status, found.module.kind
    if (draft.name, draft.group, draft.color) != (status.name, status.group, status.color):
        refuse_fixed(kind)
    if draft.group is not status.group:
        raise Invalid("group", _("Move the status to the other group."))
    checked = checked_status(draft, found.pipeline, status_id)
    if checked != draft_of(status):
        write_status(conn, kind, status, checked)


def write_status(conn: Connection, kind: Kind, status: Status, draft: StatusDraft) -> None:
    """Give a status what a checked draft says, but for its group."""
    _write(conn, kind, status.id, status.key, draft)


def move_status(conn: Connection, status_id: StatusId, direction: int) -> None:
    """One place up (-1) or down (1) in its group. Refused at the ends, and for a fixed pipeline; NotFound."""
    found = find(conn, status_id)
    refuse_fixed(found.module.kind)
    put_in_order(conn, moved(found.pipeline, found.status, direction))


def move_to_group(
    conn: Connection,
    status_id: StatusId,
    group: Group,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> None:
    """Put a status into another group: first in a later one, last in an earlier one. Its cards keep their tasks.

    Refused for the last status of a group, a name that the other group has, and a fixed pipeline; NotFound.
    """
    found = find(conn, status_id)
    module, status = found.module, found.status
    refuse_fixed(module.kind)
    if group is status.group:
        raise Refused(_("Nothing to change: it is so already."))
    refuse_last(module, found.pipeline, status)
    if any(fold(each.name) == fold(status.name) for each in found.pipeline if each.group is group):
        raise Refused(
            _("“{group}” has a status of that name.").format(group=pipelines.heading(module, group)),
            _("Rename one of the two first."),
        )
    put_into_group(conn, found, group, progress=progress, stop=stop)
    put_in_order(conn, regrouped(found.pipeline, status, group))


def put_into_group(
    conn: Connection, found: Found, group: Group, *, progress: Progress | None = None, stop: Event | None = None
) -> None:
    """Give a status another group, wherever the pipeline stands then; its cards are listed as this group's."""
    conn.execute(_UPDATE, {"status": found.status.id, "grp": group.value})
    Rehousing(conn, found.module, found.pipeline, progress, stop).regroup(found.status, group)


def rename_group(conn: Connection, module_id: ModuleId, group: Group, name: str) -> None:
    """Call a group otherwise; nothing, or the kind's own heading, gives that back. Invalid, NotFound, Refused."""
    module = module_record(conn, module_id)
    refuse_fixed(module.kind)
    conn.execute(_RENAME_GROUP, {"module": module_id, f"heading_{group.value}": checked_heading(name, module, group)})


def heading_after(conn: Connection, module_id: ModuleId, group: Group, name: str) -> str:
    """What the group would be called then. Invalid, NotFound."""
    module = module_record(conn, module_id)
    return checked_heading(name, module, group) or pipelines.group_name(module.kind, group)


def delete_status(
    conn: Connection,
    status_id: StatusId,
    into: StatusId | None,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Rehoused:
    """Delete a status; its cards, also those in the trash, go into another one as by a move.

    Refused where it has cards and `into` is no other status of the pipeline, for the last status of a group, for a
    fixed pipeline, and where a card lacks what the other status requires (Missing); NotFound.
    """
    found = find(conn, status_id)
    module, status = found.module, found.status
    refuse_fixed(module.kind)
    refuse_last(module, found.pipeline, status)
    rehoused = remove_status(conn, found, _taker(found, into), now, progress=progress, stop=stop)
    put_in_order(conn, [each for each in found.pipeline if each.id != status_id])
    return rehoused


def remove_status(
    conn: Connection,
    found: Found,
    taker: Status | None,
    now: datetime,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Rehoused:
    """Take a status out of its pipeline, as `delete_status`, wherever that leaves the others. Refused, Missing."""
    status = found.status
    rehoused = Rehousing(conn, found.module, found.pipeline, progress, stop).move(status, taker, now)
    conn.execute(_FROM_STATUS, {"old": status.id, "new": heir(found.pipeline, status).id})
    conn.execute(_DELETE, {"status": status.id})
    return rehoused


def _taker(found: Found, into: StatusId | None) -> Status | None:
    """The status that takes the cards, if one was named."""
    if into is None:
        return None
    taker = next((each for each in found.pipeline if each.id == into), None)
    if taker is None or taker.id == found.status.id:
        raise Refused(
            _("The cards need another status of this pipeline."), _("Choose the status that takes its cards.")
        )
    return taker


def _default_key(module: Module, pipeline: Sequence[Status], name: str) -> str:
    """The key of the kind's own status that is called so, where the pipeline has lost it; else nothing."""
    keys = {each.key for each in pipeline}
    free = (each.key for each in pipelines.template(module.kind) if each.key not in keys)
    return next((key for key in free if pipelines.status_name(module.kind, key) == name), "")


def _write(conn: Connection, kind: Kind, status_id: StatusId, key: str, draft: StatusDraft) -> None:
    rule = draft.follow_up or FollowUp("")
    columns: dict[str, Value] = {
        "name": None if draft.name == pipelines.status_name(kind, key) else draft.name,
        "color": draft.color,
        "rot_days": draft.rot_days,
        "follow_text": rule.text,
        "follow_type": rule.type,
        "follow_days": rule.days,
    }
    conn.execute(_UPDATE, {"status": status_id, **columns})


def put_in_order(conn: Connection, pipeline: Sequence[Status]) -> None:
    """Give the statuses their places, in this order."""
    for position, status in enumerate(pipeline):
        if status.position != position:
            conn.execute(_UPDATE, {"status": status.id, "position": position})
