"""A guide given to one patient, and a question written for one: nobody else can tell it exists."""

from datetime import timedelta

import pytest

from journal.care.models import CareLink, Membership
from journal.catalog import assigning, service
from journal.catalog.assigning import assign, assigned_to, end
from journal.catalog.models import Assignment, ContentEdition
from journal.catalog.questions import write_question
from journal.content.library import UnknownGuide
from journal.errors import Invalid, NotFound
from journal.vault import keys
from tests import factories
from tests.acts import give, hand_over, read_page, save, signed_in, told, words, write
from tests.catalog.clinic import PLAN, desk_of, guide, put, reworded, texts
from tests.factories import NOW, new_id

TEXT = "What would you tell the river?"


@pytest.fixture
def written(database, lived_in):
    """A question one therapist wrote for one patient."""
    with database.session(writing=True) as session:
        return write_question(
            session, lived_in.therapist, lived_in.patient.id, TEXT, id=new_id(), at=NOW
        )


def given(app, person):
    return signed_in(app, person).get("/api/assigned").json["guides"]


def test_a_question_written_for_a_patient_is_asked_and_answered(app, lived_in, written):
    phone = signed_in(app, lived_in.patient)
    [asked] = given(app, lived_in.patient)
    [item] = asked["items"]
    assert (asked["id"], asked["edition"], asked["kind"]) == (written.id, 1001, "reflection")
    assert (item["text"], item["share"], item["parts"][0]["kind"]) == (TEXT, "ask", "text")
    body = words(guide=asked["id"], edition=asked["edition"],
                 answers={item["id"]: {"text": "Thank you."}})  # fmt: skip
    id = str(new_id())
    assert save(phone, id, body).status_code == 201
    assert phone.get(f"/api/entries/{id}").json["guide"] == written.id
    assert phone.get(f"/api/guides/{written.id}/1001").json == asked


def test_to_everybody_else_it_is_not_there(app, lived_in, written):
    path, absent = f"/api/guides/{written.id}/1001", "/api/guides/q-00/1001"
    people = ["other_patient", "foreign_patient", "therapist", "foreign_therapist", "admin"]
    for client in [app.test_client(), *(signed_in(app, getattr(lived_in, who)) for who in people)]:
        answer = client.get(path)
        assert answer.status_code == 404
        assert told(answer) == told(client.get(absent))
        assert written.id not in client.get("/api/library").text
    for who in ("other_patient", "foreign_patient"):
        assert given(app, getattr(lived_in, who)) == []
        client = signed_in(app, getattr(lived_in, who))
        answers = {written.items[0].id: {"text": "Mine."}}
        sent = words(guide=written.id, edition=1001, answers=answers)
        guess = words(guide="q-00", edition=1001, answers=answers)
        here, there = save(client, str(new_id()), sent), save(client, str(new_id()), guess)
        assert here.status_code == 422
        assert here.json == there.json
    assert written.id not in signed_in(app, lived_in.admin).get("/api/clinic/content").text


def test_it_is_handed_over_like_any_other_answer(app, lived_in, written):
    phone = signed_in(app, lived_in.patient)
    answers = {written.items[0].id: {"text": "Thank you."}}
    entry = write(phone, guide=written.id, edition=1001, answers=answers)
    hand_over(phone, give(phone, lived_in.therapist), entry)
    page = read_page(signed_in(app, lived_in.therapist), lived_in.patient).json
    assert page["excerpts"][0]["content"]["items"][0]["question"] == TEXT
    assert phone.get("/api/receipts").json[0]["title"] == written.title


def test_its_words_are_sealed_under_the_patient_s_key(database, lived_in, written):
    with database.session(writing=True) as session:
        [row] = session.query(ContentEdition)
        assert b"river" not in row.body.token
        keys.destroy(session, lived_in.patient.id, at=NOW)
        session.flush()
        with pytest.raises(keys.KeyDestroyed):
            service.guide(session, written.id, 1001, reader=lived_in.patient)


def test_after_the_link_has_ended_the_patient_keeps_it(app, database, lived_in, written):
    with database.session(writing=True) as session:
        for link in session.query(CareLink).filter_by(therapist_id=lived_in.therapist.id):
            link.ended_at = NOW
    assert [one["id"] for one in given(app, lived_in.patient)] == [written.id]
    phone = signed_in(app, lived_in.patient)
    answers = {written.items[0].id: {"text": "Still mine."}}
    assert write(phone, guide=written.id, edition=1001, answers=answers)
    with database.session(writing=True) as session:
        for link in session.query(Membership).filter_by(account_id=lived_in.patient.id):
            link.ended_at = NOW
    assert [one["id"] for one in given(app, lived_in.patient)] == [written.id]


def test_only_who_sees_a_patient_writes_for_them(session, world):
    for stranger in (world.foreign_therapist, world.other_therapist):
        with pytest.raises(NotFound):
            write_question(session, stranger, world.other_patient.id, TEXT, id=new_id(), at=NOW)
    assert session.query(ContentEdition).count() == session.query(Assignment).count() == 0


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "x" * 2_001, "nul\0"])
def test_a_question_is_one_line(session, world, text):
    with pytest.raises(Invalid) as refused:
        write_question(session, world.therapist, world.patient.id, text, id=new_id(), at=NOW)
    assert refused.value.errors[0]["pointer"] == "/text"
    assert not text.strip() or text not in str(refused.value.errors)


def test_sent_again_it_is_one_question_and_another_s_id_is_nobody_s(session, world):
    id = new_id()
    mine = (session, world.therapist, world.patient.id, TEXT)
    first = write_question(*mine, id=id, at=NOW)
    assert write_question(*mine, id=id, at=NOW + timedelta(days=1)).id == first.id
    assert session.query(ContentEdition).count() == session.query(Assignment).count() == 1
    with pytest.raises(NotFound):
        write_question(session, world.other_therapist, world.patient.id, TEXT, id=id, at=NOW)


def test_a_guide_is_given_in_its_newest_edition_or_in_one_that_is_named(app, database, lived_in):
    desk = desk_of(app, lived_in)
    with database.session(writing=True) as session:
        for edition in (None, 1):
            assign(session, lived_in.therapist, id=new_id(), patient_id=lived_in.patient.id,
                   ref="refl", edition=edition, at=NOW)  # fmt: skip
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    editions = sorted(one["edition"] for one in given(app, lived_in.patient))
    assert editions == [1, 1001]


def test_a_measure_that_is_only_given_comes_this_way(app, database, lived_in):
    with database.session(writing=True) as session:
        for id in ("pcl5", "phq9"):
            assign(session, lived_in.therapist, id=new_id(), patient_id=lived_in.patient.id,
                   ref=id, at=NOW)  # fmt: skip
    assert [one["id"] for one in given(app, lived_in.patient)] == ["pcl5"]
    desk = desk_of(app, lived_in)
    put(desk, "texts", texts(desk) | {"response_plan": PLAN})
    assert {one["id"] for one in given(app, lived_in.patient)} == {"pcl5", "phq9"}
    assert given(app, lived_in.other_patient) == []


def test_what_has_ended_is_not_asked_any_more(session, world):
    id = new_id()
    made = {"id": id, "patient_id": world.patient.id, "ref": "refl"}
    assign(session, world.therapist, **made, at=NOW)
    assert assign(session, world.therapist, **made, at=NOW).id == id
    assert [one.id for one in assigned_to(session, world.patient.id)] == ["refl"]
    for stranger in (world.other_therapist, world.foreign_therapist):
        with pytest.raises(NotFound):
            end(session, stranger, id, at=NOW)
    for later in (1, 2):
        end(session, world.therapist, id, at=NOW + timedelta(hours=later))
    assert assigned_to(session, world.patient.id) == []
    assert session.get_one(Assignment, id).ended_at == NOW + timedelta(hours=1)


def test_only_what_there_is_can_be_given(session, world):
    def giving(**changes):
        asked = {"patient_id": world.patient.id, "ref": "refl", **changes}
        assign(session, world.therapist, id=new_id(), at=NOW, **asked)

    visit = factories.make_appointment(
        session, world.patient.id, world.therapist.id, starts_at=NOW + timedelta(days=2)
    )
    giving(before_appointment_id=visit.id)
    theirs = factories.make_appointment(
        session, world.other_patient.id, world.therapist.id, starts_at=NOW + timedelta(days=2)
    )
    for unknown in ({"ref": "x"}, {"edition": 2}, {"edition": 1001}):
        with pytest.raises(UnknownGuide):
            giving(**unknown)
    for not_ours in (
        {"patient_id": world.foreign_patient.id},
        {"before_appointment_id": theirs.id},
        {"before_appointment_id": new_id()},
    ):
        with pytest.raises(NotFound):
            giving(**not_ours)
    assert session.query(Assignment).count() == 1


def test_a_question_for_one_patient_cannot_be_given_to_another(session, world):
    one = write_question(session, world.therapist, world.patient.id, TEXT, id=new_id(), at=NOW)
    for edition in (None, 1001):
        with pytest.raises(UnknownGuide):
            assign(session, world.therapist, id=new_id(), patient_id=world.other_patient.id,
                   ref=one.id, edition=edition, at=NOW)  # fmt: skip
    assert assigning.assigned_to(session, world.other_patient.id) == []
