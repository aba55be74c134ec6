"""Devices, presence and notices over HTTP, with people around to whom nothing of it happens."""

from datetime import timedelta
from itertools import chain, repeat
from uuid import UUID

import pytest
from sqlalchemy import select, update

from journal.accounts import notices, sessions
from journal.accounts.models import Kind, KnownDevice, LoginSession
from journal.web.session import CLOCK
from tests.acts import signed_in
from tests.factories import NOW, PASSWORD, new_id, notices_of

SIGN_IN = {"email": "patient@example.org", "password": PASSWORD}
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def enter(client_of):
    """`enter("patient")`: signs in as people do, and is not there unless the test is."""

    def sign_in(who):
        client = client_of(who)
        client.stays = False
        return client

    return sign_in


def status(client):
    return client.get("/api/session").status_code


def seen(database):
    with database.session(writing=False) as session:
        return session.scalars(select(LoginSession.seen_at)).one()


def test_a_token_from_before_signing_in_is_worth_nothing(enter, app):
    """Fixation: what somebody else put into the browser does not become the person's session."""
    client = enter("anyone")
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
    client.set_cookie("journal-device", "planted")
    planted = client.get_cookie("journal").value
    here = enter("patient")
    here.set_cookie("journal", planted)
    assert here.post("/api/session", json=SIGN_IN).status_code == 200
    assert here.get_cookie("journal").value != planted
    client.set_cookie("journal", planted)
    assert status(client) == 401


def test_signing_in_anew_on_a_device_replaces_its_session(enter):
    client = enter("patient")
    old, device = (client.get_cookie(name).value for name in ("journal", "journal-device"))
    assert client.post("/api/session", json=SIGN_IN).status_code == 200
    assert client.get_cookie("journal-device").value == device
    assert [one["here"] for one in client.get("/api/sessions").get_json()] == [True]
    client.set_cookie("journal", old)
    assert status(client) == 401


def test_a_device_that_lost_its_session_replaces_it_as_well(enter):
    client = enter("patient")
    client.delete_cookie("journal")
    assert client.post("/api/session", json=SIGN_IN).status_code == 200
    assert len(client.get("/api/sessions").get_json()) == 1


def test_the_list_says_in_words_where_one_is_signed_in(enter, time):
    phone = enter("patient")
    time.move(MINUTE)
    laptop, _other = enter("patient"), enter("other_patient")
    first, second = laptop.get("/api/sessions").get_json()
    assert UUID(first.pop("id")) != UUID(second.pop("id"))
    of_it = {"device": "Another device", "kept": False}
    then, now = ((NOW + n * MINUTE).isoformat() for n in (0, 1))
    assert first == {**of_it, "since": now, "seen_at": now, "here": True}
    assert second == {**of_it, "since": then, "seen_at": then, "here": False}
    assert [one["here"] for one in phone.get("/api/sessions").get_json()] == [False, True]


def test_any_device_can_be_signed_out_and_is_no_longer_known(enter, database):
    phone, laptop, other = enter("patient"), enter("patient"), enter("other_patient")
    away = next(one["id"] for one in phone.get("/api/sessions").get_json() if not one["here"])
    for id in (away, str(new_id())):
        assert other.delete(f"/api/sessions/{id}").status_code == 404
    assert status(laptop) == 200
    for _ in range(2):
        assert phone.delete(f"/api/sessions/{away}").status_code == 204
    assert [status(one) for one in (phone, laptop, other)] == [200, 401, 200]
    with database.session(writing=False) as session:
        assert len(session.scalars(select(KnownDevice.id)).all()) == 2


def test_signing_this_device_out_by_its_id_is_signing_out(enter):
    phone = enter("patient")
    here = phone.get("/api/session").get_json()["session_id"]
    assert phone.delete(f"/api/sessions/{here}").status_code == 204
    assert status(phone) == 401


@pytest.mark.parametrize(("path", "stays"), [("/api/sessions/others", 200), ("/api/sessions", 401)])
def test_signing_out_elsewhere_or_everywhere(enter, database, lived_in, path, stays):
    phone, laptop, other = enter("patient"), enter("patient"), enter("other_patient")
    assert phone.delete(path).status_code == 204
    assert [status(one) for one in (phone, laptop, other)] == [stays, 401, 200]
    with database.session(writing=False) as session:
        mine = KnownDevice.account_id == lived_in.patient.id
        assert (
            len(session.scalars(select(KnownDevice.id).where(mine)).all()) == 1
        )  # the one in hand


@pytest.mark.parametrize(
    ("method", "path", "counts"),
    [
        ("GET", "/api/patients/{patient}/page", True),
        ("GET", "/api/today", False),
        ("PUT", "/api/clinic/guides/refl", True),  # though it is not for them
        ("GET", "/api/session", False),
        ("GET", "/api/events", False),
        ("GET", "/api/patients/{patient}/new", False),
        ("GET", "/api/help", False),
        ("POST", "/api/session/stay", True),
    ],
)
def test_what_a_page_asks_by_itself_is_not_being_there(
    app, lived_in, database, time, method, path, counts
):
    desk = signed_in(app, lived_in.therapist)
    desk.stays = False
    time.move(14 * MINUTE)
    desk.open(path.format(patient=lived_in.patient.id), method=method).close()
    assert seen(database) == (time.at if counts else NOW)
    time.move(MINUTE)
    assert status(desk) == (200 if counts else 401)


def test_a_request_under_way_does_not_revive_what_ended_by_itself_meanwhile(
    app, lived_in, database, time
):
    desk = signed_in(app, lived_in.therapist)
    desk.stays = False
    time.move(15 * MINUTE - SECOND)
    asked, answered = time.at, time.at + SECOND
    app.extensions[CLOCK] = chain([asked], repeat(answered)).__next__
    page = desk.get(f"/api/patients/{lived_in.patient.id}/page")
    assert page.status_code == 200  # it was in time
    app.extensions[CLOCK] = time
    time.at = answered
    assert status(desk) == 401
    assert seen(database) == NOW


def test_being_there_is_noted_once_a_minute_and_not_more(app, lived_in, database, time):
    phone = signed_in(app, lived_in.patient)
    phone.stays = False
    for after, noted in ((59, 0), (60, 60), (119, 60), (120, 120)):
        time.at = NOW + after * SECOND
        assert phone.get("/api/care").status_code == 200
        assert seen(database) == NOW + noted * SECOND


def test_being_there_is_noted_beside_a_request_that_writes(app, lived_in, database, time):
    phone = signed_in(app, lived_in.patient)
    phone.stays = False
    time.move(2 * MINUTE)
    assert phone.post("/api/pause-everything").status_code == 204
    assert seen(database) == time.at


def test_a_patient_says_that_their_phone_has_a_lock(app, lived_in, time):
    phone = signed_in(app, lived_in.patient)
    phone.stays = False
    me = phone.put("/api/session/kept", json={"kept": True}).get_json()
    assert (me["kept"], me["idle_seconds"]) == (True, None)
    time.move(timedelta(days=29))
    assert phone.get("/api/session").get_json() == me
    assert phone.put("/api/session/kept", json={"kept": "maybe"}).status_code == 422
    me = phone.put("/api/session/kept", json={"kept": False}).get_json()
    assert (me["kept"], me["idle_seconds"]) == (False, 1800)
    time.move(30 * MINUTE)
    assert status(phone) == 401


def test_a_session_that_ends_while_a_request_is_under_way_answers_401(app, lived_in, database):
    phone = signed_in(app, lived_in.patient)
    with database.session(writing=True) as session:
        session.execute(update(LoginSession).values(ended_at=NOW))
    assert phone.put("/api/session/kept", json={"kept": True}).status_code == 401
    with database.session(writing=False) as session:
        assert session.scalars(select(LoginSession.kept)).all() == [False]


def test_notices_are_told_to_whom_they_concern(enter, database, lived_in, time):
    with database.session(writing=True) as session:
        notices.tell(session, lived_in.patient.id, Kind.PASSWORD_CHANGED, at=NOW - MINUTE)
        notices.tell(session, lived_in.other_patient.id, Kind.CODE_CHANGED, at=NOW)
        theirs = notices_of(session, lived_in.other_patient.id)[0].id
    enter("patient")
    phone = enter("patient")  # a second device
    told = phone.get("/api/notices").get_json()
    assert [(one["kind"], one["seen_at"]) for one in told] == [
        ("new_device", None),
        ("password_changed", None),
    ]
    id = told[0]["id"]
    assert phone.put(f"/api/notices/{id}/seen").status_code == 204
    time.move(MINUTE)
    assert phone.put(f"/api/notices/{id}/seen").status_code == 204
    told = phone.get("/api/notices").get_json()
    assert [one["seen_at"] for one in told] == [NOW.isoformat(), None]
    for absent in (theirs, new_id()):
        assert phone.put(f"/api/notices/{absent}/seen").status_code == 404


def test_no_session_is_started_for_who_was_let_in_nowhere(app, lived_in, database):
    with database.session(writing=True) as session:
        who = sessions.start_session(session, lived_in.patient.id, at=NOW)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(who.session_id)  # it is shown, and opens nothing
    assert status(client) == 401
