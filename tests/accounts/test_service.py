"""Accounts and sessions below HTTP: ends to the second, names opened, tokens never kept."""

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select, text

from journal.accounts import service
from journal.accounts.models import Account, LoginSession
from journal.accounts.principals import Role
from journal.accounts.service import STAYS_SIGNED_IN, WrongSignIn, email_index
from journal.vault import keys
from tests import factories
from tests.factories import NOW, PASSWORD, ZONE, new_id

SECRET = "s" * 40
SECOND = timedelta(seconds=1)


@pytest.fixture
def maya(session, world):
    return session.get_one(Account, world.patient.id)


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


@pytest.mark.parametrize("role", list(Role))
def test_a_session_ends_to_the_second(session, role):
    account = factories.make_account(session, None, role=role, name="X")
    caller = service.start_session(session, account.id, at=NOW)
    ends = NOW + STAYS_SIGNED_IN[role]
    assert caller.expires_at == ends
    found = service.caller(session, caller.token, at=ends - SECOND)
    assert (found.id, found.role, found.signed_in_at) == (account.id, role, NOW)
    assert service.caller(session, caller.token, at=ends) is None
    assert service.caller(session, caller.token, at=ends + SECOND) is None


def test_a_therapist_stays_signed_in_for_a_day_of_work_and_no_longer():
    assert STAYS_SIGNED_IN[Role.THERAPIST] == STAYS_SIGNED_IN[Role.ADMIN] == timedelta(hours=12)
    assert STAYS_SIGNED_IN[Role.PATIENT] == timedelta(days=30)


def test_the_token_is_not_in_the_database(session, maya):
    token = service.start_session(session, maya.id, at=NOW).token
    for row in session.execute(select(LoginSession.__table__)):
        assert token not in str(tuple(row))
        assert token.encode() not in row.token_hash
    assert len(token) >= 43  # 32 random bytes
    assert service.start_session(session, maya.id, at=NOW).token != token


def test_the_hash_of_a_token_is_not_a_token(session, maya):
    service.start_session(session, maya.id, at=NOW)
    stolen = session.scalars(select(LoginSession.token_hash)).first()
    for form in (stolen.hex(), stolen.decode("latin-1"), ""):
        assert service.caller(session, form, at=NOW) is None


def test_a_disabled_account_is_signed_out_at_once(session, maya):
    caller = service.start_session(session, maya.id, at=NOW)
    maya.disabled_at = NOW
    session.flush()
    assert service.caller(session, caller.token, at=NOW) is None
    with pytest.raises(WrongSignIn):
        service.start_session(session, maya.id, at=NOW)


def test_nobody_signs_in_as_nobody(session):
    with pytest.raises(WrongSignIn):
        service.start_session(session, UUID(int=0), at=NOW)


def test_signing_out_ends_one_device_for_good(session, maya):
    phone = service.start_session(session, maya.id, at=NOW)
    laptop = service.start_session(session, maya.id, at=NOW)
    service.end_session(session, phone.token, at=NOW)
    assert service.caller(session, phone.token, at=NOW - SECOND) is None  # not even in the past
    assert service.caller(session, laptop.token, at=NOW)


def test_signing_out_everywhere_ends_all_of_ones_own_and_nobody_elses(session, world, maya):
    mine = [service.start_session(session, maya.id, at=NOW) for _ in range(3)]
    other = service.start_session(session, world.other_patient.id, at=NOW)
    service.end_sessions(session, maya.id, at=NOW)
    assert [service.caller(session, one.token, at=NOW) for one in mine] == [None] * 3
    assert service.caller(session, other.token, at=NOW)


def test_the_first_end_of_a_session_is_the_one_kept(session, maya):
    caller = service.start_session(session, maya.id, at=NOW)
    service.end_session(session, caller.token, at=NOW)
    service.end_sessions(session, maya.id, at=NOW + SECOND)
    assert session.scalars(select(LoginSession.ended_at)).all() == [NOW]


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
