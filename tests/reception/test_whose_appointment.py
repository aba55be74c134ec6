"""An appointment names no clinic: whose it is goes by where the two see each other, and saw."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from journal.care.models import Appointment, CareLink
from tests.factories import NOW, make_appointment, new_id
from tests.reception.desk import VISITS, cancel, schedule

AT = NOW + timedelta(days=2)
LONG_AGO, BEFORE = NOW - timedelta(days=300), NOW - timedelta(days=30)
ALIVE = (LONG_AGO, None)
OVER = (LONG_AGO, BEFORE)
COVERS = (LONG_AGO, AT + timedelta(days=1))
"""Ended since it took place."""

LATER = (AT + timedelta(days=1), AT + timedelta(days=2))
NEVER = None


@pytest.mark.parametrize(
    ("here", "elsewhere", "ours"),
    [
        (ALIVE, NEVER, True),
        (ALIVE, OVER, True),
        (ALIVE, ALIVE, True),
        ((AT + timedelta(days=1), None), NEVER, True),
        (COVERS, NEVER, True),
        (COVERS, OVER, True),
        (COVERS, ALIVE, False),
        (OVER, NEVER, False),
        (OVER, ALIVE, False),
        (LATER, NEVER, False),
        (NEVER, NEVER, False),
        (NEVER, ALIVE, False),
    ],
)
def test_whose_it_is(desk, database, lived_in, here, elsewhere, ours):
    both = {"patient_id": lived_in.patient.id, "therapist_id": lived_in.therapist.id}
    with database.session(writing=True) as session:
        session.execute(delete(CareLink).where(CareLink.patient_id == lived_in.patient.id))
        for clinic, life in ((lived_in.clinic, here), (lived_in.other_clinic, elsewhere)):
            if life:
                since, ended_at = life
                session.add(
                    CareLink(
                        id=new_id(), clinic_id=clinic.id, since=since, ended_at=ended_at, **both
                    )
                )
        made = make_appointment(session, *both.values(), starts_at=AT)
    shown = [one["id"] for one in schedule(desk)["appointments"]]
    assert (str(made.id) in shown) is ours
    answer = cancel(desk, VISITS, made.id)
    assert answer.status_code == (204 if ours else 404)
    if not ours:
        assert answer.data == cancel(desk, VISITS, new_id()).data
    with database.session(writing=False) as session:
        assert bool(session.get_one(Appointment, made.id).cancelled_at) is ours
