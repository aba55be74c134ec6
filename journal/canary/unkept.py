"""A database in which nothing that is done lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from journal.db import Database


class Unkept(Database):
    """A database of which every transaction is part of one that is never committed."""

    def __init__(self, of: Database) -> None:
        self.info, self.engine, self._of = of.info, of.engine, of
        self._connection: Connection | None = None

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        """Begin the one transaction, and take it back at the end."""
        with self.engine.execution_options(writing=True).connect() as connection:
            # Begun here, or the first session would begin it, and commit it as well.
            whole = connection.begin()
            self._connection = connection
            try:
                yield connection
            finally:
                whole.rollback()

    @contextmanager
    def session(self, *, writing: bool) -> Iterator[Session]:
        """A transaction within the one."""
        with Session(
            self._connection,
            expire_on_commit=False,
            autoflush=False,
            info=self.info,
            join_transaction_mode="create_savepoint",
        ) as session:
            yield session
            session.commit()
