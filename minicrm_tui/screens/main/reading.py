"""Live readings: what the lines say that they have understood, while one types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from minicrm_tui.domain.checklist_forms import to_tick
from minicrm_tui.domain.errors import CrmError, Invalid
from minicrm_tui.domain.quickadd import LineDraft, TaskDraft, explain, parse_line, parse_task
from minicrm_tui.domain.records import Due, Kind, Module, moment_key
from minicrm_tui.domain.task_types import task_type_name
from minicrm_tui.i18n import _, format_due, format_time
from minicrm_tui.widgets.line import Reading

if TYPE_CHECKING:
    from minicrm_tui.domain.templates import TaskOffer
    from minicrm_tui.screens.main.workbench import Workbench


class DayLoads:
    """How many open tasks a day has, asked once a day and line."""

    def __init__(self, bench: Workbench) -> None:
        self._store = bench.store
        self._known: dict[date, int] = {}

    async def of(self, day: date) -> int:
        """Open tasks of all modules on this day."""
        if day not in self._known:
            self._known.update(await self._store.days([day]))
        return self._known.get(day, 0)

    async def of_all(self, days: list[date]) -> Mapping[date, int]:
        """The same for several days at once."""
        self._known.update(await self._store.days(days))
        return self._known


class TaskReader:
    """Reads `TEXT WHEN` for the next-step line and for `t`, with what the module offers."""

    def __init__(self, bench: Workbench, offer: TaskOffer) -> None:
        self._bench = bench
        self._offer = offer
        self._loads = DayLoads(bench)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self._bench.now()

    async def read(self, text: str) -> Reading:
        """The task as it would be made; raises Invalid."""
        draft = read_task(self._bench, text, self._offer)
        shown = f"→ {shown_task(draft, self.now)} · {await self._loads.of(draft.due.day)}"
        return Reading(shown + _shown_template(draft, self._offer), value=draft)

    async def safely(self, text: str) -> Reading:
        """The same, with what is wrong as the reading's error."""
        if not text.strip():
            return Reading("", error=_("Write what is to be done, and when."))
        try:
            return await self.read(text)
        except Invalid as error:
            return Reading("", error=error.why)


class LineReader:
    """Reads the one-line language for `n`."""

    def __init__(self, bench: Workbench, module: Module, offer: TaskOffer) -> None:
        self._bench = bench
        self._offer = offer
        self._currency = module.currency or bench.settings.currency
        self._vat = bench.settings.vat if module.kind in (Kind.ORDERS, Kind.INVOICING) else 0
        self._loads = DayLoads(bench)

    async def safely(self, text: str) -> Reading:
        """The card as it would be made, part by part, or what is wrong."""
        if not text.strip():
            return Reading("", error=_("Write the card's name first."))
        try:
            draft = self._parse(text)
        except CrmError as error:
            return Reading("", error=error.sentence())
        return Reading(await self._shown(draft), value=draft)

    def _parse(self, text: str) -> LineDraft:
        settings = self._bench.settings
        return parse_line(
            text,
            self._bench.now(),
            currency=self._currency,
            language=settings.language,
            week_start=settings.week_start,
            working_days=settings.working_days,
            offer=self._offer,
        )

    async def _shown(self, draft: LineDraft) -> str:
        now = self._bench.now()
        shown = explain(draft, now.date(), self._vat)
        if draft.task is None:
            return shown
        shown = f"{shown}{_past(draft.task.due, now)} · {await self._loads.of(draft.task.due.day)}"
        return shown + _shown_template(draft.task, self._offer)


def read_task(bench: Workbench, text: str, offer: TaskOffer) -> TaskDraft:
    """`TEXT WHEN`, with the person's settings and what the module offers; raises Invalid."""
    settings = bench.settings
    return parse_task(
        text,
        bench.now(),
        language=settings.language,
        week_start=settings.week_start,
        working_days=settings.working_days,
        offer=offer,
    )


def _shown_template(draft: TaskDraft, offer: TaskOffer) -> str:
    """Of a task that is a template's: its name, type, and how much there is to tick."""
    template = offer.template_of(draft.text)
    if template is None:
        return ""
    said = [task_type_name(draft.type)]
    if draft.checks:
        said.append(to_tick(len(draft.checks)))
    return f" · {template.name}: {', '.join(said)}"


def typed_due(due: Due, today: date) -> str:
    """A deadline as one would type it: +3d, today, 2026-11-20 14:00."""
    days = (due.day - today).days
    day = f"+{days}d" if days > 0 else due.day.isoformat() if days < 0 else _("today")
    return day if due.at is None else f"{day} {format_time(due.at)}"


def _past(due: Due, now: datetime) -> str:
    """A new task may lie in the past; the line says so."""
    return _(" (already past)") if due.key < moment_key(now) else ""


def shown_task(draft: TaskDraft, now: datetime) -> str:
    """A task as the lines show it: call Ana · Fri 27 Nov 14:00."""
    return f"{draft.text} · {format_due(draft.due, now.date())}{_past(draft.due, now)}"


def shown_due(due: Due, now: datetime) -> str:
    """A deadline in words: Fri 27 Nov 14:00."""
    return format_due(due, now.date())
