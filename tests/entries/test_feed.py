"""The feed of changes: numbered without gaps, paged, and clear about starting over."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from journal.db import Database
from journal.entries.models import Journal
from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World


def read_all(phone: FlaskClient, limit: int, cursor: str = "") -> tuple[list[Any], str]:
    items: list[Any] = []
    while True:
        page = phone.get(f"/api/changes?limit={limit}&cursor={cursor}").json
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["cursor"]
        if not page["more"]:
            return items, cursor


def test_changes_are_numbered_without_gaps_in_the_order_they_were_made(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    made = [write(phone, f"text {number}") for number in range(7)]
    items, cursor = read_all(phone, 3)
    assert [item["n"] for item in items] == list(range(1, 9))
    assert [item["id"] for item in items[1:]] == [one.id for one in made]
    assert read_all(phone, 200) == (items, cursor)
    assert read_all(phone, 200, cursor) == ([], cursor)


def test_an_edit_and_a_conflict_move_the_entry_to_the_end(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, second = write(phone, "one"), write(phone, "two")
    _, cursor = read_all(phone, 200)
    save(phone, first.id, words("one, edited"), parent=first.revision)
    save(phone, second.id, words("two, elsewhere"), parent=str(new_id()))
    items, _ = read_all(phone, 1, cursor)
    assert [item["id"] for item in items] == [first.id, second.id]
    assert [item["n"] for item in items] == [4, 5]
    assert items[0] == phone.get(f"/api/entries/{first.id}").json
    assert len(items[1]["conflicts"]) == 1


def test_a_deleted_entry_is_a_number_and_an_id(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, second = write(phone, "one"), write(phone, "two")
    _, cursor = read_all(phone, 200)
    phone.delete(f"/api/entries/{first.id}")
    third = write(phone, "three")
    items, _ = read_all(phone, 1, cursor)
    assert items[0] == {"id": first.id, "n": 4, "deleted": True}
    assert [item["id"] for item in items[1:]] == [third.id]
    everything, _ = read_all(phone, 2)
    assert [item["n"] for item in everything] == [1, 3, 4, 5]
    assert second.id in {item["id"] for item in everything}


def test_a_cursor_of_another_numbering_is_gone(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    write(phone)
    _, cursor = read_all(phone, 200)
    epoch = cursor.partition(".")[0]
    wrong = [f"{new_id()}.1", f"{epoch}.3", f"{epoch}.-1", f"{epoch}.", epoch, "x", f"{epoch}.1.1"]
    for one in wrong:
        answer = phone.get(f"/api/changes?cursor={one}")
        assert (answer.status_code, answer.mimetype) == (410, "application/problem+json"), one
    with database.session(writing=True) as session:
        mine = Journal.patient_id == lived_in.patient.id
        session.execute(update(Journal).where(mine).values(epoch=new_id()))
    assert phone.get(f"/api/changes?cursor={cursor}").status_code == 410
    assert len(phone.get("/api/changes").json["items"]) == 2


def test_somebody_who_wrote_nothing_has_an_empty_feed(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    other = signed_in(app, lived_in.other_patient)
    mine, theirs = (client.get("/api/changes").json for client in (phone, other))
    assert mine["cursor"] != theirs["cursor"]
    foreign = phone.get(f"/api/changes?cursor={theirs['cursor']}")
    assert foreign.status_code == 410


def test_a_page_holds_one_to_two_hundred(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    for limit in ("0", "201", "-1", "x", "1e3", "9" * 400):
        answer = phone.get(f"/api/changes?limit={limit}")
        assert answer.status_code == 422, limit
        assert [error["pointer"] for error in answer.json["errors"]] == ["/limit"]
