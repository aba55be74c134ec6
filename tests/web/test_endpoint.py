"""One request, one transaction, one time; committed before the answer leaves or not at all."""

import io

import flask
import pytest
from sqlalchemy import select

from journal.consent.models import Grant
from journal.sharing import ending, views
from journal.web.session import CLOCK
from tests.factories import NOW


def grants_in_force(database, patient):
    with database.session(writing=False) as session:
        return session.scalars(
            select(Grant).where(Grant.patient_id == patient.id, Grant.in_force(NOW))
        ).all()


def test_what_a_view_did_is_kept(client_of, database, lived_in):
    assert grants_in_force(database, lived_in.patient)
    assert client_of("patient").post("/api/withdraw-everything").status_code == 204
    assert grants_in_force(database, lived_in.patient) == []


def test_an_error_after_the_work_undoes_it(client_of, database, lived_in, monkeypatch):
    client = client_of("patient")
    [grant] = grants_in_force(database, lived_in.patient)

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "_grant", broken)
    assert client.post(f"/api/grants/{grant.id}/withdraw").status_code == 500
    assert len(grants_in_force(database, lived_in.patient)) == 1


def test_an_answer_that_cannot_be_written_undoes_the_work(
    client_of, database, lived_in, monkeypatch
):
    client = client_of("patient")
    [grant] = grants_in_force(database, lived_in.patient)
    monkeypatch.setattr(views, "_grant", lambda _: {"given_at": "not a time"})
    assert client.post(f"/api/grants/{grant.id}/withdraw").status_code == 500
    assert len(grants_in_force(database, lived_in.patient)) == 1


def test_a_write_that_fails_leaves_the_next_one_its_turn(client_of, monkeypatch):
    client = client_of("patient")
    for _ in range(3):
        assert client.delete("/api/entries/00000000-0000-0000-0000-000000000000").status_code == 404
    assert client.post("/api/withdraw-everything").status_code == 204


class SlowBody(io.BytesIO):
    """Notes whether a transaction was open while the body was still arriving."""

    seen: bool | None = None

    def readinto(self, buffer: bytearray) -> int:
        self.seen = "session" in flask.g
        return super().readinto(buffer)


def test_a_slow_sender_does_not_hold_the_turn_of_the_writers(client_of):
    client, body = client_of("patient"), SlowBody(b'{"items": []}')
    answer = client.post(
        "/api/sync",
        input_stream=body,
        content_type="application/json",
        headers={"Content-Length": "13"},
    )
    assert answer.status_code == 422
    assert body.seen is False


def test_no_transaction_is_open_while_a_password_is_checked(client_of, monkeypatch):
    seen = []

    def check(*_: object) -> bool:
        seen.append("session" in flask.g)
        return False

    client = client_of("anyone")
    monkeypatch.setattr("journal.accounts.passwords.verify", check)
    sent = {"email": "patient@example.org", "password": "x"}
    assert client.post("/api/session", json=sent).status_code == 401
    assert seen == [False]


@pytest.mark.parametrize("path", ["/api/care", "/api/excerpts", "/api/session"])
def test_a_request_asks_the_time_once(client_of, app, path):
    client, asked = client_of("patient"), []
    client.stays = False

    def count():
        asked.append(NOW)
        return NOW

    app.extensions[CLOCK] = count
    assert client.get(path).status_code == 200
    assert asked == [NOW]


def test_a_request_is_decided_before_it_looks(client_of, monkeypatch):
    """The wrong role is refused before the view runs at all."""
    client = client_of("therapist")
    monkeypatch.setattr(ending, "withdraw_everything", lambda *_, **__: pytest.fail("it ran"))
    assert client.post("/api/withdraw-everything").status_code == 403


def test_a_page_that_means_another_account_is_not_let_in(client_of, lived_in):
    """The cookie may have become somebody else's while a page was open."""
    client = client_of("patient")
    own, other = str(lived_in.patient.id), str(lived_in.other_patient.id)
    assert client.get("/api/changes", headers={"X-Journal-Account": own}).status_code == 200
    answer = client.get("/api/changes", headers={"X-Journal-Account": other})
    assert answer.status_code == 401
    sent = client.post("/api/sync", json={"items": []}, headers={"X-Journal-Account": other})
    assert sent.status_code == 401
