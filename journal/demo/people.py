"""The clinic's side of the demo: who is there, who sees whom, doses and appointments."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import codes
from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.care.models import Appointment, CareLink, Clinic, Course, DosingSession, Membership
from journal.demo.calendar import Calendar
from journal.demo.ids import CLINIC_ID, made_id
from journal.demo.shapes import House, Story

PASSWORD = "river-door-lamp-42"  # noqa: S105 - printed for everybody to see
CODE = "246810"
"""The second thing they show. Nothing but these people's rows knows it, and only on localhost."""

OPENED = -120  # days from today
DOSE_TAKES = timedelta(minutes=50)


class Reception:
    """Sets the clinic up, the way its admin would."""

    def __init__(self, session: Session, secret_key: str, house: House) -> None:
        self._session = session
        self._secret_key = secret_key
        self._house = house

    def open_clinic(self, calendar: Calendar) -> dict[str, UUID]:
        """Add the clinic and its staff; return their ids by key."""
        house = self._house
        self._session.add(
            Clinic(
                id=CLINIC_ID,
                name=house.name,
                region=house.region,
                zone=house.zone,
                clear_time=house.clear_time,
                numbers=[dict(number) for number in house.numbers],
            )
        )
        self._session.flush()
        since = calendar.day(OPENED)
        return {
            one.key: self._join(one.key, one.role, one.email, one.name, house.zone, since)
            for one in house.staff
        }

    def admit(self, story: Story, calendar: Calendar, staff: Mapping[str, UUID]) -> UUID:
        """Add one patient with their course so far and what is planned; return their id."""
        since = calendar.day(story.joined)
        id = self._join(story.key, Role.PATIENT, story.email, story.name, story.zone, since)
        for key in story.therapists:
            self._session.add(
                CareLink(
                    id=made_id(story.key, "link", key),
                    clinic_id=CLINIC_ID,
                    patient_id=id,
                    therapist_id=staff[key],
                    since=since,
                )
            )
        for number, visit in enumerate(story.visits, start=1):
            self._session.add(
                Appointment(
                    id=made_id(story.key, "appointment", str(number)),
                    patient_id=id,
                    therapist_id=staff[visit.to],
                    starts_at=calendar.moment(visit.when),
                )
            )
        self._begin_course(story, calendar, id, since)
        return id

    def _begin_course(
        self, story: Story, calendar: Calendar, patient_id: UUID, since: datetime
    ) -> None:
        course = made_id(story.key, "course")
        self._session.add(
            Course(id=course, clinic_id=CLINIC_ID, patient_id=patient_id, started_on=since.date())
        )
        self._session.flush()
        for dose in story.doses:
            began = calendar.doses[dose.number]
            over = began + DOSE_TAKES
            self._session.add(
                DosingSession(
                    id=made_id(story.key, "dose", str(dose.number)),
                    course_id=course,
                    patient_id=patient_id,
                    number=dose.number,
                    started_at=began,
                    ended_at=over if over <= calendar.at else None,
                    clear_at=calendar.clear(began),
                    route=dose.route,
                )
            )
        self._session.flush()

    def _join(
        self, key: str, role: Role, email: str, name: str, zone: str, since: datetime
    ) -> UUID:
        account = accounts.make_account(
            self._session,
            self._secret_key,
            id=made_id("account", key),
            role=role,
            email=email,
            name=name,
            password=PASSWORD,
            zone=zone,
            at=since,
        )
        codes.give_demo(self._session, account.id, CODE)
        self._session.add(Membership(account_id=account.id, clinic_id=CLINIC_ID, since=since))
        self._session.flush()
        return account.id
