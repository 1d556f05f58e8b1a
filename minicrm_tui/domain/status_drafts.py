"""A status as a person defines it: its name, its colour, when its cards rot, what it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from minicrm_tui.domain.errors import Invalid, Refused
from minicrm_tui.domain.pipelines import fixed_refusal, group_name, heading, in_order
from minicrm_tui.domain.records import FollowUp, Group, Kind, Module, Status, StatusId
from minicrm_tui.domain.text import cells, clean, fold
from minicrm_tui.i18n import NC_, _, ngettext, pgettext

NAME_CELLS: Final = 40
"""Cells of a terminal that the name of a status, or the heading of a group, may take."""

MOST_STATUSES: Final = 30
"""Statuses of a pipeline: `m` chooses each by one key."""

MOST_ROT_DAYS: Final = 365

COLORS: Final = {
    "primary": NC_("color", "primary"),
    "secondary": NC_("color", "secondary"),
    "accent": NC_("color", "accent"),
    "success": NC_("color", "success"),
    "warning": NC_("color", "warning"),
    "error": NC_("color", "error"),
}
"""The colours of every theme that a status may have, by their names in the file, and what they are called."""


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """What a form, or a shop file, says of a status; `color`: one of COLORS or ""."""

    name: str
    group: Group
    color: str = ""
    rot_days: int | None = None
    follow_up: FollowUp | None = None


def draft_of(status: Status) -> StatusDraft:
    """The status as it is, to be changed."""
    return StatusDraft(status.name, status.group, status.color, status.rot_days, status.follow_up)


def color_name(color: str) -> str:
    """A colour as a person reads it."""
    return pgettext("color", COLORS.get(color, NC_("color", "none")))


def next_color(color: str) -> str:
    """The colour after this one; none after the last, and the first after none."""
    names = ("", *COLORS)
    return names[(names.index(color) + 1) % len(names)] if color in names else ""


def checked_status(draft: StatusDraft, pipeline: Sequence[Status], own: StatusId | None = None) -> StatusDraft:
    """The draft with its name cleaned; Invalid where the pipeline can't have it. `own`: the status that it changes."""
    checked = replace(draft, name=_checked_name(draft.name, _("A status needs a name.")))
    taken = (each for each in pipeline if each.group is draft.group and each.id != own)
    if any(fold(each.name) == fold(checked.name) for each in taken):
        raise Invalid("name", _("This group has a status of that name."))
    if draft.color and draft.color not in COLORS:
        names = ", ".join(COLORS)
        raise Invalid("color", _("Choose: {names}.").format(names=names))
    if draft.rot_days is not None and not 1 <= draft.rot_days <= MOST_ROT_DAYS:
        raise Invalid("rot_days", _rot_days_why())
    return checked


def read_rot_days(typed: str) -> int | None:
    """A typed number of days, nothing for "never"; Invalid("rot_days") for all else."""
    text = clean(typed)
    if not text:
        return None
    # Other scripts' digits are digits to Python too.
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_ROT_DAYS):
        raise Invalid("rot_days", _rot_days_why())
    return int(text)


def checked_heading(typed: str, module: Module, group: Group) -> str:
    """What a group is to be called; "" for the heading that its kind gives it. Invalid("name")."""
    name = clean(typed)
    return "" if name in ("", group_name(module.kind, group)) else _checked_name(name, "")


def _checked_name(typed: str, why_not_empty: str) -> str:
    name = clean(typed)
    if not name:
        raise Invalid("name", why_not_empty)
    if cells(name) > NAME_CELLS:
        raise Invalid("name", _("This is too wide: it may take {limit} cells at most.").format(limit=NAME_CELLS))
    return name


def _rot_days_why() -> str:
    return _("Write a number of days from 1 to {most}, or nothing for never.").format(most=MOST_ROT_DAYS)


# --- what a pipeline refuses


def refuse_fixed(kind: Kind) -> None:
    """Raise Refused where the kind's pipeline can't be customised."""
    why = fixed_refusal(kind)
    if why:
        raise Refused(_("This pipeline is fixed."), why)


def refuse_full(pipeline: Sequence[Status]) -> None:
    """Raise Refused where there is no room for one status more."""
    if len(pipeline) >= MOST_STATUSES:
        raise Refused(
            ngettext(
                "A pipeline has {n} status at most.", "A pipeline has {n} statuses at most.", MOST_STATUSES
            ).format(n=MOST_STATUSES),
            _("Delete one first."),
        )


def refuse_last(module: Module, pipeline: Sequence[Status], status: Status) -> None:
    """Raise Refused where its group would be left without a status."""
    if sum(each.group is status.group for each in pipeline) == 1:
        raise Refused(
            _("“{status}” is the only status of “{group}”, and every group needs one.").format(
                status=status.name, group=heading(module, status.group)
            ),
            _("Add another one to the group first, or rename this one."),
        )


# --- the order of a pipeline


def moved(pipeline: Sequence[Status], status: Status, direction: int) -> tuple[Status, ...]:
    """The pipeline with this status one place up (-1) or down (1) in its group. Refused at the ends."""
    ordered = list(in_order(pipeline))
    place = next(at for at, each in enumerate(ordered) if each.id == status.id)
    other = place + direction
    if not 0 <= other < len(ordered) or ordered[other].group is not status.group:
        raise Refused(_("There is no place further in this direction."))
    ordered[place], ordered[other] = ordered[other], ordered[place]
    return tuple(ordered)


def regrouped(pipeline: Sequence[Status], status: Status, group: Group) -> tuple[Status, ...]:
    """The pipeline with this status in another group: first in a later one, last in an earlier one."""
    rest = [each for each in in_order(pipeline) if each.id != status.id]
    groups = list(Group)
    later = groups.index(group) > groups.index(status.group)
    before = sum(groups.index(each.group) < groups.index(group) + (not later) for each in rest)
    return (*rest[:before], replace(status, group=group), *rest[before:])


def heir(pipeline: Sequence[Status], status: Status) -> Status:
    """The status that takes the place of a deleted one where a rule says "from this status on".

    The next one, so that the rule holds wherever it held; the one before where the next would be another group's and
    losing a card is no going on.
    """
    ordered = list(in_order(pipeline))
    place = next(at for at, each in enumerate(ordered) if each.id == status.id)
    after = ordered[place + 1] if place + 1 < len(ordered) else None
    if after is not None and (after.group is status.group or after.group is not Group.FAILED):
        return after
    return ordered[place - 1]
