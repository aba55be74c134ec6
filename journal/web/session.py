"""The database session and the time of the request at hand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import cast

from flask import current_app, g
from sqlalchemy.orm import Session

from journal.db import Database

Act = Callable[[Session], None]

EXTENSION = "journal.database"
CLOCK = "journal.clock"


def session() -> Session:
    """The session of this request; `@endpoint` opens it and commits it."""
    return cast(Session, g.session)


def at() -> datetime:
    """The one time at which this request is decided."""
    if "at" not in g:
        g.at = now()
    return cast(datetime, g.at)


def now() -> datetime:
    """The time at this moment, for what comes after the request was decided."""
    return cast(datetime, current_app.extensions[CLOCK]())


@contextmanager
def transaction(*, writing: bool) -> Iterator[Session]:
    """Open one transaction and make it the session of the request while it lasts."""
    database = cast(Database, current_app.extensions[EXTENSION])
    with database.session(writing=writing) as opened:
        _act(opened)
        g.session = opened
        try:
            yield opened
        finally:
            del g.session


@contextmanager
def apart() -> Iterator[Session]:
    """A writing transaction beside the request's own, for a request that reads.

    It is short, and stands whatever the request answers afterwards.
    """
    database = cast(Database, current_app.extensions[EXTENSION])
    with database.session(writing=True) as opened:
        _act(opened)
        yield opened


def beside() -> Callable[[], AbstractContextManager[tuple[Session, datetime]]]:
    """A way to short reading transactions, each with its time, for what outlives the request."""
    database = cast(Database, current_app.extensions[EXTENSION])
    clock: Callable[[], datetime] = current_app.extensions[CLOCK]

    @contextmanager
    def reading() -> Iterator[tuple[Session, datetime]]:
        with database.session(writing=False) as opened:
            yield opened, clock()

    return reading


def act(how: Act) -> None:
    """Say for whom this request acts, in the transaction at hand and in those that follow."""
    g.acting = how
    _act(session())


def _act(opened: Session) -> None:
    if "acting" in g:
        cast(Act, g.acting)(opened)
