"""With what somebody joins: enough for their role, their own, and good for the next time."""

import logging

import pytest
from sqlalchemy import select

from journal.db import Base
from tests.authenticator import Authenticator
from tests.factories import NOW
from tests.invitations.inviting import (
    PASSWORD,
    code_of,
    desk_of,
    invite,
    join,
    look,
    passkey,
    states,
    stranger,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def sign_in(client, **sent):
    return client.post("/api/session", json=sent)


@pytest.mark.parametrize("role", ["therapist", "admin"])
def test_staff_need_two_factors(app, desk, role):
    id, token = invite(desk, role)
    wrong = str((int(code_of(SECRET, NOW)) + 1) % 1_000_000).zfill(6)
    for proofs in ({}, {"code_secret": SECRET}, {"code_secret": SECRET, "code": wrong}):
        refused = join(stranger(app), token, **proofs)
        assert refused.status_code == 422
        assert refused.json["errors"][0]["pointer"] == "/code"
    nothing = join(stranger(app), token, password=None)
    assert nothing.json["errors"][0]["pointer"] == "/password"
    alone = {"code_secret": SECRET, "code": code_of(SECRET, NOW)}
    assert join(stranger(app), token, password=None, **alone).status_code == 422
    assert states(desk)[id] == "open"
    assert join(stranger(app), token, **alone).json["me"]["role"] == role


def test_staff_keep_the_name_their_clinic_wrote(app, desk):
    _, token = invite(desk, "therapist", name="Dr Noor Haddad")
    browser = stranger(app)
    joined = join(browser, token, password=None, name="Dr Ana Reyes", **passkey(browser, token))
    assert joined.json["me"]["name"] == "Dr Noor Haddad"


def test_a_password_lets_a_patient_in_again_with_their_recovery_code(app, desk, time):
    _, token = invite(desk)
    joined = join(stranger(app), token).json
    named = {"email": joined["sign_in_name"], "password": PASSWORD}
    elsewhere = stranger(app)
    assert sign_in(elsewhere, **named).json["needs"] == ["code", "recovery_code"]
    again = sign_in(elsewhere, **named, recovery_code=joined["recovery_code"])
    assert again.json["id"] == joined["me"]["id"]


def test_a_passkey_made_for_an_invitation_signs_in_from_then_on(app, desk):
    _, token = invite(desk)
    browser, device = stranger(app), Authenticator()
    asked = browser.post("/api/invitations/passkey", json={"token": token, "name": "Nour"}).json
    assert asked["publicKey"]["user"]["displayName"] in {"", "Nour"}
    made = {"id": asked["id"], "credential": device.create(asked["publicKey"])}
    joined = join(browser, token, password=None, name="Nour", **made).json
    elsewhere = stranger(app)
    shown = elsewhere.post("/api/passkeys/ask", json={}).json
    sent = {"id": shown["id"], "credential": device.get(shown["publicKey"])}
    assert elsewhere.post("/api/session/passkey", json=sent).json["id"] == joined["me"]["id"]


def test_a_passkey_joins_once_and_for_itself_alone(app, desk):
    """One challenge is answered once, whatever the number of links; it is bound to an account."""
    (_, first), (_, second) = invite(desk), invite(desk)
    browser = stranger(app)
    made = passkey(browser, first)
    assert join(browser, first, password=None, **made).status_code == 200
    again = join(stranger(app), second, password=None, **made)
    assert (again.status_code, again.json["title"]) == (
        401, "That took too long. Please start again"
    )  # fmt: skip
    assert join(stranger(app), second).status_code == 200


def test_a_passkey_is_offered_to_nobody_without_a_link(app, desk):
    asked = stranger(app).post("/api/invitations/passkey", json={"token": "wrong"})
    assert asked.status_code == 404


@pytest.mark.parametrize("weak", ["short", "password password password", "Harbour Clinic Noor"])
def test_a_password_that_is_guessed_first_spends_nothing(app, desk, weak):
    id, token = invite(desk)
    refused = join(stranger(app), token, password=weak)
    assert refused.json["errors"][0]["pointer"] == "/password"
    assert weak not in refused.text
    assert states(desk)[id] == "open"


def test_neither_link_nor_code_is_in_a_log_or_a_row(app, desk, database, caplog):
    caplog.set_level(logging.DEBUG)
    _, token = invite(desk, name="Quastenflosser")
    look(stranger(app), token)
    browser = stranger(app)
    joined = join(browser, token, **passkey(browser, token)).json
    secrets = [token, "Quastenflosser", PASSWORD, joined["recovery_code"], joined["sign_in_name"]]
    with database.session(writing=False) as session:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.connection().execute(select(table))
        ]
    assert len(rows) > 10
    for secret in secrets:
        assert secret not in caplog.text
        assert not [row for row in rows if secret in row]
