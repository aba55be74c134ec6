"""Recordings, photos and drawings that were handed over: what is played, to whom, and no longer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from journal.db import Database
from journal.media.copies import place
from journal.media.models import MediaCopy
from journal.sharing import leaving
from journal.vault import keys
from journal.vault.sealed import Unopenable
from tests import factories
from tests.acts import offer, read_page, said, signed_in, told
from tests.along.carried import (
    BOTH,
    CANARY,
    CAPTION,
    DRAWING,
    SKETCH,
    TEXT,
    Fragment,
    fragment,
    hand,
    media_of,
)
from tests.factories import NOW, new_id
from tests.sharing.test_renewing import renewal
from tests.test_no_words import dump, forms_of
from tests.worlds import MovableTime, World

Media = dict[str, dict[str, Any]]


def desk_path(world: World, id: object) -> str:
    return f"/api/patients/{world.patient.id}/media/{id}"


def own_path(world: World, id: object) -> str:
    return f"/api/therapists/{world.therapist.id}/media/{id}"


def blobs(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("??/*")}


def copies_of(database: Database, world: World) -> list[MediaCopy]:
    with database.session(writing=False) as opened:
        mine = select(MediaCopy).where(MediaCopy.patient_id == world.patient.id)
        return list(opened.scalars(mine))


@pytest.fixture
def out(phone: FlaskClient, grant: str, one: Fragment) -> Media:
    """Everything of one entry, handed over."""
    answer = hand(phone, grant, one)
    assert answer.status_code == 201, answer.json
    return media_of(answer.json["excerpts"])


def test_the_therapist_gets_the_bytes_and_the_patient_a_receipt(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, one: Fragment, out: Media
) -> None:
    bytes = {"recording": one.sound.bytes, "photo": one.photo.bytes}
    for kind, type in (("recording", "audio/webm"), ("photo", "image/jpeg")):
        answer = desk.get(desk_path(lived_in, out[kind]["id"]))
        assert (answer.status_code, answer.data) == (200, bytes[kind])
        assert answer.headers["Content-Type"] == out[kind]["type"] == type
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    drawn = desk.get(desk_path(lived_in, out["drawing"]["id"]))
    assert (drawn.headers["Content-Type"], orjson.loads(drawn.data)) == (
        "application/json",
        DRAWING,
    )
    read = [row for row in phone.get("/api/receipts").json if row["category"] == "drawings-voice"]
    assert len(read) == 3
    assert {row["reader"]["name"] for row in read} == {"Dr Ana Reyes"}
    for kind in out:
        preview = phone.get(own_path(lived_in, out[kind]["id"]))
        assert preview.data == desk.get(desk_path(lived_in, out[kind]["id"])).data
    assert len(phone.get("/api/receipts").json) == 6


def test_they_lie_in_an_excerpt_of_their_own_under_ids_of_their_own(
    desk: FlaskClient, lived_in: World, one: Fragment, out: Media
) -> None:
    page = read_page(desk, lived_in.patient)
    excerpts = {excerpt["category"]: excerpt for excerpt in page.json["excerpts"]}
    assert set(excerpts) == set(BOTH)
    [item] = excerpts["drawings-voice"]["content"]["items"]
    lines = [(line["value"], line["own"]) for line in item["answer"]["lines"]]
    assert lines == [(CAPTION, True), ("the door", True)]
    assert [one["kind"] for one in item["media"]] == ["recording", "drawing", "photo"]
    assert out["recording"]["length"] == 7
    assert (out["photo"]["width"], out["photo"]["height"]) == (4, 3)
    assert (out["drawing"]["width"], out["drawing"]["height"]) == (1000, 700)
    for own in (one.sound.id, one.photo.id, one.written.id):
        assert own.encode() not in page.data


def test_without_words_none_go(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, grant: str, one: Fragment
) -> None:
    what = {"kind": "answers", "items": ["capture-01"], "media": [one.photo.id, SKETCH]}
    made = hand(phone, grant, one, what | {"words": False}).json["excerpts"]
    assert [(each["category"], each["kind"]) for each in made] == [("drawings-voice", "answers")]
    assert set(media_of(made)) == {"photo", "drawing"}
    page = read_page(desk, lived_in.patient)
    assert said(page) == []
    for own in (TEXT, CAPTION, "the door"):
        assert own.encode() not in page.data


def test_an_entry_without_words_goes_with_its_media_alone(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, grant: str
) -> None:
    bare = fragment(phone, text="")
    made = hand(phone, grant, bare).json["excerpts"]
    assert [each["category"] for each in made] == ["drawings-voice"]
    assert hand(phone, grant, bare, {"kind": "whole"}).status_code == 422


def test_whoever_may_not_read_it_gets_the_same_answer(
    app: Flask, phone: FlaskClient, desk: FlaskClient, lived_in: World, out: Media, theirs: Media
) -> None:
    absent = told(desk.get(desk_path(lived_in, new_id())))
    assert absent[0] == 404
    id = out["recording"]["id"]
    others = {
        who: signed_in(app, person)
        for who, person in (
            ("colleague", lived_in.other_therapist),
            ("foreigner", lived_in.foreign_therapist),
            ("stranger", lived_in.other_patient),
        )
    }
    hostile = [
        desk.get(desk_path(lived_in, theirs["recording"]["id"])),
        desk.get(f"/api/patients/{lived_in.other_patient.id}/media/{id}"),
        desk.get(f"/api/patients/{new_id()}/media/{id}"),
        desk.get(desk_path(lived_in, "no-id")),
        others["colleague"].get(desk_path(lived_in, id)),
        others["foreigner"].get(desk_path(lived_in, id)),
        others["stranger"].get(own_path(lived_in, id)),
        phone.get(own_path(lived_in, theirs["recording"]["id"])),
        phone.get(f"/api/therapists/{lived_in.other_therapist.id}/media/{id}"),
        phone.get(f"/api/media/{id}/content"),
    ]
    assert [told(answer) for answer in hostile] == [absent] * len(hostile)
    before = phone.get("/api/receipts").json
    assert before == []
    assert others["stranger"].get("/api/receipts").json == []


def test_the_journals_own_id_plays_nothing(
    desk: FlaskClient, lived_in: World, one: Fragment, out: Media
) -> None:
    absent = told(desk.get(desk_path(lived_in, new_id())))
    assert told(desk.get(desk_path(lived_in, one.sound.id))) == absent
    assert told(desk.get(desk_path(lived_in, one.photo.id))) == absent


def _renew(phone: FlaskClient, grant: str, world: World, *categories: str) -> None:
    sent = renewal(world, categories=list(categories))
    assert phone.post(f"/api/grants/{grant}/renew", json=sent).status_code == 201


def _excerpts(phone: FlaskClient, one: Fragment) -> list[str]:
    mine = [each for each in phone.get("/api/excerpts").json if each["entry_id"] == one.written.id]
    return [each["id"] for each in mine if each["category"] == "drawings-voice"]


def _take_back(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    for id in _excerpts(phone, one):
        assert phone.delete(f"/api/excerpts/{id}").status_code == 204


def _withdraw(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    phone.post(f"/api/grants/{grant}/withdraw")


def _narrow(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["reflections"]})


def _everything(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    phone.post("/api/withdraw-everything")


def _renew_without(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    _renew(phone, grant, world, "reflections")


def _replace(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    [old] = {
        each["handover_id"]
        for each in phone.get("/api/excerpts").json
        if each["entry_id"] == one.written.id
    }
    answer = hand(phone, grant, one, {"kind": "whole"}, replaces=old)
    assert answer.status_code == 201


def _delete(phone: FlaskClient, grant: str, one: Fragment, world: World) -> None:
    assert phone.delete(f"/api/entries/{one.written.id}").status_code == 204


TAKES_AWAY: list[Callable[[FlaskClient, str, Fragment, World], None]] = [
    _take_back,
    _withdraw,
    _narrow,
    _everything,
    _renew_without,
    _replace,
    _delete,
]


@pytest.mark.parametrize("how", TAKES_AWAY, ids=lambda how: how.__name__)
def test_what_is_taken_away_plays_no_more_and_its_bytes_are_gone(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    grant: str,
    one: Fragment,
    out: Media,
    theirs: Media,
    folder: Path,
    database: Database,
    how: Callable[..., None],
) -> None:
    absent = told(desk.get(desk_path(lived_in, new_id())))
    copied = {row.blob for row in copies_of(database, lived_in)}
    assert len(copied) == 3
    assert copied <= blobs(folder)
    how(phone, grant, one, lived_in)
    for kind in out:
        assert told(desk.get(desk_path(lived_in, out[kind]["id"]))) == absent
        assert told(phone.get(own_path(lived_in, out[kind]["id"]))) == absent
    assert copies_of(database, lived_in) == []
    assert not copied & blobs(folder)
    if how is not _delete:
        assert phone.get(f"{one.sound.path}/content").data == one.sound.bytes
    path = f"/api/patients/{lived_in.other_patient.id}/media/{theirs['photo']['id']}"
    assert desk.get(path).status_code == 200


def test_a_pause_hides_them_and_keeps_them(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, grant: str, out: Media
) -> None:
    number = phone.post(f"/api/grants/{grant}/pause").json["pause"]
    assert desk.get(desk_path(lived_in, out["photo"]["id"])).status_code == 404
    assert phone.get(own_path(lived_in, out["photo"]["id"])).status_code == 404
    phone.post(f"/api/grants/{grant}/resume", json={"pause": number})
    assert desk.get(desk_path(lived_in, out["photo"]["id"])).status_code == 200


def test_at_its_end_and_when_somebody_leaves_they_are_gone(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    one: Fragment,
    grant: str,
    out: Media,
    folder: Path,
    database: Database,
) -> None:
    copied = {row.blob for row in copies_of(database, lived_in)}
    with database.session(writing=True) as opened:
        leaving.reassign(opened, lived_in.patient.id, lived_in.therapist.id, at=NOW)
    assert desk.get(desk_path(lived_in, out["photo"]["id"])).status_code == 404
    assert not copied & blobs(folder)


def test_an_end_that_is_reached_removes_them(
    app: Flask,
    phone: FlaskClient,
    lived_in: World,
    one: Fragment,
    grant: str,
    time: MovableTime,
    folder: Path,
    database: Database,
) -> None:
    _renew(phone, grant, lived_in, *BOTH)
    phone.post("/api/withdraw-everything")
    sent = offer(lived_in.therapist, categories=BOTH, ends_on="2026-03-10")
    short = phone.post("/api/grants", json=sent)
    made = hand(phone, short.json["id"], one).json["excerpts"]
    id = media_of(made)["photo"]["id"]
    time.move(timedelta(hours=12))
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert desk.get(desk_path(lived_in, id)).status_code == 404
    read_page(desk, lived_in.patient)
    assert copies_of(database, lived_in) == []
    time.move(timedelta(hours=-12))
    assert desk.get(desk_path(lived_in, id)).status_code == 404


def test_renewing_seals_the_keys_anew_and_leaves_the_bytes(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, one: Fragment, grant: str, out: Media,
    database: Database,
) -> None:  # fmt: skip
    before = {row.id: row for row in copies_of(database, lived_in)}
    with database.session(writing=False) as opened:
        old = keys.key(opened, UUID(grant), of=keys.Of.GRANT)
    _renew(phone, grant, lived_in, *BOTH)
    after = {row.id: row for row in copies_of(database, lived_in)}
    assert {row.blob for row in after.values()} == {row.blob for row in before.values()}
    for id, row in after.items():
        before[id].key.open(old, place(lived_in.patient.id, id, "key"))
        with pytest.raises(Unopenable):
            row.key.open(old, place(lived_in.patient.id, id, "key"))
    answer = desk.get(desk_path(lived_in, out["recording"]["id"]))
    assert answer.data == one.sound.bytes


def test_on_the_day_of_a_dose_they_wait_as_words_do(
    app: Flask, phone: FlaskClient, desk: FlaskClient, lived_in: World, one: Fragment,
    time: MovableTime, database: Database,
) -> None:  # fmt: skip
    grant = phone.post(
        "/api/grants",
        json=offer(lived_in.therapist, categories=BOTH, release_in_morning=True),
    ).json["id"]
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    made = hand(phone, grant, one).json["excerpts"]
    assert {each["state"] for each in made} == {"held"}
    path = desk_path(lived_in, media_of(made)["recording"]["id"])
    absent = told(desk.get(desk_path(lived_in, new_id())))
    assert told(desk.get(path)) == absent
    time.at = dose.clear_at - timedelta(seconds=1)
    assert signed_in(app, lived_in.therapist, at=time.at).get(path).status_code == 404
    time.at = dose.clear_at
    assert signed_in(app, lived_in.therapist, at=time.at).get(path).data == one.sound.bytes


def test_nothing_of_them_lies_in_the_clear_and_the_journals_key_does_not_open_them(
    phone: FlaskClient, lived_in: World, out: Media, folder: Path, database: Database
) -> None:
    raw = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    written = dump(database)
    assert len(raw) > 2 * len(CANARY) * 40_000
    for form in forms_of(CANARY.decode()):
        assert form not in raw
        assert form not in written
    assert CAPTION.encode() not in written
    assert b'"strokes"' not in raw
    with database.session(writing=False) as opened:
        journal = keys.key(opened, lived_in.patient.id)
        for row in opened.scalars(select(MediaCopy)):
            with pytest.raises(Unopenable):
                row.key.open(journal, place(row.patient_id, row.id, "key"))
            with pytest.raises(Unopenable):
                replace(row.key).open(journal, f"media/{row.patient_id}/{row.id}/key")
