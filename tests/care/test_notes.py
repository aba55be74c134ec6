"""A therapist's own notes: nobody else, on any path, in any dump."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from journal.accounts.principals import Patient
from journal.accounts.service import disable
from journal.care import links, notes
from journal.care.models import TherapistNote
from journal.db import Database
from journal.vault import keys
from journal.vault.sealed import Unopenable
from tests.acts import give, hand_over, signed_in, told, write
from tests.factories import NOW, new_id
from tests.test_access_table import ABSENT, ACCESS, ENDS_THE_SESSION
from tests.test_no_words import dump, forms_of
from tests.worlds import MovableTime, World

CANARY = "Zimtsternquittung"


def path(patient: Patient, id: object = "") -> str:
    return f"/api/patients/{patient.id}/notes" + (f"/{id}" if id else "")


def keep(desk: FlaskClient, patient: Patient, text: str, id: object = None) -> str:
    id = id or new_id()
    answer = desk.put(path(patient, id), json={"text": text})
    assert answer.status_code == 200, answer.json
    return str(id)


def texts(desk: FlaskClient, patient: Patient) -> list[str]:
    return [one["text"] for one in desk.get(path(patient)).json]


def test_a_note_is_written_changed_and_removed(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    desk, about = signed_in(app, lived_in.therapist), lived_in.patient
    first = keep(desk, about, "Ask about the river.")
    time.move(timedelta(minutes=5))
    keep(desk, about, "And sleep.\n\nLater.")
    keep(desk, about, "Ask about the boat.", first)
    assert texts(desk, about) == ["And sleep.\n\nLater.", "Ask about the boat."]
    old = desk.get(path(about)).json[1]
    assert (old["made_at"], old["changed_at"]) == (
        "2026-03-10T12:00:00+00:00",
        "2026-03-10T12:05:00+00:00",
    )
    assert texts(desk, lived_in.other_patient) == []
    assert desk.delete(path(about, first)).status_code == 204
    assert desk.delete(path(about, first)).status_code == 404
    assert texts(desk, about) == ["And sleep.\n\nLater."]


def test_a_note_that_another_device_removes_meanwhile_is_written_anew(
    app: Flask, lived_in: World, database: Database, time: MovableTime
) -> None:
    """Between finding it there and changing it. On SQLite one writer waits for the other."""
    desk, about = signed_in(app, lived_in.therapist), lived_in.patient
    id = keep(desk, about, "Ask about the river.")
    time.move(timedelta(minutes=5))
    server = app.extensions["journal.database"]
    waits = server.engine.dialect.name == "sqlite"
    removed: list[int] = []

    def remove(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE therapist_note") and not removed and not waits:
            removed.append(1)
            with database.session(writing=True) as other:
                notes.remove(other, lived_in.therapist, about.id, UUID(id))

    event.listen(server.engine, "before_cursor_execute", remove)
    answer = desk.put(path(about, id), json={"text": "Ask about the boat."})
    event.remove(server.engine, "before_cursor_execute", remove)
    assert (answer.status_code, bool(removed)) == (200, not waits)
    assert texts(desk, about) == ["Ask about the boat."]
    [kept] = desk.get(path(about)).json
    assert kept == answer.json
    assert kept["made_at"][11:16] == ("12:00" if waits else "12:05")


def test_the_longest_note_fits_however_it_is_written(app: Flask, lived_in: World) -> None:
    desk, about = signed_in(app, lived_in.therapist), lived_in.patient
    keep(desk, about, "\N{ELEPHANT}" * 20_000)
    answer = desk.put(path(about, new_id()), json={"text": "x" * 20_001})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/text"]


def test_another_therapist_of_the_same_patient_has_notes_of_their_own(
    app: Flask, lived_in: World
) -> None:
    """Not even an id taken by one tells the other anything."""
    mine, theirs = signed_in(app, lived_in.therapist), signed_in(app, lived_in.other_therapist)
    about = lived_in.patient
    id = keep(mine, about, CANARY)
    assert texts(theirs, about) == []
    removed, absent = (theirs.delete(path(about, one)) for one in (id, new_id()))
    assert (removed.status_code, told(removed)) == (404, told(absent))
    keep(theirs, about, "Theirs.", id)
    assert (texts(mine, about), texts(theirs, about)) == ([CANARY], ["Theirs."])


@pytest.mark.parametrize("how", ["reassigned", "left", "patient left", "patient gone"])
def test_who_no_longer_sees_the_patient_finds_no_notes(
    app: Flask, database: Database, lived_in: World, how: str
) -> None:
    desk, about, me = signed_in(app, lived_in.therapist), lived_in.patient, lived_in.therapist
    id = keep(desk, about, CANARY)
    with database.session(writing=True) as session:
        if how == "reassigned":
            links.end_link(session, about.id, me.id, at=NOW)
        elif how == "patient gone":
            disable(session, about.id, at=NOW)
        else:
            who = me.id if how == "left" else about.id
            links.end_membership(session, who, lived_in.clinic.id, at=NOW)
    stranger = desk.get(path(lived_in.foreign_patient))
    asked = [
        desk.get(path(about)),
        desk.delete(path(about, id)),
        desk.put(path(about, id), json={"text": "x"}),
    ]
    assert [told(answer) for answer in asked] == [told(stranger)] * 3
    assert stranger.status_code == 404


def test_no_route_of_the_patient_or_the_admin_holds_a_note(app: Flask, lived_in: World) -> None:
    """Every route in the reviewed table, with ids that are there."""
    desk, phone = signed_in(app, lived_in.therapist), signed_in(app, lived_in.patient)
    note = keep(desk, lived_in.patient, CANARY)
    keep(desk, lived_in.other_patient, CANARY)
    entry = write(phone, "The river.")
    grant = give(phone, lived_in.therapist)
    excerpt = hand_over(phone, grant, entry)
    ids = [str(lived_in.patient.id), str(lived_in.therapist.id), note, entry.id, grant, excerpt]
    absent = str(ABSENT)
    admin = signed_in(app, Patient(lived_in.admin.id))
    asked = 0
    left: list[str] = []
    # Who lets the therapist go, or whoever sees whom, ends what the last lines look at.
    for name, row in sorted(ACCESS.items(), key=lambda each: each[0].startswith("roster.")):
        if name in ENDS_THE_SESSION:
            continue
        if name.startswith("roster.") and not left:
            left = texts(desk, lived_in.patient)
        method, where = row.call.split(" ")
        for id in ids:
            for client in (phone, admin):
                with client.open(where.replace(absent, id), method=method, json=row.send) as answer:
                    assert CANARY.encode() not in answer.data, name
                    assert CANARY not in str(answer.headers), name
                    asked += answer.status_code < 400
    assert asked > 50
    assert left == [CANARY]


def test_a_dump_has_no_words_of_a_note(app: Flask, database: Database, lived_in: World) -> None:
    desk = signed_in(app, lived_in.therapist)
    keep(desk, lived_in.patient, CANARY, keep(desk, lived_in.patient, f"{CANARY} before"))
    written = dump(database)
    assert b"therapist_note" in written or database.engine.dialect.name == "postgresql"
    assert not any(form in written for form in forms_of(CANARY))


def test_only_the_key_of_the_notes_opens_them(
    app: Flask, database: Database, lived_in: World
) -> None:
    desk = signed_in(app, lived_in.therapist)
    keep(desk, lived_in.patient, CANARY)
    with database.session(writing=False) as session:
        [row] = session.query(TherapistNote)
        where = f"note/{row.patient_id}/{row.therapist_id}/{row.id}"
        for owner in (lived_in.patient.id, lived_in.therapist.id):
            with pytest.raises(Unopenable):
                row.body.open(keys.key(session, owner), where)


def test_a_destroyed_key_is_not_made_anew(database: Database, lived_in: World) -> None:
    owner = new_id()
    with database.session(writing=True) as session:
        assert keys.ensure(session, owner, at=NOW) == keys.ensure(session, owner, at=NOW)
        keys.destroy(session, owner, at=NOW)
    with database.session(writing=True) as session, pytest.raises(keys.KeyDestroyed):
        keys.ensure(session, owner, at=NOW)
