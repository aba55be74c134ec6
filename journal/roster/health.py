"""How a server is: counts, room, when it was looked after. No word, no small number of people."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Admin, Role
from journal.care import links
from journal.care.models import Clinic
from journal.content import library
from journal.db import insert_once, rows, schema_of
from journal.media import opened as media
from journal.media.store import FolderStore
from journal.roster import service
from journal.roster.models import Looked, Trouble

FEW = 5
"""A count below it could be about somebody one knows."""
WEEK = timedelta(days=7)
FRESH = timedelta(days=90)
BACKUP = "backup"
KINDS = ("entries", "media", "sharing")
GB = 10**9
STEPS = 20
"""In how many the room on a disk is told: exact, it would say when somebody saved, and how much."""


def health(session: Session, admin: Admin, *, at: datetime) -> dict[str, Any]:
    """How everything is.

    :raises NotFound: they look after no clinic any more.
    """
    clinic = service.clinic_of(session, admin)
    backup = session.get(Looked, BACKUP)
    return {
        "at": at,
        "people": _people(session, clinic),
        "troubles": _troubles(session, at),
        "disk": _room(session),
        "database": {
            "kind": session.get_bind().dialect.name,
            "schema": schema_of(session.connection()),
            "locked": _locked(session),
        },
        "backup_at": backup and backup.at,
        "numbers": list(_numbers(clinic, at.date())),
    }


def few(n: int) -> int | None:
    """A count that may be shown, or None."""
    return n if n >= FEW else None


def count_trouble(session: Session, what: str, *, at: datetime) -> None:
    """Count one failure of the server."""
    day = at.date()
    insert_once(session, Trouble, day=day, what=what, n=0)
    one_more = update(Trouble).where(Trouble.day == day, Trouble.what == what)
    session.execute(one_more.values(n=Trouble.n + 1))


def backed_up(session: Session, *, at: datetime) -> None:
    """Remember that there is a backup as of now."""
    insert_once(session, Looked, what=BACKUP, at=at)
    session.execute(update(Looked).where(Looked.what == BACKUP).values(at=at))


def _people(session: Session, clinic: Clinic) -> dict[str, int | None]:
    here = [one for one in service.members(session, clinic.id) if one.ended_at is None]
    ids = {role: {one.id for one in here if one.role is role} for role in Role}
    seen = {
        patient
        for patient, therapist in links.pairs(session, clinic.id)
        if therapist in ids[Role.THERAPIST]
    }
    return {
        "patients": few(len(ids[Role.PATIENT])),
        "therapists": few(len(ids[Role.THERAPIST])),
        "admins": few(len(ids[Role.ADMIN])),
        "without_therapist": few(len(ids[Role.PATIENT] - seen)),
    }


def _troubles(session: Session, at: datetime) -> dict[str, int | None]:
    lately = select(Trouble.what, func.sum(Trouble.n)).where(Trouble.day > (at - WEEK).date())
    found = {what: int(n) for what, n in session.execute(lately.group_by(Trouble.what))}
    return {kind: few(found.get(kind, 0)) for kind in KINDS}


def _room(session: Session) -> dict[str, int] | None:
    """The fuller of the disks where the database and the media lie, as far as they are here."""
    url, store = session.get_bind().engine.url, session.info[media.INFO].store
    places = [store.root.absolute()] if isinstance(store, FolderStore) else []
    if url.get_backend_name() == "sqlite" and url.database:
        places.append(Path(url.database).absolute().parent)
    if not places:
        return None
    # A folder that nothing was put into yet is made later, on the disk of the one above it.
    whole = [next(one for one in (place, *place.parents) if one.exists()) for place in places]
    there = [shutil.disk_usage(place) for place in whole]
    least = min(there, key=lambda one: one.free)
    return coarse(least.free, least.total)


def coarse(free: int, total: int) -> dict[str, int]:
    """Room on a disk, in whole GB and down to the step below."""
    whole = max(1, total // GB) * GB
    return {"free": whole * (STEPS * free // total) // STEPS, "total": whole}


def _locked(session: Session) -> bool | None:
    if session.get_bind().dialect.name != "postgresql":
        return None
    return not rows.walked_past(session)


def checked(name: str, on: date | None, today: date) -> dict[str, Any]:
    """Something that is to be looked at every ninety days."""
    return {"name": name, "checked_on": on, "due": on is None or today - on > FRESH}


def _numbers(clinic: Clinic, today: date) -> Iterator[dict[str, Any]]:
    """The crisis lines of the clinic's region, and the clinic's own numbers."""
    found = {one.region: one for one in library.load().regions}
    lines = found.get(clinic.region, found.get("*"))
    if lines is not None:
        yield checked(f"Crisis lines, {lines.region}", lines.verified_on, today)
    yield checked("The clinic’s own", clinic.numbers_checked_on, today)
