"""The third and the fourth step: which column goes where, and which status is which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from minicrm_tui.domain.errors import CrmError
from minicrm_tui.domain.imports import Landing
from minicrm_tui.domain.pipelines import heading
from minicrm_tui.exchange.importing.mapping import lacking, second_columns, subject_of
from minicrm_tui.exchange.importing.session import Plan
from minicrm_tui.exchange.importing.statuses import choices, shown_word
from minicrm_tui.exchange.importing.survey import Column
from minicrm_tui.exchange.importing.targets import Target, What
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.importing.draft import Draft
from minicrm_tui.screens.importing.lines import Line, Part
from minicrm_tui.screens.importing.names import Option, field_called


def column_parts(draft: Draft) -> Sequence[Part]:
    """The columns, in their order, those first of which nothing is known."""
    unknown: list[Line] = []
    known: list[Line] = []
    again = second_columns(draft.targets)
    for place, (column, target) in enumerate(zip(draft.looked.survey.columns, draft.targets, strict=True)):
        (unknown if target is None else known).append(_column(column, target, again=place in again))
    parts = [Part(_("Not imported: say where these go, or leave them"), unknown, tone="warning", count=True)]
    return [*(parts if unknown else ()), Part(_("Columns"), known, count=True)]


def _column(column: Column, target: Target | None, *, again: bool) -> Line:
    samples = " · ".join(column.samples) or _("empty")
    goes, tone = (_("not known"), "warning") if target is None else (field_called(target), "")
    whole = f"{column.header} → {goes}: {samples}"
    if target is not None and target.what is What.IGNORE:
        tone = "muted"
    if again:
        tone = "warning"
        said = _("“{field}” has another column above: this one counts only where that is empty.")
        whole = f"{column.header}: {said.format(field=goes)}"
    return Line(column.header, goes, samples, tone, column.header, whole)


def column_problem(draft: Draft) -> str:
    """What is wrong with the mapping; nothing where it will do."""
    targets, profile = draft.targets, draft.looked.profile
    found = lacking(targets, replace(profile, subject=subject_of(targets, profile)))
    if found is not None:
        field = field_called(Target(found))
        return _("No column goes to “{field}”: enter on the one that does.").format(field=field)
    try:
        draft.plan()
    except CrmError as error:
        return error.message
    return ""


# --- statuses


def status_parts(plan: Plan) -> Sequence[Part]:
    """The status words of the file: those that are unknown first."""
    unknown = [_unknown(word, rows) for word, rows in plan.unknown.items()]
    known = [Line(word, shown_word(meaning), key=word) for word, meaning in plan.words.items()]
    title = _("Unknown to {module}: choose for each").format(
        module="" if plan.landing is None else _module(plan.landing)
    )
    parts = [Part(title, unknown, tone="error", count=True)] if unknown else []
    return [*parts, Part(_("Known"), known, count=True)] if known else parts


def _unknown(word: str, rows: int) -> Line:
    count = ngettext("{n} row", "{n} rows", rows).format(n=format_number(rows))
    return Line(word, _("choose …"), count, "error", word, f"{word} ({count})")


def _module(landing: Landing) -> str:
    return landing.module.name


def statuses_offered(plan: Plan) -> Sequence[Option]:
    """What a word can mean in the module."""
    return [] if plan.landing is None else list(_offered(plan.landing))


def _offered(landing: Landing) -> Iterator[Option]:
    by_key = {status.key: status for status in landing.pipeline}
    for text in choices(landing):
        status = by_key.get(text) if landing.is_sales else None
        yield text, text if status is None else f"{heading(landing.module, status.group)} · {status.name}"
