"""A copy of the content that a test may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.content.library import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def replace(folder: Path) -> Callable[[str, str, str], None]:
    """Change one thing in one file, once, and not in a comment."""

    def change(name: str, old: str, new: str) -> None:
        file = folder / name
        lines = file.read_text("utf-8").splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith("#"))
        assert old in text, f"{name} does not say {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change
