"""A mark of everything one therapist may read now; when it is another, something has changed."""

import hashlib
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts import sessions
from journal.accounts.principals import Role, Therapist
from journal.care import service as care
from journal.care import visits
from journal.db import rows
from journal.sharing import listed, margin

MARK = 16  # letters; only this therapist's own earlier marks have to differ


def mark(session: Session, reader: Therapist, *, at: datetime) -> str:
    """A short hash over whom this therapist sees, what of it is readable at `at`, and its order.

    It is a fold of what the gate lets through, so it can tell nothing that the gate does not; an
    order says when it was released, and appointments that one was moved, as Today does.
    """
    # It closes no end that it meets: it gives no words, and the screen that hears it asks for them.
    rows.act_as_reader(session, reader.id, at=at)  # a stream looks in transactions of its own
    seen = sorted(id.bytes for id in care.patients_of(session, reader))
    found = hashlib.sha256(b"".join(seen))
    # Today shows when who comes, whatever they hand over.
    found.update(orjson.dumps(visits.state(session, reader.id)))
    there = set()
    for one in listed.state(session, reader, at=at):
        found.update(one)
        there.add(UUID(bytes=one[:16]))
    for _, put in sorted(margin.of(session, reader).put.items()):
        # An order of what is not readable says nothing.
        order = [id for id in [put.agenda, *put.bring] if id in there]
        if order:
            found.update(orjson.dumps([put.released_at, put.agenda in there, put.first, order]))
    return found.hexdigest()[:MARK]


def look(
    session: Session, reader: Therapist, tokens: frozenset[str], *, at: datetime
) -> tuple[frozenset[str], str]:
    """Which of these sessions are still this therapist's and live, and the mark."""
    alive = frozenset(token for token in tokens if _is_theirs(session, reader, token, at))
    return alive, mark(session, reader, at=at) if alive else ""


def _is_theirs(session: Session, reader: Therapist, token: str, at: datetime) -> bool:
    caller = sessions.caller(session, token, at=at)
    return caller is not None and (caller.id, caller.role) == (reader.id, Role.THERAPIST)
