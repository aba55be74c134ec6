"""What may go along, and that nothing is left lying when it may not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from journal.accounts.principals import Patient
from journal.app import create_app
from journal.config import Media, Settings
from journal.content import library
from journal.content.guides import GuideKind, Share
from journal.db import Database
from journal.entries.reading import Opened, opened
from journal.errors import Invalid
from journal.handover import along, service
from journal.handover.choice import Choice
from journal.media.models import MediaCopy
from journal.media.removing import sweep
from journal.sharing.models import What
from tests.acts import Written, give, handing, read_page, save, signed_in, words
from tests.along.carried import BOTH, SKETCH, Fragment, fragment, hand, media_of, shared
from tests.factories import NOW, new_id
from tests.media.sending import Caught, announce, send
from tests.worlds import MovableTime, World


def blobs(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("??/*")}


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json["errors"]]


def test_what_does_not_belong_to_the_choice_is_refused_and_nothing_is_copied(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, grant: str, one: Fragment, folder: Path
) -> None:
    other = fragment(phone)
    before = blobs(folder)
    quote = {"item": "capture-01", "part": "text", "start": 0, "end": 3, "quote": "the"}
    misfits = [
        (one.what(media=[other.sound.id]), "/what/media"),
        (one.what(media=[one.sound.id, str(new_id())]), "/what/media"),
        (one.what(media=["capture-01/photos"]), "/what/media"),
        (one.what(media=["capture-01/text"]), "/what/media"),
        (one.what(media=["capture-99/drawing"]), "/what/media"),
        (one.what(media=[]) | {"words": False}, "/what/media"),
        ({"kind": "whole", "words": False}, "/what/media"),
        (one.what(media=[one.sound.id] * 31), "/what/media"),
        (one.what(media=["x" * 131]), "/what/media/0"),
        (one.what(media=[7]), "/what/media/0"),
        (one.what(words="no"), "/what/words"),
        ({"kind": "passage", "media": [one.sound.id]} | quote, "/what/media"),
        ({"kind": "passage", "words": True} | quote, "/what/words"),
        ({"kind": "answers", "items": ["capture-99"], "media": [one.sound.id]}, "/what/media"),
        ({"kind": "answers", "media": [one.sound.id]}, "/what/items"),
    ]
    for what, pointer in misfits:
        answer = hand(phone, grant, one, what)
        assert (answer.status_code, pointers(answer)) == (422, [pointer]), what
    assert blobs(folder) == before
    assert read_page(desk, lived_in.patient).json["excerpts"] == []


def test_a_kind_that_is_not_shared_stays_and_so_does_everything_else(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, one: Fragment, folder: Path
) -> None:
    grant = give(phone, lived_in.therapist, categories=["reflections"])
    before = blobs(folder)
    answer = hand(phone, grant, one)
    assert (answer.status_code, answer.json["categories"]) == (409, ["drawings-voice"])
    assert blobs(folder) == before
    assert read_page(desk, lived_in.patient).json["excerpts"] == []
    assert hand(phone, grant, one, {"kind": "whole"}).status_code == 201


def test_the_words_of_a_kind_that_is_not_shared_leave_no_copy(
    phone: FlaskClient, lived_in: World, one: Fragment, folder: Path
) -> None:
    grant = give(phone, lived_in.therapist, categories=["drawings-voice"])
    before = blobs(folder)
    assert hand(phone, grant, one).json["categories"] == ["reflections"]
    assert blobs(folder) == before
    assert hand(phone, grant, one, one.what(words=False)).status_code == 201
    assert len(blobs(folder)) == len(before) + 3


def test_what_the_server_does_not_have_yet_waits(
    phone: FlaskClient, grant: str, one: Fragment, folder: Path
) -> None:
    absent, half, elsewhere = Caught(), Caught(), Caught()
    announce(phone, half, entry=absent.entry)
    send(phone, half, 0)
    rows = [
        {"media": each.id, "type": each.type, "seconds": 1}
        for each in (absent, half, one.sound, elsewhere)
    ]
    body = words(guide="capture", edition=2, answers={"capture-01": {"recordings": rows}})
    assert save(phone, absent.entry, body).status_code == 201
    before = blobs(folder)
    written = Written(absent.entry, body["revision"])
    for each in (absent.id, half.id, one.sound.id):
        sent = handing(grant, written, {"kind": "whole", "media": [each]})
        assert phone.post("/api/handovers", json=sent).status_code == 409
    assert blobs(folder) == before


def test_the_same_hand_over_sent_again_copies_nothing(
    phone: FlaskClient, grant: str, one: Fragment, folder: Path
) -> None:
    sent = handing(grant, one.written, one.what())
    first = phone.post("/api/handovers", json=sent)
    before = blobs(folder)
    again = phone.post("/api/handovers", json=sent)
    assert (again.status_code, again.data) == (201, first.data)
    assert blobs(folder) == before
    phone.post(f"/api/grants/{grant}/withdraw")
    gone = phone.post("/api/handovers", json=sent)
    assert (gone.status_code, gone.json) == (201, {"excerpts": []})
    assert len(blobs(folder)) == len(before) - 3


def _handing(one: Fragment, grant: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "grant_id": UUID(grant),
        "entry_id": UUID(one.written.id),
        "revision": UUID(one.written.revision),
        "choice": Choice(what=What.WHOLE, media=tuple(one.names)),
        "at": NOW,
        **changes,
    }


def test_two_who_send_the_same_at_once_leave_one_copy(
    grant: str, one: Fragment, lived_in: World, database: Database, folder: Path
) -> None:
    before = blobs(folder)
    what = _handing(one, grant)
    with database.session(writing=False) as session:
        sealed = [service.seal_media(session, lived_in.patient, **what) for _ in range(2)]
    made = []
    for media in sealed:
        with database.session(writing=True) as session:
            made.append(service.hand_over(session, lived_in.patient, **what, media=media))
    assert [row.id for row in made[0]] == [row.id for row in made[1]]
    assert blobs(folder) - before == {each.blob for each in sealed[0]}


def test_a_crash_before_the_row_leaves_noise_that_the_sweep_takes(
    grant: str, one: Fragment, lived_in: World, database: Database, folder: Path, phone: FlaskClient
) -> None:
    kept = hand(phone, grant, one).json["excerpts"]
    before = blobs(folder)
    with database.session(writing=False) as session:
        left = service.seal_media(session, lived_in.patient, **_handing(one, grant))
        assert blobs(folder) - before == {each.blob for each in left}
        rows = set(session.scalars(select(MediaCopy.blob)))
        assert not rows & {each.blob for each in left}
        assert sweep(session, at=NOW + timedelta(days=36_500)) == 3
    assert blobs(folder) == before
    path = f"/api/therapists/{lived_in.therapist.id}/media/{media_of(kept)['recording']['id']}"
    assert phone.get(path).data == one.sound.bytes


def test_what_was_taken_back_with_a_store_that_cannot_remove_is_noise(
    grant: str, one: Fragment, lived_in: World, database: Database, folder: Path, phone: FlaskClient
) -> None:
    made = hand(phone, grant, one).json["excerpts"]
    before = blobs(folder)
    with database.session(writing=True) as session:
        room = session.info["media"]
        session.info["media"] = type(room)(Stuck(), room.quota)
        for each in made:
            service.sharing.take_back(session, lived_in.patient, UUID(each["id"]), at=NOW)
        session.info["media"] = room
    assert blobs(folder) == before
    with database.session(writing=False) as session:
        mine = MediaCopy.patient_id == lived_in.patient.id
        assert session.scalars(select(MediaCopy.blob).where(mine)).all() == []
        assert sweep(session, at=NOW + timedelta(days=36_500)) == 3


class Stuck:
    """A store that removes nothing."""

    def remove(self, name: str) -> None:
        raise OSError("stuck")


@pytest.fixture
def narrow_app(settings: Settings, lived_in: World, time: MovableTime) -> Any:
    room = Media(store=settings.media.store, quota=1_000_000)
    app = create_app(replace(settings, media=room), now=time)
    yield app
    app.extensions["journal.database"].dispose()


def test_copies_have_a_room_of_their_own(
    narrow_app: Flask, lived_in: World, phone: FlaskClient, folder: Path
) -> None:
    phone = signed_in(narrow_app, lived_in.patient)
    one, grant = fragment(phone), shared(phone, lived_in.therapist)
    only = one.what(media=[one.sound.id], words=False)
    first = hand(phone, grant, one, only)
    assert first.status_code == 201, first.json
    before = blobs(folder)
    assert hand(phone, grant, one, only).status_code == 507
    assert blobs(folder) == before
    phone.delete(f"/api/excerpts/{first.json['excerpts'][0]['id']}")
    assert hand(phone, grant, one, only).status_code == 201


def _entry(database: Database, author: Patient, one: Fragment) -> Opened:
    with database.session(writing=False) as session:
        return opened(session, author, UUID(one.written.id))


@pytest.mark.parametrize("share", [Share.PRIVATE, Share.NEVER])
def test_private_waits_to_be_picked_and_never_never_goes(
    database: Database, lived_in: World, one: Fragment, share: Share
) -> None:
    guide, entry = library.load().guide("capture", 2), _entry(database, lived_in.patient, one)
    items = tuple(replace(item, share=share) for item in guide.items)
    kept = replace(guide, items=items)
    whole = Choice(what=What.WHOLE, media=(SKETCH,))
    named = Choice(what=What.ANSWERS, items=("capture-01",), media=(SKETCH,))
    assert [each.name for each in along.picked(guide, entry, whole)] == [SKETCH]
    with pytest.raises(Invalid):
        along.picked(kept, entry, whole)
    if share is Share.PRIVATE:
        assert [each.name for each in along.picked(kept, entry, named)] == [SKETCH]
    else:
        with pytest.raises(Invalid):
            along.picked(kept, entry, named)


def test_nothing_of_a_concern_goes(database: Database, lived_in: World, one: Fragment) -> None:
    guide, entry = library.load().guide("capture", 2), _entry(database, lived_in.patient, one)
    concern = replace(guide, kind=GuideKind.CONCERN)
    with pytest.raises(Invalid):
        along.picked(concern, entry, Choice(what=What.WHOLE, media=(SKETCH,)))


def test_replacing_brings_no_media_out_again_that_were_taken_back(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, grant: str, one: Fragment, folder: Path
) -> None:
    originals = blobs(folder)
    sent = handing(grant, one.written, one.what())
    made = phone.post("/api/handovers", json=sent).json["excerpts"]
    [out] = [each["id"] for each in made if each["category"] == "drawings-voice"]
    phone.delete(f"/api/excerpts/{out}")
    for _ in range(2):
        again = handing(grant, one.written, one.what()) | {"replaces": sent["id"]}
        answer = phone.post("/api/handovers", json=again)
        assert [each["category"] for each in answer.json["excerpts"]] == ["reflections"]
        sent = again
    assert blobs(folder) == originals
    page = read_page(desk, lived_in.patient)
    assert {each["category"] for each in page.json["excerpts"]} < set(BOTH)
