"""The master key is exchanged while everything stays readable."""

import pytest
from sqlalchemy import select

from journal.accounts import service as accounts
from journal.app import open_database
from journal.config import Settings, read_env_file
from journal.vault.keys import DataKey
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
