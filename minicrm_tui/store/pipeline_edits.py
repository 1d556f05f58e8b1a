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
from minicrm_tui.domain.records import FollowUp, Group, Module, ModuleId, Status, StatusId
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
    key = _default_key(module, pipeline, checked.name)
    row = StatusTable(module_id=module_id, key=key or OWN, grp=checked.group.value, position=len(pipeline))
    status_id = StatusId(add(conn, row))
    columns = {} if key else {"key": f"{OWN}{status_id}"}
    conn.execute(_UPDATE, {"status": status_id, **columns, **_columns(checked, None if key else checked.name)})
    _put_in_order(conn, pipelines.in_order(statuses(conn, module)))
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
    if checked == draft_of(status):
        return
    name = None if checked.name == pipelines.status_name(kind, status.key) else checked.name
    conn.execute(_UPDATE, {"status": status_id, **_columns(checked, name)})


def move_status(conn: Connection, status_id: StatusId, direction: int) -> None:
    """One place up (-1) or down (1) in its group. Refused at the ends, and for a fixed pipeline; NotFound."""
    found = find(conn, status_id)
    refuse_fixed(found.module.kind)
    _put_in_order(conn, moved(found.pipeline, found.status, direction))


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
    rehousing = Rehousing(conn, module, found.pipeline, progress, stop)
    conn.execute(_UPDATE, {"status": status_id, "grp": group.value})
    _put_in_order(conn, regrouped(found.pipeline, status, group))
    rehousing.regroup(status, group)


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
    rehoused = Rehousing(conn, module, found.pipeline, progress, stop).move(status, _taker(found, into), now)
    conn.execute(_FROM_STATUS, {"old": status_id, "new": heir(found.pipeline, status).id})
    conn.execute(_DELETE, {"status": status_id})
    _put_in_order(conn, [each for each in found.pipeline if each.id != status_id])
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


def _columns(draft: StatusDraft, name: str | None) -> dict[str, Value]:
    rule = draft.follow_up or FollowUp("")
    return {
        "name": name,
        "color": draft.color,
        "rot_days": draft.rot_days,
        "follow_text": rule.text,
        "follow_type": rule.type,
        "follow_days": rule.days,
    }


def _put_in_order(conn: Connection, pipeline: Sequence[Status]) -> None:
    for position, status in enumerate(pipeline):
        if status.position != position:
            conn.execute(_UPDATE, {"status": status.id, "position": position})
