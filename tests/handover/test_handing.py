"""When handing over is refused, waits or is sent again; and whose it is."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import update

from journal.care.models import CareLink
from journal.db import Database
from tests.acts import (
    Written,
    give,
    hand_over,
    handing,
    read_page,
    said,
    save,
    signed_in,
    told,
    words,
    write,
)
from tests.factories import NOW, new_id
from tests.sharing.test_renewing import renewal
from tests.worlds import World

BOTH = ["reflections", "after-effects"]


def day(app: Flask) -> dict[str, object]:
    """An entry whose answers lie in two categories."""
    felt = app.test_client().get("/api/library").json["effects"][0]["code"]
    answers = {"day-07": {"effects": [{"code": felt}]}, "day-03": {"text": "the river"}}
    return {"guide": "day", "answers": answers}


def test_categories_are_split_and_each_is_its_own_excerpt(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=BOTH)
    sent = handing(grant, write(phone, **day(app)))
    first = phone.post("/api/handovers", json=sent)
    assert [one["category"] for one in first.json["excerpts"]] == sorted(BOTH)
    assert len({one["id"] for one in first.json["excerpts"]}) == 2
    assert phone.post("/api/handovers", json=sent).data == first.data


def test_a_category_that_is_not_shared_stops_all_of_it(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=["after-effects"])
    written = write(phone, **day(app))
    refused = phone.post("/api/handovers", json=handing(grant, written))
    assert (refused.status_code, refused.json["categories"]) == (409, ["reflections"])
    assert said(read_page(desk, lived_in.patient)) == []
    some = handing(grant, written, {"kind": "answers", "items": ["day-07"]})
    assert phone.post("/api/handovers", json=some).status_code == 201


def test_a_revision_that_is_not_the_newest_is_refused(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    written, edit = write(phone), words("edited")
    save(phone, written.id, edit, parent=written.revision)
    assert phone.post("/api/handovers", json=handing(grant, written)).status_code == 409
    strange = Written(written.id, str(new_id()))
    assert phone.post("/api/handovers", json=handing(grant, strange)).status_code == 409
    newest = Written(written.id, edit["revision"])
    assert phone.post("/api/handovers", json=handing(grant, newest)).status_code == 201


def test_sent_again_it_is_handed_over_once(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    sent = handing(grant, write(phone))
    phones = [signed_in(app, lived_in.patient) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda one: one.post("/api/handovers", json=sent), phones, timeout=60)
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert said(read_page(desk, lived_in.patient)) == ["The river again."]


def test_sent_again_after_it_was_taken_back_it_stays_taken_back(
    app: Flask, lived_in: World
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    sent = handing(grant, write(phone))
    out = phone.post("/api/handovers", json=sent).json["excerpts"][0]["id"]
    phone.delete(f"/api/excerpts/{out}")
    replayed = phone.post("/api/handovers", json=sent)
    assert (replayed.status_code, replayed.json) == (201, {"excerpts": []})
    assert said(read_page(desk, lived_in.patient)) == []


def test_an_id_that_stands_for_something_else_is_refused(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    [elsewhere] = [one["id"] for one in phone.get("/api/grants").json]
    [theirs] = signed_in(app, lived_in.other_patient).get("/api/grants").json
    grant = give(phone, lived_in.therapist)
    written, other = write(phone, "the river"), write(phone, "the hill")
    sent = handing(grant, written)
    first = phone.post("/api/handovers", json=sent)
    some = {"kind": "answers", "items": ["refl-01"]}
    for another in (
        handing(grant, other),
        handing(elsewhere, written),
        handing(grant, Written(written.id, str(new_id()))),
        handing(grant, written, some),
    ):
        answer = phone.post("/api/handovers", json=another | {"id": sent["id"]})
        assert (answer.status_code, "excerpts" in answer.json) == (409, False)
    absent = [
        phone.post("/api/handovers", json=handing(id, written) | {"id": sent["id"]})
        for id in (str(new_id()), theirs["id"])
    ]
    assert [told(answer) for answer in absent] == [told(absent[0])] * 2
    assert absent[0].status_code == 404
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    again = phone.post("/api/handovers", json=sent)
    assert [one["id"] for one in again.json["excerpts"]] == [
        one["id"] for one in first.json["excerpts"]
    ]


def test_sent_again_after_renewals_it_is_the_same(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    sent = handing(grant, write(phone))
    made = phone.post("/api/handovers", json=sent).json["excerpts"][0]["id"]
    newest = grant
    for _ in range(2):
        newest = phone.post(f"/api/grants/{newest}/renew", json=renewal(lived_in)).json["id"]
    answer = phone.post("/api/handovers", json=sent)
    assert answer.status_code == 201
    [one] = answer.json["excerpts"]
    assert (one["id"], one["grant_id"]) == (made, newest)


def test_after_the_consent_ended_nothing_can_be_handed_over(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    written = write(phone)
    phone.post(f"/api/grants/{grant}/withdraw")
    assert phone.post("/api/handovers", json=handing(grant, written)).status_code == 409


def test_nothing_can_be_handed_to_somebody_who_has_left(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant, written = give(phone, lived_in.therapist), write(phone)
    with database.session(writing=True) as session:
        session.execute(
            update(CareLink)
            .where(CareLink.therapist_id == lived_in.therapist.id)
            .values(ended_at=NOW)
        )
    assert phone.post("/api/handovers", json=handing(grant, written)).status_code == 409


def test_what_is_another_patients_is_not_there(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant, theirs = give(phone, lived_in.therapist), other.get("/api/grants").json[0]["id"]
    mine, foreign = write(phone), write(other)
    absent = told(phone.post("/api/handovers", json=handing(str(new_id()), mine)))
    assert absent[0] == 404
    for one in (
        handing(theirs, mine),
        handing(grant, foreign),
        handing(grant, Written(str(new_id()), mine.revision)),
    ):
        assert told(phone.post("/api/handovers", json=one)) == absent


def test_the_same_id_used_by_two_patients_is_two_things(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    desk = signed_in(app, lived_in.therapist)
    grant, theirs = give(phone, lived_in.therapist), other.get("/api/grants").json[0]["id"]
    sent = handing(grant, write(phone, "mine"))
    [out] = phone.post("/api/handovers", json=sent).json["excerpts"]
    again = handing(theirs, write(other, "theirs")) | {"id": sent["id"]}
    assert other.post("/api/handovers", json=again).status_code == 201
    assert said(read_page(desk, lived_in.patient)) == ["mine"]
    phone.delete(f"/api/excerpts/{out['id']}")
    assert said(read_page(desk, lived_in.patient)) == []
    assert "theirs" in said(read_page(desk, lived_in.other_patient))


def test_the_patient_sees_what_is_out_newest_first(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    written = write(phone)
    out = hand_over(phone, grant, written)
    mine = next(one for one in phone.get("/api/excerpts").json if one["id"] == out)
    assert mine["therapist"] == {"id": str(lived_in.therapist.id), "name": "Dr Ana Reyes"}
    assert (mine["entry_id"], mine["revision"]) == (written.id, written.revision)
    assert (mine["state"], mine["first_read_at"]) == ("handed", None)
    assert mine["content"]["items"][0]["answer"]["lines"][0]["value"] == "The river again."
    other = signed_in(app, lived_in.other_patient)
    assert out not in {one["id"] for one in other.get("/api/excerpts").json}


def test_a_list_too_long_is_refused_as_one_fault(app: Flask, lived_in: World) -> None:
    """Looking at every element first would hold everybody else's writing up."""
    phone = signed_in(app, lived_in.patient)
    grant, written = give(phone, lived_in.therapist), write(phone)
    sent = handing(grant, written) | {"what": {"kind": "answers", "items": [0] * 5000}}
    answer = phone.post("/api/handovers", json=sent)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/what/items"]


def test_names_nobody_knows_are_refused_as_one_fault(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    answer = phone.post("/api/handovers", json={f"x{n}": 1 for n in range(2000)})
    assert answer.status_code == 422
    assert len(answer.json["errors"]) == 1
