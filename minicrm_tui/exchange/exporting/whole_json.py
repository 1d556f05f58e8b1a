"""Our own JSON: everything that the file holds, a record a line, written without holding it in memory.

An object with `minicrm` (the number of the format, the program's version, how many records there are) and a list for
each part. A record says only what is not the default; ids tie the records of a file together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from minicrm_tui.domain.whole import FORMAT, PARTS, Json, Record

HEAD: Final = "minicrm"
"""The key under which a file of ours says what it is."""


def whole_json(records: Iterable[Record], counts: Mapping[str, int], program: str) -> Iterator[str]:
    """The whole file, in pieces; the records come part by part, in the order of `PARTS`."""
    said: dict[str, Json] = {"format": FORMAT, "program": program, "records": dict(counts)}
    yield f"{{\n{_dumped(HEAD)}: {_dumped(said)}"
    waiting = iter(PARTS)
    for name, its_records in groupby(records, lambda record: record.part):
        yield from _empty_until(waiting, name)
        yield f",\n{_dumped(name)}: ["
        yield from _listed(its_records)
        yield "\n]"
    yield from _empty_until(waiting, None)
    yield "\n}\n"


def _empty_until(waiting: Iterator[str], name: str | None) -> Iterator[str]:
    """The parts before this one have no records."""
    for part in waiting:
        if part == name:
            return
        yield f",\n{_dumped(part)}: []"


def _listed(records: Iterable[Record]) -> Iterator[str]:
    between = "\n"
    for record in records:
        yield between + _dumped(dict(record.values))
        between = ",\n"


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
