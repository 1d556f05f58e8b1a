"""A file that was looked at and planned, taken into the store; what has errors goes to a file beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from minicrm_tui.domain.errors import StoreFailed
from minicrm_tui.domain.imports import ImportReport, OnDuplicate, Problem, Read, Wish
from minicrm_tui.exchange.importing.rejected import rejected
from minicrm_tui.exchange.reading.tables import shown_name
from minicrm_tui.files import write_whole
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason

if TYPE_CHECKING:
    from minicrm_tui.exchange.importing.session import Plan
    from minicrm_tui.exchange.importing.survey import Survey
    from minicrm_tui.store.store import Store

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file, and where its rows with errors are."""

    report: ImportReport
    rejected: Path | None = None


async def take(
    store: Store,
    plan: Plan,
    now: datetime,
    *,
    on_duplicate: OnDuplicate = OnDuplicate.SKIP,
    dry_run: bool = False,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Imported:
    """Import the planned file in one undo step, or only try it. All or nothing, the file of rejected rows too.

    Raises Refused for statuses that nobody has explained (a dry run tells of them), for a file that was changed
    meanwhile, and once `stop` is set.
    """
    if not dry_run:
        plan.refuse_unknown()
    survey = plan.looked.survey
    written: list[Path] = []

    def at_the_end(report: ImportReport) -> None:
        survey.table.check_unchanged()
        if report.problems and not dry_run:
            written.append(write_rejected(survey, report.problems))

    def rows() -> Iterator[Read]:
        return plan.reader().rows()

    wish = Wish(shown_name(plan.looked.path), plan.landing, on_duplicate, dry_run, plan.brings_to_cards)
    try:
        report = await store.import_rows(
            wish, rows, survey.rows, now, progress=progress, stop=stop, at_the_end=at_the_end
        )
    except BaseException:
        # Nothing came in, so nothing is left out either.
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return Imported(report, written[0] if written else None)


def write_rejected(survey: Survey, problems: tuple[Problem, ...]) -> Path:
    """Write the rows with errors beside their file: FILE.rejected.csv; FILE.rejected-2.csv where that is there …

    Raises StoreFailed where they can't be written.
    """
    data, path = rejected(survey, problems), survey.table.path
    for number in count(1):
        beside = path.with_name(f"{path.name}.rejected{f'-{number}' if number > 1 else ''}.csv")
        try:
            write_whole(beside, data, overwrite=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise StoreFailed(
                _("The rows with errors can't be written beside {path} ({why}); nothing was imported.").format(
                    path=shown_name(path), why=reason(error)
                ),
                _("Put the file where you may write."),
            ) from error
        return beside
    raise AssertionError("there is always a further number")
