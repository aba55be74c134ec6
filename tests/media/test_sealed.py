"""What lies in the store opens in its own place and nowhere else."""

import logging
from uuid import UUID

import pytest

from journal.app import open_database
from journal.media.models import Medium
from journal.media.opened import find, place
from journal.vault import keys
from journal.vault.sealed import Sealed, Unopenable
from tests.factories import NOW
from tests.media.sending import WEBM, Caught, announce, complete, play, send, upload
from tests.test_no_words import dump, forms_of

CANARY = b"Zimtsternquittung"


@pytest.fixture
def caught(phone, bystander):
    return upload(phone, Caught(WEBM + CANARY * 40_000))


def files(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file())


def row(session, owner, caught):
    return session.get(Medium, (owner.id, UUID(caught.id)))


def own_files(database, folder, owner, caught):
    with database.session(writing=False) as session:
        blob = row(session, owner, caught).blob
    return [folder / blob[:2] / blob / f"{n:04}" for n in range(len(caught.pieces))]


def broken(phone, caught):
    return play(phone, caught).status_code == 500


def test_nothing_of_it_is_in_the_folder_the_database_or_the_logs(
    app, database, phone, folder, caplog, lived_in, bystander
):
    caplog.set_level(logging.DEBUG)
    caught = upload(phone, Caught(WEBM + CANARY * 40_000))
    assert CANARY in play(phone, caught).data
    raw = b"".join(file.read_bytes() for file in files(folder))
    names = " ".join(str(file.relative_to(folder)) for file in files(folder))
    everything = raw + dump(database) + caplog.text.encode()
    for form in forms_of(CANARY.decode()):
        assert form not in everything
    assert WEBM[:12] not in raw
    for id in (caught.id, caught.entry, lived_in.patient.id):
        assert str(id) not in names
        assert str(id).replace("-", "") not in names
    sha256 = caught.told()["sha256"]
    assert sha256.encode() not in everything
    assert bytes.fromhex(sha256) not in everything
    assert {file.stat().st_mode & 0o077 for file in [folder, *folder.rglob("*")]} == {0}


def test_a_flipped_bit_does_not_open(database, phone, folder, lived_in, caught):
    file = own_files(database, folder, lived_in.patient, caught)[1]
    whole = file.read_bytes()
    for at in (0, 1, 12, 13, 5_000, -1):
        changed = bytearray(whole)
        changed[at] ^= 1
        file.write_bytes(changed)
        assert broken(phone, caught), at
        assert play(phone, caught, "bytes=0-99").data == caught.bytes[:100]
    file.write_bytes(whole)
    assert play(phone, caught).data == caught.bytes


def test_swapped_cut_and_foreign_pieces_do_not_open(
    database, phone, stranger, folder, lived_in, caught, bystander
):
    first, second, *_ = own_files(database, folder, lived_in.patient, caught)
    one, two = first.read_bytes(), second.read_bytes()
    others = upload(phone, Caught(caught.bytes, entry=caught.entry))
    theirs = upload(stranger, Caught(caught.bytes, id=caught.id))
    for medium, owner in ((others, lived_in.patient), (theirs, lived_in.other_patient)):
        first.write_bytes(own_files(database, folder, owner, medium)[0].read_bytes())
        assert broken(phone, caught)
    first.write_bytes(two)
    assert broken(phone, caught)
    first.write_bytes(one[:-1])
    assert broken(phone, caught)
    first.write_bytes(one)
    second.write_bytes(one)
    assert broken(phone, caught)
    second.write_bytes(two)
    assert play(phone, caught).data == caught.bytes


def test_a_piece_changed_on_its_way_to_the_end_is_found_before_it_is_confirmed(
    database, phone, folder, lived_in
):
    caught = Caught()
    announce(phone, caught)
    for n in range(3):
        send(phone, caught, n)
    file = own_files(database, folder, lived_in.patient, caught)[2]
    file.write_bytes(file.read_bytes()[::-1])
    assert complete(phone, caught).status_code == 422
    upload(phone, caught)


def test_a_key_moved_to_another_row_opens_nothing(database, phone, lived_in, caught):
    other = upload(phone, Caught())
    with database.session(writing=True) as session:
        mine = row(session, lived_in.patient, caught)
        mine.key = row(session, lived_in.patient, other).key
    assert broken(phone, caught)


def test_every_medium_has_a_key_of_its_own(database, phone, lived_in, caught):
    other = upload(phone, Caught())
    with database.session(writing=False) as session:
        one, two = (find(session, lived_in.patient, UUID(each.id)) for each in (caught, other))
        patients = keys.key(session, lived_in.patient.id)
        assert len({one.key, two.key, patients}) == 3
        piece = Sealed(one.store.get(one.blob, 0))
        for key in (two.key, patients):
            with pytest.raises(Unopenable):
                piece.open(key, place(lived_in.patient.id, one.id, 0))


def test_the_destroyed_key_of_a_patient_makes_their_media_unreadable_and_nobody_elses(
    database, phone, stranger, lived_in, caught, bystander
):
    with database.session(writing=True) as session:
        keys.destroy(session, lived_in.patient.id, at=NOW)
    assert phone.get(caught.path).status_code == 404
    assert play(phone, caught).status_code == 404
    assert play(stranger, bystander).data == bystander.bytes


def test_media_open_after_the_master_key_was_changed(settings, database, phone, lived_in, caught):
    newer = {"new": b"\x09" * 32, **settings.master_keys}
    object.__setattr__(settings, "master_keys", newer)
    again = open_database(settings)
    with again.session(writing=True) as session:
        assert keys.rewrap(session) > 0
        opened = find(session, lived_in.patient, UUID(caught.id))
        assert opened.part(0, len(caught.bytes)) == caught.bytes
    again.dispose()
