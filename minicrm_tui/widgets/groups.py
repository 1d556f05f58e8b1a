"""What the pipeline shows of a module: its four groups, each with its statuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minicrm_tui.domain.records import Group, Money, Status
from minicrm_tui.domain.views import Outline
from minicrm_tui.i18n import short_money
from minicrm_tui.widgets.sections import Section


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """What one column shows: the group's heading, count and sums; its statuses as sections, key = str(status id)."""

    group: Group
    title: str
    count: int
    sums: tuple[Money, ...]
    statuses: tuple[Section, ...]


def group_columns(
    statuses: Sequence[Status],
    outline: Outline,
    group_title: Callable[[Group], str],
) -> tuple[GroupColumn, ...]:
    """The four columns for an outline, in pipeline order."""
    return tuple(_group_column(group, statuses, outline, group_title(group)) for group in Group)


def _group_column(group: Group, statuses: Sequence[Status], outline: Outline, title: str) -> GroupColumn:
    own = [status for status in sorted(statuses, key=lambda status: status.position) if status.group == group]
    tallies = [outline.statuses[status.id] for status in own if status.id in outline.statuses]
    sections = tuple(_status_section(status, outline) for status in own)
    sums: dict[str, int] = {}
    for money in (money for tally in tallies for money in tally.sums):
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return GroupColumn(
        group,
        title,
        sum(tally.cards for tally in tallies),
        tuple(Money(minor, currency) for currency, minor in sums.items()),
        sections,
    )


def _status_section(status: Status, outline: Outline) -> Section:
    tally = outline.statuses.get(status.id)
    if tally is None:
        return Section(str(status.id), status.name, 0, tone=status.color)
    sums = sums_of(tally.sums)
    brief = some_of(sums[:1], sums)
    return Section(str(status.id), status.name, tally.cards, detail=" ".join(sums), tone=status.color, brief=brief)


def some_of(shown: Sequence[str], sums: Sequence[str], between: str = " · ") -> str:
    """These of the sums; a sign says that there are more."""
    return between.join(shown) + ("+" if len(shown) < len(sums) else "")


def sums_of(sums: Sequence[Money]) -> tuple[str, ...]:
    """Short sums, each with its currency: 120k EUR."""
    return tuple(f"{short_money(money)} {money.currency}" for money in sums if money.minor)
