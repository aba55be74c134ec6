"""Narrowing, withdrawing, expiring: always possible, final, and nothing brings them back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.consent import service
from journal.consent.models import ConsentEvent, Grant, Happened
from journal.db import Database
from journal.errors import Invalid
from journal.vault import keys
from tests import factories
from tests.acts import give, hand_over, offer, read_page, said, signed_in, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World

SECOND = timedelta(seconds=1)
FOUR = frozenset({"reflections", "skills", "measures", "check-ins"})


def events_of(session: Session, grant: Grant) -> list[str]:
    found = select(ConsentEvent).where(ConsentEvent.grant_id == grant.id).order_by(ConsentEvent.n)
    return [event.happened.value for event in session.scalars(found)]


def test_narrowing_only_takes_away(session: Session, world: World) -> None:
    grant = factories.make_grant(session, world.patient, world.therapist, categories=FOUR)

    def narrow(*keep: str) -> frozenset[str]:
        service.narrow(session, world.patient, grant.id, frozenset(keep), at=NOW)
        return service.categories_of(session, [grant.id]).get(grant.id, frozenset())

    assert narrow("reflections", "skills") == {"reflections", "skills"}
    assert narrow("reflections", "skills") == {"reflections", "skills"}
    for wider in ({"reflections", "measures"}, {"secrets"}):
        with pytest.raises(Invalid):
            narrow(*wider)
    assert narrow("skills") == {"skills"}
    assert narrow() == frozenset()
    assert events_of(session, grant) == ["given", "narrowed", "narrowed", "narrowed"]


def test_narrowing_asks_nothing_and_answers_with_the_grant(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=["reflections", "skills"])
    for _ in range(2):
        answer = phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["skills"]})
        assert (answer.status_code, answer.json["categories"]) == (200, ["skills"])
    wider = phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["reflections"]})
    assert wider.status_code == 422
    assert wider.json["errors"][0]["pointer"] == "/categories"


def test_withdrawing_takes_one_request_without_a_body_and_may_be_repeated(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    answers = [phone.post(f"/api/grants/{grant}/withdraw") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.data for answer in answers}) == 1
    assert answers[0].json["state"] == "withdrawn"
    assert answers[0].json["ended_at"] == "2026-03-10T12:00:00+00:00"


def test_withdrawing_everything_ends_every_grant_of_this_patient_alone(
    app: Flask, lived_in: World
) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    give(phone, lived_in.therapist)
    for _ in range(2):
        assert phone.post("/api/withdraw-everything").status_code == 204
    assert {one["state"] for one in phone.get("/api/grants").json} == {"withdrawn"}
    assert {one["state"] for one in other.get("/api/grants").json} == {"in_force"}


def test_taking_away_never_waits_for_a_clear_head(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=["reflections", "skills"])
    out = hand_over(phone, grant, write(phone))
    with database.session(writing=True) as opened:
        factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW - SECOND)
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 409
    narrower = phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["reflections"]})
    assert narrower.status_code == 200
    assert phone.delete(f"/api/excerpts/{out}").status_code == 204
    assert phone.post(f"/api/grants/{grant}/withdraw").json["state"] == "withdrawn"
    assert phone.post("/api/withdraw-everything").status_code == 204


def test_somebody_elses_grant_is_not_there(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant = give(phone, lived_in.therapist)
    for act, body in (("withdraw", None), ("narrow", {"categories": []})):
        foreign = other.post(f"/api/grants/{grant}/{act}", json=body)
        absent = other.post(f"/api/grants/{new_id()}/{act}", json=body)
        assert (foreign.status_code, foreign.data) == (404, absent.data)
    assert phone.get("/api/grants").json[0]["state"] == "in_force"


def test_a_grant_ends_to_the_second(session: Session, world: World) -> None:
    end = NOW + timedelta(days=1)
    given = NOW - SECOND
    grant = factories.make_grant(session, world.patient, world.therapist, at=given, ends_at=end)

    def holds(at) -> bool:  # type: ignore[no-untyped-def]
        return grant in service.in_force(session, world.patient, at)

    assert [holds(at) for at in (given - SECOND, given, end - SECOND, end, end + SECOND)] == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_a_clock_that_jumps_back_revives_no_end_that_was_reached(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-03-10")
    hand_over(phone, grant, write(phone, "the river"))
    desk = signed_in(app, lived_in.therapist, at=NOW + timedelta(hours=6))
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    time.at = NOW + timedelta(hours=12)
    assert said(read_page(desk, lived_in.patient)) == []
    time.at = NOW + timedelta(hours=6)
    assert said(read_page(desk, lived_in.patient)) == []
    assert desk.get(f"/api/patients/{lived_in.patient.id}/new").json["readable"] == []
    assert phone.get("/api/grants").json[0]["state"] == "ended"
    with database.session(writing=False) as session, pytest.raises(keys.KeyDestroyed):
        keys.key(session, session.get_one(Grant, factories.UUID(grant)).id, of=keys.Of.GRANT)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("POST /api/patients/{}/pdf", None, 404),
        ("POST /api/search", {"text": "river"}, 200),
        ("GET /api/patients/{}/new", None, 200),
    ],
)
def test_an_end_that_any_request_met_stays_a_fact(
    app: Flask, lived_in: World, time: MovableTime, path: str, body: Any, status: int
) -> None:
    """Also when the answer is that nothing is there, and when the request does not write."""
    phone = signed_in(app, lived_in.patient)
    hand_over(phone, give(phone, lived_in.therapist, ends_on="2026-03-10"), write(phone, "river"))
    desk = signed_in(app, lived_in.therapist, at=NOW + timedelta(hours=6))
    method, where = path.format(lived_in.patient.id).split()
    time.at = NOW + timedelta(hours=12)
    assert desk.open(where, method=method, json=body).status_code == status
    time.at = NOW + timedelta(hours=6)
    assert said(read_page(desk, lived_in.patient)) == []
    assert phone.get("/api/grants").json[0]["state"] == "ended"


def test_closing_what_has_ended_is_a_fact_that_is_written_once(
    session: Session, world: World
) -> None:
    end = NOW + timedelta(days=1)
    grant = factories.make_grant(session, world.patient, world.therapist, ends_at=end)
    service.close_ended(session, world.patient.id, at=end - SECOND)
    assert grant.ended_at is None
    for _ in range(2):
        service.close_ended(session, world.patient.id, at=end)
    assert (grant.ended_at, grant.ended_by) == (end, Happened.EXPIRED)
    assert grant not in service.in_force(session, world.patient, NOW)
    assert events_of(session, grant) == ["given", "expired"]


def test_what_was_withdrawn_stays_so(session: Session, world: World) -> None:
    grant = factories.make_grant(session, world.patient, world.therapist)
    service.end(session, grant, at=NOW)
    service.end(session, grant, at=NOW + SECOND, happened=Happened.EXPIRED)
    service.close_ended(session, world.patient.id, at=grant.ends_at)
    service.narrow(session, world.patient, grant.id, frozenset(), at=NOW)
    assert (grant.ended_at, grant.ended_by) == (NOW, Happened.WITHDRAWN)
    assert events_of(session, grant) == ["given", "withdrawn"]
    assert grant not in service.in_force(session, world.patient, NOW - SECOND)
    with pytest.raises(keys.KeyDestroyed):
        keys.key(session, grant.id, of=keys.Of.GRANT)
