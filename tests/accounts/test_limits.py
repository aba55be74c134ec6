"""How long a session lasts, to the second, for each role; and that the book says the same."""

from datetime import timedelta
from pathlib import Path

import pytest

from journal.accounts import limits, live, sessions
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.config import BadSettings, Devices, Settings
from tests import factories
from tests.factories import NOW

BOOK = Path(__file__).parents[2] / "docs" / "operating.md"
SECOND = timedelta(seconds=1)
MINUTES, HOURS, DAYS = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))

TABLE = [
    (Role.PATIENT, False, 30 * MINUTES, 24 * HOURS),
    (Role.PATIENT, True, None, 30 * DAYS),
    (Role.THERAPIST, False, 15 * MINUTES, 12 * HOURS),
    (Role.THERAPIST, True, 15 * MINUTES, 12 * HOURS),  # only a patient's is ever kept
    (Role.ADMIN, False, 15 * MINUTES, 12 * HOURS),
    (Role.ADMIN, True, 15 * MINUTES, 12 * HOURS),
]


def started(session, role, kept=False, **more):
    account = factories.make_account(session, None, role=role, name="X")
    return sessions.start_session(session, account.id, at=NOW, kept=kept, **more)


@pytest.mark.parametrize(("role", "kept", "idle", "absolute"), TABLE)
def test_nothing_done_ends_it_to_the_second(session, role, kept, idle, absolute):
    token = started(session, role, kept).token
    last = idle or absolute
    assert sessions.caller(session, token, at=NOW + last - SECOND)
    assert sessions.caller(session, token, at=NOW + last) is None
    assert sessions.caller(session, token, at=NOW + last + SECOND) is None


@pytest.mark.parametrize(("role", "kept", "idle", "absolute"), TABLE)
def test_whoever_is_there_all_the_time_is_signed_out_in_the_end(
    session, role, kept, idle, absolute
):
    who = started(session, role, kept)
    assert who.expires_at == NOW + absolute
    sessions.seen(session, who.session_id, at=NOW + absolute - SECOND)
    assert sessions.caller(session, who.token, at=NOW + absolute - SECOND)
    assert sessions.caller(session, who.token, at=NOW + absolute) is None


@pytest.mark.parametrize(("role", "kept", "idle", "absolute"), TABLE)
def test_being_there_starts_the_idle_time_anew(session, role, kept, idle, absolute):
    who = started(session, role, kept)
    if idle is not None:
        sessions.seen(session, who.session_id, at=NOW + idle - SECOND)
        assert sessions.caller(session, who.token, at=NOW + 2 * idle - 2 * SECOND)
        assert sessions.caller(session, who.token, at=NOW + 2 * idle - SECOND) is None


@pytest.mark.parametrize(("role", "kept", "idle", "absolute"), TABLE)
def test_a_clock_that_is_set_back_gives_nobody_more_time(session, role, kept, idle, absolute):
    who = started(session, role, kept)
    if idle is not None:
        assert sessions.caller(session, who.token, at=NOW - idle + SECOND)
        assert sessions.caller(session, who.token, at=NOW - idle) is None
        assert live.alive(session, who.id, at=NOW - idle) == []


def test_a_time_before_what_was_seen_does_not_take_it_back(session):
    who = started(session, Role.PATIENT)
    sessions.seen(session, who.session_id, at=NOW + 5 * MINUTES)
    sessions.seen(session, who.session_id, at=NOW + MINUTES)
    assert sessions.caller(session, who.token, at=NOW).seen_at == NOW + 5 * MINUTES


@pytest.mark.parametrize(("role", "most"), [("patient", 5), ("therapist", 2), ("admin", 2)])
def test_the_longest_unused_makes_room_and_a_notice_says_so(session, role, most):
    session.info[limits.INFO] = Devices()
    mine = [started(session, Role(role))]
    id = mine[0].id
    mine += [sessions.start_session(session, id, at=NOW + n * SECOND) for n in range(1, most)]
    sessions.seen(session, mine[0].session_id, at=NOW + MINUTES)  # the oldest, in use
    assert len(live.alive(session, id, at=NOW + MINUTES)) == most
    mine.append(sessions.start_session(session, id, at=NOW + MINUTES))
    there = {one.id for one in live.alive(session, id, at=NOW + MINUTES)}
    assert there == {one.session_id for one in mine} - {mine[1].session_id}
    assert [one.kind for one in factories.notices_of(session, id)] == ["ended_for_room"]


def test_what_ended_by_itself_needs_no_room(session):
    session.info[limits.INFO] = Devices()
    first = started(session, Role.THERAPIST)
    sessions.start_session(session, first.id, at=NOW + 10 * MINUTES)
    sessions.start_session(session, first.id, at=NOW + 20 * MINUTES)
    assert factories.notices_of(session, first.id) == []


def test_others_devices_are_not_counted(session, world):
    session.info[limits.INFO] = Devices(patient=1)
    kept = sessions.start_session(session, world.other_patient.id, at=NOW)
    sessions.start_session(session, world.patient.id, at=NOW)
    assert sessions.caller(session, kept.token, at=NOW)


def test_a_clinic_may_allow_other_numbers(settings):
    assert Devices() == Devices(patient=5, staff=2)
    env = {"JOURNAL_PATIENT_DEVICES": "7", "JOURNAL_STAFF_DEVICES": "3"}
    assert Devices.from_env(env) == Devices(patient=7, staff=3)
    for wrong in ("0", "-1", "two", "1.5"):
        with pytest.raises(BadSettings):
            Devices.from_env({"JOURNAL_STAFF_DEVICES": wrong})
    assert Settings.__dataclass_fields__["devices"].default == Devices()


def test_the_book_says_what_holds():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in BOOK.read_text().partition("## How long people stay signed in")[2].splitlines()
        if line.startswith("| ")
    ]
    said = {row[0]: row[1:] for row in rows}

    def told(limit):
        idle = "none" if limit.idle is None else f"{limit.idle // MINUTES} minutes"
        hours = limit.absolute // HOURS
        return [idle, f"{hours} hours" if hours <= 24 else f"{hours // 24} days"]

    usual = Devices()
    assert said["patient"] == [*told(limits.PATIENT), str(usual.patient)]
    assert said["patient, kept"] == [*told(limits.PATIENT_KEPT), str(usual.patient)]
    assert said["therapist, admin"] == [*told(limits.STAFF), str(usual.staff)]
    assert limits.FRESH == 5 * MINUTES
    assert limits.WARNING == 2 * MINUTES


def test_a_disabled_account_is_signed_out_at_once(session, world):
    maya = session.get_one(Account, world.patient.id)
    token = sessions.start_session(session, maya.id, at=NOW).token
    maya.disabled_at = NOW
    session.flush()
    assert sessions.caller(session, token, at=NOW) is None
    with pytest.raises(sessions.WrongSignIn):
        sessions.start_session(session, maya.id, at=NOW)
