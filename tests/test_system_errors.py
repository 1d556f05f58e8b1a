"""What is said of files that the system refuses."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from minicrm_tui.i18n import set_language
from minicrm_tui.system_errors import reason


def test_a_refusal_is_said_in_the_persons_language(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Is a directory") as refused:
        tmp_path.read_text()
    assert reason(refused.value) == "it is a folder"
    set_language("ro")
    assert reason(refused.value) == "este un dosar"


def test_what_is_not_known_is_said_as_the_system_says_it() -> None:
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert reason(OSError("odd")) == "odd"
