"""A database in which nothing that is done lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from journal.db.engine import Database


class Unkept(Database):
    """A database of which every transaction is part of one that is never committed."""

    def __init__(self, of: Database) -> None:
        self.info, self.engine = of.info, of.engine
        self._connection: Connection | None = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Begin the one transaction, and take it back at the end."""
        with self.engine.execution_options(writing=True).connect() as connection:
            # Begun here, or the first session would begin it, and commit it as well.
            whole = connection.begin()
            self._connection = connection
            try:
                yield
            finally:
                whole.rollback()

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Take back whatever is done meanwhile."""
        if self._connection is None:
            raise RuntimeError("not opened")
        with self._connection.begin_nested() as one:
            yield
            one.rollback()

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
