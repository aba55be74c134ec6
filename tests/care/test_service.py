"""Who sees whom, and when a head is clear: each clause of each rule."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.accounts.models import Account
from journal.accounts.principals import Therapist
from journal.care import service as care
from journal.care import visits
from journal.care.models import CareLink, Membership
from journal.errors import NotFound
from tests import factories
from tests.factories import NOW

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def membership(session, person, clinic):
    return session.get_one(Membership, (person.id, clinic.id))


def link_of(session, patient, therapist):
    return session.scalars(
        select(CareLink).where(
            CareLink.patient_id == patient.id, CareLink.therapist_id == therapist.id
        )
    ).one()


def end_link(session, world):
    link_of(session, world.patient, world.therapist).ended_at = NOW


def end_membership(session, world):
    membership(session, world.therapist, world.clinic).ended_at = NOW


def disable(session, world):
    session.get_one(Account, world.therapist.id).disabled_at = NOW


def move_to_another_clinic(session, world):
    end_membership(session, world)
    session.add(
        Membership(account_id=world.therapist.id, clinic_id=world.other_clinic.id, since=NOW)
    )


def sees(session, patient, therapist):
    return session.scalar(select(care.linked(patient.id, therapist.id)))


def test_a_therapist_sees_their_patients_and_nobody_elses(session, world):
    pairs = {
        (world.patient, world.therapist): True,
        (world.patient, world.other_therapist): True,
        (world.other_patient, world.therapist): True,
        (world.foreign_patient, world.foreign_therapist): True,
        (world.other_patient, world.other_therapist): False,
        (world.patient, world.foreign_therapist): False,
        (world.foreign_patient, world.therapist): False,
        (world.therapist, world.patient): False,
        (world.patient, world.patient): False,
    }
    assert {pair: sees(session, *pair) for pair in pairs} == pairs


@pytest.mark.parametrize(
    "change", [end_link, end_membership, disable, move_to_another_clinic], ids=lambda f: f.__name__
)
def test_each_way_of_leaving_ends_it_for_these_two_alone(session, world, change):
    change(session, world)
    session.flush()
    assert not sees(session, world.patient, world.therapist)
    assert sees(session, world.patient, world.other_therapist)
    assert world.therapist.id not in care.therapists_of(session, world.patient.id)
    assert world.patient.id not in care.patients_of(session, world.therapist)
    with pytest.raises(NotFound):
        care.require_link(session, world.patient.id, world.therapist.id)
    if change is end_link:  # the others concern the therapist and all their patients
        assert sees(session, world.other_patient, world.therapist)
    else:
        assert not sees(session, world.other_patient, world.therapist)


def test_a_link_in_one_clinic_needs_the_membership_of_that_clinic(session, world):
    factories.link(session, world.other_clinic, world.other_patient.id, world.other_therapist.id)
    assert not sees(session, world.other_patient, world.other_therapist)


def test_an_ended_link_beside_a_living_one_does_no_harm(session, world):
    end_link(session, world)
    session.flush()
    factories.link(session, world.clinic, world.patient.id, world.therapist.id, at=NOW)
    assert sees(session, world.patient, world.therapist)
    assert care.therapists_of(session, world.patient.id).count(world.therapist.id) == 1
    assert care.patients_of(session, world.therapist).count(world.patient.id) == 1


def test_lists_hold_ones_own_people_alone(session, world):
    assert set(care.therapists_of(session, world.patient.id)) == {
        world.therapist.id,
        world.other_therapist.id,
    }
    assert set(care.patients_of(session, world.therapist)) == {
        world.patient.id,
        world.other_patient.id,
    }
    assert care.patients_of(session, Therapist(world.patient.id)) == []


def test_a_head_is_clear_until_the_dose_and_from_clear_at_on(session, world):
    dose = factories.make_dose(session, world.clinic, world.patient.id, started_at=NOW)
    until = {
        NOW - SECOND: None,
        NOW: dose.clear_at,
        dose.ended_at: dose.clear_at,
        dose.clear_at - SECOND: dose.clear_at,
        dose.clear_at: None,
        dose.clear_at + SECOND: None,
    }
    assert {at: care.not_clear_until(session, world.patient.id, at) for at in until} == until


def test_somebody_elses_dose_leaves_ones_head_clear(session, world):
    factories.make_dose(session, world.clinic, world.other_patient.id, started_at=NOW)
    assert care.not_clear_until(session, world.patient.id, NOW) is None


def test_of_two_doses_that_overlap_the_later_morning_counts(session, world):
    first = factories.make_dose(session, world.clinic, world.patient.id, started_at=NOW)
    second = factories.make_dose(
        session, world.clinic, world.patient.id, number=2, started_at=NOW + timedelta(hours=12)
    )
    at = NOW + timedelta(hours=13)
    assert first.clear_at < second.clear_at
    assert care.not_clear_until(session, world.patient.id, at) == second.clear_at


def appoint(session, world, starts_at, therapist=None, patient=None):
    return factories.make_appointment(
        session,
        (patient or world.patient).id,
        (therapist or world.therapist).id,
        starts_at=starts_at,
    )


def test_cancelled_appointments_are_not_appointments(session, world):
    kept, cancelled = appoint(session, world, NOW + 2 * DAY), appoint(session, world, NOW + DAY)
    cancelled.cancelled_at = NOW
    session.flush()
    found = care.appointments_of(session, world.patient.id, NOW)
    assert [row.id for row in found] == [kept.id]
    ids = [world.patient.id]
    met = visits.of(session, ids, world.therapist.id, NOW)
    coming = {id: one.next for id, one in met.items()}
    assert coming == {world.patient.id: kept.starts_at}


def test_a_cancelled_appointment_opens_no_choosing(session, world):
    factories.make_dose(session, world.clinic, world.patient.id, started_at=NOW - 20 * DAY)
    row = appoint(session, world, NOW + DAY)
    steps = care.steps_of(session, world.patient.id, NOW - 60 * DAY)
    assert "pre" in {step.stage for step in steps}
    row.cancelled_at = NOW
    session.flush()
    steps = care.steps_of(session, world.patient.id, NOW - 60 * DAY)
    assert "pre" not in {step.stage for step in steps}


def test_the_next_appointment_is_the_next_with_this_therapist(session, world):
    appoint(session, world, NOW - SECOND)
    appoint(session, world, NOW + 3 * DAY)
    appoint(session, world, NOW)
    appoint(session, world, NOW + SECOND, therapist=world.other_therapist)
    appoint(session, world, NOW + DAY, patient=world.other_patient)
    ids = [world.patient.id, world.foreign_patient.id]
    met = visits.of(session, ids, world.therapist.id, NOW)
    coming = {id: one.next for id, one in met.items()}
    assert coming == {world.patient.id: NOW}


def test_appointments_come_in_order_from_a_day_on(session, world):
    days = [appoint(session, world, NOW + n * DAY) for n in (3, -1, 0, 2)]
    appoint(session, world, NOW + DAY, patient=world.other_patient)
    found = care.appointments_of(session, world.patient.id, NOW)
    assert [row.id for row in found] == [days[2].id, days[3].id, days[0].id]


def test_a_clinic_is_ones_own_and_the_only_one_is_nobodys_of_two(session, world):
    assert care.clinic_of(session, world.patient.id).id == world.clinic.id
    assert care.clinic_of(session, world.foreign_patient.id).id == world.other_clinic.id
    assert care.only_clinic(session) is None
    membership(session, world.patient, world.clinic).ended_at = NOW
    session.flush()
    assert care.clinic_of(session, world.patient.id) is None


def test_the_newest_course_decides_whether_treatment_is_over(session, world):
    dose = factories.make_dose(session, world.clinic, world.patient.id, started_at=NOW - 40 * DAY)
    first = care.course_of(session, world.patient.id)
    first.ended_on = (NOW - DAY).date()
    session.flush()
    [*_, last] = care.steps_of(session, world.patient.id, NOW - 60 * DAY)
    assert (last.stage, last.begins) == ("end", NOW.replace(hour=0))
    factories.make_dose(session, world.clinic, world.patient.id, number=2, started_at=NOW)
    assert care.course_of(session, world.patient.id).id != first.id
    steps = care.steps_of(session, world.patient.id, NOW - 60 * DAY)
    assert "end" not in {step.stage for step in steps}
    assert dose.id in {row.id for row in care.doses_of(session, world.patient.id)}
