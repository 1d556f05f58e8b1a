"""What the main screen says about a module: counts, what an empty list teaches, where the other expired cards are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from minicrm_tui.domain.importance import sort_name
from minicrm_tui.domain.pipelines import heading, list_name
from minicrm_tui.domain.records import Bucket, Group, Module, ModuleSummary, Sort
from minicrm_tui.domain.views import Outline
from minicrm_tui.i18n import _, format_number
from minicrm_tui.screens.main.state import Modules, ModuleState
from minicrm_tui.widgets.card_list import list_sections
from minicrm_tui.widgets.sections import Section


def list_title(module: Module) -> str:
    """What the list is called, and its order where that is not the usual one."""
    items = list_name(module)
    return items if module.sort is Sort.DEADLINE else f"{items} · {sort_name(module.sort)}"


def sections_of(outline: Outline, modules: Modules) -> tuple[Section, ...]:
    """The headings of the list; an empty *Expired* says so, and where the others are."""
    sections = list_sections(outline, finished=modules.shows_finished)
    if outline.buckets.get(Bucket.EXPIRED):
        return sections
    narrow = bool(modules.state.filter) or modules.state.status_id is not None
    if narrow and modules.current.expired:
        # What hides the expired cards of this very module is nothing to be praised.
        said, tone = _("none here; x goes to the others"), "muted"
    else:
        said, tone = " · ".join(filter(None, [_("nothing is late"), _elsewhere(modules.all, modules.index)])), "success"
    return tuple(
        replace(section, detail=said, tone=tone) if section.key == Bucket.EXPIRED else section for section in sections
    )


def _elsewhere(modules: Sequence[ModuleSummary], index: int) -> str:
    """Where the other expired cards are, and the key that goes there."""
    others = (*modules[index + 1 :], *modules[:index])
    late = next((summary for summary in others if summary.expired), None)
    return _("{module} {n} — x").format(module=late.module.name, n=format_number(late.expired)) if late else ""


def list_counts(outline: Outline) -> str:
    """One line for a list that is hidden."""
    return _("{late} expired · {all} in the list").format(
        late=format_number(outline.buckets.get(Bucket.EXPIRED, 0)), all=format_number(sum(outline.buckets.values()))
    )


def board_counts(outline: Outline, module: ModuleSummary) -> str:
    """One line for a pipeline that is hidden."""
    return "  ".join(_group_counts(outline, module))


def _group_counts(outline: Outline, module: ModuleSummary) -> Iterator[str]:
    groups = {status.id: status.group for status in module.statuses}
    for group in Group:
        count = sum(tally.cards for key, tally in outline.statuses.items() if groups.get(key) == group)
        yield f"{heading(module.module, group)} {format_number(count)}"


def empty_list(state: ModuleState) -> str:
    """What an empty list says."""
    if state.filter:
        return _("Nothing matches “{text}”. esc shows all again.").format(text=state.filter)
    if state.status_id is not None:
        return _("No card waits in this status. esc shows all again.")
    return _("Nothing here yet: n makes the first one.")
