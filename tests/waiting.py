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


@pytest.fixture
def waiting(database: Database) -> Iterator[Begin]:
    """Begin something while the test's transaction holds a row; go on once it waits for that.

    SQLite lets one write at a time: there it waits for the whole transaction, or has not begun.
    """
    with ThreadPoolExecutor(4) as pool:

        def begin(*acts: Callable[[], Any]) -> list[Future[Any]]:
            begun = [pool.submit(act) for act in acts]
            if database.engine.dialect.name == "postgresql":
                with database.engine.connect() as beside:
                    for n in count():
                        if beside.execute(WAITING).scalar_one() == len(acts):
                            break
                        assert n < 2000, "it does not wait"
                        beside.rollback()
                        sleep(0.01)
            return begun

        yield begin
