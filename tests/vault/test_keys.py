"""One data key for each owner, wrapped; destroyed for good; wrapped anew under another master."""

from unittest.mock import patch

import pytest
from sqlalchemy import select, update

from journal.accounts.models import Account
from journal.entries.models import Revision
from journal.vault import keys
from journal.vault.keys import INFO, DataKey, KeyDestroyed, KeyRing
from journal.vault.sealed import Sealed, Unopenable
from tests import factories
from tests.factories import NOW, new_id

OLD, NEW = b"\x01" * 32, b"\x02" * 32


def row_of(session, owner):
    return session.execute(select(DataKey.__table__).where(DataKey.owner == owner)).one()


@pytest.fixture
def owner(session):
    return new_id()


@pytest.fixture
def key(session, owner):
    return keys.make(session, owner, at=NOW)


def test_a_key_comes_back_as_it_was_made(session, owner, key):
    assert len(key) == 32
    assert keys.key(session, owner) == key


def test_every_owner_has_another_key(session):
    assert len({keys.make(session, new_id(), at=NOW) for _ in range(20)}) == 20


def test_the_database_holds_no_open_key(session, owner, key):
    assert key not in row_of(session, owner).wrapped.token


def test_an_owner_has_one_key(session, owner, key):
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"), session.begin_nested():
        keys.make(session, owner, at=NOW)
    assert keys.key(session, owner) == key


def test_no_key_was_ever_made(session):
    with pytest.raises(KeyDestroyed):
        keys.key(session, new_id())


def test_a_destroyed_key_is_gone(session, owner, key):
    keys.destroy(session, owner, at=NOW)
    with pytest.raises(KeyDestroyed):
        keys.key(session, owner)
    row = row_of(session, owner)
    assert row.wrapped is None
    assert row.destroyed_at == NOW


def test_destroying_one_key_leaves_the_others(session, owner, key):
    other = new_id()
    kept = keys.make(session, other, at=NOW)
    keys.destroy(session, owner, at=NOW)
    assert keys.key(session, other) == kept


def test_two_kinds_with_one_id_have_a_key_each(session, owner, key):
    grants = keys.make(session, owner, of=keys.Of.GRANT, at=NOW)
    assert keys.ensure(session, owner, of=keys.Of.NOTES, at=NOW) not in {key, grants}
    keys.destroy(session, owner, of=keys.Of.GRANT, at=NOW)
    assert keys.key(session, owner) == key
    with pytest.raises(KeyDestroyed):
        keys.key(session, owner, of=keys.Of.GRANT)


def test_rewrapping_keeps_two_kinds_with_one_id_apart(session, owner):
    session.info[INFO] = KeyRing({"old": OLD})
    made = {of: keys.make(session, owner, of=of, at=NOW) for of in keys.Of}
    session.info[INFO] = KeyRing({"new": NEW, "old": OLD})
    assert keys.rewrap(session) == len(made)
    session.info[INFO] = KeyRing({"new": NEW})
    assert {of: keys.key(session, owner, of=of) for of in keys.Of} == made


def test_destroying_twice_keeps_the_first_time(session, owner, key):
    keys.destroy(session, owner, at=NOW)
    keys.destroy(session, owner, at=NOW.replace(year=2027))
    assert row_of(session, owner).destroyed_at == NOW


def test_a_wrapped_key_in_another_owners_row_does_not_open(session, owner, key):
    other = new_id()
    keys.make(session, other, at=NOW)
    stolen = row_of(session, owner).wrapped
    session.execute(update(DataKey).where(DataKey.owner == other).values(wrapped=stolen))
    with pytest.raises(Unopenable):
        keys.key(session, other)


def test_another_master_key_of_the_same_name_does_not_open(session, owner, key):
    session.info[INFO] = KeyRing({"test": NEW})
    with pytest.raises(Unopenable):
        keys.key(session, owner)


def test_the_first_master_key_wraps_and_all_unwrap(session, owner):
    session.info[INFO] = KeyRing({"old": OLD})
    key = keys.make(session, owner, at=NOW)
    session.info[INFO] = KeyRing({"new": NEW, "old": OLD})
    assert keys.key(session, owner) == key
    assert row_of(session, owner).master == "old"
    later = new_id()
    keys.make(session, later, at=NOW)
    assert row_of(session, later).master == "new"


def test_rewrapped_keys_open_without_the_old_master(session):
    session.info[INFO] = KeyRing({"old": OLD})
    owners = {id: keys.make(session, id, at=NOW) for id in (new_id() for _ in range(5))}
    gone = new_id()
    keys.make(session, gone, at=NOW)
    keys.destroy(session, gone, at=NOW)
    session.info[INFO] = KeyRing({"new": NEW, "old": OLD})
    assert keys.rewrap(session) == 5
    assert keys.rewrap(session) == 0
    session.info[INFO] = KeyRing({"new": NEW})
    assert {id: keys.key(session, id) for id in owners} == owners
    with pytest.raises(KeyDestroyed):
        keys.key(session, gone)


def test_they_are_wrapped_anew_a_few_at_a_time(session):
    session.info[INFO] = KeyRing({"old": OLD})
    made = {id: keys.make(session, id, at=NOW) for id in (new_id() for _ in range(5))}
    session.info[INFO] = KeyRing({"new": NEW, "old": OLD})
    assert [keys.rewrap(session, most=2) for _ in range(4)] == [2, 2, 1, 0]
    session.info[INFO] = KeyRing({"new": NEW})
    assert {id: keys.key(session, id) for id in made} == made


def test_an_old_master_removed_too_early_is_a_clear_error(session, owner):
    session.info[INFO] = KeyRing({"old": OLD})
    keys.make(session, owner, at=NOW)
    session.info[INFO] = KeyRing({"new": NEW})
    with pytest.raises(keys.MasterKeyMissing, match="old"):
        keys.key(session, owner)


def test_a_ring_does_not_show_its_keys():
    assert "\\x01" not in repr(KeyRing({"old": OLD}))


def test_loading_rows_decrypts_nothing(session, world):
    factories.make_entry(session, world.patient)
    session.expire_all()
    with patch.object(Sealed, "open", side_effect=AssertionError("opened")):
        assert session.scalars(select(Account)).all()
        assert session.scalars(select(Revision)).all()
        assert session.scalars(select(DataKey)).all()


def test_a_body_in_another_row_does_not_open(session, world):
    """Two entries of one person, sealed under one key: each opens at its own place alone."""
    first = factories.make_entry(session, world.patient, text="First.")
    second = factories.make_entry(session, world.patient, text="Second.")
    body = session.scalar(select(Revision.body).where(Revision.id == first.revision))
    session.execute(update(Revision).where(Revision.id == second.revision).values(body=body))
    key = keys.key(session, world.patient.id)
    moved = session.scalar(select(Revision.body).where(Revision.id == second.revision))
    with pytest.raises(Unopenable):
        moved.open(key, f"entry/{second.id}/{second.revision}")
    assert b"First." in moved.open(key, f"entry/{first.id}/{first.revision}")
