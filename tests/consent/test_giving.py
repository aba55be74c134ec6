"""Giving consent: what it takes, when it waits, and that it is given once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.care.models import CareLink
from journal.consent import service
from journal.consent.models import Grant
from journal.consent.offers import NotClear, Offer
from journal.db import Database
from journal.errors import Conflict
from journal.sharing import ending
from journal.sharing.models import Excerpt
from journal.vault import keys
from tests import factories
from tests.acts import give, hand_over, offer, signed_in, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World

SECOND = timedelta(seconds=1)


def test_a_grant_names_what_was_agreed_and_always_ends(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    sent = offer(lived_in.therapist, categories=["skills", "reflections"], ends_on="2026-03-31")
    answer = phone.post("/api/grants", json=sent)
    assert answer.status_code == 201
    assert answer.json == {
        "id": sent["id"],
        "therapist": {"id": str(lived_in.therapist.id), "name": "Dr Ana Reyes"},
        "categories": ["reflections", "skills"],
        "given_at": "2026-03-10T12:00:00+00:00",
        "ends_at": "2026-03-31T23:00:00+00:00",  # the end of that day in London's summer
        "ended_at": None,
        "state": "in_force",
        "paused_at": None,
        "paused_because": None,
        "pause": None,
        "release_in_morning": False,
        "agreement": sent["agreement"],
        "locale": "en",
    }
    assert phone.get("/api/grants").json[0] == answer.json
    laptop = signed_in(app, lived_in.other_patient)
    assert answer.json["id"] not in {one["id"] for one in laptop.get("/api/grants").json}


def test_without_a_day_it_ends_after_ninety_days(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    give(phone, lived_in.therapist)
    assert phone.get("/api/grants").json[0]["ends_at"] == "2026-06-08T23:00:00+00:00"


def test_what_does_not_fit_is_named_and_gives_nothing(app: Flask, lived_in: World) -> None:
    phone, therapist = signed_in(app, lived_in.patient), lived_in.therapist
    right = offer(therapist)["agreement"]
    misfits: list[tuple[dict[str, Any], str]] = [
        ({"therapist_id": str(lived_in.foreign_therapist.id)}, "/therapist_id"),
        ({"therapist_id": str(lived_in.other_patient.id)}, "/therapist_id"),
        ({"therapist_id": str(lived_in.admin.id)}, "/therapist_id"),
        ({"therapist_id": str(new_id())}, "/therapist_id"),
        ({"agreement": right | {"sha256": "0" * 64}}, "/agreement"),
        ({"agreement": right | {"edition": 2}}, "/agreement"),
        ({"agreement": right | {"id": "other"}}, "/agreement"),
        ({"agreement": right | {"sha256": "short"}}, "/agreement/sha256"),
        ({"agreement": {}}, "/agreement/"),
        ({"categories": []}, "/categories"),
        ({"categories": ["everything"]}, "/categories"),
        ({"categories": ["reflections", "secrets"]}, "/categories"),
        ({"categories": "reflections"}, "/categories"),
        ({"ends_on": "2026-03-09"}, "/ends_on"),
        ({"ends_on": "2027-03-12"}, "/ends_on"),
        ({"ends_on": "2199-12-31"}, "/ends_on"),
        ({"ends_on": "9999-12-31"}, "/ends_on"),
        ({"ends_on": "soon"}, "/ends_on"),
        ({"release_in_morning": "yes"}, "/release_in_morning"),
        ({"release_in_morning": None}, "/release_in_morning"),
        ({"forever": True}, "/forever"),
    ]
    before = phone.get("/api/grants").data
    for change, pointer in misfits:
        answer = phone.post("/api/grants", json=offer(therapist, **change))
        assert answer.status_code == 422, change
        assert all(error["pointer"].startswith(pointer) for error in answer.json["errors"]), change
        assert answer.json["errors"], change
    assert phone.get("/api/grants").data == before
    assert phone.post("/api/grants", json=offer(therapist, ends_on="2027-03-10")).status_code == 201


def test_a_day_that_is_today_still_holds_until_its_end(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    give(phone, lived_in.therapist, ends_on="2026-03-10")
    assert phone.get("/api/grants").json[0]["ends_at"] == "2026-03-11T00:00:00+00:00"


def test_the_same_offer_sent_again_gives_the_grant_that_it_made(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, sent = signed_in(app, lived_in.patient), offer(lived_in.therapist)
    first = phone.post("/api/grants", json=sent)
    time.move(timedelta(hours=1))
    again = phone.post("/api/grants", json=sent)
    assert again.data == first.data
    phone.post(f"/api/grants/{sent['id']}/withdraw")
    late = phone.post("/api/grants", json=sent)
    assert (late.json["id"], late.json["state"]) == (sent["id"], "withdrawn")
    assert len(phone.get("/api/grants").json) == 2  # the other is a bystander's


def test_a_second_grant_to_the_same_person_is_refused_while_one_holds(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    first = give(phone, lived_in.therapist, ends_on="2026-03-10")
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 409
    time.move(timedelta(hours=12) - SECOND)
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 409
    time.move(SECOND)
    second = give(phone, lived_in.therapist)
    kept = {one["id"]: one for one in phone.get("/api/grants").json}
    assert (kept[first]["state"], kept[second]["state"]) == ("ended", "in_force")
    # The end that was reached is a fact now: no clock brings the first one back beside the second.
    assert kept[first]["ended_at"] == "2026-03-11T00:00:00+00:00"


def test_a_grants_id_belongs_to_one_patient(session: Session, world: World) -> None:
    first = factories.make_grant(session, world.patient, world.therapist)
    sent = Offer(
        id=first.id,
        therapist_id=world.therapist.id,
        agreement=first.agreement,
        edition=first.agreement_edition,
        sha256=first.agreement_sha256,
        categories=frozenset({"reflections"}),
        ends_at=NOW + timedelta(days=1),
        release_in_morning=False,
    )
    with pytest.raises(service.Invalid) as refused:
        ending.give(session, world.other_patient, sent, at=NOW)
    assert refused.value.errors[0]["pointer"] == "/id"


CHANGES: list[dict[str, Any]] = [
    {"categories": ["reflections", "skills"]},
    {"ends_on": "2026-04-01"},
    {"release_in_morning": True},
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_choice_under_the_same_id_is_refused(
    app: Flask, lived_in: World, change: dict[str, Any]
) -> None:
    phone, sent = signed_in(app, lived_in.patient), offer(lived_in.therapist, ends_on="2026-03-31")
    first = phone.post("/api/grants", json=sent)
    assert phone.post("/api/grants", json=sent | change).status_code == 409
    # Not what has become of it, but what was chosen, counts.
    phone.post(f"/api/grants/{first.json['id']}/narrow", json={"categories": []})
    assert phone.post("/api/grants", json=sent).status_code == 201
    assert phone.post("/api/grants", json=sent | change).status_code == 409


def test_another_therapist_or_text_under_the_same_id_is_refused(
    app: Flask, lived_in: World
) -> None:
    with app.extensions["journal.database"].session(writing=True) as opened:
        other = lived_in.other_therapist.id
        factories.link(opened, lived_in.clinic, lived_in.patient.id, other)
    phone, sent = signed_in(app, lived_in.patient), offer(lived_in.therapist)
    assert phone.post("/api/grants", json=sent).status_code == 201
    text = sent["agreement"]
    for change in (
        {"therapist_id": str(other)},
        {"agreement": text | {"edition": 2}},
        {"agreement": text | {"sha256": "0" * 64}},
    ):
        assert phone.post("/api/grants", json=sent | change).status_code == 409


def test_who_chose_no_day_may_ask_again_later(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    """The answer was lost, and the phone sends the same a day later: ninety days from then on."""
    phone, sent = signed_in(app, lived_in.patient), offer(lived_in.therapist)
    first = phone.post("/api/grants", json=sent).json
    time.move(timedelta(days=1))
    again = phone.post("/api/grants", json=sent)
    assert (again.status_code, again.json) == (201, first)


def test_giving_removes_what_lay_under_a_grant_whose_end_was_reached(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    out = hand_over(phone, give(phone, lived_in.therapist, ends_on="2026-03-10"), write(phone))
    time.move(timedelta(days=1))
    give(phone, lived_in.therapist)
    with database.session(writing=False) as opened:
        row = opened.scalars(select(Excerpt).where(Excerpt.id == factories.UUID(out))).one()
        assert (row.body, row.taken_back_at) == (None, time.at)


def test_giving_waits_from_the_dose_until_the_head_is_clear(session: Session, world: World) -> None:
    started = NOW
    dose = factories.make_dose(session, world.clinic, world.patient.id, started_at=started)
    clear = dose.clear_at
    factories.make_dose(session, world.clinic, world.other_patient.id, started_at=clear - SECOND)

    def waits_until(at: datetime) -> str | None:
        savepoint = session.begin_nested()
        try:
            factories.make_grant(session, world.patient, world.therapist, at=at)
        except NotClear as closed:
            return str(closed.extra["clear_at"])
        finally:
            savepoint.rollback()
            session.expire_all()
        return None

    moments = (started - SECOND, started, clear - SECOND, clear)
    assert [waits_until(at) for at in moments] == [None, *[clear.isoformat()] * 2, None]


def test_a_wait_says_when_it_opens(app: Flask, lived_in: World, time: MovableTime) -> None:
    with app.extensions["journal.database"].session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    phone = signed_in(app, lived_in.patient)
    answer = phone.post("/api/grants", json=offer(lived_in.therapist))
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.json["clear_at"] == dose.clear_at.isoformat()
    assert answer.json["detail"]
    time.at = dose.clear_at
    give(phone, lived_in.therapist)


def test_a_therapist_who_no_longer_sees_them_cannot_be_given_consent(
    session: Session, world: World
) -> None:
    link = session.scalars(
        select(CareLink).where(
            CareLink.patient_id == world.patient.id,
            CareLink.therapist_id == world.therapist.id,
        )
    ).one()
    link.ended_at = NOW - timedelta(days=2)
    session.flush()
    with pytest.raises(service.Invalid):
        factories.make_grant(session, world.patient, world.therapist)
    assert session.scalar(select(func.count()).where(Grant.therapist_id == world.therapist.id)) == 1


def test_a_refused_second_grant_leaves_no_key_and_no_event(session: Session, world: World) -> None:
    factories.make_grant(session, world.patient, world.therapist)
    counts = select(func.count()).select_from(service.keys.DataKey)
    before = session.scalar(counts)
    with pytest.raises(Conflict):
        factories.make_grant(session, world.patient, world.therapist)
    assert session.scalar(counts) == before


def test_an_id_that_names_something_else_makes_and_ends_a_key_of_its_own(
    app: Flask, lived_in: World, database: Database
) -> None:
    """An id comes from a phone, and one may be chosen to be another's: a therapist's notes',
    known or not yet written, the clinic's, an account's. It tells nothing and reaches nothing."""
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    me = lived_in.therapist.id
    notes = f"/api/patients/{lived_in.patient.id}/notes"
    written = desk.put(f"{notes}/{new_id()}", json={"text": "Ask about the river."})
    assert written.status_code == 200
    others = uuid5(lived_in.other_therapist.id, "notes")
    with database.session(writing=True) as session:
        clinics = keys.ensure(session, lived_in.clinic.id, of=keys.Of.CLINIC, at=NOW)
    for id in (uuid5(me, "notes"), others, lived_in.clinic.id, me, lived_in.other_patient.id):
        assert give(phone, lived_in.therapist, id=str(id)) == str(id)
        assert phone.post(f"/api/grants/{id}/withdraw").status_code == 200
    assert [one["text"] for one in desk.get(notes).json] == ["Ask about the river."]
    with database.session(writing=True) as session:
        assert keys.key(session, lived_in.clinic.id, of=keys.Of.CLINIC) == clinics
        assert keys.key(session, me) != keys.key(session, lived_in.other_patient.id)
        assert len(keys.ensure(session, others, of=keys.Of.NOTES, at=NOW)) == 32
