"""What a command is told on standard input."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from minicrm_tui.domain.errors import StoreFailed
from minicrm_tui.i18n import _
from minicrm_tui.system_errors import reason


def read(most: int) -> str:
    """So many characters of standard input at most; bytes that are no text are kept for the cleaning to mark."""
    if sys.stdin is None:
        return ""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    try:
        return sys.stdin.read(most)
    except OSError as error:
        raise StoreFailed(_("The input can't be read: {why}.").format(why=reason(error))) from error
