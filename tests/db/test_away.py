"""What a database says of itself, and what of a statement that is wrong."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from journal.db import Database, is_away

WRONG = ["SELECT nothing FROM nowhere", "SELEC 1", "SELECT 1 WHERE"]


@pytest.mark.parametrize("statement", WRONG)
def test_a_statement_that_is_wrong_is_nothing_that_passes(database: Database, statement: str):
    with database.session(writing=False) as session, pytest.raises(DBAPIError) as caught:
        session.execute(text(statement))
    assert not is_away(caught.value)


REFUSES = {
    "sqlite": ("PRAGMA query_only = ON", "CREATE TABLE one (n INT)"),
    "postgresql": ("SET statement_timeout = 1", "SELECT pg_sleep(1)"),
}


def test_what_it_does_not_do_just_now_passes(database: Database):
    first, then = REFUSES[database.engine.dialect.name]
    with database.engine.connect() as connection:
        connection.execute(text(first))
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text(then))
    assert is_away(caught.value)
