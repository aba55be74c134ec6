"""Where sealed pieces lie: a folder, or an S3 store. A store knows names and numbers alone."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from journal.config import Media

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Missing(Exception):
    """The store has no such piece."""


class Store(Protocol):
    """Keeps the pieces of blobs."""

    def put(self, name: str, piece: int, sealed: bytes) -> None:
        """Keep a piece for good before returning. What is there already stays as it is.

        :raises Missing: the blob was removed meanwhile.
        """

    def get(self, name: str, piece: int) -> bytes:
        """Return a piece.

        :raises Missing: it is not there.
        """

    def pieces(self, name: str) -> set[int]:
        """The numbers of the pieces that are there."""

    def remove(self, name: str) -> None:
        """Remove a blob, if it is there."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob, and when something was last put into it."""


def open_store(settings: Media) -> Store:
    """Open the store of these settings.

    :raises BadSettings: an S3 store is asked for and its library is not installed.
    """
    if settings.bucket:
        from journal.media.s3 import S3Store  # noqa: PLC0415 - an extra that a folder does without

        return S3Store(settings)
    return FolderStore(Path(settings.store))


class FolderStore:
    """A folder of this machine: `ab/abcdef…/0007`. A piece that is there is whole and on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        """Where it lies, for those who ask how much room is left."""
        return self._root

    def put(self, name: str, piece: int, sealed: bytes) -> None:
        """Write beside, sync, then link: a reader finds the whole piece or none."""
        folder = self._folder(name)
        self._make(folder)
        beside = folder / f".{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(sealed)
                f.flush()
                os.fsync(f.fileno())
            os.link(beside, folder / _numbered(piece))
        except FileExistsError:
            pass
        except FileNotFoundError:
            raise Missing from None
        finally:
            beside.unlink(missing_ok=True)
        _sync(folder)

    def get(self, name: str, piece: int) -> bytes:
        """Return a piece."""
        try:
            return (self._folder(name) / _numbered(piece)).read_bytes()
        except FileNotFoundError:
            raise Missing from None

    def pieces(self, name: str) -> set[int]:
        """The numbers of the pieces that are there."""
        try:
            found = os.listdir(self._folder(name))
        except FileNotFoundError:  # asked at once: it may be removed between two questions
            return set()
        return {int(file) for file in found if file.isdecimal()}

    def remove(self, name: str) -> None:
        """Remove a blob, if it is there."""
        shutil.rmtree(self._folder(name), ignore_errors=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every blob, and when something was last put into it."""
        for folder in self._root.glob("??/*"):
            try:
                touched = folder.stat().st_mtime
            except FileNotFoundError:  # removed since it was listed
                continue
            yield folder.name, EPOCH + timedelta(seconds=touched)

    def _folder(self, name: str) -> Path:
        return self._root / name[:2] / name

    def _make(self, folder: Path) -> None:
        """Make the folder and those above it, each of them on disk before the next."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            with suppress(FileExistsError):  # `exist_ok` looks again, and it may be removed by then
                one.mkdir(mode=0o700)
            _sync(one.parent)


def _numbered(piece: int) -> str:
    return f"{piece:04}"


def _sync(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        raise Missing from None
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
