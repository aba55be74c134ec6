"""A demo clinic filled once for each test that asks, around the tests' own now."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from journal import demo, migrations
from journal.accounts import passwords
from journal.app import open_database
from journal.config import Settings
from journal.db import Database
from tests.factories import NOW

_slow = passwords.make_hash


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash the one password once: hashing is slow on purpose, and there are ten accounts."""
    monkeypatch.setattr(passwords, "make_hash", cache(_slow))


@pytest.fixture
def fill(database: Database, settings: Settings, quick: None) -> Callable[..., Database]:
    """`fill(at)`: the demo clinic as it would be then."""

    def filled(at: datetime = NOW) -> Database:
        with database.session(writing=True) as session:
            assert demo.fill(session, settings.secret_key, at=at)
        return database

    return filled


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


@pytest.fixture
def in_a_file(file: Path, quick: None) -> Iterator[Database]:
    """The same clinic in an SQLite file, under another key."""
    database = open_database(
        Settings(
            database_url=f"sqlite:///{file}",
            secret_key="s" * 40,
            master_keys={"test": b"\x08" * 32},
        )
    )
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        demo.fill(session, "s" * 40, at=NOW)
    yield database
    database.dispose()
