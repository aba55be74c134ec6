"""A worry about one's care stays with its writer: no way leads from it to the clinic."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text

from journal.catalog import shelf, stored
from journal.catalog.models import ContentKind
from journal.content import library
from journal.content.guides import GuideKind, Share
from journal.db import Database
from tests.acts import (
    Written,
    give,
    hand_over,
    handing,
    read_page,
    save,
    signed_in,
    told,
    words,
    write,
)
from tests.factories import NOW, new_id
from tests.test_access_table import ABSENT, ACCESS
from tests.worlds import World

CANARY = "Quittenkompott"  # a word nobody else writes
WORRY = {"concern-01": {"text": f"{CANARY} happened."}, "concern-02": {"choice": "report"}}
EVERY_KIND = [category.id for category in library.load().categories]
WAYS = [
    {"kind": "whole"},
    {"kind": "answers", "items": ["concern-01"]},
    {"kind": "answers", "items": ["concern-02"]},
    {"kind": "answers", "items": ["concern-01", "concern-02"]},
    {
        "kind": "passage",
        "item": "concern-01",
        "part": "text",
        "start": 0,
        "end": len(CANARY),
        "quote": CANARY,
    },
]


def worry(phone: FlaskClient) -> Written:
    return write(phone, guide="concern", answers=WORRY)


def doors(world: World) -> list[str]:
    """Every address to read that is not the patient's own, for this patient where it is for one."""
    calls = [row.call.split(" ") for row in ACCESS.values() if row.may != ("patient",)]
    about = str(world.patient.id)
    return [path.replace(str(ABSENT), about) for method, path in calls if method == "GET"]


def around(app: Flask, world: World) -> dict[str, FlaskClient]:
    """Everybody who may try those doors."""
    return {
        "therapist": signed_in(app, world.therapist),
        "other therapist": signed_in(app, world.other_therapist),
        "foreign therapist": signed_in(app, world.foreign_therapist),
        "admin": signed_in(app, world.admin),
        "anyone": app.test_client(),
    }


def behind(people: dict[str, FlaskClient], world: World) -> dict[str, Any]:
    """What stands behind each of those doors, for each of them."""
    found = {}
    for who, client in people.items():
        for path in doors(world):
            with client.get(path) as answer:
                found[f"{who} {path}"] = told(answer)
    return found


def test_every_question_of_it_is_locked() -> None:
    [guide] = [one for one in library.load().guides if one.kind is GuideKind.CONCERN]
    assert guide.id == "concern"
    assert {item.share for item in guide.items} == {Share.NEVER}


@pytest.mark.parametrize("what", WAYS, ids=lambda what: what["kind"])
def test_no_hand_over_takes_it(app: Flask, lived_in: World, what: dict[str, Any]) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=EVERY_KIND)
    before = told(phone.get("/api/excerpts")), told(read_page(desk, lived_in.patient))
    answer = phone.post("/api/handovers", json=handing(grant, worry(phone), what))
    assert answer.status_code == 422
    assert CANARY.encode() not in answer.data
    assert (told(phone.get("/api/excerpts")), told(read_page(desk, lived_in.patient))) == before


def test_a_clinic_cannot_change_the_page_about_itself(app: Flask, lived_in: World) -> None:
    admin = signed_in(app, lived_in.admin)
    guides = admin.get("/api/clinic/content").json["guides"]
    [guide] = [one for one in guides if one["id"] == "concern"]
    edition = guide["edition"]
    kept = {name: guide[name] for name in guide if name not in {"edition", "editable", "origin"}}
    opened = [item | {"share": "ask"} for item in kept["items"]]
    asked = [*kept["items"], opened[0] | {"id": "x-0a1b2c3d", "text": "Who was it?"}]
    assert guide["editable"] is False
    for change in ({"items": opened}, {"items": asked}, {"intro": "Dr Sam reads this."}):
        saying = {"If-Match": f'"{edition}"'}
        sent = admin.put("/api/clinic/guides/concern", json=kept | change, headers=saying)
        assert sent.status_code == 422, sent.json
        assert sent.json["detail"].startswith("This page is about the clinic itself.")
    assert [one for one in admin.get("/api/library").json["guides"] if one["id"] == "concern"] == [
        {name: one for name, one in guide.items() if name not in {"editable", "origin"}}
    ]


def test_an_edition_that_lost_its_locks_is_still_locked(
    app: Flask, lived_in: World, database: Database
) -> None:
    guide = library.load().guide("concern")
    loose = replace(guide, items=tuple(replace(one, share=Share.ASK) for one in guide.items))
    clinic, admin = lived_in.clinic.id, lived_in.admin.id
    with database.session(writing=True) as session:
        edition = shelf.put_up(
            session,
            ContentKind.GUIDE,
            "concern",
            stored.to_bytes(loose),
            clinic_id=clinic,
            made_by=admin,
            at=NOW,
        )
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=EVERY_KIND)
    written = write(phone, guide="concern", edition=edition, answers=WORRY)
    for what in WAYS:
        answer = phone.post("/api/handovers", json=handing(grant, written, what))
        assert answer.status_code == 422


def test_picking_it_for_a_visit_shows_nothing_of_it(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=EVERY_KIND)
    secret = worry(phone)
    visit = {"pre-01": {"text": "My sleep."}, "pre-08": {"entries": [secret.id]}}
    hand_over(phone, grant, write(phone, guide="pre", answers=visit))
    page = read_page(desk, lived_in.patient)
    assert b"My sleep." in page.data
    for hint in (secret.id, CANARY, "concern", "Something felt wrong"):
        assert hint.encode() not in page.data


def test_behind_every_door_of_the_clinic_nothing_changes(app: Flask, lived_in: World) -> None:
    """Not a word, not a count, not a date: written, edited, in a batch and deleted."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=EVERY_KIND)
    hand_over(phone, grant, write(phone))
    read_page(signed_in(app, lived_in.therapist), lived_in.patient)
    people = around(app, lived_in)
    before = behind(people, lived_in)
    assert len(before) > 30
    assert any(answer[0] == 200 and b"river" in answer[1] for answer in before.values())

    first = worry(phone)
    edit = words(guide="concern", answers=WORRY | {"concern-02": {"choice": "talk"}})
    assert save(phone, first.id, edit, parent=first.revision).status_code == 200
    batch = [{"id": str(new_id()), "parent": None, **words(guide="concern", answers=WORRY)}]
    assert phone.post("/api/sync", json={"items": batch}).status_code == 200
    assert behind(people, lived_in) == before
    assert phone.delete(f"/api/entries/{first.id}").status_code == 204
    assert behind(people, lived_in) == before


def test_its_writer_reads_it_on_every_device(app: Flask, lived_in: World) -> None:
    written = worry(signed_in(app, lived_in.patient))
    other = signed_in(app, lived_in.patient)
    assert other.get(f"/api/entries/{written.id}").json["answers"] == WORRY
    stranger = signed_in(app, lived_in.other_patient)
    assert stranger.get(f"/api/entries/{written.id}").status_code == 404


def test_the_database_holds_none_of_its_words(
    app: Flask, lived_in: World, database: Database
) -> None:
    """An administrator with the database open sees that something was written, and no word."""
    written = worry(signed_in(app, lived_in.patient))
    with database.session(writing=False) as session:
        tables = ("entry", "revision", "journal", "excerpt", "audit")
        present = inspect(session.connection()).get_table_names()
        rows = [
            str([bytes(one) if isinstance(one, memoryview) else one for one in row])
            for table in tables
            if table in present
            for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
        ]
    assert any(UUID(written.id).hex in re.sub("[^0-9a-f]", "", row.lower()) for row in rows)
    assert [row for row in rows if CANARY in row or "report" in row] == []
