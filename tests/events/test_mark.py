"""The mark changes whenever what a therapist may read does, and at no other time."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.accounts.live import end_sessions
from journal.accounts.principals import Role
from journal.accounts.service import disable
from journal.care import links
from journal.db import Database
from journal.events import service
from journal.sharing import gate
from journal.sharing.models import Excerpt
from journal.vault.sealed import Sealed
from tests import factories
from tests.acts import give, hand_over, signed_in, write
from tests.factories import NOW
from tests.worlds import MovableTime, World

MONTHS = timedelta(days=200)
OTHER = "Dr Okafor"


@pytest.fixture
def mark(database: Database, lived_in: World, time: MovableTime) -> Callable[[], str]:
    def now() -> str:
        with database.session(writing=False) as session:
            return service.mark(session, lived_in.therapist, at=time())

    return now


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def grant(phone: FlaskClient, lived_in: World) -> str:
    return give(phone, lived_in.therapist, categories=["reflections", "skills"])


@pytest.fixture
def excerpt(phone: FlaskClient, grant: str) -> str:
    return hand_over(phone, grant, write(phone))


def test_what_the_patient_does_changes_it_each_time(
    phone: FlaskClient, grant: str, lived_in: World, mark: Callable[[], str]
) -> None:
    seen = [mark()]

    def changed() -> None:
        assert mark() not in seen[-1:]
        assert mark() == mark()
        seen.append(mark())

    first = hand_over(phone, grant, write(phone))
    changed()
    hand_over(phone, grant, write(phone))
    changed()
    assert phone.delete(f"/api/excerpts/{first}").status_code == 204
    changed()
    pause = phone.post(f"/api/grants/{grant}/pause").json["pause"]
    changed()
    assert phone.post(f"/api/grants/{grant}/resume", json={"pause": pause}).status_code == 200
    assert mark() == seen[-2]
    seen.append(mark())
    narrower = {"categories": ["skills"]}
    assert phone.post(f"/api/grants/{grant}/narrow", json=narrower).status_code == 200
    changed()
    assert phone.post(f"/api/grants/{grant}/withdraw").status_code == 200
    assert mark() == seen[-1]  # nothing was left to read
    third = give(phone, lived_in.therapist)
    hand_over(phone, third, write(phone))
    changed()
    assert phone.post(f"/api/grants/{third}/withdraw").status_code == 200
    changed()


@pytest.mark.usefixtures("excerpt")
def test_time_alone_changes_it_when_consent_runs_out(
    time: MovableTime, mark: Callable[[], str], lived_in: World
) -> None:
    before = mark()
    time.move(timedelta(days=1))
    assert mark() == before
    time.move(MONTHS)
    assert mark() != before


def test_time_alone_changes_it_when_what_was_held_goes_out(
    phone: FlaskClient, database: Database, lived_in: World, time: MovableTime,
    mark: Callable[[], str],
) -> None:  # fmt: skip
    grant = give(phone, lived_in.therapist, release_in_morning=True)
    with database.session(writing=True) as session:
        factories.make_dose(session, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    before = mark()
    hand_over(phone, grant, write(phone))
    assert mark() == before
    time.move(timedelta(days=1))
    assert mark() != before


@pytest.mark.usefixtures("excerpt")
@pytest.mark.parametrize("how", ["reassigned", "left", "patient left", "disabled", "patient gone"])
def test_whoever_goes_changes_it(
    database: Database, lived_in: World, mark: Callable[[], str], how: str
) -> None:
    before, me, them = mark(), lived_in.therapist.id, lived_in.patient.id
    with database.session(writing=True) as session:
        if how == "reassigned":
            links.end_link(session, them, me, at=NOW)
        elif how in {"disabled", "patient gone"}:
            disable(session, me if how == "disabled" else them, at=NOW)
        else:
            who = me if how == "left" else them
            links.end_membership(session, who, lived_in.clinic.id, at=NOW)
    assert mark() != before


def test_a_new_patient_changes_it(
    database: Database, lived_in: World, mark: Callable[[], str]
) -> None:
    before = mark()
    with database.session(writing=True) as session:
        clinic, me = lived_in.other_clinic, lived_in.foreign_therapist
        factories.link(session, clinic, lived_in.foreign_patient.id, lived_in.therapist.id)
        assert service.mark(session, me, at=NOW)
    assert mark() == before  # of another clinic: not seen
    with database.session(writing=True) as session:
        who = factories.make_account(session, lived_in.clinic, role=Role.PATIENT, name="Noa")
        factories.link(session, lived_in.clinic, who.id, lived_in.therapist.id)
    assert mark() != before


def test_other_words_in_the_same_excerpt_change_it(
    database: Database, lived_in: World, excerpt: str, mark: Callable[[], str]
) -> None:
    before = mark()
    with database.session(writing=True) as session:
        row = session.get_one(Excerpt, (lived_in.patient.id, UUID(excerpt)))
        row.body = Sealed.seal(b"{}", b"k" * 32, gate.place(row.id))
        session.flush()
    assert mark() != before


def test_what_is_put_first_changes_it_while_it_can_be_read(
    phone: FlaskClient, lived_in: World, excerpt: str, mark: Callable[[], str]
) -> None:
    plain, order = mark(), {"agenda": None, "bring": [excerpt], "first": 1}
    here = f"/api/therapists/{lived_in.therapist.id}/brief"
    assert phone.put(here, json=order).status_code == 200
    first = mark()
    assert first != plain
    phone.delete(f"/api/excerpts/{excerpt}")
    gone = mark()
    assert phone.delete(here).status_code == 204
    assert mark() == gone


def test_what_is_not_shared_changes_nothing(
    app: Flask, phone: FlaskClient, lived_in: World, excerpt: str, mark: Callable[[], str]
) -> None:
    before = mark()
    write(phone)
    [theirs] = [one for one in phone.get("/api/grants").json if one["therapist"]["name"] == OTHER]
    hand_over(phone, theirs["id"], write(phone))
    stranger = signed_in(app, lived_in.foreign_patient)
    [grant] = stranger.get("/api/grants").json
    assert stranger.post(f"/api/grants/{grant['id']}/withdraw").status_code == 200
    signed_in(app, lived_in.therapist).get(f"/api/patients/{lived_in.patient.id}/page")
    assert mark() == before


def test_looking_says_which_sessions_are_live_and_marks_nothing_for_the_dead(
    app: Flask, database: Database, lived_in: World
) -> None:
    tokens = []
    for who in (lived_in.therapist, lived_in.therapist, lived_in.other_therapist, lived_in.patient):
        with signed_in(app, who).session_transaction() as cookie:
            tokens.append(cookie["_user_id"])
    asked = frozenset([*tokens, "nobody's"])
    with database.session(writing=True) as session:
        alive, mark = service.look(session, lived_in.therapist, asked, at=NOW)
        assert (alive, mark) == (
            frozenset(tokens[:2]),
            service.mark(session, lived_in.therapist, at=NOW),
        )
        late = NOW + timedelta(hours=12)
        assert service.look(session, lived_in.therapist, asked, at=late) == (frozenset(), "")
        end_sessions(session, lived_in.therapist.id, at=NOW)
        assert service.look(session, lived_in.therapist, asked, at=NOW) == (frozenset(), "")


def test_a_server_without_streams_says_changed_once_and_ends(app: Flask, lived_in: World) -> None:
    answer = signed_in(app, lived_in.therapist).get("/api/events")
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    lines = answer.text.split("\n")
    assert lines[0] == "retry: 3000"
    assert [line.partition(":")[0] for line in lines[1:]] == ["event", "id", "data", "", ""]


def test_an_appointment_that_moves_or_goes_is_a_change(app, lived_in, mark):
    """Today says who comes when; somebody else's calendar is none of theirs."""
    desk = signed_in(app, lived_in.admin)
    sent = {"patient_id": str(lived_in.patient.id), "starts": "2026-03-16T10:00"}
    path = f"/api/clinic/appointments/{factories.new_id()}"
    marks = [mark()]
    new = {"If-None-Match": "*"}
    theirs = sent | {"therapist_id": str(lived_in.other_therapist.id)}
    assert desk.put(path, json=theirs, headers=new).status_code == 201
    assert mark() == marks[0]
    path = f"/api/clinic/appointments/{factories.new_id()}"
    for starts, headers in (("2026-03-16T10:00", new), ("2026-03-16T11:00", {"If-Match": '"1"'})):
        body = sent | {"therapist_id": str(lived_in.therapist.id), "starts": starts}
        time = app.extensions["journal.clock"]
        time.move(timedelta(minutes=1))
        desk.put(path, json=body, headers=headers)
        marks.append(mark())
    app.extensions["journal.clock"].move(timedelta(minutes=1))
    desk.delete(path, headers={"If-Match": '"2"'})
    marks.append(mark())
    assert len(set(marks)) == 4


def test_an_appointment_that_goes_to_somebody_else_is_a_change_for_both(
    app, database, lived_in, mark
):
    """Also where another of theirs was written down later, and whatever the clock says."""
    desk, patient = signed_in(app, lived_in.admin), str(lived_in.patient.id)
    mine, theirs = str(lived_in.therapist.id), str(lived_in.other_therapist.id)
    first, later = (f"/api/clinic/appointments/{factories.new_id()}" for _ in range(2))
    sent, new = {"patient_id": patient, "starts": "2026-03-16T10:00"}, {"If-None-Match": "*"}
    clock = app.extensions["journal.clock"]
    for path in (first, later):
        desk.put(path, json=sent | {"therapist_id": mine}, headers=new)
        clock.move(timedelta(minutes=1))
    clock.move(timedelta(minutes=-10))
    marks = [mark()]
    for edition, who in enumerate([theirs, mine, theirs], 1):
        tag = {"If-Match": f'"{edition}"'}
        assert desk.put(first, json=sent | {"therapist_id": who}, headers=tag).status_code == 200
        marks.append(mark())
    assert all(one != next for one, next in itertools.pairwise(marks))
