"""`journal setup`: from nothing to a link for the first admin, and safe to run again."""

import os
import re
import stat

import pytest
from sqlalchemy import func, select

from journal import envfile
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.app import open_database
from journal.care.models import Clinic
from journal.config import Settings, make_env_file, read_env_file
from journal.invitations.models import Invitation
from journal.invitations.states import hashed
from tests import factories
from tests.factories import NOW

ANSWERS = [
    "https://journal.example.org/",
    "Harbour Clinic",
    "gb",
    "Europe/London",
    "Reception: +44 20 7946 0018 (Mon to Fri 9 to 5); At night: 020 7946 0019",
    "",
    "Sam Okoye",
]
SAID = [
    "--address=https://journal.example.org",
    "--clinic=Harbour Clinic",
    "--region=GB",
    "--zone=Europe/London",
    "--numbers=-",
    "--clear-time=8:30",
    "--admin=Sam Okoye",
]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("journal.clock.now", lambda: NOW)


@pytest.fixture
def found(env_file):
    """What the database of the command holds."""
    opened = []

    def look(model, *columns):
        database = open_database(Settings.from_env(read_env_file(env_file)))
        opened.append(database)
        with database.session(writing=False) as session:
            return list(session.scalars(select(*(columns or (model,)))))

    yield look
    for database in opened:
        database.dispose()


def token(result):
    assert result.exit_code == 0, result.output
    [link] = re.findall(r"https://journal\.example\.org/join#(\S+)", result.output)
    return link


def test_seven_questions_and_a_link(journal, env_file, found):
    result = journal("setup", input="\n".join(ANSWERS) + "\n")
    first = token(result)
    [clinic] = found(Clinic)
    assert (clinic.name, clinic.region, clinic.zone) == ("Harbour Clinic", "GB", "Europe/London")
    assert clinic.clear_time == "09:00"
    assert [(one["label"], one["phone"], one["hours"]) for one in clinic.numbers] == [
        ("Reception", "+44 20 7946 0018", "Mon to Fri 9 to 5"),
        ("At night", "020 7946 0019", ""),
    ]
    assert stat.S_IMODE(os.stat(env_file).st_mode) == 0o600
    assert read_env_file(env_file)["JOURNAL_PUBLIC_URL"] == "https://journal.example.org"
    [invitation] = found(Invitation)
    assert (invitation.role, invitation.clinic_id) == (Role.ADMIN, clinic.id)
    assert invitation.token_hash == hashed(first)
    assert first not in env_file.read_text("utf-8")


def test_a_wrong_answer_is_asked_again(journal, found):
    wrong = ["ftp://nowhere", "http://journal.example.org", *ANSWERS[:2], "Atlantis", *ANSWERS[2:]]
    result = journal("setup", input="\n".join(wrong) + "\n")
    token(result)
    assert result.output.count("Error:") == 3


def test_a_name_that_no_person_can_have_is_asked_again_and_nothing_is_lost(journal, found):
    """An admin's is no longer than anybody's; a clinic's may be."""
    clinic, admin = "C" * 120, "A" * 80
    said = [ANSWERS[0], "C" * 121, clinic, *ANSWERS[2:-1], "A" * 81, admin]
    result = journal("setup", input="\n".join(said) + "\n")
    token(result)
    assert result.output.count("Error:") == 2
    assert [one.name for one in found(Clinic)] == [clinic]
    assert f"For {admin}, once" in result.output


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("address", "http://journal.example.org"),
        ("address", "https://journal.example.org/path"),
        ("clinic", " "),
        ("region", "ZZ"),
        ("zone", "Mars/Base"),
        ("numbers", "Reception +44"),
        ("numbers", "Reception: call us"),
        ("clear-time", "25:00"),
        ("clinic", "x" * 121),
        ("admin", "x" * 81),
    ],
)
def test_an_option_that_does_not_fit_makes_nothing(journal, env_file, found, option, value):
    rest = [one for one in SAID if not one.startswith(f"--{option}=")]
    result = journal("setup", *rest, f"--{option}={value}")
    assert result.exit_code != 0
    assert "Error:" in result.output
    if env_file.exists():
        assert found(Clinic) == found(Invitation) == []


def test_run_again_it_keeps_the_clinic_and_makes_another_link(journal, env_file, found):
    first = token(journal("setup", *SAID))
    before = env_file.read_text("utf-8")
    again = journal("setup", "--clinic=Another name", "--admin=Sam Okoye")
    second = token(again)
    assert "Harbour Clinic (kept" in again.output
    assert "opens nothing any more" in again.output
    assert env_file.read_text("utf-8") == before
    [clinic] = found(Clinic)
    assert (clinic.name, clinic.clear_time) == ("Harbour Clinic", "08:30")
    live = [one.token_hash for one in found(Invitation) if one.ended_at is None]
    assert live == [hashed(second)] != [hashed(first)]


def test_once_an_admin_has_joined_it_changes_nothing(journal, env_file, found):
    token(journal("setup", *SAID))
    database = open_database(Settings.from_env(read_env_file(env_file)))
    with database.session(writing=True) as session:
        clinic = session.scalars(select(Clinic)).one()
        factories.make_account(session, clinic, role=Role.ADMIN, name="Sam")
    database.dispose()
    result = journal("setup", *SAID)
    assert result.exit_code == 0
    assert "joined already" in result.output
    assert "join#" not in result.output
    assert len(found(Invitation)) == 1
    assert found(Account, func.count(Account.id)) == [1]


def test_the_address_can_be_put_right(journal, env_file):
    token(journal("setup", *SAID))
    secrets = {name: value for name, value in read_env_file(env_file).items() if "URL" not in name}
    result = journal("setup", "--address=https://Other.example.org", "--admin=Sam")
    assert "https://other.example.org/join#" in result.output
    after = read_env_file(env_file)
    assert after["JOURNAL_PUBLIC_URL"] == "https://other.example.org"
    assert secrets.items() <= after.items()


def test_an_address_in_the_environment_is_not_written_over_in_silence(journal, monkeypatch):
    token(journal("setup", *SAID))
    monkeypatch.setenv("JOURNAL_PUBLIC_URL", "https://journal.example.org")
    result = journal("setup", "--address=https://other.example.org", "--admin=Sam")
    assert result.exit_code == 1
    assert "environment" in result.output


def test_people_without_a_clinic_are_left_alone(journal, env_file, found):
    assert journal("init").exit_code == 0
    assert journal("upgrade").exit_code == 0
    database = open_database(Settings.from_env(read_env_file(env_file)))
    with database.session(writing=True) as session:
        factories.make_account(session, None, role=Role.PATIENT, name="Maya")
    database.dispose()
    result = journal("setup", *SAID)
    assert result.exit_code == 1
    assert "people without a clinic" in result.output
    assert found(Clinic) == []


def put_again(env_file, journal):
    envfile.put(env_file, "JOURNAL_PUBLIC_URL", "https://other.example.org")


def put_a_key(env_file, journal):
    assert journal("keys", "new").exit_code == 0


@pytest.mark.parametrize("change", [put_again, put_a_key])
def test_whose_the_settings_are_and_where_they_lie_stays(journal, env_file, tmp_path, change):
    """The server may run as somebody else, and be shown its settings by a link."""
    assert journal("init").exit_code == 0
    real = tmp_path / "elsewhere" / "settings"
    real.parent.mkdir()
    env_file.rename(real)
    env_file.symlink_to(real)
    before = real.read_text("utf-8")
    if os.geteuid() == 0:
        os.chown(real, 12345, 23456)
    real.chmod(0o640)
    was = real.stat()
    change(env_file, journal)
    assert real.read_text("utf-8") != before
    now = real.stat()
    assert (now.st_mode, now.st_uid, now.st_gid) == (was.st_mode, was.st_uid, was.st_gid)
    assert env_file.is_symlink()
    assert env_file.resolve() == real
    assert list(real.parent.iterdir()) == [real]


def test_settings_that_could_not_stay_somebodys_are_left_alone(journal, env_file, monkeypatch):
    """Whoever may write in the folder, and is not the one whose file it is."""
    assert journal("init").exit_code == 0
    before = env_file.read_text("utf-8")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    done = journal("keys", "new")
    assert (done.exit_code, "of a group that is not yours" in done.output) == (1, True)
    assert env_file.read_text("utf-8") == before
    assert list(env_file.parent.iterdir()) == [env_file]


def test_what_lies_beside_the_settings_never_gets_their_secrets(tmp_path):
    path, beside = tmp_path / "journal.env", tmp_path / "journal.env.new"
    make_env_file(path, master_name="m1")
    before = read_env_file(path)
    beside.write_text("somebody else's")
    beside.chmod(0o666)
    envfile.put(path, "JOURNAL_PUBLIC_URL", "https://journal.example.org")
    assert read_env_file(path) == before | {"JOURNAL_PUBLIC_URL": "https://journal.example.org"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert beside.read_text() == "somebody else's"
    assert sorted(tmp_path.iterdir()) == [path, beside]
