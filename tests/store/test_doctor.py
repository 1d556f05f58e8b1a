"""The doctor: each thing that can be wrong is found, and put right where there is one right answer."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from minicrm_tui.domain.backups import Reason
from minicrm_tui.domain.errors import CannotStart
from minicrm_tui.domain.retention import Keep
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.doctor.examining import examine, mend
from minicrm_tui.store.doctor.findings import Finding

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def safe(safe: Safe, now: datetime) -> Safe:
    """With the backup of the day."""
    safe.take(Reason.DAILY, now)
    return safe


def spoil(safe: Safe, *statements: str) -> None:
    """As another program would: without our triggers' and guards' permission where they forbid it."""
    with closing(sqlite3.connect(safe.database, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)


def keys(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.key for finding in findings]


def test_a_file_in_order_has_nothing_wrong(safe: Safe, now: datetime) -> None:
    assert examine(safe, now) == ()


NO_GUARDS = "DROP TRIGGER guard_card_update"

MENDED = [
    pytest.param(["UPDATE card SET next_task_id = NULL WHERE next_task_id IS NOT NULL"], "cards", id="next task"),
    pytest.param(["UPDATE card SET sort_key = 7 WHERE id = 1"], "cards", id="order"),
    pytest.param(["UPDATE card SET folded = 'zzz' WHERE id = 1"], "cards", id="name to search"),
    pytest.param(["UPDATE card SET search = '' WHERE search <> ''"], "cards", id="words to search"),
    pytest.param(["UPDATE task SET text = 'Other words' WHERE closed_at IS NULL"], "cards", id="task changed alone"),
    pytest.param(["UPDATE tally SET cards = cards + 1"], "counts", id="tally"),
    pytest.param(["DELETE FROM worth"], "counts", id="worth"),
    pytest.param(["INSERT INTO load VALUES ('2030-01-01', 3)"], "counts", id="load"),
    pytest.param(["INSERT INTO said (rowid, text) VALUES (999999, 'never said')"], "words", id="a note too many"),
    pytest.param(["INSERT INTO said (said) VALUES ('delete-all')"], "words", id="no notes"),
    pytest.param(["DROP TRIGGER journal_card_update"], "triggers", id="a trigger gone"),
    pytest.param(["UPDATE journal SET action_id = 1"], "journal", id="an action left open"),
    pytest.param(
        ["INSERT INTO change (action_id, tbl, row_id, old) VALUES (424242, 'card', 1, '[]')"],
        "journal",
        id="lost change",
    ),
]


@pytest.mark.parametrize(("statements", "key"), MENDED)
def test_what_has_one_right_answer_is_mended_after_a_backup(
    safe: Safe, now: datetime, statements: list[str], key: str
) -> None:
    spoil(safe, *statements)
    found = examine(safe, now)
    assert key in keys(found)
    later = now + timedelta(minutes=5)
    assert mend(safe, found, later) == found
    assert examine(safe, later) == ()
    assert safe.backups(now)[0].reason is Reason.MENDING


def test_an_opportunity_goes_where_its_fields_put_it(safe: Safe, now: datetime) -> None:
    spoil(
        safe,
        NO_GUARDS,
        "UPDATE card SET decided = 1, sales_status = 'in_progress', qualification = 'vip' WHERE id ="
        " (SELECT c.id FROM card c JOIN module m ON m.id = c.module_id WHERE m.kind = 'sales' LIMIT 1)",
    )
    found = examine(safe, now)
    assert {"statuses", "triggers"} <= set(keys(found))
    mend(safe, found, now)
    assert examine(safe, now) == ()
    with closing(sqlite3.connect(safe.database)) as conn:
        query = "SELECT s.key FROM card c JOIN status s ON s.id = c.status_id WHERE c.decided = 1"
        assert ("open_vip_decided",) in conn.execute(query).fetchall()


def test_nothing_is_changed_by_looking(safe: Safe, now: datetime) -> None:
    spoil(safe, "UPDATE tally SET cards = 9", "DROP TRIGGER journal_card_update")
    examine(safe, now)  # the first one to open it notes in its header that it has a log
    before = safe.database.read_bytes()
    examine(safe, now)
    assert safe.database.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE card SET company_id = 4242 WHERE id = 1", "orphans"),
        ("UPDATE card SET status_id = 1 WHERE sales_status IS NULL", "foreign-status"),
        ("UPDATE card SET sales_status = NULL WHERE sales_status IS NOT NULL", "key-fields"),
    ],
)
def test_what_has_no_single_answer_is_said_and_left(safe: Safe, now: datetime, statement: str, key: str) -> None:
    spoil(safe, "PRAGMA foreign_keys = OFF", NO_GUARDS, statement)
    found = examine(safe, now)
    finding = next(each for each in found if each.key == key)
    assert finding.mending is None
    assert finding.serious
    mend(safe, found, now)
    assert key in keys(examine(safe, now))


NUMBERED = """
    INSERT INTO document (card_id, kind, currency, series, serial, issued_on)
    SELECT c.id, 'order', 'EUR', 'ORD-2026-EUR', row_number() OVER (ORDER BY c.id), '2026-11-20' FROM card AS c
    WHERE c.id NOT IN (SELECT card_id FROM document) LIMIT 3
"""


@pytest.mark.parametrize(
    ("statements", "wanted"),
    [
        (["UPDATE document SET serial = 7 WHERE serial = 2", "UPDATE series SET last = 9"], {"series-gap"}),
        (["DROP INDEX ix_document_number", "UPDATE document SET serial = 1 WHERE serial = 2"], {"series-double"}),
        (["UPDATE series SET last = 1"], {"series-next"}),
        (["DELETE FROM series"], {"series-next"}),
    ],
    ids=["gap", "double", "behind", "gone"],
)
def test_series_of_numbers_are_looked_through(
    safe: Safe, now: datetime, statements: list[str], wanted: set[str]
) -> None:
    spoil(safe, NUMBERED, "INSERT INTO series (name, last, last_on) VALUES ('ORD-2026-EUR', 3, '2026-11-20')")
    assert not {key for key in keys(examine(safe, now)) if key.startswith("series")}
    spoil(safe, *statements)
    found = examine(safe, now)
    assert {key for key in keys(found) if key.startswith("series")} == wanted
    mend(safe, found, now)
    left = {key for key in keys(examine(safe, now)) if key.startswith("series")}
    assert left == wanted - {"series-next"}


def test_a_damaged_table_or_index_is_said(safe: Safe, now: datetime) -> None:
    page = safe.database.stat().st_size // 2 // 4096 * 4096
    with safe.database.open("r+b") as file:
        file.seek(page)
        file.write(b"\x00" * 4096)
    found = examine(safe, now)
    assert found[0].key == "structure"
    assert "Restore a backup" in found[0].hint
    assert not [finding for finding in found if finding.serious and finding.mending]


def test_rights_and_backups_are_looked_at(safe: Safe, now: datetime) -> None:
    safe.database.chmod(0o644)
    later = now + timedelta(days=9)
    found = examine(safe, later)
    assert keys(found) == ["rights", "backup"]
    assert "9 days old" in found[1].what
    mend(safe, found, later)
    assert examine(safe, later) == ()
    assert stat.S_IMODE(safe.database.stat().st_mode) == 0o600


def test_a_failure_while_mending_changes_nothing(safe: Safe, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(safe, "UPDATE tally SET cards = 9")
    found = examine(safe, now)
    before = safe.database.read_bytes()
    monkeypatch.setattr("minicrm_tui.store.said.rebuild", lambda _conn: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mend(safe, found, now)
    assert safe.database.read_bytes() == before


def test_a_file_of_another_version_is_not_looked_into(tmp_path: Path, now: datetime) -> None:
    database = tmp_path / "old.db"
    shutil.copy(DATA / "schema-0001.db", database)
    with pytest.raises(CannotStart, match="older version"):
        examine(Safe(database, tmp_path / "backups", Keep()), now)
