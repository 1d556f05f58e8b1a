"""What an import says: what the file was taken for, where its columns went, and what became of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Final

from minicrm_tui.domain.imports import Counts, ImportReport, Sort
from minicrm_tui.exchange.importing.mapping import second_columns
from minicrm_tui.exchange.importing.rejected import shown_problem
from minicrm_tui.exchange.importing.statuses import shown_word
from minicrm_tui.exchange.importing.targets import What
from minicrm_tui.exchange.reading.tables import FileKind, shown_name
from minicrm_tui.i18n import NN_, _, format_number, ngettext

if TYPE_CHECKING:
    from minicrm_tui.domain.whole import Taken
    from minicrm_tui.exchange.importing.session import Plan
    from minicrm_tui.transfer.imports import Imported

_SHOWN_PROBLEMS: Final = 20

_MADE: Final = {
    Sort.COMPANY: NN_("{n} company", "{n} companies"),
    Sort.PERSON: NN_("{n} person", "{n} persons"),
    Sort.CARD: NN_("{n} card", "{n} cards"),
    Sort.TASK: NN_("{n} task", "{n} tasks"),
    Sort.NOTE: NN_("{n} note", "{n} notes"),
}


def write_text(write: Callable[[str], None], plan: Plan, done: Imported, *, saved: bool) -> None:
    """For a person to read."""
    write("".join(f"{line}\n" for line in _lines(plan, done, saved=saved)))


def write_json(write: Callable[[str], None], plan: Plan, done: Imported, *, saved: bool) -> None:
    """One object, for scripts."""
    table, report = plan.looked.survey.table, done.report
    data = {
        "file": str(table.path),
        "kind": table.kind.value,
        "profile": plan.looked.profile.program.value,
        "subject": plan.manner.subject.value,
        "module": None if plan.landing is None else plan.landing.module.name,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "columns": [
            {"header": column.header, "field": None if target is None else target.text, "samples": column.samples}
            for column, target in zip(plan.looked.survey.columns, plan.targets, strict=True)
        ],
        "statuses": {word: shown_word(meaning) for word, meaning in plan.words.items()},
        "unknown_statuses": dict(plan.unknown),
        "saved_mapping": saved,
        "dry_run": report.dry_run,
        "rows": report.rows,
        "counts": {sort.value: _counts(report.counts[sort]) for sort in Sort},
        "matched_by": dict(report.matched_by),
        "errors": [{"row": each.row, "column": each.column, "why": each.why} for each in report.problems],
        "rejected": None if done.rejected is None else str(done.rejected),
        "warnings": list(plan.warnings),
    }
    write(dumps(data, ensure_ascii=False) + "\n")


def write_taken(write: Callable[[str], None], taken: Taken, *, json: bool) -> None:
    """What came of our own JSON."""
    counts = {part: count for part, count in taken.counts.items() if count}
    if json:
        write(dumps({"kind": "json", "same": taken.same, "counts": counts}, ensure_ascii=False) + "\n")
    elif taken.same:
        write(_("The file holds exactly this already: nothing was changed.") + "\n")
    else:
        parts = ", ".join(f"{part} {format_number(count)}" for part, count in counts.items())
        write(_("Imported whole: {parts}").format(parts=parts) + "\n")


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "made": counts.made,
        "updated": counts.updated,
        "skipped": counts.skipped,
        "matched": counts.matched,
    }


def _lines(plan: Plan, done: Imported, *, saved: bool) -> Iterator[str]:
    report = done.report
    yield _taken_for(plan)
    if saved:
        yield _("The mapping that was saved for these headers was used.")
    yield from _mapping(plan)
    yield from plan.warnings
    yield from _statuses(plan)
    yield from _outcome(report)
    if any(report.counts[sort].skipped for sort in (Sort.COMPANY, Sort.PERSON)):
        yield _("What the file has more of them is taken with --on-duplicate update.")
    yield from _problems(plan, report, done.rejected)
    if report.dry_run:
        yield _("This was a dry run: nothing was changed.")


def _taken_for(plan: Plan) -> str:
    table, parts = plan.looked.survey.table, [replace(plan.looked.profile, subject=plan.manner.subject).name]
    if plan.landing is not None and plan.statuses is not None:
        parts.append(_("into {module}").format(module=plan.landing.module.name))
    if table.kind is FileKind.DELIMITED:
        parts.append(
            _("{encoding}, cells parted by “{mark}”").format(
                encoding=table.encoding, mark=_("tab") if table.delimiter == "\t" else table.delimiter
            )
        )
    rows = ngettext("{n} row", "{n} rows", plan.looked.survey.rows).format(n=format_number(plan.looked.survey.rows))
    return f"{shown_name(table.path)}: " + " · ".join((*parts, rows))


def _mapping(plan: Plan) -> Iterator[str]:
    went = [
        f"{header} → {target.text}"
        for header, target in zip(plan.headers, plan.targets, strict=True)
        if target is not None and target.what is not What.IGNORE
    ]
    yield _("Columns: {columns}").format(columns=" · ".join(went))
    for place in sorted(second_columns(plan.targets)):
        target = plan.targets[place]
        said = _("“{field}” has another column above: this one counts only where that is empty.")
        yield f"{plan.headers[place]}: {said.format(field='' if target is None else target.text)}"
    if plan.unmapped:
        yield _("Not imported: {columns}").format(columns=", ".join(plan.unmapped))


def _statuses(plan: Plan) -> Iterator[str]:
    if plan.words:
        said = " · ".join(f"{word} → {shown_word(meaning)}" for word, meaning in plan.words.items())
        yield _("Statuses: {statuses}").format(statuses=said)
    if plan.unknown:
        names = ", ".join(_("“{text}”").format(text=word) for word in plan.unknown)
        yield _("Unknown statuses, to be explained by --status-map: {names}").format(names=names)


def _outcome(report: ImportReport) -> Iterator[str]:
    """A line for each thing that happened: made, changed, skipped, known."""
    made, changed, skipped, matched = (
        (_("Would be made") if report.dry_run else _("Made"), "made"),
        (_("Would be changed") if report.dry_run else _("Changed"), "updated"),
        (_("There already, skipped"), "skipped"),
        (_("Known contacts"), "matched"),
    )
    lines = 0
    for said, field in (made, changed, skipped, matched):
        counts = [(sort, int(_counts(report.counts[sort])[field])) for sort in Sort]
        shown = [ngettext(*_MADE[sort], count).format(n=format_number(count)) for sort, count in counts if count]
        if shown:
            lines += 1
            yield f"{said}: {', '.join(shown)}"
    if not lines:
        yield _("Nothing was found to import.")


def _problems(plan: Plan, report: ImportReport, rejected: Path | None) -> Iterator[str]:
    if not report.problems:
        return
    count = report.errors
    yield ngettext("{n} row has errors:", "{n} rows have errors:", count).format(n=format_number(count))
    name = shown_name(plan.looked.path)
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        yield f"  {shown_problem(name, problem)}"
    if len(report.problems) > _SHOWN_PROBLEMS:
        yield "  " + _("… and {n} more.").format(n=format_number(len(report.problems) - _SHOWN_PROBLEMS))
    if rejected is not None:
        yield _("They are in {path}: mend them there, and import that file.").format(path=rejected)
