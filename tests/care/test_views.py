"""What a patient's phone keeps of the treatment, and Help for anybody."""

from datetime import timedelta

import pytest

from journal.accounts.models import Account
from journal.care.models import Clinic, Membership
from journal.content import library
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)


@pytest.fixture
def treated(database, lived_in):
    """A dose three days ago, and appointments around now."""
    with database.session(writing=True) as session:
        factories.make_dose(session, lived_in.clinic, lived_in.patient.id)
        for starts_at in (NOW + 9 * DAY, NOW - 61 * DAY, NOW - 59 * DAY):
            factories.make_appointment(
                session, lived_in.patient.id, lived_in.therapist.id, starts_at=starts_at
            )
        factories.make_dose(session, lived_in.clinic, lived_in.other_patient.id, number=7)
    return lived_in


def test_care_is_the_treatment_at_a_glance(client_of, treated):
    care = client_of("patient").get("/api/care").get_json()
    assert care["clinic"] == {
        "id": str(treated.clinic.id),
        "name": "Harbour Clinic",
        "region": "GB",
        "zone": "Europe/London",
        "clear_time": "09:00",
        "numbers": treated.clinic.numbers,
    }
    therapists = {"Dr Ana Reyes": treated.therapist, "Dr Okafor": treated.other_therapist}
    assert {one["name"]: one["id"] for one in care["therapists"]} == {
        name: str(person.id) for name, person in therapists.items()
    }
    [dose] = care["dosing_sessions"]
    assert dose | {"id": ""} == {
        "id": "",
        "number": 1,
        "started_at": "2026-03-07T12:00:00+00:00",
        "ended_at": "2026-03-07T13:00:00+00:00",
        "route": "nasal",
        "clear_at": "2026-03-08T09:00:00+00:00",
    }
    assert [row["starts_at"][:10] for row in care["appointments"]] == ["2026-01-10", "2026-03-19"]
    assert {row["therapist"]["name"] for row in care["appointments"]} == {"Dr Ana Reyes"}


def test_the_ladder_says_the_stage_for_weeks_ahead(client_of, treated):
    ladder = client_of("patient").get("/api/care").get_json()["ladder"]
    assert [(row["from"], row["stage"], row["dosing_number"]) for row in ladder] == [
        ("1970-01-01T00:00:00+00:00", "prep", None),
        ("2026-03-07T12:00:00+00:00", "day", 1),
        ("2026-03-08T09:00:00+00:00", "refl", 1),
        ("2026-03-10T09:00:00+00:00", "week", 1),
        ("2026-03-15T09:00:00+00:00", "prac", 1),
        ("2026-03-17T12:00:00+00:00", "pre", 1),
        ("2026-03-19T12:00:00+00:00", "prac", 1),
    ]


def test_each_stage_suggests_a_guide_there_is_or_none(client_of, lived_in):
    suggested = client_of("patient").get("/api/care").get_json()["suggested"]
    assert set(suggested) == {"prep", "day", "refl", "week", "prac", "pre", "end"}
    guides = {guide.id: guide.stage for guide in library.load().guides}
    assert {id: guides[id] for id in suggested.values() if id} == {
        id: stage for stage, id in suggested.items() if id
    }
    assert (suggested["prep"], suggested["day"], suggested["refl"]) == ("prep", "day", "refl")


def test_a_patient_without_a_clinic_still_has_a_phone_that_works(client_of, database, lived_in):
    with database.session(writing=True) as session:
        key = (lived_in.patient.id, lived_in.clinic.id)
        session.get_one(Membership, key).ended_at = NOW
    care = client_of("patient").get("/api/care").get_json()
    assert care["clinic"] is None
    assert [row["stage"] for row in care["ladder"]] == ["prep"]


def test_help_for_anybody_has_every_region_and_a_tool(client_of, lived_in):
    said = client_of("anyone").get("/api/help").get_json()
    content = library.load()
    assert len(said["regions"]) == len(content.regions) > 1
    assert all(row["emergency"] for row in said["regions"])
    assert said["regions"][-1]["region"] == "*" or "*" in {r["region"] for r in said["regions"]}
    assert said["not_monitored"]["short"]
    assert said["tools"]
    assert set(said["tools"]) <= {skill.id for skill in content.skills}


def test_help_names_ones_own_clinic_and_of_two_none_to_a_stranger(client_of, lived_in):
    assert client_of("anyone").get("/api/help").get_json()["clinic"] is None
    for who, name in (("patient", "Harbour Clinic"), ("foreign_patient", "Hill Clinic")):
        clinic = client_of(who).get("/api/help").get_json()["clinic"]
        assert clinic["name"] == name
        assert clinic["numbers"][0]["phone"] == "+44 20 7946 0018"
        assert set(clinic) == {"name", "region", "numbers", "out_of_hours"}


def test_help_names_the_only_clinic_to_anybody(client_of, database, lived_in):
    with database.session(writing=True) as session:
        for person in (lived_in.foreign_patient, lived_in.foreign_therapist):
            key = (person.id, lived_in.other_clinic.id)
            session.delete(session.get_one(Membership, key))
        session.flush()
        link = session.connection()
        link.exec_driver_sql(
            "DELETE FROM care_link WHERE clinic_id NOT IN (SELECT clinic_id FROM membership)"
        )
        session.delete(session.get_one(Clinic, lived_in.other_clinic.id))
    assert client_of("anyone").get("/api/help").get_json()["clinic"]["name"] == "Harbour Clinic"


def test_help_needs_no_session_that_works(client_of, app, database, lived_in):
    ended = client_of("patient")
    with database.session(writing=True) as session:
        session.get_one(Account, lived_in.patient.id).disabled_at = NOW
    answer = ended.get("/api/help")
    assert answer.status_code == 200
    assert answer.get_json()["clinic"] is None
