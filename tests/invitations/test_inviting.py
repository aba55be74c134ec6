"""The clinic's side: who can be invited, what is shown later, and taking it back."""

from base64 import urlsafe_b64decode
from datetime import timedelta
from functools import reduce
from operator import and_, or_

import pytest

from journal.accounts.principals import Role
from journal.invitations import service
from journal.invitations.models import Invitation
from tests.acts import signed_in
from tests.catalog.clinic import another_admin
from tests.factories import NOW, new_id
from tests.invitations.inviting import HOURS, desk_of, invite, join, look, states, stranger


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


@pytest.fixture
def other_desk(app, database, lived_in):
    """The desk of the other clinic."""
    return signed_in(app, another_admin(database, lived_in.other_clinic))


def test_the_link_is_said_once_and_its_token_is_nowhere(desk, database):
    sent = {"id": str(new_id()), "role": "therapist", "name": "  Dr  Noor Haddad "}
    made = desk.post("/api/invitations", json=sent)
    address, _, token = made.json["link"].partition("#")
    assert address == "http://localhost:8000/join"
    assert len(token) >= 43  # 256 bits
    assert made.json["expires_at"] == (NOW + timedelta(hours=72)).isoformat()
    listed = desk.get("/api/invitations")
    assert token not in listed.text
    assert [(one["name"], one["state"]) for one in listed.json["invitations"]] == [
        ("Dr Noor Haddad", "open")
    ]
    with database.session(writing=False) as session:
        row = session.query(Invitation).one()
        assert token.encode() not in row.token_hash
        assert b"Haddad" not in row.name.token


def test_every_link_holds_256_random_bits_of_its_own_and_lasts_72_hours(database, lived_in):
    made = []
    with database.session(writing=True) as session:
        for _ in range(60):
            made.append(
                service.invite(
                    session, clinic_id=lived_in.clinic.id, id=new_id(), role=Role.PATIENT,
                    name="Noor", made_by=lived_in.admin.id, at=NOW,
                )
            )  # fmt: skip
    assert {one.expires_at for one in made} == {NOW + timedelta(hours=72)}
    found = [int.from_bytes(urlsafe_b64decode(f"{one.token}=")) for one in made]
    assert len(set(found)) == len(found)
    # Each of 256 bits was once set and once not.
    assert reduce(or_, found) == 2**256 - 1
    assert reduce(and_, found) == 0


def test_only_therapists_who_work_here_can_be_named(desk, database, lived_in):
    names = desk.get("/api/invitations").json["therapists"]
    assert {one["id"] for one in names} == {
        str(lived_in.therapist.id), str(lived_in.other_therapist.id)
    }  # fmt: skip
    nobodies = {
        "another clinic's": lived_in.foreign_therapist.id,
        "no therapist": lived_in.other_patient.id,
        "nobody": new_id(),
    }
    answers = {
        desk.post("/api/invitations", json={
            "id": str(new_id()), "role": "patient", "name": "Noor", "therapist_id": str(id),
        }).get_data()
        for id in nobodies.values()
    }  # fmt: skip
    assert len(answers) == 1
    assert b"/therapist_id" in answers.pop()
    sent = {"id": str(new_id()), "role": "therapist", "name": "Noor"}
    with_one = sent | {"therapist_id": str(lived_in.therapist.id)}
    assert desk.post("/api/invitations", json=with_one).status_code == 422
    assert states(desk) == {}


def test_sent_again_it_is_one_invitation_and_the_lost_token_opens_nothing(app, desk, time):
    sent = {"id": str(new_id()), "role": "patient", "name": "Noor"}
    first = desk.post("/api/invitations", json=sent).json
    time.move(HOURS)
    again = desk.post("/api/invitations", json=sent)
    assert again.status_code == 201
    assert again.json["expires_at"] == first["expires_at"]
    tokens = [one["link"].partition("#")[2] for one in (first, again.json)]
    assert [look(stranger(app), token).status_code for token in tokens] == [404, 200]
    assert list(states(desk)) == [sent["id"]]


def test_an_id_that_is_taken_is_not_made_into_another_invitation(app, desk):
    id, token = invite(desk)
    for other in ({"role": "admin"}, {"name": "Somebody else"}):
        sent = {"id": id, "role": "patient", "name": "Noor", **other}
        assert desk.post("/api/invitations", json=sent).status_code == 409
    assert look(stranger(app), token).json["role"] == "patient"
    assert join(stranger(app), token).status_code == 200
    sent = {"id": id, "role": "patient", "name": "Noor"}
    assert desk.post("/api/invitations", json=sent).status_code == 409


def test_another_clinic_sees_nothing_and_can_take_nothing_back(app, desk, database, lived_in):
    id, token = invite(desk)
    there = signed_in(app, another_admin(database, lived_in.other_clinic))
    assert there.get("/api/invitations").json["invitations"] == []
    theirs, nobodys = (there.delete(f"/api/invitations/{one}") for one in (id, new_id()))
    assert (theirs.status_code, theirs.get_data()) == (404, nobodys.get_data())
    # The same id there is another invitation, and no sign that it is taken here.
    sent = {"id": id, "role": "admin", "name": "Else"}
    assert there.post("/api/invitations", json=sent).status_code == 201
    assert look(stranger(app), token).json["role"] == "patient"


def test_taken_back_it_opens_nothing_and_twice_is_once(app, desk, lived_in):
    id, token = invite(desk)
    other, still = invite(desk)
    assert [desk.delete(f"/api/invitations/{id}").status_code for _ in range(2)] == [204, 204]
    assert look(stranger(app), token).status_code == 404
    assert join(stranger(app), token).status_code == 404
    assert look(stranger(app), still).status_code == 200
    assert states(desk) == {id: "ended", other: "open"}


def test_the_clinic_sees_that_it_was_used_and_when(app, desk, time, other_desk):
    """By whomever: an admin who knows that it was not their person can see that it was somebody."""
    id, token = invite(desk)
    assert sights(desk) == {id: ("open", None)}
    time.move(HOURS)
    look(stranger(app), token)
    assert sights(desk) == {id: ("open", None)}
    joined = join(stranger(app), token)
    assert joined.status_code == 200
    time.move(HOURS)
    assert join(stranger(app), token).status_code == 404
    assert sights(desk) == {id: ("used", (NOW + HOURS).isoformat())}
    assert sights(other_desk) == {}


def sights(desk):
    """What an admin sees of each invitation: what became of it, and when."""
    listed = desk.get("/api/invitations").json["invitations"]
    return {one["id"]: (one["state"], one["over_at"]) for one in listed}


def test_what_was_used_cannot_be_taken_back(app, desk):
    id, token = invite(desk)
    assert join(stranger(app), token).status_code == 200
    assert desk.delete(f"/api/invitations/{id}").status_code == 409
    assert states(desk) == {id: "used"}


def test_after_a_month_what_is_over_is_forgotten_with_its_name(app, desk, time, database):
    invite(desk)
    _, token = invite(desk)
    join(stranger(app), token)
    time.move(timedelta(days=30) - HOURS)
    with database.session(writing=True) as session:
        assert service.tidy(session, at=time()) == 0
    time.move(timedelta(hours=73))
    with database.session(writing=True) as session:
        assert service.tidy(session, at=time()) == 2
        assert session.query(Invitation).count() == 0


def test_an_admin_who_looks_after_no_clinic_finds_none(app, database, lived_in):
    alone = signed_in(app, another_admin(database, None))
    assert alone.get("/api/invitations").status_code == 404
    sent = {"id": str(new_id()), "role": "patient", "name": "Noor"}
    assert alone.post("/api/invitations", json=sent).status_code == 404
