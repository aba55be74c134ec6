"""Sessions below HTTP: tokens that are never kept, that change and die, and ends that stay."""

from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.accounts import live, sessions
from journal.accounts.models import LoginSession
from journal.accounts.sessions import WrongSignIn
from journal.errors import NotFound
from tests.factories import NOW, new_id

UNITS = ("seconds", "minutes", "hours", "days")
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in UNITS)


@pytest.fixture
def phone(session, world):
    return sessions.start_session(session, world.patient.id, at=NOW)


def test_the_token_is_not_in_the_database(session, phone):
    for row in session.execute(select(LoginSession.__table__)):
        assert phone.token not in str(tuple(row))
        assert phone.token.encode() not in row.token_hash
    assert len(phone.token) >= 43  # 32 random bytes
    assert phone.token not in repr(phone)
    assert sessions.start_session(session, phone.id, at=NOW).token != phone.token


def test_neither_the_hash_nor_the_id_is_a_token(session, phone):
    stolen = session.scalars(select(LoginSession.token_hash)).first()
    for form in (stolen.hex(), stolen.decode("latin-1"), str(phone.session_id), ""):
        assert sessions.caller(session, form, at=NOW) is None


def test_nobody_signs_in_as_nobody(session):
    with pytest.raises(WrongSignIn):
        sessions.start_session(session, UUID(int=0), at=NOW)


def test_signing_out_ends_one_device_for_good(session, phone):
    laptop = sessions.start_session(session, phone.id, at=NOW)
    live.end_session(session, phone.token, at=NOW)
    assert sessions.caller(session, phone.token, at=NOW - SECOND) is None  # not even in the past
    assert sessions.caller(session, laptop.token, at=NOW)


def test_signing_out_everywhere_ends_all_of_ones_own_and_nobody_elses(session, world):
    mine = [sessions.start_session(session, world.patient.id, at=NOW) for _ in range(3)]
    other = sessions.start_session(session, world.other_patient.id, at=NOW)
    live.end_others(session, world.patient.id, mine[0].session_id, at=NOW)
    assert [bool(sessions.caller(session, one.token, at=NOW)) for one in mine] == [True, 0, 0]
    live.end_sessions(session, world.patient.id, at=NOW)
    assert sessions.caller(session, mine[0].token, at=NOW) is None
    assert sessions.caller(session, other.token, at=NOW)


def test_the_first_end_of_a_session_is_the_one_kept(session, phone):
    live.end_session(session, phone.token, at=NOW)
    live.end_one(session, phone.id, phone.session_id, at=NOW + SECOND)
    live.end_sessions(session, phone.id, at=NOW + SECOND)
    assert session.scalars(select(LoginSession.ended_at)).all() == [NOW]


def test_anothers_session_is_not_there(session, world, phone):
    for id, whose in ((phone.session_id, world.other_patient.id), (new_id(), phone.id)):
        with pytest.raises(NotFound):
            live.end_one(session, whose, id, at=NOW)
    assert sessions.caller(session, phone.token, at=NOW)


def test_a_proof_changes_the_token_and_the_old_one_is_dead(session, phone):
    later = NOW + 10 * MINUTE
    proved = sessions.prove(session, phone.token, at=later)
    assert sessions.caller(session, phone.token, at=later) is None
    assert sessions.caller(session, proved.token, at=later) == proved
    assert (proved.session_id, proved.expires_at) == (phone.session_id, phone.expires_at)
    assert (phone.fresh_until, proved.fresh_until) == (NOW + 5 * MINUTE, later + 5 * MINUTE)


def test_what_has_ended_is_neither_proved_nor_kept_nor_seen(session, phone):
    live.end_session(session, phone.token, at=NOW)
    with pytest.raises(WrongSignIn):
        sessions.prove(session, phone.token, at=NOW)
    with pytest.raises(WrongSignIn):
        sessions.keep(session, phone, kept=True, at=NOW)
    sessions.seen(session, phone.session_id, at=NOW + MINUTE)
    assert sessions.caller(session, phone.token, at=NOW + MINUTE) is None


def test_a_phone_with_a_lock_keeps_its_session_for_thirty_days_and_no_longer(session, phone):
    kept = sessions.keep(session, phone, kept=True, at=NOW + MINUTE)
    assert kept.expires_at == NOW + 30 * DAY
    assert sessions.caller(session, phone.token, at=NOW + 30 * DAY - SECOND) == kept
    back = sessions.keep(session, kept, kept=False, at=NOW + 2 * DAY)
    assert back.expires_at == NOW + 3 * DAY
    late = sessions.keep(session, kept, kept=False, at=NOW + 30 * DAY - SECOND)
    assert late.expires_at == NOW + 30 * DAY


def test_saying_that_a_phone_has_no_lock_gives_no_more_time(session, phone):
    """Said every day, it would else go on for thirty."""
    again = sessions.keep(session, phone, kept=False, at=NOW + 23 * HOUR)
    assert again.expires_at == phone.expires_at == NOW + DAY
    assert sessions.caller(session, phone.token, at=NOW + DAY) is None


@pytest.fixture
def running(database, lived_in):
    """A session that is committed, so that two transactions can be at it."""
    with database.session(writing=True) as opened:
        return sessions.start_session(opened, lived_in.patient.id, at=NOW)


def alive(database, *tokens):
    with database.session(writing=False) as opened:
        return [bool(sessions.caller(opened, token, at=NOW + 2 * MINUTE)) for token in tokens]


def test_a_request_under_way_does_not_revive_what_was_signed_out(database, running):
    with database.session(writing=False) as reading:
        who = sessions.caller(reading, running.token, at=NOW + MINUTE)
        with database.session(writing=True) as leaving:
            live.end_one(leaving, who.id, who.session_id, at=NOW + MINUTE)
    with database.session(writing=True) as late:  # presence is noted after the answer is made
        sessions.seen(late, who.session_id, at=NOW + MINUTE)
    assert alive(database, running.token) == [False]


def test_a_step_up_under_way_does_not_carry_on_what_is_signed_out_meanwhile(database, running):
    def leave():
        with database.session(writing=True) as leaving:
            live.end_one(leaving, running.id, running.session_id, at=NOW + MINUTE)

    signing_out = Thread(target=leave)
    with database.session(writing=True) as proving:
        proved = sessions.prove(proving, running.token, at=NOW + MINUTE)
        signing_out.start()  # it waits: for the writer's turn, or for the row
    signing_out.join(20)
    assert alive(database, running.token, proved.token) == [False, False]


def test_of_two_step_ups_at_once_one_is_good(database, running):
    made, refused = [], []

    def prove():
        try:
            with database.session(writing=True) as opened:
                made.append(sessions.prove(opened, running.token, at=NOW).token)
        except WrongSignIn as error:
            refused.append(error)

    both = [Thread(target=prove) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert (len(made), len(refused)) == (1, 1)
    assert alive(database, running.token, *made) == [False, True]
