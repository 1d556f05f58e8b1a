"""Why backups are made."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from minicrm_tui.i18n import N_, _


class Reason(StrEnum):
    """Why a backup was made; the word in its file's name."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    UPGRADE = "before-upgrade"
    IMPORT = "before-import"
    MERGE = "before-merge"
    RESTORE = "before-restore"
    MENDING = "before-mending"
    RESCUE = "rescued"


_WORDS: Final = {
    Reason.DAILY: N_("of the day"),
    Reason.BY_HAND: N_("made by hand"),
    Reason.UPGRADE: N_("before the file's format changed"),
    Reason.IMPORT: N_("before an import"),
    Reason.MERGE: N_("before contacts were merged"),
    Reason.RESTORE: N_("before another backup was restored"),
    Reason.MENDING: N_("before the file was mended"),
    Reason.RESCUE: N_("saved when the file had gone from its place"),
}


def why(reason: Reason) -> str:
    """Why it was made, in words."""
    return _(_WORDS[reason])
