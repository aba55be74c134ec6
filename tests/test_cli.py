"""The commands of an operator: set up once, bring up to date, find what was tampered with."""

import json
import os
import stat
import subprocess
import sys

import pytest
from sqlalchemy import text

from journal import migrations
from journal.app import open_database
from journal.config import Settings, read_env_file
from journal.content import check as content
from journal.content.check import Finding
from journal.sharing import gate
from tests import factories
from tests.worlds import populate

HOLD = "Receipts and consent ledger hold."


@pytest.fixture
def served(journal, env_file):
    """A database that was set up by commands, with people in it who read and shared."""
    assert journal("init").exit_code == 0
    assert journal("upgrade").exit_code == 0
    database = open_database(Settings.from_env(read_env_file(env_file)))
    with database.session(writing=True) as session:
        world = populate(session)
        entry = factories.make_entry(session, world.patient)
        grant = factories.make_grant(session, world.patient, world.therapist)
        factories.hand_over(session, world.patient, grant, entry)
        assert gate.read(session, world.therapist, world.patient.id, at=factories.NOW)
    yield database
    database.dispose()


def tamper(database, statement):
    with database.session(writing=True) as session:
        assert session.execute(text(statement)).rowcount > 0


def test_init_makes_settings_that_only_their_owner_can_read(journal, env_file):
    done = journal("init")
    assert done.exit_code == 0
    assert stat.S_IMODE(env_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(env_file.parent.stat().st_mode) == 0o700
    settings = Settings.from_env(read_env_file(env_file))
    assert settings.database_url == f"sqlite:///{env_file.parent / 'journal.db'}"
    for secret in read_env_file(env_file).values():
        assert secret not in done.output


def test_init_a_second_time_keeps_every_secret(journal, env_file):
    journal("init")
    before = env_file.read_bytes()
    done = journal("init")
    assert done.exit_code == 0
    assert "kept" in done.output
    assert env_file.read_bytes() == before


def test_two_machines_get_two_sets_of_secrets(journal, env_file):
    journal("init")
    first = read_env_file(env_file)
    env_file.unlink()
    journal("init")
    second = read_env_file(env_file)
    assert first["JOURNAL_SECRET_KEY"] != second["JOURNAL_SECRET_KEY"]
    assert first["JOURNAL_MASTER_KEYS"] != second["JOURNAL_MASTER_KEYS"]


@pytest.mark.parametrize("command", [["upgrade"], ["check"], ["audit", "verify"], ["serve"]])
def test_without_settings_a_command_says_what_is_missing(journal, command):
    done = journal(*command)
    assert done.exit_code == 1
    assert "JOURNAL_SECRET_KEY is not set" in done.output
    assert "Traceback" not in done.output


def test_the_environment_goes_before_the_file(journal, env_file, tmp_path, monkeypatch):
    journal("init")
    other = tmp_path / "other.db"
    monkeypatch.setenv("JOURNAL_DATABASE_URL", f"sqlite:///{other}")
    assert journal("upgrade").exit_code == 0
    assert other.exists()
    assert not (env_file.parent / "journal.db").exists()


def test_upgrade_makes_the_schema_and_may_be_repeated(journal, env_file):
    journal("init")
    for _ in range(2):
        assert journal("upgrade").exit_code == 0
    database = open_database(Settings.from_env(read_env_file(env_file)))
    assert migrations.is_current(database)
    database.dispose()


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]])
def test_before_the_upgrade_a_check_says_what_to_do(journal, command):
    journal("init")
    done = journal(*command)
    assert done.exit_code == 1
    assert "journal upgrade" in done.output


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]])
def test_an_untouched_database_holds(journal, served, command):
    done = journal(*command)
    assert (done.exit_code, done.output.strip().splitlines()[-1]) == (0, HOLD)


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reading SET at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM reading",
        "UPDATE consent_event SET facts = '{}' WHERE n = 1",
        "DELETE FROM consent_event WHERE n = 1",
        "UPDATE \"grant\" SET ended_by = 'expired' WHERE ended_by IS NULL",
        "INSERT INTO grant_category SELECT id, 'measures' FROM \"grant\"",
    ],
)
def test_a_database_that_was_tampered_with_is_found(journal, served, command, statement):
    tamper(served, statement)
    done = journal(*command)
    assert done.exit_code == 1
    assert HOLD not in done.output
    assert "patient " in done.output or "grant " in done.output
    assert "Traceback" not in done.output


def test_the_content_holds(journal):
    done = journal("content", "check")
    assert done.exit_code == 0
    assert "Content holds." in done.output


def test_content_that_breaks_a_rule_is_found(journal, monkeypatch):
    monkeypatch.setattr(content, "check", lambda: [Finding("day.toml", "day-01", "Why?", "a rule")])
    done = journal("content", "check")
    assert done.exit_code == 1
    assert "day.toml: day-01: a rule: Why?" in done.output


@pytest.mark.parametrize(("waiting", "code"), [(["GB"], 1), ([], 0)])
def test_a_release_waits_for_a_person_to_check_every_crisis_line(
    journal, monkeypatch, waiting, code
):
    monkeypatch.setattr(content, "unverified", lambda _: waiting)
    assert journal("content", "check").exit_code == 0
    assert journal("content", "check", "--release").exit_code == code


def test_after_a_restore_every_phone_starts_over(journal, served):
    def epochs():
        with served.session(writing=False) as session:
            return set(session.scalars(text("SELECT epoch FROM journal")))

    before = epochs()
    done = journal("restored")
    assert done.exit_code == 0
    assert f"anew: {len(before)}" in done.output
    assert len(epochs()) == len(before) >= 3
    assert not epochs() & before


def test_the_sweep_takes_what_a_crash_left_and_says_how_much(journal, served, env_file):
    store = served.info["media"].store
    store.put("ab" * 16, 0, b"left by a crash")
    store.put("cd" * 16, 0, b"begun now")
    (left,) = env_file.parent.glob("media/ab/*")
    os.utime(left, (0, 0))
    done = journal("media", "sweep")
    assert (done.exit_code, done.output) == (0, "Left over and removed: 1\n")
    assert [name for name, _ in store.names()] == ["cd" * 16]
    assert journal("media", "sweep").output == "Left over and removed: 0\n"


def test_openapi_prints_the_document_and_leaves_nothing_behind(journal, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    done = journal("openapi")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert document["openapi"].startswith("3.1")
    assert "/api/entries/{entry_id}" in document["paths"]
    assert list(tmp_path.glob("tmp*")) == []


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "journal.cli", "--help"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    for command in ("init", "upgrade", "serve", "check", "audit", "openapi"):
        assert f"\n  {command}" in done.stdout
