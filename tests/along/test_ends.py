"""Playing meets the ends that were reached, for good, and waits for nobody who waits for it."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from journal.care.models import CareLink
from journal.db import Database
from tests.acts import offer, signed_in, told
from tests.along.carried import BOTH, Fragment, hand, media_of
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World


def test_an_end_that_was_met_stands_though_there_was_nothing_to_play(
    app: Flask, phone: FlaskClient, lived_in: World, one: Fragment, time: MovableTime
) -> None:
    sent = offer(lived_in.therapist, categories=BOTH, ends_on="2026-03-10")
    grant = phone.post("/api/grants", json=sent).json["id"]
    photo = media_of(hand(phone, grant, one).json["excerpts"])["photo"]["id"]
    path = f"/api/patients/{lived_in.patient.id}/media/{photo}"
    early = signed_in(app, lived_in.therapist)
    absent = told(early.get(f"/api/patients/{lived_in.patient.id}/media/{new_id()}"))
    time.move(timedelta(hours=12))
    assert told(signed_in(app, lived_in.therapist, at=time.at).get(path)) == absent
    time.move(timedelta(hours=-12))
    assert told(early.get(path)) == absent
    [state] = [each["state"] for each in phone.get("/api/grants").json if each["id"] == grant]
    assert state == "ended"


def test_consent_is_locked_before_readings(
    app: Flask,
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    one: Fragment,
    grant: str,
    database: Database,
) -> None:
    """Withdrawing locks in this order too: two who come at once must not wait for each other."""
    photo = media_of(hand(phone, grant, one).json["excerpts"])["photo"]["id"]
    with database.session(writing=True) as opened:
        theirs = CareLink.therapist_id == lived_in.other_therapist.id
        opened.execute(update(CareLink).where(theirs).values(ended_at=NOW))
    heads: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        heads.extend(name for name in ("consent_head", "reading_head") if name in statement)

    engine = app.extensions["journal.database"].engine
    event.listen(engine, "before_cursor_execute", hear)
    answer = desk.get(f"/api/patients/{lived_in.patient.id}/media/{photo}")
    event.remove(engine, "before_cursor_execute", hear)
    assert (answer.status_code, answer.data) == (200, one.photo.bytes)
    assert set(heads) == {"consent_head", "reading_head"}
    assert heads == sorted(heads)
