"""Changing what one signs in with: fresh proof, a notice each time, never the last way in."""

from datetime import timedelta
from functools import reduce
from operator import and_, or_
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.accounts import passwords, recovery_codes
from journal.accounts.models import Account, Kind
from journal.accounts.passkeys import MOST
from journal.accounts.proof_models import Passkey, RecoveryCode
from tests.accounts.proving import Person, browser, new_passkey, use
from tests.acts import save, words
from tests.authenticator import MAY_BE_SYNCED, SYNCED, Authenticator
from tests.factories import NOW, PASSWORD, new_id

HOUR = timedelta(hours=1)
OTHER = "quilt seven lamp river"


@pytest.fixture
def ana(app, database, lived_in):
    """A therapist with everything, signed in."""
    one = Person(app, database, lived_in.therapist.id, "therapist@example.org")
    assert one.passkey().status_code == 200
    return one


def test_what_there_is_and_no_secret_among_it(maya):
    answer = maya.client.get("/api/proofs")
    [passkey] = answer.json["passkeys"]
    assert answer.json == {
        "name": "patient@example.org",
        "passkeys": [passkey],
        "password": True,
        "code": True,
        "recovery_code": "2026-03-10T12:00:00+00:00",
    }
    assert (passkey["name"], passkey["synced"]) == ("Phone", False)
    assert passkey["used_at"] == "2026-03-10T12:00:00+00:00"
    assert maya.secret not in answer.text
    assert maya.recovery_code not in answer.text


def test_a_further_passkey_lets_in_until_it_is_removed(maya):
    device = Authenticator(flags=0x05 | MAY_BE_SYNCED | SYNCED, count=1)
    made = new_passkey(maya.client, device, name="Tablet")
    assert made.status_code == 201
    assert (made.json["name"], made.json["synced"], made.json["used_at"]) == ("Tablet", True, None)
    assert len(maya.client.get("/api/proofs").json["passkeys"]) == 2
    assert use(browser(maya.app), device).status_code == 200
    assert maya.client.delete(f"/api/passkeys/{made.json['id']}").status_code == 204
    assert use(browser(maya.app), device).status_code == 401
    assert maya.client.delete(f"/api/passkeys/{made.json['id']}").status_code == 404
    kinds = maya.told()
    assert kinds.count(Kind.PASSKEY_ADDED) == kinds.count(Kind.PASSKEY_REMOVED) == 1


def test_a_device_is_told_which_passkeys_there_are(maya):
    asked = maya.client.post("/api/passkeys/new", json={}).json["publicKey"]
    assert len(asked["excludeCredentials"]) == 1


def test_what_was_made_is_kept_once_and_for_whom_it_was_asked(maya, ana):
    asked = maya.client.post("/api/passkeys/new", json={}).json
    made = Authenticator().create(asked["publicKey"])
    body = {"id": asked["id"], "credential": made, "name": "x"}
    assert ana.client.post("/api/passkeys", json=body).status_code == 401
    assert maya.client.post("/api/passkeys", json=body).status_code == 201
    assert maya.client.post("/api/passkeys", json=body).status_code == 401


def test_anothers_passkey_is_not_taken_over_and_not_removed(maya, ana, database):
    device = Authenticator()
    kept = new_passkey(ana.client, device).json["id"]
    assert new_passkey(maya.client, device).status_code == 422
    assert use(browser(maya.app), device).status_code == 401  # it is asked for as Maya's
    assert maya.client.delete(f"/api/passkeys/{kept}").status_code == 404
    with database.session(writing=False) as session:
        assert session.get_one(Passkey, UUID(kept)).account_id == ana.id


def test_there_are_no_more_than_there_may_be(maya):
    for _ in range(MOST - 1):
        assert new_passkey(maya.client, Authenticator()).status_code == 201
    assert new_passkey(maya.client, Authenticator()).status_code == 409


def test_what_a_passkey_is_called_lies_sealed(maya, database):
    new_passkey(maya.client, Authenticator(), name="kumquat-dirigible")
    with database.session(writing=False) as session:
        for name in session.scalars(select(Passkey.name)):
            assert b"kumquat" not in name.token


def test_another_password_takes_the_place_of_the_old_one(maya, time):
    assert maya.client.put("/api/password", json={"password": OTHER}).status_code == 204
    time.move(timedelta(minutes=1))
    code = {"code": maya.code(time.at)}
    assert maya.password(browser(maya.app), **code).status_code == 401
    assert maya.password(browser(maya.app), **code, password=OTHER).status_code == 200
    assert Kind.PASSWORD_CHANGED in maya.told()


@pytest.mark.parametrize("password", ["short", "harbourclinic2026", "patient@example.org"])
def test_a_password_that_is_guessed_first_is_refused(maya, password):
    answer = maya.client.put("/api/password", json={"password": password})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/password"]
    assert password not in answer.text
    assert Kind.PASSWORD_CHANGED not in maya.told()


def test_another_code_counts_once_it_was_typed(maya, time):
    offered = maya.client.post("/api/code", json={}).json
    assert offered["uri"].startswith("otpauth://totp/")
    assert maya.client.put("/api/code", json={"code": "000000"}).status_code == 422
    assert Kind.CODE_CHANGED not in maya.told()
    maya.secret = offered["secret"]
    assert maya.client.put("/api/code", json={"code": maya.code(time.at)}).status_code == 204
    assert Kind.CODE_CHANGED in maya.told()
    time.move(timedelta(minutes=1))
    assert maya.password(browser(maya.app), code=maya.code(time.at)).status_code == 200


def test_another_code_on_paper_ends_the_one_before(maya):
    made = maya.client.post("/api/recovery-code", json={}).json["code"]
    old, maya.recovery_code = maya.recovery_code, made
    assert maya.password(browser(maya.app), recovery_code=old).status_code == 401
    assert maya.password(browser(maya.app), recovery_code=made).status_code == 200
    assert Kind.RECOVERY_CODE_MADE in maya.told()


def test_a_code_on_paper_holds_128_random_bits_and_is_kept_as_a_hash(database, lived_in):
    id, made = lived_in.patient.id, []
    with database.session(writing=True) as session:
        for _ in range(200):
            code = recovery_codes.make(session, id, at=NOW)
            letters = code.replace("-", "")
            digits = map(recovery_codes.ALPHABET.index, letters)
            made.append(reduce(lambda number, digit: number << 5 | digit, digits))
        held = session.get_one(RecoveryCode, id).code_hash
    assert len(set(made)) == 200
    # Each of 128 bits was once set and once not.
    assert reduce(or_, made) == 2**128 - 1
    assert reduce(and_, made) == 0
    assert letters.encode() not in held
    assert len(held) == 32


def test_a_password_does_not_grow_old(maya, time):
    time.move(timedelta(days=3650))
    assert maya.password(browser(maya.app), code=maya.code(time.at)).status_code == 200


def only_passkey(client):
    [one] = client.get("/api/proofs").json["passkeys"]
    return f"/api/passkeys/{one['id']}"


def test_a_patients_last_way_in_stays(maya):
    assert maya.client.delete("/api/code").status_code == 204
    maya.without(paper=True)
    last = only_passkey(maya.client)
    assert maya.client.delete(last).status_code == 409
    assert maya.client.get("/api/proofs").json["passkeys"]
    assert Kind.PASSKEY_REMOVED not in maya.told()
    maya.client.post("/api/recovery-code", json={})  # with the password, that is a way
    assert maya.client.delete(last).status_code == 204


def test_a_therapists_last_way_in_stays(ana):
    last = only_passkey(ana.client)
    assert ana.client.delete("/api/code").status_code == 204
    assert ana.client.delete(last).status_code == 409  # a code on paper is no way in for staff
    offered = ana.client.post("/api/code", json={}).json
    ana.secret = offered["secret"]
    assert ana.client.put("/api/code", json={"code": ana.code(NOW)}).status_code == 204
    assert ana.client.delete(last).status_code == 204
    assert ana.client.delete("/api/code").status_code == 409
    assert ana.client.get("/api/proofs").json["code"] is True


CHANGES = {
    "POST /api/passkeys/new": {},
    "POST /api/passkeys": {"id": "x", "name": "x", "credential": {}},
    "DELETE /api/passkeys/00000000-0000-0000-0000-000000000000": None,
    "PUT /api/password": {"password": OTHER},
    "POST /api/code": {},
    "PUT /api/code": {"code": "000000"},
    "DELETE /api/code": None,
    "POST /api/recovery-code": {},
}


@pytest.fixture
def stale(app, maya, time):
    """Maya's browser, ten minutes after she showed who she is."""
    maya.client = browser(app)
    maya.passkey()
    time.move(timedelta(minutes=10))
    return maya


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_asks_for_a_fresh_proof(stale, database, change):
    method, path = change.split(" ")
    answer = stale.client.open(path, method=method, json=CHANGES[change])
    assert (answer.status_code, answer.json["step_up"]) == (403, True)
    with database.session(writing=False) as session:
        account = session.get_one(Account, stale.id)
        assert passwords.verify(account.password_hash, PASSWORD)
    assert stale.client.get("/api/proofs").json["code"] is True


def test_a_passkey_shows_once_more_that_it_is_you(stale):
    before = stale.client.get_cookie("journal").value
    answer = use(stale.client, Authenticator.of(stale.id), "/api/session/proof")
    assert answer.status_code == 200
    assert answer.json["fresh_until"] == "2026-03-10T12:15:00+00:00"
    assert stale.client.get_cookie("journal").value != before
    assert stale.client.post("/api/recovery-code", json={}).status_code == 200
    old = browser(stale.app)
    old.set_cookie("journal", before)
    assert old.get("/api/session").status_code == 401


def test_anothers_passkey_does_not(stale, lived_in):
    answer = use(stale.client, Authenticator.of(lived_in.therapist.id), "/api/session/proof")
    assert answer.status_code == 401
    assert stale.client.post("/api/recovery-code", json={}).status_code == 403


def test_a_password_shows_it_with_the_code_there_is(stale, time):
    prove = "/api/session/proof"
    alone = stale.client.post(prove, json={"password": PASSWORD})
    assert (alone.status_code, alone.json["needs"]) == (401, ["code"])
    for wrong in ({"password": PASSWORD, "code": "000000"}, {"password": "x", "code": "0"}):
        assert stale.client.post(prove, json=wrong).status_code == 401
    assert stale.client.post("/api/code", json={}).status_code == 403
    right = {"password": PASSWORD, "code": stale.code(time.at)}
    assert stale.client.post(prove, json=right).status_code == 200
    assert stale.client.post("/api/code", json={}).status_code == 200


def test_signing_in_on_a_known_device_shows_no_more_than_a_step_up_takes(stale, time):
    """The password is enough to be let in there; it is not where there is a code."""
    assert stale.password(stale.client).status_code == 200
    assert stale.client.post("/api/recovery-code", json={}).status_code == 403
    assert stale.client.get("/api/care").status_code == 200
    assert stale.password(stale.client, code="000000").status_code == 200
    assert stale.client.post("/api/recovery-code", json={}).status_code == 403
    right = {"code": stale.code(time.at)}
    assert stale.password(stale.client, **right).status_code == 200
    assert stale.client.post("/api/recovery-code", json={}).status_code == 200
    assert stale.password(stale.client, **right).status_code == 200  # the code was taken: no proof
    assert stale.client.post("/api/recovery-code", json={}).status_code == 403
    stale.without(code=True)
    assert stale.password(stale.client).status_code == 200
    assert stale.client.post("/api/recovery-code", json={}).status_code == 200


def test_a_step_up_under_way_does_not_outlive_its_password(stale, time, meanwhile):
    def change():
        with stale.database.session(writing=True) as session:
            session.get_one(Account, stale.id).password_hash = passwords.make_hash(OTHER)

    meanwhile(change)
    sent = {"password": PASSWORD, "code": stale.code(time.at)}
    assert stale.client.post("/api/session/proof", json=sent).status_code == 401
    assert stale.client.post("/api/recovery-code", json={}).status_code == 403


def test_a_patients_password_shows_it_alone_where_there_is_no_code(stale):
    stale.without(code=True)
    prove = stale.client.post("/api/session/proof", json={"password": PASSWORD})
    assert prove.status_code == 200


def test_a_therapists_password_alone_never_does(ana, app, time):
    ana.without(code=True)
    time.move(timedelta(minutes=10))
    alone = ana.client.post("/api/session/proof", json={"password": PASSWORD})
    assert (alone.status_code, alone.json["needs"]) == (401, ["code"])


def test_showing_nothing_is_a_field_that_is_missing(stale):
    assert stale.client.post("/api/session/proof", json={}).status_code == 422


def test_a_passkey_without_its_question_is_a_field_that_is_missing(stale):
    asked = stale.client.post("/api/passkeys/ask", json={}).json
    half = {"credential": Authenticator.of(stale.id).get(asked["publicKey"])}
    for sent in (half, half | {"password": PASSWORD}):
        answer = stale.client.post("/api/session/proof", json=sent)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json["errors"]] == ["/id"]


def test_who_guesses_while_signed_in_is_slowed_down(stale):
    for _ in range(5):
        stale.client.post("/api/session/proof", json={"password": "x"})
    answer = stale.client.post("/api/session/proof", json={"password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_flood_of_passwords_does_not_hold_up_a_save(stale, monkeypatch):
    """Every place to hash is taken: what needs none of them goes on."""
    held = [passwords._bulkhead.acquire(timeout=5) for _ in range(2)]
    monkeypatch.setattr(passwords, "WAITS", 0.01)
    try:
        assert stale.password(browser(stale.app)).status_code == 429
        assert stale.client.post("/api/session/proof", json={"password": "x"}).status_code == 429
        use(stale.client, Authenticator.of(stale.id), "/api/session/proof")
        assert stale.client.put("/api/password", json={"password": OTHER}).status_code == 429
        assert save(stale.client, str(new_id()), words()).status_code == 201
        assert stale.passkey(browser(stale.app)).status_code == 200
    finally:
        for _ in held:
            passwords._bulkhead.release()
