"""Why the system refuses a file, in the person's language: its own words are English everywhere."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from minicrm_tui.i18n import N_, _

_NO_PERMISSION: Final = N_("no permission")
_FULL: Final = N_("the disk is full")

_REASONS: Final[Mapping[int, str]] = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ENOENT: N_("there is no such place"),
    errno.ENOTDIR: N_("it leads through a file"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("it is a link that leads nowhere"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: N_("it would be too large"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk does not answer"),
}


def reason(error: OSError) -> str:
    """A few words for the middle of a sentence; the system's own where there are none of ours."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
