"""Editions: one file each, `<id>.<edition>.toml`, never edited once they are in the lock file.

An entry names the guide edition it was written against, a grant the agreement edition it was
given under; both keep their meaning for as long as they exist.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from marshmallow import Schema

from journal.content.files import BadContent, read

LOCK = "editions.lock"
FOLDERS = ("agreements", "guides", "skills")
HEAD = "# SHA-256 of every edition. A line is added with each new edition and never changed.\n"


class Edition(Protocol):
    """What all of them have."""

    @property
    def id(self) -> str: ...
    @property
    def edition(self) -> int: ...


E = TypeVar("E", bound=Edition)


@dataclass(frozen=True)
class Editions(Generic[E]):
    """Every edition of the guides, the skills or the agreements."""

    every: Mapping[tuple[str, int], E]

    @cached_property
    def newest(self) -> Mapping[str, E]:
        """The newest edition of each."""
        return {id: self.every[id, number] for id, number in sorted(self.every)}


def read_editions(folder: Path, kind: str, schema: Schema) -> dict[tuple[str, int], E]:
    """Read all editions in one folder.

    :raises BadContent: a file cannot be used, or its name is not its id and edition.
    """
    every: dict[tuple[str, int], E] = {}
    for name in _names(folder, kind):
        edition: E = read(folder, name, schema)
        if name != f"{kind}/{edition.id}.{edition.edition}.toml":
            raise BadContent(f"{name}: holds edition {edition.edition} of {edition.id!r}")
        every[edition.id, edition.edition] = edition
    return every


def lock_faults(folder: Path) -> Iterator[tuple[str, str]]:
    """Compare the editions with the lock: file and what is wrong with it."""
    locked, found = _locked(folder), _hashes(folder)
    for name in sorted(locked.keys() | found.keys()):
        if name not in found:
            yield name, "This edition is gone; entries may have been written against it."
        elif name not in locked:
            yield name, f"This edition is not in {LOCK} yet."
        elif locked[name] != found[name]:
            yield name, "This edition was edited; write a new edition instead."


def render_lock(folder: Path) -> str:
    """The lock file with the new editions added. What is locked already stays as it is."""
    rows = _hashes(folder) | _locked(folder)
    return HEAD + "".join(f"{rows[name]}  {name}\n" for name in sorted(rows))


def _names(folder: Path, kind: str) -> list[str]:
    return [f"{kind}/{path.name}" for path in sorted((folder / kind).glob("*.toml"))]


def _locked(folder: Path) -> dict[str, str]:
    file = folder / LOCK
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    pairs = (line.split("  ", 1) for line in lines if line and not line.startswith("#"))
    return {name: digest for digest, name in pairs}


def _hashes(folder: Path) -> dict[str, str]:
    """The hash of what a file says: comments, layout and line ends may change."""
    hashes = {}
    for name in (name for kind in FOLDERS for name in _names(folder, kind)):
        said = tomllib.loads((folder / name).read_text("utf-8"))
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        hashes[name] = hashlib.sha256(canonical.encode()).hexdigest()
    return hashes
