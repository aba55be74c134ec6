"""Every test that asks for a database runs on SQLite and on PostgreSQL.

`database_url` is the address of a database of the test's own, empty, at the schema of this
version. `JOURNAL_TEST_DATABASES=sqlite` narrows a run at the desk; `make test` runs both.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, Engine, event

from journal import migrations
from journal.db import Database
from tests.postgresql import Server, started

KINDS = ("sqlite", "postgresql")
SHAPE = """SELECT string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid), ';' ORDER BY 1)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum <> 0"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
THE_RUN = pytest.StashKey[ExitStack]()
SERVER = pytest.StashKey[Server]()


class Statements(dict):
    """Statements compiled once for all tests: each has an engine of its own, but of two kinds."""

    def get(self, key, default=None):
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key, compiled) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


STATEMENTS = Statements()


@event.listens_for(Engine, "engine_connect")
def compile_once(connection: Connection) -> None:
    connection.execution_options(compiled_cache=STATEMENTS)


def chosen() -> list[str]:
    """Return the kinds of database to test on."""
    kinds = os.environ.get("JOURNAL_TEST_DATABASES", ",".join(KINDS)).split(",")
    if unknown := set(kinds) - set(KINDS):
        raise pytest.UsageError(f"JOURNAL_TEST_DATABASES: unknown {', '.join(sorted(unknown))}")
    return kinds


def pytest_configure(config: pytest.Config) -> None:
    config.stash[THE_RUN] = ExitStack()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[THE_RUN].close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """One server serves all processes of a run: the first of them starts it."""
    if "postgresql" in chosen():
        node.workerinput["postgresql"] = str(server_of(node.config).folder)


def server_of(config: pytest.Config) -> Server:
    if SERVER not in config.stash:
        config.stash[SERVER] = config.stash[THE_RUN].enter_context(started())
    return config.stash[SERVER]


@pytest.fixture(scope="session")
def postgresql(request) -> Server:
    """The PostgreSQL of this run."""
    from_above = getattr(request.config, "workerinput", {}).get("postgresql")
    return Server(Path(from_above)) if from_above else server_of(request.config)


class Reusable:
    """One PostgreSQL database for test after test: emptying takes 10 ms, making one 200."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self._name = server, name
        self._template = f"{name}_template"
        server.administer(f"CREATE DATABASE {self._template} OWNER journal")
        _migrate(server.url(self._template))
        with self._connect(self._template) as connection:
            self._shape = connection.execute(SHAPE).fetchone()
        self._make()

    @property
    def url(self) -> str:
        return self._server.url(self._name)

    def clear(self) -> None:
        """Remove every row; where a test changed the schema, start from the template."""
        with self._connect(self._name) as connection:
            connection.execute(END_OTHERS)
            same = connection.execute(SHAPE).fetchone() == self._shape
            if same:
                # No triggers and no foreign keys: neither order nor append-only tables matter.
                connection.execute("SET session_replication_role = replica")
                for (table,) in connection.execute(TABLES).fetchall():
                    if table != "alembic_version":
                        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        if not same:
            self._server.administer(f"DROP DATABASE {self._name} WITH (FORCE)")
            self._make()

    def _make(self) -> None:
        self._server.administer(
            f"CREATE DATABASE {self._name} OWNER journal TEMPLATE {self._template}"
        )

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._server.folder), user="postgres", dbname=name, autocommit=True
        )


@pytest.fixture(scope="session")
def reusable(postgresql) -> Reusable:
    """This process's own database on the server of the run."""
    return Reusable(postgresql, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """An SQLite file at the schema of this version, to be copied."""
    file = tmp_path_factory.mktemp("template") / "journal.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=chosen())
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty database at the schema of this version, gone after the test."""
    if request.param == "sqlite":
        file = tmp_path / "journal.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
    else:
        reusable = request.getfixturevalue("reusable")
        yield reusable.url
        reusable.clear()


def _migrate(url: str) -> None:
    database = Database(url)
    try:
        migrations.upgrade(database)
    finally:
        database.dispose()
