"""Every read is recorded before the words leave, once for each excerpt, and the author sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from journal import audit
from journal.audit import Reading
from journal.db import Database
from journal.sharing import gate
from tests.acts import give, hand_over, read_page, signed_in, write
from tests.factories import NOW
from tests.sharing.room import furnished
from tests.worlds import MovableTime, World


@contextmanager
def no_audit(database: Database) -> Iterator[None]:
    """Let every insert of a receipt fail, as a full disk would."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO reading "):
            raise OperationalError(statement, None, Exception("disk full"))

    event.listen(database.engine, "before_cursor_execute", refuse)
    yield
    event.remove(database.engine, "before_cursor_execute", refuse)


def readings(database: Database, world: World) -> int:
    with database.session(writing=False) as opened:
        mine = select(func.count()).where(Reading.patient_id == world.patient.id)
        return opened.scalar(mine) or 0


def test_each_excerpt_is_recorded_once_for_each_request(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    first = hand_over(phone, grant, write(phone, "first"))
    read_page(desk, lived_in.patient)
    time.move(timedelta(minutes=1))
    second = hand_over(phone, grant, write(phone, "second"))
    read_page(desk, lived_in.patient)
    receipts = phone.get("/api/receipts").json
    assert [(one["excerpt_id"], one["at"][11:16]) for one in receipts][2:] == [(first, "12:00")]
    assert {one["excerpt_id"] for one in receipts[:2]} == {first, second}
    assert {one["at"][11:16] for one in receipts[:2]} == {"12:01"}
    with database.session(writing=False) as opened:
        assert list(audit.verify(opened)) == []


def test_a_receipt_says_who_and_what_in_plain_words_and_survives_taking_back(
    app: Flask, lived_in: World
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, "first")
    out = hand_over(phone, grant, written)
    read_page(desk, lived_in.patient)
    title = phone.get("/api/guides/refl/1").json["title"]
    expected = {
        "n": 1,
        "at": "2026-03-10T12:00:00+00:00",
        "reader": {"id": str(lived_in.therapist.id), "name": "Dr Ana Reyes"},
        "excerpt_id": out,
        "entry_id": written.id,
        "title": title,
        "kind": "whole",
        "category": "reflections",
        "how": "page",
    }
    assert phone.get("/api/receipts").json == [expected]
    mine = next(one for one in phone.get("/api/excerpts").json if one["id"] == out)
    assert mine["first_read_at"] == expected["at"]
    phone.post("/api/withdraw-everything")
    phone.delete(f"/api/entries/{written.id}")
    assert phone.get("/api/receipts").json == [expected]
    assert signed_in(app, lived_in.other_patient).get("/api/receipts").json == []


def test_no_number_of_later_readings_hides_an_earlier_one(
    app: Flask, lived_in: World, database: Database
) -> None:
    """A file that was kept, and a thousand lines found after it."""
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "the river"))
    me = lived_in.patient.id
    assert desk.post(f"/api/patients/{me}/pdf").status_code == 200
    with database.session(writing=True) as opened:
        found = [(UUID(grant), UUID(out))] * 1000
        audit.record(opened, me, lived_in.therapist.id, found, at=NOW, how=audit.How.SEARCH)
    seen = phone.get("/api/receipts").json
    assert [one["how"] for one in seen] == ["search"] * 200
    while seen[-1]["n"] > 1:
        earlier = phone.get(f"/api/receipts?before={seen[-1]['n']}").json
        assert 0 < len(earlier) <= 200
        seen += earlier
    assert [one["n"] for one in seen] == list(range(1001, 0, -1))
    assert seen[-1]["how"] == "pdf"
    assert phone.get("/api/receipts?before=1").json == []
    other = signed_in(app, lived_in.other_patient)
    assert {one["excerpt_id"] for one in other.get("/api/receipts?before=900").json}.isdisjoint(
        {out}
    )


@pytest.mark.parametrize("before", ["", "0", "-1", "x", "2147483648"])
def test_what_is_no_number_of_a_receipt_is_refused(
    app: Flask, lived_in: World, before: str
) -> None:
    answer = signed_in(app, lived_in.patient).get(f"/api/receipts?before={before}")
    assert answer.status_code == 422


def test_looking_without_words_leaves_no_receipt(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone))
    for client, path in (
        (phone, f"/api/therapists/{lived_in.therapist.id}/page"),
        (phone, "/api/excerpts"),
        (desk, "/api/today"),
        (desk, f"/api/patients/{lived_in.patient.id}/new"),
    ):
        assert client.get(path).status_code == 200
    assert readings(database, lived_in) == 0
    stranger = signed_in(app, lived_in.foreign_therapist)
    assert read_page(stranger, lived_in.patient).status_code == 404
    empty = signed_in(app, lived_in.other_therapist)
    assert read_page(empty, lived_in.patient).status_code == 200
    assert readings(database, lived_in) == 1  # the bystander's own


def test_no_record_no_words(app: Flask, lived_in: World, database: Database) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "the river"))
    with no_audit(app.extensions["journal.database"]):
        answer = read_page(desk, lived_in.patient)
        assert answer.status_code == 500
        assert b"river" not in answer.data
        # The author's own side goes on.
        assert write(phone, "still here")
    assert readings(database, lived_in) == 0
    assert b"river" in read_page(desk, lived_in.patient).data
    assert readings(database, lived_in) == 1


def test_a_read_that_is_not_committed_gives_no_words(
    app: Flask, lived_in: World, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "the river"))

    def refuse(_: Session) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    monkeypatch.setattr(Session, "commit", refuse)
    answer = read_page(desk, lived_in.patient)
    monkeypatch.undo()
    assert answer.status_code == 500
    assert b"river" not in answer.data
    assert readings(database, lived_in) == 0


def test_the_record_is_made_in_the_transaction_that_fetches(session: Session, world: World) -> None:
    room = furnished(session, world)
    gate.read(session, room.reader, room.patient.id, at=NOW)
    recorded = audit.readings_of(session, room.patient.id)
    assert [(one.excerpt_id, one.grant_id, one.reader_id) for one in recorded] == [
        (room.excerpt.id, room.grant.id, room.reader.id)
    ]
    session.rollback()
    assert audit.readings_of(session, room.patient.id) == []


def test_new_is_what_was_not_read_before_this_sign_in(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    first = hand_over(phone, grant, write(phone, "first"))
    path = f"/api/patients/{lived_in.patient.id}/new"

    def new() -> tuple[list[str], int]:
        rows = {row["patient"]["id"]: row for row in desk.get("/api/today").json["patients"]}
        return desk.get(path).json["new"], rows[str(lived_in.patient.id)]["new"]

    assert new() == ([first], 1)
    read_page(desk, lived_in.patient)
    assert new() == ([first], 1)  # read in this sign-in: still marked until the next
    time.move(timedelta(hours=1))
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert new() == ([], 0)
    second = hand_over(phone, grant, write(phone, "second"))
    assert new() == ([second], 1)
