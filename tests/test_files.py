"""A file is written whole, or what stood there before stays."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from minicrm_tui.files import write_whole


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "below" / "it.pdf"


def test_it_is_written_with_its_folder_and_for_its_owner_alone(file: Path) -> None:
    write_whole(file, b"new", overwrite=False)
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(file.parent) == [file.name]


def test_a_file_that_is_there_stays_unless_it_is_to_be_overwritten(file: Path) -> None:
    write_whole(file, b"old", overwrite=False)
    with pytest.raises(FileExistsError):
        write_whole(file, b"new", overwrite=False)
    assert file.read_bytes() == b"old"
    write_whole(file, b"new", overwrite=True)
    assert file.read_bytes() == b"new"
    assert os.listdir(file.parent) == [file.name]


@pytest.mark.parametrize("there", [False, True])
def test_where_there_are_no_hard_links_it_still_takes_no_place(
    file: Path, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    file.parent.mkdir(parents=True)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    if there:
        file.write_bytes(b"old")
        with pytest.raises(FileExistsError):
            write_whole(file, b"new", overwrite=False)
    else:
        write_whole(file, b"new", overwrite=False)
    assert file.read_bytes() == (b"old" if there else b"new")
    assert os.listdir(file.parent) == [file.name]


def test_a_full_disk_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    write_whole(file, b"old", overwrite=False)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_whole(file, b"new", overwrite=True)
    assert file.read_bytes() == b"old"
    assert os.listdir(file.parent) == [file.name]


def test_a_file_system_that_cannot_keep_a_folder_still_has_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = os.fsync

    def refuse_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no folders here")
        keep(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_whole(file, b"new", overwrite=False)
    assert file.read_bytes() == b"new"


def test_what_a_link_leads_to_is_written_and_the_link_stays(file: Path, tmp_path: Path) -> None:
    write_whole(file, b"old", overwrite=False)
    link = tmp_path / "link"
    link.symlink_to(file)
    write_whole(link, b"new", overwrite=True)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_folder_that_leads_through_a_file_is_an_error(file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("not a folder")
    for path in (file, tmp_path / "folder" / "it.pdf"):
        with pytest.raises(NotADirectoryError):
            write_whole(path, b"new", overwrite=False)
