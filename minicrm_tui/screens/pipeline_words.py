"""What the pipeline editor says of the status, or the group, under its cursor."""

from __future__ import annotations

from collections.abc import Iterator

from minicrm_tui.domain.follow_ups import in_words
from minicrm_tui.domain.pipelines import fixed_refusal, heading, is_fixed
from minicrm_tui.domain.records import FollowUp, Module, Status
from minicrm_tui.domain.status_drafts import color_name
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.main.workbench import cards
from minicrm_tui.screens.status_form import rots_in_words
from minicrm_tui.widgets.cells import wrap
from minicrm_tui.widgets.groups import GroupColumn, sums_of
from minicrm_tui.widgets.sections import Section
from minicrm_tui.widgets.status_board import StatusBoard
from minicrm_tui.widgets.strips import Piece

Line = tuple[Piece, ...]


def details(module: Module, board: StatusBoard) -> Iterator[Line]:
    """Three lines, whatever the cursor stands on; of a fixed pipeline, also why it is."""
    yield from _under_the_cursor(module, board)
    for line in wrap(fixed_refusal(module.kind), max(1, board.size.width - 2)):
        yield (Piece(line, "muted"),)


def _under_the_cursor(module: Module, board: StatusBoard) -> Iterator[Line]:
    if board.status is not None and board.section is not None:
        yield from _of_status(module, board.status, board.section)
    elif board.column is not None:
        yield from _of_group(module, board.column)


def _of_status(module: Module, status: Status, section: Section) -> Iterator[Line]:
    where = " · ".join(filter(None, (heading(module, status.group), cards(section.count), section.detail)))
    yield Piece(status.name, "strong", True), Piece(f"  {where}", "muted")
    if status.follow_up is not None:
        yield (Piece(_("Proposes: {rule}").format(rule=_rule(status.follow_up))),)
    elif module.follow_up is not None:
        yield (Piece(_("Proposes, as the whole module: {rule}").format(rule=_rule(module.follow_up)), "muted"),)
    else:
        yield (Piece(_("Proposes no task of its own"), "muted"),)
    color = _("colour: {color}").format(color=color_name(status.color)) if status.color else ""
    last = " · ".join(filter(None, (rots_in_words(status.rot_days), color)))
    yield (Piece(last[:1].upper() + last[1:], "" if status.rot_days else "muted"),)


def _of_group(module: Module, column: GroupColumn) -> Iterator[Line]:
    count = ngettext("{n} status", "{n} statuses", len(column.statuses)).format(n=format_number(len(column.statuses)))
    where = " · ".join((count, cards(column.count), *sums_of(column.sums)))
    yield Piece(column.title, "strong", True), Piece(f"  {where}", "muted")
    said = "" if is_fixed(module.kind) else _("enter calls the group otherwise, n adds a status to it")
    yield (Piece(said, "muted"),)
    yield ()


def _rule(rule: FollowUp) -> str:
    """A rule in words: "“Call about the offer” · Call · in 3 days"."""
    kind = task_type_name(rule.type) if rule.type else ""
    return " · ".join(filter(None, (f"“{rule.text}”", kind, in_words(rule.days))))
