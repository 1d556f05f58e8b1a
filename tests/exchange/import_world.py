"""What the tests of importing share: modules to import into, files of a few lines, the files of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from minicrm_tui.domain import pipelines
from minicrm_tui.domain.fields import Field
from minicrm_tui.domain.imports import ImportedRow, Landing, Problem, Read
from minicrm_tui.domain.records import Kind, Module, ModuleId, Status, StatusId
from minicrm_tui.exchange.importing.session import Choices, Plan, look, plan
from minicrm_tui.exchange.reading.tables import Limits

FILES = Path(__file__).parents[1] / "data" / "imports"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=2), "EET"))


def landing(kind: Kind = Kind.SALES, fields: Sequence[Field] = ()) -> Landing:
    """A module of this kind as a new file has it."""
    module = Module(ModuleId(1), kind, pipelines.module_name(kind), pipelines.item_name(kind), 0)
    pipeline = tuple(
        Status(StatusId(number), module.id, each.key, pipelines.status_name(kind, each.key), each.group, number)
        for number, each in enumerate(pipelines.template(kind), 1)
    )
    return Landing(module, pipeline, tuple(fields))


def planned(path: Path, choices: Choices | None = None, into: Landing | None = None) -> Plan:
    """The plan for a file, in Romania."""
    said = choices or Choices()
    return plan(look(path, Limits(), said), into or landing(), said, country="RO", now=NOW)


def read(path: Path, choices: Choices | None = None, into: Landing | None = None) -> list[Read]:
    """Every row of a file."""
    return list(planned(path, choices, into).reader().rows())


def row_of(path: Path, choices: Choices | None = None, into: Landing | None = None) -> ImportedRow:
    """The first row of a file, which must be right."""
    found = read(path, choices, into)[0]
    assert isinstance(found, ImportedRow), found
    return found


def problems_of(path: Path, choices: Choices | None = None, into: Landing | None = None) -> list[Problem]:
    """All that is wrong in a file."""
    return [problem for each in read(path, choices, into) if not isinstance(each, ImportedRow) for problem in each]


def written(folder: Path, *lines: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes("\r\n".join((*lines, "")).encode(encoding))
    return path
