"""Accounts below HTTP: found by an address that is nowhere, names opened with one select."""

import hashlib

import pytest
from sqlalchemy import event, select, text

from journal.accounts import service
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.accounts.service import email_index
from journal.vault import keys
from tests.factories import NOW, PASSWORD, ZONE, new_id

SECRET = "s" * 40


@pytest.fixture
def maya(session, world):
    return session.get_one(Account, world.patient.id)


def test_a_new_database_has_nobody(session):
    assert session.scalars(select(Account.id)).all() == []


def test_an_account_is_found_by_its_address_whatever_its_case(session, maya):
    for typed in ("patient@example.org", " Patient@EXAMPLE.org\n"):
        assert service.password_of(session, SECRET, typed) == (maya.id, maya.password_hash)


@pytest.mark.parametrize("typed", ["patient@example.com", "", "atient@example.org", "%", "*"])
def test_another_address_finds_nobody(session, maya, typed):
    assert service.password_of(session, SECRET, typed) == (None, None)


def test_a_disabled_account_is_not_found(session, maya):
    maya.disabled_at = NOW
    session.flush()
    assert service.password_of(session, SECRET, "patient@example.org") == (None, None)


def test_the_index_of_an_address_needs_the_secret():
    assert email_index("a" * 40, "x@example.org") != email_index("b" * 40, "x@example.org")
    assert email_index(SECRET, "x") != hashlib.sha256(b"x").digest()
    assert email_index(SECRET, "\udfff") == email_index(SECRET, "?")


def test_a_new_account_is_sealed_and_can_sign_in(session):
    id = new_id()
    service.make_account(
        session,
        SECRET,
        id=id,
        role=Role.PATIENT,
        email="New@example.org",
        name="Nour",
        password=PASSWORD,
        zone=ZONE,
        at=NOW,
    )
    row = session.execute(text("SELECT * FROM account"), {}).mappings()
    held = b"".join(value for one in row for value in one.values() if isinstance(value, bytes))
    assert b"Nour" not in held
    assert b"example.org" not in held
    assert service.names(session, [id]) == {id: "Nour"}
    found, known = service.password_of(session, SECRET, "new@example.org")
    assert found == id
    assert PASSWORD not in known


def test_names_are_opened_with_one_select(session, world):
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))
    called = service.names(session, [world.patient.id, world.therapist.id, world.patient.id])
    assert called == {world.patient.id: "Maya", world.therapist.id: "Dr Ana Reyes"}
    assert len(asked) == 1


def test_names_of_nobody_are_no_names(session, world):
    assert service.names(session, []) == {}
    assert service.names(session, [new_id()]) == {}


def test_an_erased_person_has_no_name(session, world):
    keys.destroy(session, world.patient.id, at=NOW)
    assert service.names(session, [world.patient.id, world.therapist.id]) == {
        world.therapist.id: "Dr Ana Reyes"
    }
