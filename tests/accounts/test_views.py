"""Signing in and out over HTTP: one answer for every refusal, a cookie that stays put."""

from base64 import urlsafe_b64decode
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.accounts.models import Account, LoginSession
from journal.app import create_app
from tests.entering import by_passkey
from tests.factories import NOW, PASSWORD

SIGN_IN = {"email": "patient@example.org", "password": PASSWORD}


def cookie_of(answer, name="journal="):
    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(name)]
    value, *flags = cookie.split("; ")
    return value, {flag.partition("=")[0]: flag.partition("=")[2] for flag in flags}


def test_signing_in_says_who_and_until_when(client_of, lived_in):
    me = by_passkey(client_of("anyone"), lived_in.patient.id).get_json()
    assert UUID(me.pop("session_id"))
    assert me == {
        "id": str(lived_in.patient.id),
        "role": "patient",
        "name": "Maya",
        "zone": "Europe/London",
        "signed_in_at": "2026-03-10T12:00:00+00:00",
        "expires_at": "2026-03-11T12:00:00+00:00",
        "idle_seconds": 1800,
        "fresh_until": "2026-03-10T12:05:00+00:00",
        "kept": False,
    }


def test_me_is_who_signed_in(client_of):
    for who, name in (("patient", "Maya"), ("therapist", "Dr Ana Reyes"), ("admin", "Sam")):
        me = client_of(who).get("/api/session").get_json()
        assert (me["role"], me["name"]) == (who, name)


def test_every_refusal_is_the_same_answer(client_of, database, lived_in):
    with database.session(writing=True) as session:
        session.get_one(Account, lived_in.other_patient.id).disabled_at = NOW
    client = client_of("anyone")
    refused = [
        client.post("/api/session", json=SIGN_IN | changed)
        for changed in (
            {"password": "wrong"},
            {"email": "nobody@example.org"},
            {"email": "other_patient@example.org"},  # disabled
            {"email": "x"},
        )
    ]
    assert {answer.status_code for answer in refused} == {401}
    assert len({answer.get_data() for answer in refused}) == 1
    for answer in refused:
        assert "Set-Cookie" not in answer.headers
    headers = [sorted(n for n, _ in answer.headers) for answer in refused]
    assert headers == [headers[0]] * len(headers)


@pytest.mark.parametrize("name", ["journal=", "journal-device="])
def test_the_cookie_is_for_this_site_and_no_script(client_of, lived_in, name):
    value, flags = cookie_of(by_passkey(client_of("anyone"), lived_in.patient.id), name)
    assert value.startswith(name)
    assert flags["SameSite"] == "Strict"
    assert flags["Path"] == "/"
    assert "HttpOnly" in flags
    assert "Expires" in flags  # stays when the browser closes
    assert not {"Secure", "Domain"} & set(flags)  # plain HTTP is for localhost alone


def test_the_cookie_is_signed_with_sha_256(client_of):
    signature = client_of("patient").get_cookie("journal").value.rpartition(".")[2]
    assert len(urlsafe_b64decode(signature + "=")) == 32  # keys.md says so; Flask's own is SHA-1


@pytest.fixture
def https(settings, lived_in, time):
    app = create_app(replace(settings, public_url="https://journal.example.org"), now=time)
    yield app
    app.extensions["journal.database"].dispose()


@pytest.mark.parametrize("name", ["__Host-journal=", "__Host-journal-device="])
def test_over_https_the_cookie_is_bound_to_the_host(https, lived_in, name):
    origin = "https://journal.example.org"
    answer = by_passkey(https.test_client(), lived_in.patient.id, origin=origin)
    value, flags = cookie_of(answer, name)
    assert value.startswith(name)
    assert "Secure" in flags
    assert flags["Path"] == "/"
    assert "Domain" not in flags


def test_signing_out_ends_this_device_alone(client_of):
    phone, laptop = client_of("patient"), client_of("patient")
    stolen = phone.get_cookie("journal").value
    assert phone.delete("/api/session").status_code == 204
    assert phone.get("/api/session").status_code == 401
    assert phone.delete("/api/session").status_code == 401
    assert laptop.get("/api/session").status_code == 200
    phone.set_cookie("journal", stolen)
    assert phone.get("/api/session").status_code == 401


def test_signing_out_everywhere_ends_the_other_devices_too(client_of):
    phone, laptop, other = client_of("patient"), client_of("patient"), client_of("other_patient")
    assert phone.delete("/api/sessions").status_code == 204
    assert laptop.get("/api/session").status_code == 401
    assert phone.get("/api/session").status_code == 401
    assert other.get("/api/session").status_code == 200


def test_signing_in_again_changes_the_token_and_ends_the_old_one(client_of):
    client = client_of("patient")
    before = client.get_cookie("journal").value
    assert client.post("/api/session", json=SIGN_IN).status_code == 200
    assert client.get_cookie("journal").value != before
    client.set_cookie("journal", before)
    assert client.get("/api/session").status_code == 401


def test_a_wrong_password_does_not_end_the_session_there_is(client_of):
    client = client_of("patient")
    assert client.post("/api/session", json=SIGN_IN | {"password": "x"}).status_code == 401
    assert client.get("/api/session").status_code == 200


def test_another_person_on_the_same_device_is_another_session(client_of, lived_in):
    client = client_of("patient")
    assert by_passkey(client, lived_in.therapist.id).get_json()["role"] == "therapist"
    assert client.get("/api/care").status_code == 403


def test_a_cookie_that_was_made_up_is_nobody(app):
    for value in ("", "x", "e30.AAAA.BBBB", "a" * 4000):
        client = app.test_client()
        client.set_cookie("journal", value)
        assert client.get("/api/session").status_code == 401
        assert client.get("/api/help").status_code == 200


def test_the_token_in_the_cookie_is_not_in_the_database(client_of, database):
    client = client_of("patient")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with database.session(writing=False) as session:
        held = session.scalars(select(LoginSession.token_hash)).all()
    assert held
    assert token.encode() not in b"".join(held)
