"""The last step: what would come of it, and what is wrong, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minicrm_tui.domain.imports import ImportReport, Problem, Sort
from minicrm_tui.exchange.importing.rejected import shown_problem
from minicrm_tui.i18n import _, format_number, ngettext
from minicrm_tui.screens.importing.lines import Line, Part
from minicrm_tui.screens.importing.names import SORTS


def report_parts(name: str, report: ImportReport) -> Sequence[Part]:
    """What would be made, changed and left, and every error."""
    lines = tuple(_outcome(report)) or (Line(_("Nothing was found to import.")),)
    parts = [Part(_("What would come of it"), lines)]
    if report.problems:
        count = report.errors
        said = ngettext(
            "{n} row has errors: it goes to a file beside this one",
            "{n} rows have errors: they go to a file beside this one",
            count,
        )
        title = said.format(n=format_number(count))
        parts.append(Part(title, [_problem(name, problem) for problem in report.problems], tone="error"))
    return parts


def _outcome(report: ImportReport) -> Iterator[Line]:
    for label, counted in (
        (_("Would be made"), [(sort, report.counts[sort].made) for sort in Sort]),
        (_("Would be changed"), [(sort, report.counts[sort].updated) for sort in Sort]),
        (_("There already, skipped"), [(sort, report.counts[sort].skipped) for sort in Sort]),
        (_("Known contacts"), [(sort, report.counts[sort].matched) for sort in Sort]),
    ):
        said = in_words(counted)
        if said:
            yield Line(label, said, whole=_("enter imports it, in one step that u takes back."))


def _problem(name: str, problem: Problem) -> Line:
    row = _("row {n}").format(n=format_number(problem.row))
    return Line(row, problem.column, problem.why, "error", whole=shown_problem(name, problem))


def in_words(counted: Sequence[tuple[Sort, int]]) -> str:
    """ "2 companies, 3 cards"; nothing where there is nothing."""
    return ", ".join(ngettext(*SORTS[sort], count).format(n=format_number(count)) for sort, count in counted if count)


def said_of(report: ImportReport, rejected: str) -> str:
    """What came of the import, in one line; `rejected`: where its rows with errors are."""
    made = in_words([(sort, report.counts[sort].made) for sort in Sort])
    changed = in_words([(sort, report.counts[sort].updated) for sort in Sort])
    parts = [f"{_('Imported')}: {made}" if made else "", f"{_('Changed')}: {changed}" if changed else ""]
    said = " · ".join(part for part in parts if part) or _("Nothing new: all of it was there already.")
    if rejected:
        count = report.errors
        left = ngettext("{n} row with errors is in {path}", "{n} rows with errors are in {path}", count)
        said = f"{said} · {left.format(n=format_number(count), path=rejected)}"
    return f"{said} · {_('u takes it back')}" if report.changes else said
