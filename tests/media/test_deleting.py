"""Media go with their entry: row and key at once, the blob after the commit, leftovers by sweep."""

import os
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from journal.entries.service import erase
from journal.media import service
from journal.media.models import Medium
from journal.media.removing import sweep
from tests.acts import save, told, words
from tests.factories import NOW, new_id
from tests.media.sending import Caught, announce, complete, play, send, upload


@pytest.fixture
def caught(phone, bystander):
    """A recording of an entry that the server has."""
    caught = upload(phone, Caught())
    row = {"media": caught.id, "type": "audio/webm", "seconds": 7}
    body = words(guide="capture", edition=2, answers={"capture-01": {"recordings": [row]}})
    assert save(phone, caught.entry, body).status_code == 201
    return caught


def blobs(folder):
    return {file.name for file in folder.glob("??/*")}


def test_a_deleted_entry_takes_its_media_along(phone, stranger, folder, caught, bystander):
    other = upload(phone, Caught())
    half = Caught(entry=caught.entry)
    announce(phone, half)
    send(phone, half, 0)
    assert len(blobs(folder)) == 4
    assert phone.delete(f"/api/entries/{caught.entry}").status_code == 204
    assert len(blobs(folder)) == 2
    gone = [play(phone, caught), phone.get(half.path), phone.get(f"/api/media/{new_id()}")]
    assert len({repr(told(answer)) for answer in gone}) == 1
    assert play(phone, other).data == other.bytes
    assert play(stranger, bystander).data == bystander.bytes
    assert phone.delete(f"/api/entries/{caught.entry}").status_code == 204


def test_what_comes_late_for_a_deleted_entry_is_not_taken(phone, folder, caught, bystander):
    half = Caught(entry=caught.entry)
    announce(phone, half)
    phone.delete(f"/api/entries/{caught.entry}")
    assert announce(phone, caught).status_code == 410
    assert announce(phone, half).status_code == 410
    assert send(phone, half, 0).status_code == 404
    assert complete(phone, half).status_code == 404
    assert len(blobs(folder)) == 1


def test_another_patients_entry_of_the_same_id_takes_nothing_along(phone, stranger, caught):
    theirs = upload(stranger, Caught(entry=caught.entry))
    assert phone.delete(f"/api/entries/{caught.entry}").status_code == 204
    assert play(stranger, theirs).data == theirs.bytes
    assert announce(stranger, Caught(entry=caught.entry)).status_code == 201


def test_a_deletion_that_is_rolled_back_keeps_every_byte(database, phone, lived_in, folder, caught):
    before = blobs(folder)
    with database.session(writing=True) as session:
        erase(session, lived_in.patient, UUID(caught.entry))
        session.rollback()
    assert blobs(folder) == before
    assert play(phone, caught).data == caught.bytes


def test_a_store_that_cannot_remove_stops_no_deletion(
    database, phone, lived_in, folder, store, caught, caplog
):
    class Stuck:
        def remove(self, name):
            raise OSError("a disk that is full of itself")

    with database.session(writing=True) as session:
        room = service.room(session)
        session.info["media"] = type(room)(Stuck(), room.quota)
        erase(session, lived_in.patient, UUID(caught.entry))
        session.info["media"] = room
    assert play(phone, caught).status_code == 404
    assert "full of itself" not in caplog.text
    assert "left for the sweep: OSError" in caplog.text
    assert len(blobs(folder)) == 2
    with database.session(writing=False) as session:
        assert sweep(session, at=NOW + timedelta(days=36_500)) == 1
    assert len(blobs(folder)) == 1


def test_the_sweep_leaves_what_has_a_row_and_what_is_new(
    database, phone, stranger, folder, store, caught, bystander
):
    half = Caught()
    announce(phone, half)
    send(phone, half, 0)
    store.put("ab" * 16, 0, b"left by a crash")
    store.put("cd" * 16, 0, b"begun now")
    long_ago = (NOW - timedelta(days=3)).timestamp()
    for blob in folder.glob("??/*"):
        if blob.name != "cd" * 16:
            os.utime(blob, (long_ago, long_ago))
    with database.session(writing=False) as session:
        assert sweep(session, at=NOW) == 1
        assert session.scalar(select(func.count()).select_from(Medium)) == 3
    assert len(blobs(folder)) == 4
    for n in (1, 2):
        send(phone, half, n)
    assert complete(phone, half).status_code == 200
    assert play(phone, caught).data == caught.bytes
    assert play(stranger, bystander).data == bystander.bytes
