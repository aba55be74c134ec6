"""The whole story over HTTP, with real sign-ins: write, hand over, read, take back."""

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from tests.acts import give, hand_over, read_page, said, save, words, write
from tests.worlds import MovableTime, World

Client = Callable[[str], FlaskClient]


def test_the_whole_story(client_of: Client, lived_in: World, time: MovableTime) -> None:
    phone = client_of("patient")
    me = phone.get("/api/session").json
    assert (me["role"], me["name"]) == ("patient", "Maya")

    # She writes, edits, and brings an earlier text back.
    first = write(phone, "I saw a river. It knew my name.")
    second = words("I saw a river.")
    assert save(phone, first.id, second, parent=first.revision).status_code == 200
    earlier = phone.get(f"/api/entries/{first.id}/revisions").json[1]
    restored = words(answers=earlier["answers"])
    assert save(phone, first.id, restored, parent=second["revision"]).status_code == 200
    entry = phone.get(f"/api/entries/{first.id}").json
    assert entry["answers"]["refl-01"]["text"] == "I saw a river. It knew my name."
    assert len(phone.get(f"/api/entries/{first.id}/revisions").json) == 3

    # Nobody can read it: her therapist sees her name and nothing else.
    desk = client_of("therapist")
    patient = lived_in.patient.id
    assert said(read_page(desk, patient)) == []
    assert desk.get(f"/api/entries/{first.id}").status_code == 403

    # She gives consent, and hands over one sentence of it.
    [her] = [one for one in phone.get("/api/care").json["therapists"] if "Reyes" in one["name"]]
    assert her["id"] == str(lived_in.therapist.id)
    grant = give(phone, lived_in.therapist)
    quote = "It knew my name."
    start = entry["answers"]["refl-01"]["text"].index(quote)
    passage = {
        "kind": "passage",
        "item": "refl-01",
        "part": "text",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }
    sent = {"id": str(earlier["revision"]), "grant_id": grant, "entry_id": first.id}
    sent |= {"revision": entry["revision"], "what": passage}
    answer = phone.post("/api/handovers", json=sent)
    assert answer.status_code == 201
    [out] = [one["id"] for one in answer.json["excerpts"]]
    mirrored = phone.get(f"/api/therapists/{her['id']}/page")
    assert said(mirrored) == [quote]

    # Her therapist sees that something is new, and reads exactly that.
    time.move(timedelta(minutes=5))
    rows = {one["patient"]["name"]: one for one in desk.get("/api/today").json["patients"]}
    assert (rows["Maya"]["handed_over"], rows["Maya"]["new"]) == (1, 1)
    page = read_page(desk, patient)
    # All but the moment each asked at, which is what a page begins with.
    assert page.data.partition(b",")[2] == mirrored.data.partition(b",")[2]
    assert b"I saw a river" not in page.data

    # She sees who read what, and takes it back.
    [receipt] = phone.get("/api/receipts").json
    assert (receipt["reader"]["name"], receipt["excerpt_id"]) == ("Dr Ana Reyes", out)
    assert receipt["at"] == "2026-03-10T12:05:00+00:00"
    assert phone.delete(f"/api/excerpts/{out}").status_code == 204
    assert said(read_page(desk, patient)) == []

    # She hands over the whole, then ends everything at once.
    whole = hand_over(phone, grant, type(first)(first.id, entry["revision"]))
    assert said(read_page(desk, patient)) == ["I saw a river. It knew my name."]
    assert phone.post("/api/withdraw-everything").status_code == 204
    assert said(read_page(desk, patient)) == []
    assert desk.get(f"/api/patients/{patient}/new").json == {"new": [], "readable": []}
    assert whole not in {one["id"] for one in phone.get("/api/excerpts").json}
    assert {one["state"] for one in phone.get("/api/grants").json} == {"withdrawn"}
    assert len(phone.get("/api/receipts").json) == 2

    # Her journal is untouched; signing out everywhere ends every device and loses nothing.
    tablet = client_of("patient")
    assert phone.delete("/api/sessions").status_code == 204
    assert tablet.get(f"/api/entries/{first.id}").status_code == 401
    assert phone.get("/api/session").status_code == 401
    again = client_of("patient").get(f"/api/entries/{first.id}").json
    assert again == entry
