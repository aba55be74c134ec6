"""Two things at once, one of them in the middle of the other, and no time that decides which."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text

from journal.db import Database

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)

Begin = Callable[..., list[Future[Any]]]


def until_waiting(database: Database, many: int, over: Callable[[], bool] = lambda: False) -> None:
    """Go on once so many wait for a row, or it is over.

    SQLite lets one write at a time: there they wait for the whole transaction, or have not begun.
    """
    if database.engine.dialect.name != "postgresql":
        return
    with database.engine.connect() as beside:
        for n in count():
            if over() or beside.execute(WAITING).scalar_one() == many:
                return
            assert n < 2000, "it neither ends nor waits"
            beside.rollback()
            sleep(0.01)


@pytest.fixture
def waiting(database: Database) -> Iterator[Begin]:
    """Begin something while the test's transaction holds a row; go on once it waits for that."""
    with ThreadPoolExecutor(4) as pool:

        def begin(*acts: Callable[[], Any]) -> list[Future[Any]]:
            begun = [pool.submit(act) for act in acts]
            until_waiting(database, len(acts))
            return begun

        yield begin
