"""Our own JSON: what is in it, and taking it whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from minicrm_tui.domain.imports import Sort
from minicrm_tui.exchange.reading.kinds import kind_of
from minicrm_tui.exchange.reading.opening import look_at
from minicrm_tui.exchange.reading.tables import FileKind, Limits
from minicrm_tui.exchange.whole_reading import WholeFile, is_ours
from minicrm_tui.i18n import _
from minicrm_tui.screens.importing.lines import Line, Part
from minicrm_tui.screens.importing.trying_step import in_words

_SHOWN: Final = {"companies": Sort.COMPANY, "persons": Sort.PERSON, "cards": Sort.CARD, "tasks": Sort.TASK}
_HEAD: Final = 4096


def find_whole(path: Path, limits: Limits) -> Mapping[str, int] | None:
    """What our own JSON holds; None for any other file. Refused for one that can't be read, or is from a newer one."""
    if kind_of(path, limits) is not FileKind.JSON:
        return None
    with look_at(path, limits).open() as stream:
        if not is_ours(stream.read(_HEAD)):
            return None
        stream.seek(0)
        return WholeFile(stream).counts


def whole_parts(counts: Mapping[str, int]) -> Sequence[Part]:
    """What is in it, and what becomes of it."""
    return [
        Part(
            _("MiniCRM's own JSON, complete"),
            [
                Line(_("Holds"), _counted(counts)),
                Line(_("Goes"), _("whole, into a file that is empty; nothing of it is mapped")),
            ],
        )
    ]


def said_of_whole(counts: Mapping[str, int], *, same: bool) -> str:
    """What came of it."""
    if same:
        return _("The file holds exactly this already: nothing was changed.")
    return _("Imported whole: {parts}").format(parts=_counted(counts))


def _counted(counts: Mapping[str, int]) -> str:
    return in_words([(sort, counts.get(part, 0)) for part, sort in _SHOWN.items()]) or _("nothing")
