"""Not there and not yours are the same answer, to the byte."""

from flask import Flask
from sqlalchemy import update

from journal.care.models import CareLink
from journal.db import Database
from tests.acts import give, hand_over, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import World


def test_absent_foreign_and_former_patients_are_one_answer(
    app: Flask, lived_in: World, database: Database
) -> None:
    desk = signed_in(app, lived_in.other_therapist)
    ids = [
        new_id(),
        lived_in.foreign_patient.id,
        lived_in.other_patient.id,  # of the same clinic, with another therapist
        lived_in.admin.id,
        lived_in.therapist.id,
        lived_in.clinic.id,
    ]
    for page in ("page", "new"):
        answers = [told(desk.get(f"/api/patients/{id}/{page}")) for id in ids]
        assert answers[0][0] == 404
        assert all(answer == answers[0] for answer in answers)
        assert desk.get(f"/api/patients/{lived_in.patient.id}/{page}").status_code == 200
    with database.session(writing=True) as opened:
        mine = CareLink.therapist_id == lived_in.other_therapist.id
        opened.execute(update(CareLink).where(mine).values(ended_at=NOW))
    for page in ("page", "new"):
        former = told(desk.get(f"/api/patients/{lived_in.patient.id}/{page}"))
        assert former == told(desk.get(f"/api/patients/{new_id()}/{page}"))
    assert desk.get("/api/today").json["patients"] == []


def test_a_patient_sees_the_page_of_their_own_therapists_alone(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    strangers = [new_id(), lived_in.foreign_therapist.id, lived_in.other_patient.id]
    answers = [told(phone.get(f"/api/therapists/{id}/page")) for id in strangers]
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)
    assert phone.get(f"/api/therapists/{lived_in.therapist.id}/page").json["excerpts"] == []


def test_what_is_absent_foreign_or_taken_back_is_one_answer(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant = give(phone, lived_in.therapist)
    out, taken = (hand_over(phone, grant, write(phone)) for _ in range(2))
    phone.delete(f"/api/excerpts/{taken}")
    absent = told(phone.post(f"/api/excerpts/{new_id()}/release"))
    assert absent[0] == 404
    assert told(phone.post(f"/api/excerpts/{taken}/release")) == absent
    assert told(other.post(f"/api/excerpts/{out}/release")) == absent
    assert told(other.delete(f"/api/excerpts/{out}")) == told(
        other.delete(f"/api/excerpts/{new_id()}")
    )
    assert phone.delete(f"/api/excerpts/{taken}").status_code == 204
    assert [one["id"] for one in phone.get("/api/excerpts").json if one["grant_id"] == grant] == [
        out
    ]
