"""A store on a real file, for every test of the store."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from store_world import World

from minicrm_tui.domain.retention import Keep
from minicrm_tui.store.backups.folder import folder_of
from minicrm_tui.store.backups.safe import Safe
from minicrm_tui.store.migrations import HEAD
from minicrm_tui.store.store import Store

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's file is, or will be."""
    return tmp_path / "crm.db"


@pytest.fixture
def database(path: Path) -> Path:
    """The small real file of the present format."""
    shutil.copy(DATA / f"schema-{HEAD}.db", path)
    path.chmod(0o600)
    return path


@pytest.fixture
def safe(database: Path, tmp_path: Path) -> Safe:
    """Where that file's backups go."""
    return Safe(database, folder_of(database, tmp_path / "backups"), Keep())


@pytest_asyncio.fixture
async def store(path: Path, new_file: Path, now: datetime) -> AsyncIterator[Store]:
    """A new file with the modules of a new database."""
    shutil.copy(new_file, path)
    opened = await Store.open(path, now=now)
    yield opened
    await opened.close()


@pytest.fixture
def world(store: Store, path: Path, now: datetime) -> World:
    """The store, and what tests ask of its file."""
    return World(store, path, now)
