"""Writing a file whole or not at all: what stood there before stays until the new one is safely on the disk."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Readable and writable by its owner alone."""


def write_whole(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write the file, private to its owner, and its folder where that is missing; OSError, and nothing half written.

    A link is followed: what it leads to is written. Without `overwrite` a file that is there already is a
    FileExistsError, also where it appears at the last moment.
    """
    with writing_whole(path, overwrite=overwrite) as file:
        file.write(data)


@contextmanager
def writing_whole(path: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """The same for what is written little by little: the file takes its place when this ends without an error."""
    target = Path(os.path.realpath(path))
    _make_folder(target.parent)
    if not overwrite and target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}-", dir=target.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), PRIVATE)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            unfinished.replace(target)
        else:
            _put_in_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    _keep_name(target.parent)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # not of the file that is to be written, as the caller would have to think
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error


def _put_in_place(unfinished: Path, target: Path) -> None:
    """A hard link never takes another file's place; a file system that knows none is asked just before."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(str(target)) from None
        unfinished.replace(target)


def _keep_name(folder: Path) -> None:
    """The folder's own entry goes to the disk too, where the file system can do that; the file is whole anyway."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
