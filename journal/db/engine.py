"""Engines for SQLite and PostgreSQL, and the one transaction a request runs in."""

import os
import sqlite3
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from journal.db.rows import CLOSED, INFO, Guard
from journal.db.turns import FairLock

SAFE_SQLITE = (3, 51, 3)
"""Older ones can corrupt a database when two connections reset the write-ahead log at once."""


class Database:
    """One database: how to open sessions for reading and for writing.

    :raises RuntimeError: the SQLite at hand has the write-ahead-log reset bug.
    """

    def __init__(
        self, url: str, *, info: Mapping[str, Any] | None = None, guard: Guard | None = None
    ) -> None:
        """:param info: what every session carries along in `Session.info` (the key ring).
        :param guard: closes guarded rows to every transaction that does not say for whom it acts.
        """
        self.info = dict(info or {}) | ({INFO: guard} if guard else {})
        options = CLOSED if guard else ""
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url, options)
        self._reading = self.engine
        self._writing = self.engine.execution_options(writing=True)
        self._turn = FairLock() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def session(self, *, writing: bool) -> Iterator[Session]:
        """Open one transaction; commit at the end, roll back on any error.

        Only one transaction writes at a time on SQLite, first come first served.
        """
        turn = self._turn if writing else None
        if turn:
            turn.acquire()
        try:
            engine = self._writing if writing else self._reading
            with Session(
                engine, expire_on_commit=False, autoflush=False, info=self.info
            ) as session:
                yield session
                session.commit()
        finally:
            if turn:
                turn.release()

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def sqlite_driver() -> types.ModuleType:
    """Return a DB-API module whose SQLite is free of the write-ahead-log reset bug.

    :raises RuntimeError: neither the standard library nor `pysqlite3` has one.
    """
    candidates: list[types.ModuleType] = [sqlite3]
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - not every platform has a wheel

        candidates.append(dbapi2)
    except ImportError:
        pass
    return first_safe(candidates)


def first_safe(candidates: Sequence[types.ModuleType]) -> types.ModuleType:
    """Return the first of these whose SQLite is new enough.

    :raises RuntimeError: none is.
    """
    for module in candidates:
        if tuple(map(int, module.sqlite_version.split("."))) >= SAFE_SQLITE:
            return module
    found = ", ".join(module.sqlite_version for module in candidates)
    raise RuntimeError(f"SQLite 3.51.3 or newer is needed, found {found}: install pysqlite3")


def _sqlite(url: str) -> Engine:
    driver = sqlite_driver()
    # SQLAlchemy begins transactions itself (below), so the driver must not.
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        module=driver,
        connect_args={"timeout": 30, "isolation_level": None, "check_same_thread": False},
        pool_size=40,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")  # allow: raw-sql, of the five above

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails when another wrote in between.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql(url: str, options: str) -> Engine:
    # An argument would take the place of what the address or PGOPTIONS says: it goes along, and
    # ours comes last, where it counts.
    address = make_url(url)
    said = address.query.get("options", os.environ.get("PGOPTIONS", ""))
    both = " ".join([*([said] if isinstance(said, str) else said), options]).strip()
    return create_engine(
        address.difference_update_query(["options"]),
        connect_args={"options": both} if both else {},
        pool_size=20,
        max_overflow=0,
        pool_pre_ping=True,
    )
