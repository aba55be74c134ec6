"""The master key is exchanged while everything stays readable."""

import pytest
from sqlalchemy import select

from journal.accounts import service as accounts
from journal.app import open_database
from journal.config import Settings, read_env_file
from journal.rotation import everything_anew
from journal.vault import keys
from journal.vault.keys import DataKey, KeyRing
from tests.factories import NOW, new_id
from tests.worlds import populate


@pytest.fixture
def clinic(journal, env_file):
    assert journal("init").exit_code == 0
    assert journal("upgrade").exit_code == 0
    with opened(env_file).session(writing=True) as session:
        return populate(session)


def opened(env_file):
    return open_database(Settings.from_env(read_env_file(env_file)))


def names(env_file, world):
    database = opened(env_file)
    with database.session(writing=False) as session:
        found = accounts.names(session, [world.patient.id, world.therapist.id])
    database.dispose()
    return found


def test_a_new_master_key_opens_what_the_old_one_sealed(journal, env_file, clinic):
    before = names(env_file, clinic)
    assert len(before) == 2
    kept = read_env_file(env_file)["JOURNAL_MASTER_KEYS"]
    assert journal("keys", "new").exit_code == 0
    changed = read_env_file(env_file)["JOURNAL_MASTER_KEYS"]
    assert changed.endswith("," + kept)
    assert env_file.stat().st_mode & 0o077 == 0
    assert names(env_file, clinic) == before  # not wrapped anew yet

    done = journal("keys", "rewrap")
    assert done.exit_code == 0, done.output
    env_file.write_text(env_file.read_text("utf-8").replace("," + kept, ""), "utf-8")
    assert names(env_file, clinic) == before  # and needs the old key no longer
    assert "wrapped anew: 0" in journal("keys", "rewrap").output
    with opened(env_file).session(writing=False) as session:
        assert len(set(session.scalars(select(DataKey.master)))) == 1


def test_the_rest_of_the_settings_stays(journal, env_file):
    journal("init")
    before = read_env_file(env_file)
    journal("keys", "new")
    after = read_env_file(env_file)
    assert {**after, "JOURNAL_MASTER_KEYS": ""} == {**before, "JOURNAL_MASTER_KEYS": ""}


def test_no_key_is_printed(journal, env_file):
    journal("init")
    said = journal("keys", "new").output
    for key in read_env_file(env_file)["JOURNAL_MASTER_KEYS"].split(","):
        assert key.partition(":")[2] not in said


def test_keys_that_lie_elsewhere_are_changed_there(journal, env_file, monkeypatch):
    journal("init")
    before = env_file.read_text("utf-8")
    monkeypatch.setenv("JOURNAL_MASTER_KEYS", read_env_file(env_file)["JOURNAL_MASTER_KEYS"])
    assert journal("keys", "new").exit_code == 1
    assert env_file.read_text("utf-8") == before


def test_who_takes_back_meanwhile_waits_for_nobody_who_waits_for_them(database, lived_in, waiting):
    """A key that is being destroyed is waited for last, with no other one in hand."""
    ring = database.info[keys.INFO]
    database.info[keys.INFO] = KeyRing({"new": b"\x02" * 32, "test": b"\x07" * 32})
    grants = sorted(new_id() for _ in range(keys.SOME + 20))
    with database.session(writing=True) as session:
        session.info[keys.INFO] = ring
        for id in grants:
            keys.make(session, id, of=keys.Of.GRANT, at=NOW)
    first, last = grants[keys.SOME // 2], grants[0]
    with database.session(writing=True) as taking_back:
        keys.destroy(taking_back, first, of=keys.Of.GRANT, at=NOW)
        [begun] = waiting(lambda: everything_anew(database))
        if database.engine.dialect.name == "postgresql":
            with database.session(writing=False) as session:
                old = session.scalars(select(DataKey.owner).where(DataKey.master == "test"))
                assert old.all() == [first]
        # In no order of its own, and after the other one has been over it.
        keys.destroy(taking_back, last, of=keys.Of.GRANT, at=NOW)
    begun.result(20)
    with database.session(writing=False) as session:
        gone = select(DataKey.owner).where(DataKey.wrapped.is_(None))
        assert set(session.scalars(gone)) == {first, last}
        kept = select(DataKey.master).where(DataKey.wrapped.is_not(None))
        assert set(session.scalars(kept)) == {"new"}
