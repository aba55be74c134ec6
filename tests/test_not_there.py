"""Not there and not yours are the same answer, to the byte."""

from tests.factories import make_entry, new_id

CUT = {"id": str(new_id()), "item": 0, "line": 0, "start": 0, "end": 1, "quote": "a"}


def plain(answer):
    """All that a person on the other side gets, but the date and the request's own id."""
    return answer.status_code, answer.get_data(), {
        name: value for name, value in answer.headers if name not in {"X-Request-ID", "Date"}
    }  # fmt: skip


def test_everything_that_is_not_there_is_the_same_answer(client_of, database, lived_in):
    with database.session(writing=True) as session:
        theirs = make_entry(session, lived_in.other_patient)
        mine = make_entry(session, lived_in.patient)
    patient, therapist = client_of("patient"), client_of("therapist")
    assert patient.delete(f"/api/entries/{mine.id}").status_code == 204
    absent = [
        patient.get(f"/api/entries/{new_id()}"),
        patient.get(f"/api/entries/{theirs.id}"),
        patient.get(f"/api/entries/{mine.id}"),
        patient.get(f"/api/entries/{mine.id}/revisions"),
        patient.get("/api/entries/not-an-id"),
        patient.delete(f"/api/entries/{theirs.id}"),
        patient.post(f"/api/excerpts/{new_id()}/release"),
        patient.delete(f"/api/excerpts/{new_id()}"),
        patient.post(f"/api/excerpts/{new_id()}/cut", json=CUT),
        patient.post(f"/api/grants/{new_id()}/withdraw"),
        patient.get(f"/api/therapists/{lived_in.foreign_therapist.id}/page"),
        patient.get(f"/api/therapists/{lived_in.other_patient.id}/page"),
        therapist.get(f"/api/patients/{lived_in.foreign_patient.id}/page"),
        therapist.get(f"/api/patients/{lived_in.foreign_patient.id}/new"),
        therapist.get(f"/api/patients/{new_id()}/page"),
        therapist.get(f"/api/patients/{new_id()}/media/{new_id()}"),
        therapist.get(f"/api/patients/{lived_in.patient.id}/media/{new_id()}"),
        patient.get(f"/api/therapists/{lived_in.therapist.id}/media/{new_id()}"),
        patient.get("/api/guides/absent/1"),
        patient.get("/api/guides/refl/99999999999999999999"),
        patient.get("/api/nowhere"),
        patient.post("/api/nowhere"),
        patient.put("/api/entries/not-an-id", json={}),
        patient.delete("/api/grants/not-an-id/withdraw"),
        patient.patch("/api/"),
    ]
    first = plain(absent[0])
    assert first[0] == 404
    assert [plain(answer) for answer in absent] == [first] * len(absent)
