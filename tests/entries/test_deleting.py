"""Deleting leaves an id and a number behind, and no text comes back."""

from uuid import UUID

from flask import Flask
from sqlalchemy import select

from journal.db import Database
from journal.entries.models import Revision
from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World


def test_a_deleted_entry_is_gone_for_every_reader_and_writer(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    assert phone.delete(f"/api/entries/{first.id}").status_code == 204
    assert phone.delete(f"/api/entries/{first.id}").status_code == 204
    absent = phone.get(f"/api/entries/{new_id()}")
    for path in (f"/api/entries/{first.id}", f"/api/entries/{first.id}/revisions"):
        gone = phone.get(path)
        assert (gone.status_code, gone.data) == (404, absent.data)


def test_no_text_is_brought_back(app: Flask, lived_in: World, database: Database) -> None:
    phone = signed_in(app, lived_in.patient)
    id, body = str(new_id()), words("before")
    save(phone, id, body)
    phone.delete(f"/api/entries/{id}")
    tries = [
        save(phone, id, body),
        save(phone, id, words("an edit"), parent=body["revision"]),
        save(phone, id, words("made anew")),
    ]
    assert [answer.status_code for answer in tries] == [410, 410, 410]
    batch = {"items": [{"id": id, "parent": None, **words("in a batch")}]}
    assert phone.post("/api/sync", json=batch).json["results"][0]["status"] == 410
    assert phone.get(f"/api/entries/{id}").status_code == 404
    with database.session(writing=False) as session:
        left = select(Revision).where(Revision.entry_id == UUID(id))
        assert session.scalars(left).all() == []


def test_all_its_texts_go_and_nothing_else(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, other = write(phone, "one"), write(phone, "two")
    late = words("late")
    save(phone, first.id, late)
    phone.delete(f"/api/entries/{first.id}")
    assert phone.get(f"/api/entries/{other.id}").json["answers"]["refl-01"]["text"] == "two"
    # The revisions went with it, so their ids are free again.
    assert save(phone, str(new_id()), words("x", revision=late["revision"])).status_code == 201


def test_deleting_what_never_was_is_not_found(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    theirs = write(other)
    answers = [phone.delete(f"/api/entries/{id}") for id in (new_id(), theirs.id)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data
    assert other.get(f"/api/entries/{theirs.id}").status_code == 200
