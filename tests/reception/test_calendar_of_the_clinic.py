"""Sessions and appointments: written down, changed, cancelled, and nobody else's touched."""

from datetime import datetime, timedelta

import pytest

from journal.accounts.models import Account
from journal.care import links
from journal.care.models import Membership
from journal.care.stage import clear_at
from tests.acts import signed_in
from tests.factories import NOW, make_appointment, make_dose, new_id
from tests.reception.desk import DOSES, VISITS, cancel, dose, schedule, visit


def test_a_session_is_written_down_and_reaches_the_phone(desk, app, lived_in):
    made = dose(desk, lived_in.patient.id, ends="2026-03-12T13:50", route="im")
    assert made.status_code == 201
    assert made.json["number"] == 1
    assert made.json["patient"]["name"] == "Maya"
    [row] = signed_in(app, lived_in.patient).get("/api/care").json["dosing_sessions"]
    assert row["started_at"] == "2026-03-12T13:00:00+00:00"
    assert row["ended_at"] == "2026-03-12T13:50:00+00:00"
    assert row["clear_at"] == "2026-03-13T09:00:00+00:00"
    assert row["route"] == "im"


def test_a_double_tap_makes_one(desk, lived_in):
    id = new_id()
    assert dose(desk, lived_in.patient.id, id=id).status_code == 201
    assert dose(desk, lived_in.patient.id, id=id).status_code == 200
    both = {"patient_id": lived_in.patient.id, "therapist_id": lived_in.therapist.id, "id": id}
    both["id"] = new_id()
    assert visit(desk, **both).status_code == 201
    assert visit(desk, **both).status_code == 200
    found = schedule(desk)
    assert len(found["dosing_sessions"]) == len(found["appointments"]) == 1


@pytest.mark.parametrize(
    ("zone", "starts", "clear"),
    [
        # the clinic's wall is London's; the morning is the patient's own
        ("Europe/London", "2026-03-12T13:00", "2026-03-13T09:00:00+00:00"),
        ("America/New_York", "2026-03-12T13:00", "2026-03-13T13:00:00+00:00"),
        ("Asia/Tokyo", "2026-03-12T13:00", "2026-03-13T01:00:00+00:00"),  # twelve hours at least
        ("Europe/London", "2026-03-28T13:00", "2026-03-29T08:00:00+00:00"),  # clocks go forward
        ("Europe/London", "2026-10-24T13:00", "2026-10-25T09:00:00+00:00"),  # clocks go back
        ("Europe/London", "2026-10-25T01:30", "2026-10-26T09:00:00+00:00"),  # comes twice: first
        ("Pacific/Auckland", "2026-04-04T10:00", "2026-04-04T21:00:00+00:00"),  # hers go back
    ],
)
def test_the_morning_is_the_patients_own(desk, database, lived_in, zone, starts, clear):
    with database.session(writing=True) as session:
        session.get_one(Account, lived_in.patient.id).zone = zone
    assert dose(desk, lived_in.patient.id, starts=starts).json["clear_at"] == clear


def test_an_hour_that_does_not_exist_is_refused(desk, lived_in):
    answer = dose(desk, lived_in.patient.id, starts="2026-03-29T01:30")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/starts"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"starts": "2026-02-30T13:00"}, "/starts"),
        ({"starts": "1999-12-31T13:00"}, "/starts"),
        ({"ends": "2026-03-12T12:00"}, "/ends"),
        ({"ends": "2026-03-13T02:00"}, "/ends"),
        ({"starts": "2026-03-12 13:00"}, "/starts"),
        ({"route": "smoked"}, "/route"),
    ],
)
def test_what_does_not_fit_is_named(desk, lived_in, everything, changes, pointer):
    before = everything()
    answer = dose(desk, lived_in.patient.id, **changes)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert everything() == before


def test_sessions_are_numbered_by_when_they_begin(desk, lived_in):
    last, first = new_id(), new_id()
    dose(desk, lived_in.patient.id, id=last, starts="2026-03-20T13:00")
    dose(desk, lived_in.patient.id, id=first, starts="2026-03-12T13:00")
    dose(desk, lived_in.other_patient.id, starts="2026-03-11T13:00")

    def numbers():
        found = schedule(desk, **{"from": "2026-03-01"})["dosing_sessions"]
        return {row["id"]: row["number"] for row in found}

    assert [numbers()[str(id)] for id in (first, last)] == [1, 2]
    cancel(desk, DOSES, first)
    assert numbers()[str(last)] == 1


def test_a_course_that_began_elsewhere_goes_on_counting(desk, database, lived_in):
    with database.session(writing=True) as session:
        make_dose(session, lived_in.clinic, lived_in.patient.id, number=3)
    made = dose(desk, lived_in.patient.id)
    assert made.json["number"] == 4


def test_cancelled_is_nowhere_shown_and_can_come_back(desk, app, lived_in):
    id = new_id()
    dose(desk, lived_in.patient.id, id=id)
    assert cancel(desk, DOSES, id).status_code == 204
    assert cancel(desk, DOSES, id).status_code == 204
    phone = signed_in(app, lived_in.patient)
    assert phone.get("/api/care").json["dosing_sessions"] == []
    assert schedule(desk)["dosing_sessions"] == []
    assert dose(desk, lived_in.patient.id, id=id, edition=2).status_code == 200
    assert len(phone.get("/api/care").json["dosing_sessions"]) == 1


def test_an_appointment_moves_to_another_therapist_of_theirs(desk, app, lived_in):
    id = new_id()
    visit(desk, lived_in.patient.id, lived_in.therapist.id, id=id)
    when = "2026-03-17T11:00"
    moved = visit(
        desk, lived_in.patient.id, lived_in.other_therapist.id, id=id, starts=when, edition=1
    )
    assert moved.status_code == 200
    [row] = signed_in(app, lived_in.patient).get("/api/care").json["appointments"]
    assert row["therapist"]["name"] == "Dr Okafor"
    assert row["starts_at"] == "2026-03-17T11:00:00+00:00"
    assert cancel(desk, VISITS, id, edition=2).status_code == 204
    assert signed_in(app, lived_in.patient).get("/api/care").json["appointments"] == []


def test_only_two_who_see_each_other_here_meet(desk, lived_in, everything):
    before = everything()
    for patient, therapist, pointer in (
        (lived_in.other_patient, lived_in.other_therapist, "/therapist_id"),
        (lived_in.patient, lived_in.foreign_therapist, "/therapist_id"),
        (lived_in.foreign_patient, lived_in.foreign_therapist, "/patient_id"),
        (lived_in.therapist, lived_in.therapist, "/patient_id"),
    ):
        answer = visit(desk, patient.id, therapist.id)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert everything() == before


def test_a_patient_of_another_clinic_is_as_unknown_as_nobody(desk, lived_in, everything):
    before = everything()
    answers = {dose(desk, id).data for id in (lived_in.foreign_patient.id, new_id())}
    assert len(answers) == 1
    assert everything() == before


def test_another_clinics_rows_are_not_there(desk, other_desk, database, lived_in, everything):
    """Identical to what was never there, whatever is asked of it."""
    with database.session(writing=True) as session:
        given = make_dose(session, lived_in.clinic, lived_in.patient.id).id
        met = make_appointment(
            session,
            lived_in.patient.id,
            lived_in.therapist.id,
            starts_at=NOW + timedelta(days=2),
        ).id
    before = everything()
    for what, id in ((DOSES, given), (VISITS, met)):
        theirs, nobodys = (cancel(other_desk, what, one) for one in (id, new_id()))
        assert (theirs.status_code, theirs.data) == (404, nobodys.data)
    whose, therapist = lived_in.foreign_patient.id, lived_in.foreign_therapist.id
    for edition in (1, 2):
        for theirs, nobodys in (
            [dose(other_desk, whose, id=one, edition=edition) for one in (given, new_id())],
            [
                visit(other_desk, whose, therapist, id=one, edition=edition)
                for one in (met, new_id())
            ],
        ):
            assert (theirs.status_code, theirs.data) == (404, nobodys.data)
    assert dose(other_desk, whose, id=given).status_code == 404
    assert visit(other_desk, whose, therapist, id=met).status_code == 404
    found = schedule(other_desk)
    assert found["dosing_sessions"] == found["appointments"] == []
    assert [one["name"] for one in found["patients"]] == ["Ines"]
    assert [one["name"] for one in found["therapists"]] == ["Dr Lind"]
    assert everything() == before
    assert len(schedule(desk)["dosing_sessions"]) == 1


def test_what_a_patient_of_two_clinics_has_elsewhere_is_not_seen(
    desk, other_desk, database, lived_in
):
    with database.session(writing=True) as session:
        both = Membership(
            account_id=lived_in.patient.id,
            clinic_id=lived_in.other_clinic.id,
            since=NOW - timedelta(days=1),
        )
        session.add(both)
    id, met = new_id(), new_id()
    dose(desk, lived_in.patient.id, id=id)
    visit(desk, lived_in.patient.id, lived_in.therapist.id, id=met)
    found = schedule(other_desk)
    assert "Maya" in [one["name"] for one in found["patients"]]
    assert found["dosing_sessions"] == found["appointments"] == []
    assert cancel(other_desk, DOSES, id).status_code == 404
    assert cancel(other_desk, VISITS, met).status_code == 404
    assert dose(other_desk, lived_in.patient.id, id=id).status_code == 404


def test_who_has_left_is_no_longer_put_down(desk, database, lived_in):
    with database.session(writing=True) as session:
        links.end_membership(session, lived_in.patient.id, lived_in.clinic.id, at=NOW)
    assert dose(desk, lived_in.patient.id).status_code == 422
    assert "Maya" not in [one["name"] for one in schedule(desk)["patients"]]


def test_a_session_stays_with_its_patient(desk, lived_in):
    id = new_id()
    dose(desk, lived_in.patient.id, id=id)
    answer = dose(desk, lived_in.other_patient.id, id=id)
    assert answer.status_code == 422, answer.json
    assert answer.json["errors"][0]["pointer"] == "/patient_id"


def test_the_days_that_are_asked_for_are_those_of_the_wall(desk, lived_in):
    dose(desk, lived_in.patient.id, starts="2026-06-01T00:30")
    assert len(schedule(desk, **{"from": "2026-06-01", "to": "2026-06-01"})["dosing_sessions"]) == 1
    assert schedule(desk, **{"from": "2026-05-31", "to": "2026-05-31"})["dosing_sessions"] == []
    for days in (
        {"from": "2026-06-02", "to": "2026-06-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
    ):
        assert desk.get("/api/clinic/schedule", query_string=days).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_day_of_no_year_of_ours_is_named(desk, lived_in, name, day):
    answer = desk.get("/api/clinic/schedule", query_string={name: day})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, f"/{name}")


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_of_all_can_be_asked_for(desk, lived_in, day):
    found = schedule(desk, **{"from": day})
    assert (found["from"], found["dosing_sessions"]) == (day, [])


def test_the_reckoning_is_the_ladders_own(desk, lived_in):
    made = dose(desk, lived_in.patient.id, starts="2026-03-12T23:30").json
    began = datetime.fromisoformat(made["started_at"])
    assert made["clear_at"] == clear_at(began, "09:00", "Europe/London").isoformat()
