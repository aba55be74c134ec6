"""A demo clinic for each test that asks, around the tests' own now.

It is told through services that are tested on both kinds of database; here SQLite is enough, and
one test fills PostgreSQL too.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from journal import demo, migrations
from journal.accounts import passwords
from journal.app import open_database
from journal.config import Media, Settings
from journal.db import Database
from tests.factories import NOW

_slow = passwords.make_hash


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash the one password once: hashing is slow on purpose, and there are ten accounts."""
    monkeypatch.setattr(passwords, "make_hash", cache(_slow))


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'journal.db')}"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the clinic lies as it is at the tests' now, once somebody has filled it."""
    return tmp_path_factory.mktemp("told") / "journal.db"


@pytest.fixture
def fill(
    database: Database, settings: Settings, quick: None, told: Path, tmp_path: Path
) -> Callable[..., Database]:
    """`fill(at)`: the demo clinic as it would be then."""

    def filled(at: datetime = NOW) -> Database:
        if at == NOW and told.exists():
            database.dispose()
            shutil.copy(told, tmp_path / "journal.db")
            return database
        with database.session(writing=True) as session:
            assert demo.fill(session, settings.secret_key, at=at)
        if at == NOW:
            database.dispose()  # what is in the log goes into the file
            shutil.copy(tmp_path / "journal.db", told)
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
            media=Media(store=str(file.parent / "media")),
        )
    )
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        demo.fill(session, "s" * 40, at=NOW)
    yield database
    database.dispose()
