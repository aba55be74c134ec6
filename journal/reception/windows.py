"""What follows when the sessions of a course change: numbers, mornings, windows that stay."""

from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from journal.care.models import Clinic, Course, DosingSession
from journal.care.stage import clear_at


def keep(session: Session, row: DosingSession, at: datetime) -> None:
    """Leave the window that is open now where it is, under a row that is nowhere shown."""
    if not row.started_at <= at < row.clear_at:
        return
    session.add(
        DosingSession(
            id=uuid5(row.id, f"{at.isoformat()}/{row.started_at.isoformat()}"),
            course_id=row.course_id,
            patient_id=row.patient_id,
            number=row.number,
            started_at=row.started_at,
            ended_at=row.ended_at,
            clear_at=row.clear_at,
            route=row.route,
            cancelled_at=at,
            changed_at=at,
        )
    )


def is_kept(row: type[DosingSession]) -> ColumnElement[bool]:
    """Whether a row is a window that stays (`keep`), and never was a session that was cancelled.

    Nobody wrote it down or changed it: it has one edition, and who cancels makes a second.
    """
    return and_(row.cancelled_at.is_not(None), row.edition == 1)


def reckon_anew(session: Session, clinic: Clinic, zones: dict[UUID, str], *, at: datetime) -> None:
    """The clinic's clear-head time is another: move the mornings of what has not begun yet."""
    ahead = (
        select(DosingSession)
        .join(Course, Course.id == DosingSession.course_id)
        .where(
            Course.clinic_id == clinic.id,
            DosingSession.cancelled_at.is_(None),
            DosingSession.started_at > at,
        )
        .order_by(DosingSession.patient_id, DosingSession.started_at)
    )
    for row in session.scalars(ahead).all():
        zone = zones.get(row.patient_id, clinic.zone)
        row.clear_at, row.changed_at = clear_at(row.started_at, clinic.clear_time, zone), at
    session.flush()


class Numbers:
    """The sessions of the courses that a change touches, counted anew when it is done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._first: dict[UUID, int] = {}
        self._course: UUID | None = None

    def course(self, clinic: Clinic, patient_id: UUID, began: datetime) -> UUID:
        """The id of the patient's course under way at this clinic, or of a new one."""
        if self._course is None:
            self._course = _course(self._session, clinic, patient_id, began).id
        return self._course

    def first(self, course_id: UUID) -> int:
        """Where a course begins to count: at one, unless its first sessions were elsewhere.

        Asked before anything changes.
        """
        if course_id not in self._first:
            live = select(func.min(DosingSession.number)).where(*_live(course_id))
            self._first[course_id] = self._session.scalar(live) or 1
        return self._first[course_id]

    def count(self) -> None:
        """Number them by when they begin."""
        for course_id, first in self._first.items():
            live = select(DosingSession).where(*_live(course_id))
            order = live.order_by(DosingSession.started_at, DosingSession.id)
            for place, row in enumerate(self._session.scalars(order).all(), start=first):
                if row.number != place:
                    row.number = place
        self._session.flush()


def _live(course_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return DosingSession.course_id == course_id, DosingSession.cancelled_at.is_(None)


def _course(session: Session, clinic: Clinic, patient_id: UUID, started_at: datetime) -> Course:
    open_now = select(Course).where(
        Course.clinic_id == clinic.id, Course.patient_id == patient_id, Course.ended_on.is_(None)
    )
    newest = open_now.order_by(Course.started_on.desc(), Course.id).limit(1)
    found = session.scalars(newest).one_or_none()
    if found is None:
        began = started_at.astimezone(ZoneInfo(clinic.zone)).date()
        id = uuid5(clinic.id, f"course/{patient_id}/{began}")
        found = Course(id=id, clinic_id=clinic.id, patient_id=patient_id, started_on=began)
        session.add(found)
        session.flush()
    return found
