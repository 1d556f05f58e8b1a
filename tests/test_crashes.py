"""The log of crashes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from minicrm_tui.crashes import write_crash


def a_bug() -> Exception:
    customer = "Ana Pop"
    try:
        raise ValueError(len(customer))
    except ValueError as error:
        return error


def test_a_crash_is_added_to_a_log_that_is_its_owner_s_alone(tmp_path: Path, now: datetime) -> None:
    log = tmp_path / "state" / "log" / "minicrm.log"
    assert write_crash(log, a_bug(), now)
    assert write_crash(log, a_bug(), now)
    text = log.read_text(encoding="utf-8")
    assert text.count("2026-11-23T07:30:00+00:00 minicrm ") == 2
    assert text.count("ValueError: 7") == 2
    assert "Ana Pop" not in text.replace('customer = "Ana Pop"', "")
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    assert log.parent.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_can_t_be_written_is_no_second_crash(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "file").write_text("")
    assert not write_crash(tmp_path / "file" / "minicrm.log", a_bug(), now)
