"""The server's part of a PIN: ten tries, counted whatever happens, and then it is gone."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.phones.models import PhoneLock
from journal.phones.service import TRIES
from journal.vault import keys
from tests.acts import signed_in, told
from tests.factories import NOW
from tests.phones.making import bytes32, lock, phone_path
from tests.test_no_words import dump, forms_of


@pytest.fixture
def path():
    return phone_path()


@pytest.fixture
def mine(phone, stranger, path):
    """The lock of the patient's phone; a stranger has one too."""
    assert stranger.put(phone_path(), json=lock()).status_code == 204
    mine = lock()
    assert phone.put(path, json=mine).status_code == 204
    return mine


def attempt(phone, path, proof):
    return phone.post(f"{path}/open", json={"proof": proof})


def wrong(phone, path):
    answer = attempt(phone, path, bytes32())
    return answer.status_code, (answer.json or {}).get("left")


def test_the_right_pin_opens_while_nobody_is_signed_in(nobody, path, mine):
    answer = attempt(nobody, path, mine["proof"])
    assert (answer.status_code, answer.json) == (200, {"share": mine["share"]})
    assert attempt(nobody, path, mine["proof"]).json == {"share": mine["share"]}


def test_a_wrong_pin_costs_a_try_and_the_right_one_gives_all_back(nobody, path, mine):
    assert [wrong(nobody, path) for _ in range(9)] == [(403, left) for left in range(9, 0, -1)]
    assert attempt(nobody, path, mine["proof"]).status_code == 200
    assert wrong(nobody, path) == (403, 9)


def test_the_tenth_wrong_pin_is_the_last(phone, stranger, nobody, path, mine, database):
    for _ in range(9):
        wrong(nobody, path)
    assert wrong(nobody, path) == (403, 0)
    assert wrong(nobody, path) == (404, None)
    absent = attempt(nobody, phone_path(), mine["proof"])
    assert told(attempt(nobody, path, mine["proof"])) == told(absent)
    with database.session(writing=False) as session:
        used = session.scalars(select(PhoneLock).where(PhoneLock.tries == TRIES)).one()
        assert used.share is None
    assert phone.get(f"{path}/key").json == {"key": mine["key"]}  # the way back after a sign-in
    newer = lock()
    assert phone.put(path, json=newer).status_code == 204
    assert attempt(nobody, path, newer["proof"]).json == {"share": newer["share"]}
    assert attempt(nobody, path, mine["proof"]).status_code == 403


def test_fifty_wrong_pins_at_once_are_ten_tries(app, path, mine, nobody):
    def one(_):
        client = app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost:8000"
        return wrong(client, path)

    with ThreadPoolExecutor(50) as pool:
        answers = Counter(pool.map(one, range(50)))
    assert answers == Counter({(404, None): 40, **{(403, left): 1 for left in range(10)}})
    assert attempt(nobody, path, mine["proof"]).status_code == 404


def test_the_key_is_for_its_own_patient_alone(phone, stranger, nobody, path, mine):
    absent = phone.get(f"{phone_path()}/key")
    assert absent.status_code == 404
    assert told(stranger.get(f"{path}/key")) == told(absent)
    assert nobody.get(f"{path}/key").status_code == 401
    assert phone.get(f"{path}/key").json == {"key": mine["key"]}


def test_the_key_is_given_right_after_signing_in_and_not_to_an_old_session(
    app, lived_in, phone, path, mine, time
):
    time.move(timedelta(minutes=10))
    assert phone.get(f"{path}/key").json == {"key": mine["key"]}
    time.move(timedelta(seconds=1))
    assert phone.get(f"{path}/key").status_code == 401
    assert phone.get("/api/session").status_code == 200
    time.move(timedelta(minutes=-20, seconds=-2))  # the clock was set back: it cannot be told
    assert phone.get(f"{path}/key").status_code == 401
    again = signed_in(app, lived_in.patient, at=time())
    assert again.get(f"{path}/key").json == {"key": mine["key"]}


def test_a_stranger_can_neither_replace_nor_remove_a_lock(phone, stranger, nobody, path, mine):
    wrong(nobody, path)
    answer = stranger.put(path, json=lock())
    assert told(answer) == told(phone.get("/api/nowhere"))
    assert stranger.delete(path).status_code == 204
    assert wrong(nobody, path) == (403, 8)
    assert attempt(nobody, path, mine["proof"]).status_code == 200


def test_a_lock_that_was_taken_away_is_gone(phone, nobody, path, mine):
    assert phone.delete(path).status_code == 204
    assert phone.delete(path).status_code == 204
    assert attempt(nobody, path, mine["proof"]).status_code == 404
    assert phone.get(f"{path}/key").status_code == 404


def test_what_is_not_thirty_two_bytes_costs_no_try(nobody, phone, path, mine):
    for proof in ("", "x", bytes32()[:-4], bytes32() + "AAAA", bytes32()[:-1] + "\n", None, 7):
        assert attempt(nobody, path, proof).status_code == 422
        assert phone.put(path, json=mine | {"share": proof}).status_code == 422
    assert wrong(nobody, path) == (403, 9)


def test_neither_share_key_nor_proof_is_in_a_dump_or_a_log(
    phone, nobody, path, mine, database, caplog
):
    caplog.set_level("DEBUG")
    wrong(nobody, path)
    attempt(nobody, path, mine["proof"])
    written = dump(database) + caplog.text.encode()
    for secret in mine.values():
        for form in forms_of(secret):
            assert form not in written


def test_a_destroyed_key_takes_the_lock_along(phone, nobody, path, mine, database, lived_in):
    with database.session(writing=True) as session:
        keys.destroy(session, lived_in.patient.id, at=NOW)
    absent = told(attempt(nobody, phone_path(), mine["proof"]))
    assert told(attempt(nobody, path, mine["proof"])) == absent
    assert told(phone.get(f"{path}/key")) == absent
