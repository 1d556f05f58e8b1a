"""The rows with errors in a file of their own: in the shape of the one that they come from, and why beside each."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, TextIOWrapper

from minicrm_tui.domain.imports import Problem
from minicrm_tui.exchange.importing.survey import Survey
from minicrm_tui.exchange.reading.tables import FileKind
from minicrm_tui.i18n import _


def rejected(survey: Survey, problems: Sequence[Problem]) -> bytes:
    """The rows with these problems, each with the reasons, as a file like the one that they come from."""
    return _rejected(survey, _reasons(problems))


def shown_problem(path_name: str, problem: Problem) -> str:
    """ "deals.csv, row 14, column “Value”: “12,3,4” is not an amount." """
    where = _("{file}, row {n}").format(file=path_name, n=problem.row)
    if problem.column:
        where = _("{place}, column “{name}”").format(place=where, name=problem.column)
    return f"{where}: {problem.why}"


def _reasons(problems: Sequence[Problem]) -> Mapping[int, str]:
    found: dict[int, list[str]] = {}
    for problem in problems:
        said = f"{problem.column}: {problem.why}" if problem.column else problem.why
        found.setdefault(problem.row, []).append(said)
    return {row: " ".join(said) for row, said in found.items()}


def _rejected(survey: Survey, reasons: Mapping[int, str]) -> bytes:
    table = survey.table
    encoding = table.encoding if table.kind is FileKind.DELIMITED else "utf-8-sig"
    header = [*survey.raw]
    # A file of rejected rows that is imported again has its reasons already.
    again = header[-1] == _("Reason")
    buffer = BytesIO()
    text = TextIOWrapper(buffer, encoding, errors="replace", newline="")
    writer = csv.writer(text, delimiter=table.delimiter)
    writer.writerow([*(header[:-1] if again else header), _("Reason")])
    width = len(header) - again
    for row in survey.body():
        if row.number in reasons:
            cells = [*row.cells, *[""] * (width - len(row.cells))]
            writer.writerow([*(cells[:width] if again else cells), reasons[row.number]])
    text.flush()
    return buffer.getvalue()
