"""The other side of the link: once, in time, as what it was made for, and no other way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from journal.accounts import service as accounts
from journal.accounts import sessions
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care import links
from journal.care.models import CareLink, Membership
from journal.invitations import service
from tests.acts import signed_in
from tests.catalog.clinic import another_admin
from tests.factories import NOW, new_id
from tests.invitations.inviting import (
    HOURS,
    desk_of,
    invite,
    join,
    look,
    passkey,
    states,
    stranger,
)


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def people(database):
    """How many accounts, memberships and links there are."""
    with database.session(writing=False) as session:
        return [
            session.scalar(select(func.count()).select_from(table))
            for table in (Account, Membership, CareLink)
        ]


def plain(answer):
    """All that whoever holds the link gets, but the date and the request's own id."""
    return answer.status_code, answer.get_data(), {
        name: value for name, value in answer.headers if name not in {"X-Request-ID", "Date"}
    }  # fmt: skip


def test_an_open_link_says_what_it_is_for_and_nothing_else(app, desk, lived_in):
    _, token = invite(desk, therapist_id=str(lived_in.therapist.id))
    assert look(stranger(app), token).json == {
        "role": "patient",
        "clinic": "Harbour Clinic",
        "name": "Noor",
        "therapist": "Dr Ana Reyes",
    }


def test_a_patient_joins_as_what_they_are_called_and_belongs_to_clinic_and_therapist(
    app, desk, lived_in
):
    id, token = invite(desk, therapist_id=str(lived_in.therapist.id))
    phone = stranger(app)
    joined = join(phone, token, name=" Nour ", zone="Africa/Cairo").json
    me = phone.get("/api/session").json
    assert joined["me"] == me
    assert (me["name"], me["role"], me["zone"]) == ("Nour", "patient", "Africa/Cairo")
    care = phone.get("/api/care").json
    assert care["clinic"]["name"] == "Harbour Clinic"
    assert [one["name"] for one in care["therapists"]] == ["Dr Ana Reyes"]
    assert states(desk) == {id: "used"}
    # A link with a therapist opens no words: that takes a consent.
    therapist = signed_in(app, lived_in.therapist)
    page = therapist.get(f"/api/patients/{me['id']}/page")
    assert page.json["excerpts"] == []


def test_being_invited_is_not_belonging(app, desk, database):
    before = people(database)
    _, token = invite(desk)
    look(stranger(app), token)
    assert people(database) == before
    join(stranger(app), token)
    assert people(database) == [before[0] + 1, before[1] + 1, before[2]]


def test_whatever_does_not_open_is_one_answer(app, desk, time):
    late = invite(desk)[1]
    time.move(timedelta(hours=72))
    spent, ended = invite(desk)[1], invite(desk)
    assert join(stranger(app), spent).status_code == 200
    desk.delete(f"/api/invitations/{ended[0]}")
    closed = [late, spent, ended[1], "wrong", "\N{SNOWMAN}", late[:-1]]
    answers = [
        plain(act(stranger(app, f"203.0.{n}.1"), one))
        for n, one in enumerate(closed) for act in (look, join)
    ]  # fmt: skip
    assert answers[0][0] == 404
    assert answers == [answers[0]] * len(answers)
    # Nothing that is wrong with the rest is told to whoever has no link.
    weak = {"password": "short", "zone": "Nowhere/Else", "name": " "}
    assert plain(join(stranger(app, "198.51.100.1"), "wrong", **weak)) == answers[0]


def test_who_tries_many_waits_and_a_link_that_opens_does_not(app, desk, time, lived_in):
    _, token = invite(desk)
    first = [look(stranger(app), f"guess {n}").status_code for n in range(5)]
    slow = [look(stranger(app), "guess"), join(stranger(app), "guess")]
    assert first == [404] * 5
    assert [one.status_code for one in slow] == [429, 429]
    assert all(int(one.headers["Retry-After"]) >= 1 for one in slow)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    other = stranger(app).post(
        "/api/invitations/look", json={"token": "guess"}, environ_overrides=elsewhere
    )
    assert other.status_code == 404
    assert look(stranger(app), token).status_code == 200
    time.move(timedelta(seconds=1))
    assert look(stranger(app), "guess").status_code == 404
    assert join(stranger(app), token).status_code == 200


def test_it_opens_until_the_last_moment_of_72_hours(app, desk, time):
    _, token = invite(desk)
    time.move(timedelta(hours=72) - timedelta(microseconds=1))
    assert look(stranger(app), token).status_code == 200
    time.move(timedelta(microseconds=1))
    assert look(stranger(app), token).status_code == 404


def test_of_fifty_who_accept_at_once_one_joins(app, desk, database):
    _, token = invite(desk)
    _, other = invite(desk)
    before, start = people(database), threading.Barrier(50)

    browsers = [stranger(app, f"203.0.{n}.1") for n in range(50)]
    made = [(browser, passkey(browser, token)) for browser in browsers]

    def accept(one):
        browser, proof = one
        start.wait()
        return join(browser, token, password=None, **proof).status_code

    with ThreadPoolExecutor(50) as pool:
        answers = sorted(pool.map(accept, made, timeout=100))
    assert answers == [200] + [404] * 49
    assert people(database) == [before[0] + 1, before[1] + 1, before[2]]
    assert look(stranger(app), other).status_code == 200


@pytest.mark.parametrize("extra", [
    {"role": "admin"},
    {"clinic_id": str(new_id())},
    {"therapist_id": str(new_id())},
    {"id": str(new_id()), "email": "me@example.org"},
])  # fmt: skip
def test_nothing_that_the_invitation_says_can_be_sent(app, desk, database, extra):
    _, token = invite(desk)
    before = people(database)
    assert join(stranger(app), token, **extra).status_code == 422
    assert people(database) == before
    assert join(stranger(app), token).json["me"]["role"] == "patient"


@pytest.mark.parametrize(("wrong", "pointer"), [
    ({"zone": "Nowhere/Else"}, "/zone"),
    ({"name": "   "}, "/name"),
])  # fmt: skip
def test_what_does_not_do_is_named_and_spends_nothing(app, desk, wrong, pointer):
    _, token = invite(desk)
    answer = join(stranger(app), token, **wrong)
    assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert join(stranger(app), token).status_code == 200


def test_the_link_of_an_admin_who_has_left_opens_nothing(app, desk, database, lived_in):
    """Whoever is shown the door has no key under the mat."""
    second = another_admin(database, lived_in.clinic)
    third = another_admin(database, lived_in.clinic, "third@example.org")
    made = [invite(signed_in(app, one), role="admin") for one in (second, third)]
    stays, _ = invite(desk)
    gone = NOW + HOURS
    with database.session(writing=True) as session:
        links.end_membership(session, second.id, lived_in.clinic.id, at=gone)
        accounts.disable(session, third.id, at=gone)
    for _, token in made:
        assert look(stranger(app), token).status_code == 404
        assert join(stranger(app), token).status_code == 404
    # The list says no more than the links do.
    assert states(desk) == {id: "ended" for id, _ in made} | {stays: "open"}
    over = {one["over_at"] for one in desk.get("/api/invitations").json["invitations"]}
    assert over == {gone.isoformat(), None}


def test_a_therapist_who_has_left_meanwhile_is_not_linked(app, desk, database, lived_in):
    _, token = invite(desk, therapist_id=str(lived_in.therapist.id))
    with database.session(writing=True) as session:
        links.end_membership(session, lived_in.therapist.id, lived_in.clinic.id, at=NOW)
    phone = stranger(app)
    assert look(phone, token).json["therapist"] is None
    assert join(phone, token).status_code == 200
    assert phone.get("/api/care").json["therapists"] == []


def test_the_first_admin_is_invited_by_the_machine(app, database, lived_in):
    with database.session(writing=True) as session:
        made = service.invite(
            session, clinic_id=lived_in.other_clinic.id, id=new_id(), role=Role.ADMIN,
            name="Ada", made_by=None, at=NOW,
        )  # fmt: skip
    assert look(stranger(app), made.token).json["clinic"] == "Hill Clinic"
    assert made.token not in repr(made)


def test_joining_takes_the_place_of_whoever_was_signed_in(app, desk, lived_in):
    _, token = invite(desk)
    browser = signed_in(app, lived_in.patient)
    with browser.session_transaction() as cookie:
        before = cookie["_user_id"]
    me = join(browser, token).json["me"]
    assert browser.get("/api/session").json["id"] == me["id"]
    with app.extensions["journal.database"].session(writing=False) as session:
        assert sessions.caller(session, before, at=NOW) is None


def test_a_patient_changes_what_they_are_called_and_their_zone(app, client_of, lived_in):
    phone = client_of("patient")
    said = phone.put("/api/me", json={"name": " Maya  R ", "zone": "Asia/Tokyo"})
    assert (said.json["name"], said.json["zone"]) == ("Maya R", "Asia/Tokyo")
    assert phone.get("/api/session").json == said.json
    today = client_of("therapist").get("/api/today").json
    assert "Maya R" in {one["patient"]["name"] for one in today["patients"]}
    for wrong in ({"name": " ", "zone": "Asia/Tokyo"}, {"name": "M", "zone": "posix/rules"}):
        assert phone.put("/api/me", json=wrong).status_code == 422
    assert phone.get("/api/session").json == said.json
