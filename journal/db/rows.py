"""Whose rows a transaction may see, told to PostgreSQL: the second lock behind the gate.

What was handed over is guarded inside the database as well (row-level security, migration 0010).
A server's connections start closed: until a transaction says for whom it acts, the guarded tables
are empty to it. An author sees their own; a therapist sees what the gate's rule allows at the
moment of the request. Commands on the machine itself (upgrade, check, sweep) are not closed: who
runs them holds the database anyway. SQLite has no such lock, and nothing here does anything there.

It guards against a forgotten WHERE, not against code that lies about who asks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

INFO = "rows"
"""Where a session carries its guard (`Session.info`); without one nothing is closed."""

CLOSED = "-c rows.guarded=on"
"""How a server's connections begin."""

_AUTHOR = "rows.author"
_SAY = text("SELECT set_config(:name, :value, true)")
_READER = text(
    "SELECT set_config('rows.reader', :reader, true), set_config('rows.at', :at, true),"
    " set_config('rows.agreed_since', :since, true)"
).bindparams(bindparam("reader"))
_WALKS = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


@dataclass(frozen=True, slots=True)
class Guard:
    """What the lock has to know beside who asks."""

    agreed_since: Callable[[], int]
    """The oldest edition of the agreement that still holds."""


def act_as_author(session: Session, author_id: UUID) -> None:
    """Open a person's own rows to this transaction."""
    if _guarded(session):
        _say_author(session, str(author_id))


def act_as_reader(session: Session, reader_id: UUID, *, at: datetime) -> None:
    """Open to this transaction what a therapist may read at `at`."""
    if guard := _guarded(session):
        said = {
            "reader": str(reader_id),
            "at": at.astimezone(UTC).isoformat(),
            "since": str(guard.agreed_since()),
        }
        session.connection().execute(_READER, said)


def walked_past(session: Session) -> bool:
    """Whether the lock does not hold for this database role: a superuser, or one with BYPASSRLS."""
    if session.get_bind().dialect.name != "postgresql":
        return False
    return bool(session.scalar(_WALKS))


@contextmanager
def for_author(session: Session, author_id: UUID) -> Iterator[None]:
    """Act for an author meanwhile, whoever asks: words are taken away in anybody's request."""
    before = str(session.info.get(_AUTHOR, ""))
    if not _guarded(session) or before == str(author_id):
        yield
        return
    _say_author(session, str(author_id))
    yield
    # Not when it failed: the transaction is lost then, and so is what was said in it.
    _say_author(session, before)


def _say_author(session: Session, value: str) -> None:
    session.connection().execute(_SAY, {"name": _AUTHOR, "value": value})
    session.info[_AUTHOR] = value


def _guarded(session: Session) -> Guard | None:
    if session.get_bind().dialect.name != "postgresql":
        return None
    return cast("Guard | None", session.info.get(INFO))
