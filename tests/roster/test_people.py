"""Links, reassignment, leaving, deactivation: what ends, who is told, and whose people they are."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.accounts import codes
from journal.accounts import service as accounts
from journal.accounts.models import Account
from journal.accounts.principals import Patient, Role
from journal.accounts.sessions import start_session
from journal.care import links
from journal.care.models import Appointment, Clinic, Membership
from journal.roster import by_command
from journal.roster.models import Act, Did
from tests import factories
from tests.acts import give, hand_over, read_page, signed_in, write
from tests.catalog.clinic import another_admin, desk_of
from tests.factories import NOW
from tests.roster.at_the_desk import about, link, people, report, told, unlink
from tests.test_people import ended as ended_grants
from tests.worlds import ORIGIN

ABSENT = UUID(int=0)


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


@pytest.fixture
def theirs(app, database, lived_in):
    """The desk of the other clinic."""
    return signed_in(app, another_admin(database, lived_in.other_clinic))


@pytest.fixture
def shared(app, lived_in):
    """Maya has handed something to Dr Reyes; both browsers."""
    phone, reader = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    hand_over(phone, give(phone, lived_in.therapist), write(phone))
    assert len(read_page(reader, lived_in.patient).json["excerpts"]) == 1
    return phone, reader


def test_an_admin_sees_the_people_of_their_clinic_and_who_sees_whom(desk, theirs):
    found = people(desk)
    assert set(found) == {"Maya", "Dr Ana Reyes", "Sam", "Jonas", "Dr Okafor"}
    assert {one["name"] for one in found["Maya"]["therapists"]} == {"Dr Ana Reyes", "Dr Okafor"}
    assert found["Dr Ana Reyes"]["therapists"] == []
    assert {one["ended_at"] for one in found.values()} == {None}
    assert set(people(theirs)) == {"Dr Lind", "Ines", "Kim"}


def test_a_reassignment_ends_everything_at_once_and_the_next_one_starts_with_nothing(
    app, database, desk, lived_in, shared
):
    phone, reader = shared
    new = factories_therapist(database, lived_in)
    assert link(desk, lived_in.patient, new, instead_of=lived_in.therapist).status_code == 204
    assert read_page(reader, lived_in.patient).status_code == 404
    page = read_page(signed_in(app, new), lived_in.patient)
    assert (page.status_code, page.json["excerpts"]) == (200, [])
    assert ended_grants(database) == {(lived_in.patient.id, lived_in.therapist.id, "left")}
    assert {one["name"] for one in people(desk)["Maya"]["therapists"]} == {"Dr Okafor", "Dr New"}
    # Told: the patient and both therapists, and nobody else.
    assert told(phone) == [("linked", "Dr New"), ("unlinked", "Dr Ana Reyes")]
    assert told(reader) == [("unlinked", "Maya")]
    assert told(signed_in(app, new)) == [("linked", "Maya")]
    assert told(signed_in(app, lived_in.other_patient)) == []
    assert told(signed_in(app, lived_in.other_therapist)) == []


def test_back_again_opens_nothing_that_was_open(desk, lived_in, shared):
    phone, reader = shared
    assert unlink(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert link(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert read_page(reader, lived_in.patient).json["excerpts"] == []
    assert told(phone) == [("linked", "Dr Ana Reyes"), ("unlinked", "Dr Ana Reyes")]


def test_what_is_said_twice_is_done_once(desk, lived_in, app):
    phone = signed_in(app, lived_in.patient)
    assert link(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert told(phone) == []
    assert unlink(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert unlink(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert told(phone) == [("unlinked", "Dr Ana Reyes")]


def test_a_reassignment_whose_answer_was_lost_is_said_again_and_done_once(
    app, database, desk, lived_in
):
    phone, new = signed_in(app, lived_in.patient), factories_therapist(database, lived_in)
    old, never = lived_in.therapist, factories_therapist(database, lived_in)
    for _ in range(2):
        assert link(desk, lived_in.patient, new, instead_of=old).status_code == 204
    assert told(phone) == [("linked", "Dr New"), ("unlinked", "Dr Ana Reyes")]
    # Who never saw them has no place to take; nor is one taken that was empty before.
    assert link(desk, lived_in.patient, new, instead_of=never).status_code == 404
    assert link(desk, lived_in.patient, never, instead_of=old).status_code == 404
    assert told(phone) == [("linked", "Dr New"), ("unlinked", "Dr Ana Reyes")]


def test_who_has_left_leaves_once_and_who_is_shut_out_is_shut_out_once(
    app, database, desk, lived_in
):
    left, shut = signed_in(app, lived_in.other_patient), lived_in.other_therapist
    for _ in range(2):
        assert about(desk, lived_in.other_patient, "leave").status_code == 204
        assert about(desk, shut, "deactivate").status_code == 204
    assert [did for did, _ in told(left)].count("left") == 1
    with database.session(writing=False) as session:
        done = session.scalars(select(Act.did).where(Act.person_id == shut.id)).all()
        assert [*done].count(Did.DEACTIVATED) == 1
    # An account that stays open is never said to be shut.
    assert about(desk, lived_in.therapist, "leave").status_code == 204
    assert about(desk, lived_in.therapist, "deactivate").status_code == 404


def test_who_leaves_is_seen_off_and_everybody_they_saw_is_told(
    app, database, desk, lived_in, shared
):
    phone, reader = shared
    assert about(desk, lived_in.therapist, "leave").status_code == 204
    assert read_page(reader, lived_in.patient).status_code == 404
    assert people(desk)["Dr Ana Reyes"]["ended_at"] == NOW.isoformat()
    assert {one["name"] for one in people(desk)["Maya"]["therapists"]} == {"Dr Okafor"}
    gone = ended_grants(database)
    assert gone == {
        (lived_in.patient.id, lived_in.therapist.id, "left"),
        (lived_in.other_patient.id, lived_in.therapist.id, "left"),
    }
    for patient in (phone, signed_in(app, lived_in.other_patient)):
        assert told(patient) == [("unlinked", "Dr Ana Reyes")]
    # They still sign in and read what was done; nobody else is touched.
    assert told(reader)[0] == ("left", None)
    assert told(signed_in(app, lived_in.other_therapist)) == []


def test_a_patient_who_leaves_keeps_their_journal(app, database, desk, lived_in, shared):
    phone, reader = shared
    refused = about(desk, lived_in.patient, "deactivate")
    assert refused.status_code == 409
    assert about(desk, lived_in.patient, "leave").status_code == 204
    assert read_page(reader, lived_in.patient).status_code == 404
    assert phone.get("/api/changes").json["items"] != []
    assert told(phone)[0] == ("left", None)
    assert {one[0] for one in ended_grants(database)} == {lived_in.patient.id}


def test_who_is_deactivated_is_out_on_every_device(app, database, desk, lived_in):
    reader = signed_in(app, lived_in.therapist)
    assert about(desk, lived_in.therapist, "deactivate").status_code == 204
    assert reader.get("/api/session").status_code == 401
    with database.session(writing=False) as session:
        assert session.get_one(Account, lived_in.therapist.id).disabled_at == NOW
        assert session.get_one(Account, lived_in.other_therapist.id).disabled_at is None


def test_a_clinic_neither_shuts_anothers_door_nor_hears_of_it(app, database, desk, lived_in):
    """Dr Reyes also works in the other clinic, and sees Maya there too."""
    with database.session(writing=True) as session:
        there, since = lived_in.other_clinic, NOW - timedelta(days=90)
        for who in (lived_in.therapist.id, lived_in.patient.id):
            session.add(Membership(account_id=who, clinic_id=there.id, since=since))
        session.flush()
        clinic = session.get_one(Clinic, there.id)
        factories.link(session, clinic, lived_in.patient.id, lived_in.therapist.id, at=since)
    phone, reader = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    hand_over(phone, give(phone, lived_in.therapist), write(phone))
    assert about(desk, lived_in.therapist, "deactivate").status_code == 204
    assert people(desk)["Dr Ana Reyes"]["ended_at"] == NOW.isoformat()
    assert len(read_page(reader, lived_in.patient).json["excerpts"]) == 1


def test_the_last_admin_stays(app, database, desk, lived_in):
    sam = lived_in.admin.id
    for what in ("leave", "deactivate"):
        assert about(desk, sam, what).status_code == 409
    # Another clinic's admin does not count, and neither does one who left.
    kim = another_admin(database, lived_in.clinic)
    another_admin(database, lived_in.other_clinic, "third_admin@example.org")
    assert about(desk, kim.id, "leave").status_code == 204
    assert about(desk, sam, "deactivate").status_code == 409
    assert desk.get("/api/clinic/people").status_code == 200
    assert (
        about(
            signed_in(app, another_admin(database, lived_in.clinic, "4@example.org")),
            sam,
            "deactivate",
        ).status_code
        == 204
    )
    assert desk.get("/api/clinic/people").status_code == 401


def test_visits_that_nobody_would_hold_are_cancelled_and_others_are_not(database, desk, lived_in):
    soon, gone = NOW + timedelta(days=3), NOW - timedelta(days=3)
    with database.session(writing=True) as session:
        made = {
            name: factories.make_appointment(session, patient.id, therapist.id, starts_at=when).id
            for name, patient, therapist, when in (
                ("theirs", lived_in.patient, lived_in.therapist, soon),
                ("past", lived_in.patient, lived_in.therapist, gone),
                ("with another", lived_in.patient, lived_in.other_therapist, soon),
                ("of another", lived_in.other_patient, lived_in.therapist, soon),
            )
        }
    assert unlink(desk, lived_in.patient, lived_in.therapist).status_code == 204
    with database.session(writing=False) as session:
        off = session.scalars(select(Appointment.id).where(Appointment.cancelled_at.is_not(None)))
        assert set(off) == {made["theirs"]}


def test_what_was_done_by_a_command_is_told_like_an_admins_act(app, database, desk, lived_in):
    soon, both = NOW + timedelta(days=3), (lived_in.patient.id, lived_in.therapist.id)
    with database.session(writing=True) as session:
        factories.make_appointment(session, *both, starts_at=soon)
    phone, reader = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    assert len(phone.get("/api/care").json["appointments"]) == 1
    with database.session(writing=True) as session:
        by_command.reassign(session, *both, at=NOW)
    assert phone.get("/api/care").json["appointments"] == []
    assert told(phone) == [("unlinked", "Dr Ana Reyes")]
    assert told(reader) == [("unlinked", "Maya")]
    [act] = phone.get("/api/acts").json
    assert (act["by"]["name"], act["clinic"]) == ("The people who run the server", "Harbour Clinic")
    assert phone.put(f"/api/acts/{act['id']}/seen").status_code == 204


def test_an_account_that_a_command_shut_is_gone_from_the_clinic(app, database, desk, lived_in):
    with database.session(writing=True) as session:
        by_command.deactivate(session, lived_in.therapist.id, at=NOW)
    assert people(desk)["Dr Ana Reyes"]["ended_at"] == NOW.isoformat()
    for what in ("leave", "deactivate"):
        assert about(desk, lived_in.therapist, what).status_code == 204
    assert told(signed_in(app, lived_in.patient)) == [("unlinked", "Dr Ana Reyes")]


def test_who_can_sign_in_no_more_leaves_all_the_same(app, database, desk, lived_in):
    """An earlier version shut an account and left its links."""
    with database.session(writing=True) as session:
        accounts.disable(session, lived_in.therapist.id, at=NOW)
    assert about(desk, lived_in.therapist, "leave").status_code == 204
    assert told(signed_in(app, lived_in.patient)) == [("unlinked", "Dr Ana Reyes")]
    with database.session(writing=False) as session:
        seen = {id for _, id in links.pairs(session, lived_in.clinic.id)}
        assert lived_in.therapist.id not in seen


def test_with_what_somebody_signs_in_is_not_told_once_they_left(app, database, desk, lived_in):
    """Nor of one who was shut out here and still works elsewhere."""
    both, there = (lived_in.patient, lived_in.therapist), lived_in.other_clinic.id
    with database.session(writing=True) as session:
        session.add(Membership(account_id=both[1].id, clinic_id=there, since=NOW))
        for who in both:
            codes.keep(session, who.id, codes.new_secret(), 1)
    signing_in = {"passkeys": 1, "code": True}
    assert [people(desk)[name]["proofs"] for name in ("Maya", "Dr Ana Reyes")] == [signing_in] * 2
    about(desk, lived_in.patient, "leave")
    about(desk, lived_in.therapist, "deactivate")
    nothing = {"passkeys": 0, "code": False}
    assert [people(desk)[name]["proofs"] for name in ("Maya", "Dr Ana Reyes")] == [nothing] * 2
    theirs = signed_in(app, another_admin(database, lived_in.other_clinic))
    assert people(theirs)["Dr Ana Reyes"]["proofs"] == signing_in


def test_another_clinics_people_and_nobody_get_one_and_the_same_answer(desk, lived_in, database):
    foreign, reader = lived_in.foreign_patient, lived_in.foreign_therapist
    one_of_us, ours = lived_in.patient, lived_in.therapist
    before = people(desk)
    answers = [
        call(who)
        for who in (foreign, reader, ABSENT)
        for call in (
            lambda who: about(desk, who, "leave"),
            lambda who: about(desk, who, "deactivate"),
            lambda who: report(desk, who),
            lambda who: report(desk, who, "pdf"),
            lambda who: link(desk, who, ours),
            lambda who: link(desk, one_of_us, who),
            lambda who: link(desk, one_of_us, lived_in.other_therapist, instead_of=who),
            lambda who: unlink(desk, who, ours),
            lambda who: unlink(desk, one_of_us, who),
        )
    ]
    answers += [link(desk, ours, one_of_us), report(desk, ours), unlink(desk, foreign, reader)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1
    assert people(desk) == before
    assert ended_grants(database) == set()


def test_one_change_is_put_away_at_once_and_an_earlier_one_is_not(
    app, database, desk, lived_in, time
):
    phone = signed_in(app, lived_in.patient)
    unlink(desk, lived_in.patient, lived_in.other_therapist)
    time.move(timedelta(minutes=1))
    new = factories_therapist(database, lived_in)
    link(desk, lived_in.patient, new, instead_of=lived_in.therapist)
    newest = phone.get("/api/acts").json[0]["id"]
    assert phone.put(f"/api/acts/{newest}/seen").status_code == 204
    seen = [one["seen_at"] is not None for one in phone.get("/api/acts").json]
    assert seen == [True, True, False]


def test_an_act_is_put_away_by_the_one_it_is_about_and_stays_in_the_list(app, desk, lived_in):
    unlink(desk, lived_in.patient, lived_in.therapist)
    phone, reader = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    [mine] = phone.get("/api/acts").json
    assert (mine["by"]["name"], mine["clinic"], mine["seen_at"]) == ("Sam", "Harbour Clinic", None)
    path = f"/api/acts/{mine['id']}/seen"
    assert (reader.put(path).status_code, desk.put(path).status_code) == (404, 404)
    assert phone.put(path).status_code == 204
    assert [one["seen_at"] for one in phone.get("/api/acts").json] == [NOW.isoformat()]
    assert [one["seen_at"] for one in reader.get("/api/acts").json] == [None]


def factories_therapist(database, world):
    with database.session(writing=True) as session:
        clinic = session.get_one(Clinic, world.clinic.id)
        return factories.make_account(session, clinic, role=Role.THERAPIST, name="Dr New")


def test_a_recovery_is_started_for_somebody_who_is_told_and_opens_nothing_alone(
    app, desk, lived_in
):
    made = about(desk, lived_in.patient, "recovery")
    assert made.status_code == 200
    link, _, token = made.json["link"].partition("#")
    assert (link, len(token) > 40) == ("http://localhost:8000/recover", True)
    assert made.json["expires_at"] == (NOW + timedelta(hours=72)).isoformat()
    phone = signed_in(app, lived_in.patient)
    assert told(phone) == [("recovery", None)]
    assert [one["kind"] for one in phone.get("/api/notices").json] == ["recovery_asked"]
    assert told(signed_in(app, lived_in.other_patient)) == []
    # The link alone is one proof of two: nothing becomes of it.
    asked = app.test_client().post(
        "/api/recovery", json={"email": "patient@example.org", "link": token}, headers=ORIGIN
    )
    assert asked.status_code == 202
    assert phone.get("/api/recovery").json == {"opens_at": None, "link": True}


def test_who_leaves_takes_no_half_of_a_way_in_along(app, database, desk, lived_in):
    """Links of an admin who stays, and those that another one made anew, go on."""
    leaver = another_admin(database, lived_in.clinic).id
    theirs = signed_in(app, Patient(leaver))
    for whose, person in (
        (theirs, lived_in.patient),
        (theirs, lived_in.other_patient),
        (theirs, lived_in.therapist),
        (desk, lived_in.other_patient),
        (desk, lived_in.other_therapist),
    ):
        assert about(whose, person, "recovery").status_code == 200
    assert about(desk, leaver, "deactivate").status_code == 204
    out = {
        name: signed_in(app, getattr(lived_in, name)).get("/api/recovery").json is not None
        for name in ("patient", "therapist", "other_patient", "other_therapist")
    }
    gone = dict.fromkeys(("patient", "therapist"), False)
    assert out == gone | dict.fromkeys(("other_patient", "other_therapist"), True)


def test_nobody_starts_a_recovery_for_themselves_or_for_a_stranger(desk, theirs, lived_in):
    assert about(desk, lived_in.admin.id, "recovery").status_code == 409
    answers = [about(desk, who, "recovery") for who in (lived_in.foreign_patient, ABSENT)]
    answers += [about(theirs, lived_in.patient, "recovery")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1


def test_a_report_and_a_recovery_want_a_fresh_proof_and_an_end_does_not(
    app, database, lived_in, time
):
    desk = app.test_client()
    desk.environ_base["HTTP_ORIGIN"] = ORIGIN["Origin"]
    with database.session(writing=True) as session:
        token = start_session(session, lived_in.admin.id, at=NOW).get_id()
    with desk.session_transaction() as cookie:
        cookie["_user_id"] = token
    time.move(timedelta(minutes=6))
    for answer in (about(desk, lived_in.patient, "recovery"), report(desk, lived_in.patient)):
        assert (answer.status_code, answer.json["step_up"]) == (403, True)
    assert unlink(desk, lived_in.patient, lived_in.therapist).status_code == 204
    assert about(desk, lived_in.therapist, "deactivate").status_code == 204
