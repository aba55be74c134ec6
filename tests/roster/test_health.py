"""How the server is: no small number, no word, and what is late says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.accounts.principals import Role
from journal.app import open_database
from journal.care.models import Clinic
from journal.config import Settings, read_env_file
from journal.roster import health
from journal.roster.models import Looked
from tests import factories
from tests.acts import save, signed_in, words
from tests.catalog.clinic import another_admin, desk_of
from tests.factories import NOW, new_id

DAY = timedelta(days=1)


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def look(desk):
    found = desk.get("/api/clinic/health")
    assert found.status_code == 200, found.json
    return found.json


def test_a_number_below_five_is_not_shown_and_another_clinics_do_not_count(
    app, database, desk, lived_in
):
    assert set(look(desk)["people"].values()) == {None}
    with database.session(writing=True) as session:
        there = session.get_one(Clinic, lived_in.other_clinic.id)
        for _ in range(5):
            factories.make_account(session, there, role=Role.PATIENT, name="Else")
    assert set(look(desk)["people"].values()) == {None}
    with database.session(writing=True) as session:
        here = session.get_one(Clinic, lived_in.clinic.id)
        for _ in range(3):
            factories.make_account(session, here, role=Role.PATIENT, name="New")
    # Two were there and are seen; three came whom nobody sees.
    counts = look(desk)["people"]
    assert (counts["patients"], counts["without_therapist"]) == (5, None)
    theirs = signed_in(app, another_admin(database, lived_in.other_clinic))
    assert look(theirs)["people"]["patients"] == 6


def test_when_saving_fails_it_is_counted_for_a_week_and_few_times_are_not_shown(
    app, desk, lived_in, time, monkeypatch
):
    phone = signed_in(app, lived_in.patient)

    def broken(*_, **__):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("journal.entries.service.write", broken)
        for _ in range(4):
            assert save(phone, str(new_id()), words()).status_code == 500
        assert look(desk)["troubles"] == {"entries": None, "media": None, "sharing": None}
        time.move(DAY)
        assert save(phone, str(new_id()), words()).status_code == 500
    assert save(phone, str(new_id()), words()).status_code == 201
    assert save(phone, str(new_id()), {}).status_code == 422  # theirs to mend, not the server's
    assert look(desk)["troubles"] == {"entries": 5, "media": None, "sharing": None}
    time.move(6 * DAY)
    assert look(desk)["troubles"]["entries"] is None


def test_the_last_backup_is_known_once_it_is_said(journal, env_file, monkeypatch):
    for command in ("init", "upgrade"):
        assert journal(command).exit_code == 0
    database = open_database(Settings.from_env(read_env_file(env_file)))
    for at in (NOW, NOW + DAY):
        monkeypatch.setattr("journal.clock.now", lambda at=at: at)
        assert journal("backed-up").exit_code == 0
        with database.session(writing=False) as session:
            found = session.scalars(select(Looked)).all()
            assert [(one.what, one.at) for one in found] == [("backup", at)]
    database.dispose()


def test_it_says_what_it_runs_on(desk, database, time):
    found = look(desk)
    assert found["backup_at"] is None
    kind = database.engine.dialect.name
    assert (found["database"]["kind"], found["database"]["locked"]) == (
        kind,
        None if kind == "sqlite" else True,
    )
    assert found["disk"]["total"] >= found["disk"]["free"] >= 0
    assert found["disk"]["total"] % health.GB == 0
    with database.session(writing=True) as session:
        health.backed_up(session, at=NOW - DAY)
    assert look(desk)["backup_at"] == (NOW - DAY).isoformat()


def test_what_is_free_is_told_in_steps_of_a_twentieth():
    """In bytes it would say when somebody saved, and how much."""
    gb = health.GB
    for free, told in ((31 * gb, 30), (30 * gb, 30), (30 * gb - 1, 25), (4 * gb, 0), (0, 0)):
        assert health.coarse(free, 100 * gb) == {"free": told * gb, "total": 100 * gb}
    assert health.coarse(31 * gb + 5, 100 * gb + 5)["total"] == 100 * gb


@pytest.mark.parametrize(("days", "due"), [(0, False), (90, False), (91, True), (None, True)])
def test_a_number_is_due_after_ninety_days_or_when_nobody_ever_checked(days, due):
    on = None if days is None else (NOW - days * DAY).date()
    assert health.checked("Nights", on, NOW.date())["due"] is due


def test_the_lines_of_the_clinics_region_and_its_own_numbers_are_looked_at(desk):
    assert [one["name"] for one in look(desk)["numbers"]] == [
        "Crisis lines, GB",
        "The clinic’s own",
    ]
