"""Pausing: as quick as withdrawing, and what was handed over is there again afterwards."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from journal.consent import ledger
from journal.consent.models import ConsentEvent
from journal.db import Database
from tests import factories
from tests.acts import give, hand_over, handing, offer, read_page, said, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World


def pause(phone: FlaskClient, grant: str) -> int:
    answer = phone.post(f"/api/grants/{grant}/pause")
    assert (answer.status_code, answer.json["state"]) == (200, "paused")
    return int(answer.json["pause"])


def test_what_is_paused_is_readable_on_no_path_and_comes_back(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    desks = f"/api/patients/{lived_in.patient.id}/page"
    phones = f"/api/therapists/{lived_in.therapist.id}/page"

    def page(client: FlaskClient, path: str) -> dict[str, Any]:
        """Everything on it but the moment it was asked for."""
        return client.get(path).json | {"at": None}

    empty = page(desk, desks)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "the river"))
    time.move(timedelta(minutes=5))
    n = pause(phone, grant)
    assert page(desk, desks) == page(phone, phones) == empty
    assert desk.get(f"/api/patients/{lived_in.patient.id}/new").json == {"readable": [], "new": []}
    rows = {one["patient"]["id"]: one for one in desk.get("/api/today").json["patients"]}
    assert rows[str(lived_in.patient.id)]["handed_over"] == 0
    # Its author still sees what lies there, and can take it back.
    assert out in {one["id"] for one in phone.get("/api/excerpts").json}
    answer = phone.post(f"/api/grants/{grant}/resume", json={"pause": n})
    assert (answer.json["state"], answer.json["paused_at"]) == ("in_force", None)
    assert said(read_page(desk, lived_in.patient)) == ["the river"]


def test_pausing_and_going_on_twice_change_nothing(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    answers = [phone.post(f"/api/grants/{grant}/pause") for _ in range(3)]
    assert len({answer.data for answer in answers}) == 1
    n = answers[0].json["pause"]
    again = [phone.post(f"/api/grants/{grant}/resume", json={"pause": n}) for _ in range(3)]
    assert {answer.status_code for answer in again} == {200}
    assert len({answer.data for answer in again}) == 1
    with database.session(writing=False) as opened:
        mine = select(ConsentEvent.happened).where(ConsentEvent.grant_id == factories.UUID(grant))
        events = opened.scalars(mine.order_by(ConsentEvent.n)).all()
        assert [one.value for one in events] == ["given", "paused", "resumed"]
        assert list(ledger.verify(opened)) == []


def test_a_late_copy_of_going_on_does_not_undo_a_new_pause(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone))
    first = pause(phone, grant)
    phone.post(f"/api/grants/{grant}/resume", json={"pause": first})
    pause(phone, grant)
    assert phone.post(f"/api/grants/{grant}/resume", json={"pause": first}).status_code == 409
    assert said(read_page(desk, lived_in.patient)) == []


def test_going_on_waits_for_a_clear_head_and_pausing_does_not(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    going_on = {"pause": pause(phone, grant)}
    refused = phone.post(f"/api/grants/{grant}/resume", json=going_on)
    assert (refused.status_code, refused.json["clear_at"]) == (409, dose.clear_at.isoformat())
    time.at = dose.clear_at - timedelta(seconds=1)
    assert phone.post(f"/api/grants/{grant}/resume", json=going_on).status_code == 409
    time.at = dose.clear_at
    assert phone.post(f"/api/grants/{grant}/resume", json=going_on).status_code == 200


def test_while_paused_nothing_is_handed_over_and_no_second_consent_is_given(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    pause(phone, grant)
    assert phone.post("/api/handovers", json=handing(grant, write(phone))).status_code == 409
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 409


def test_what_was_held_can_be_let_go_while_paused_and_is_read_only_afterwards(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    """Letting go says what may be seen, going on says that something may: both have to be done."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    waits = hand_over(phone, grant, write(phone, "the river"))
    n = pause(phone, grant)
    assert phone.post(f"/api/excerpts/{waits}/release").status_code == 409
    time.at = dose.clear_at
    desk = signed_in(app, lived_in.therapist, at=time.at)
    empty = read_page(desk, lived_in.patient).data
    assert phone.post(f"/api/excerpts/{waits}/release").status_code == 200
    assert read_page(desk, lived_in.patient).data == empty
    assert desk.get(f"/api/patients/{lived_in.patient.id}/new").json == {"readable": [], "new": []}
    phone.post(f"/api/grants/{grant}/resume", json={"pause": n})
    assert said(read_page(desk, lived_in.patient)) == ["the river"]


def test_what_is_over_can_be_paused_without_a_trace_and_not_gone_on_with(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-03-10")
    n = pause(phone, grant)
    time.move(timedelta(hours=12))
    assert phone.post(f"/api/grants/{grant}/resume", json={"pause": n}).status_code == 409
    second = give(phone, lived_in.therapist)
    phone.post(f"/api/grants/{second}/withdraw")
    answer = phone.post(f"/api/grants/{second}/pause")
    assert (answer.status_code, answer.json["state"]) == (200, "withdrawn")
    assert phone.post(f"/api/grants/{second}/resume", json={"pause": 1}).status_code == 409


def test_pausing_everything_closes_every_grant_of_this_patient_alone(
    app: Flask, lived_in: World
) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    pause(phone, give(phone, lived_in.therapist))
    for _ in range(2):
        assert phone.post("/api/pause-everything").status_code == 204
    assert {one["state"] for one in phone.get("/api/grants").json} == {"paused"}
    assert {one["state"] for one in other.get("/api/grants").json} == {"in_force"}


def test_somebody_elses_grant_cannot_be_paused_nor_gone_on_with(
    app: Flask, lived_in: World
) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant = give(phone, lived_in.therapist)
    for act, body in (("pause", None), ("resume", {"pause": 1})):
        absent = told(other.post(f"/api/grants/{new_id()}/{act}", json=body))
        assert absent[0] == 404
        assert told(other.post(f"/api/grants/{grant}/{act}", json=body)) == absent
    assert phone.get("/api/grants").json[0]["state"] == "in_force"


def test_which_pause_ends_has_to_be_said(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    for body in ({}, {"pause": "1"}, {"pause": 0}, {"pause": 2**40}, {"pause": None}):
        answer = phone.post(f"/api/grants/{grant}/resume", json=body)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json["errors"]] == ["/pause"]
