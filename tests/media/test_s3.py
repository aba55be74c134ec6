"""The same store over the S3 protocol, against a server on this machine."""

import sys
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from moto.server import ThreadedMotoServer

from journal.app import create_app, open_database
from journal.config import BadSettings, Media
from journal.media.removing import sweep
from journal.media.s3 import S3Store
from journal.media.store import Missing
from tests.acts import signed_in
from tests.along.carried import fragment, hand, media_of, shared
from tests.factories import NOW
from tests.media.sending import WEBM, Caught, announce, complete, play, send, upload

CANARY = b"Zimtsternquittung"
OWN = {"aws_access_key_id": "journal", "aws_secret_access_key": "not-a-secret"}


@pytest.fixture(scope="module")
def address():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(address):
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **OWN)
    client.create_bucket(Bucket="media")
    yield client
    for key in keys(client):
        client.delete_object(Bucket="media", Key=key)
    client.delete_bucket(Bucket="media")


def keys(client):
    return [one["Key"] for one in client.list_objects_v2(Bucket="media").get("Contents", ())]


@pytest.fixture
def media(address, client):
    return Media(
        store="s3://media/journal/one",
        s3_endpoint=address,
        s3_region="us-east-1",
        s3_key=OWN["aws_access_key_id"],
        s3_secret=OWN["aws_secret_access_key"],
    )


@pytest.fixture
def app(settings, lived_in, time, media):
    app = create_app(replace(settings, media=media), now=time)
    yield app
    app.extensions["journal.database"].dispose()


def test_it_keeps_what_was_put_first_and_removes_the_whole(media):
    store = S3Store(media)
    for piece in (0, 7, 120):
        store.put("ab12", piece, b"one")
    store.put("ab12", 7, b"two")
    store.put("ab123", 0, b"a longer name")
    assert store.get("ab12", 7) == b"one"
    assert store.pieces("ab12") == {0, 7, 120}
    assert {name for name, _ in store.names()} == {"ab12", "ab123"}
    store.remove("ab12")
    store.remove("ab12")
    assert store.pieces("ab12") == set()
    assert store.pieces("ab123") == {0}
    with pytest.raises(Missing):
        store.get("ab12", 0)


def test_recordings_go_there_sealed_and_come_back_and_go_with_their_entry(
    settings, media, client, phone, stranger
):
    theirs = upload(stranger, Caught())
    caught = Caught(WEBM + CANARY * 40_000)
    announce(phone, caught)
    for n in (2, 0, 1, 1):
        assert send(phone, caught, n).status_code == 204
    assert complete(phone, caught).json["received"] == [0, 1, 2]
    assert play(phone, caught).data == caught.bytes
    assert play(phone, caught, "bytes=262140-262150").data == caught.bytes[262140:262151]
    objects = [client.get_object(Bucket="media", Key=key)["Body"].read() for key in keys(client)]
    assert len(objects) == 6
    assert all(key.startswith("journal/one/") for key in keys(client))
    assert CANARY not in b"".join(objects)
    opened = open_database(replace(settings, media=media))
    with opened.session(writing=True) as session:
        session.info["media"].store.put("ef" * 16, 0, b"left by a crash")
        assert sweep(session, at=NOW + timedelta(days=36_500)) == 1
    opened.dispose()
    assert phone.delete(f"/api/entries/{caught.entry}").status_code == 404
    assert play(stranger, theirs).data == theirs.bytes


def test_copies_lie_there_sealed_and_go_when_they_are_taken_back(app, client, phone, lived_in):
    one, grant = fragment(phone), shared(phone, lived_in.therapist)
    before = set(keys(client))
    made = hand(phone, grant, one).json["excerpts"]
    copied = set(keys(client)) - before
    assert len(copied) == len(one.sound.pieces) + 2
    objects = [client.get_object(Bucket="media", Key=key)["Body"].read() for key in copied]
    assert CANARY not in b"".join(objects)
    path = f"/api/patients/{lived_in.patient.id}/media/{media_of(made)['recording']['id']}"
    assert signed_in(app, lived_in.therapist).get(path).data == one.sound.bytes
    for each in made:
        phone.delete(f"/api/excerpts/{each['id']}")
    assert set(keys(client)) == before


def test_without_its_library_the_start_is_refused_in_words(media, monkeypatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(BadSettings, match=r"integration-journal\[s3\]"):
        S3Store(media)
