"""Who guesses is slowed down, and never who is on a device that is known."""

from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import delete, event, select

from journal.accounts import devices, live, sessions, throttle, tidying
from journal.accounts.models import Account, Notice, Throttle
from journal.accounts.throttle import TooSoon
from tests.factories import NOW, PASSWORD, notices_of

SECOND, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "hours", "days"))
ACCOUNT, OTHER = b"a" * 32, b"b" * 32
HERE, THERE = "203.0.113.7", "198.51.100.9"
DEVICE = UUID(int=7)
SIGN_IN = {"email": "patient@example.org", "password": PASSWORD}
WRONG = SIGN_IN | {"password": "not this one at all"}


def key(account=ACCOUNT, *, known=None, address=HERE):
    return throttle.key(account, known=known, address=address)


def guess(session, times, key, at=NOW):
    """Guess wrong so often, waiting as long as has to be; return when it is over."""
    for _ in range(times):
        try:
            throttle.ask(session, key, at=at)
        except TooSoon as soon:
            at += timedelta(seconds=soon.retry_after)
            throttle.ask(session, key, at=at)
    return at


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (16, 2048), (17, 3600), (5000, 3600)],
)
def test_five_are_free_then_each_waits_twice_as_long_up_to_an_hour(tries, seconds):
    assert throttle.wait_after(tries) == seconds * SECOND


@pytest.mark.parametrize("known", [None, DEVICE])
def test_the_sixth_try_waits_to_the_second_and_asking_too_soon_costs_nothing(session, known):
    mine = key(known=known)
    guess(session, 5, mine)
    for _ in range(20):
        with pytest.raises(TooSoon) as soon:
            throttle.ask(session, mine, at=NOW + SECOND - timedelta(microseconds=1))
    assert soon.value.retry_after == 1
    throttle.ask(session, mine, at=NOW + SECOND)
    with pytest.raises(TooSoon) as soon:
        throttle.ask(session, mine, at=NOW + SECOND)
    assert soon.value.retry_after == 2


@pytest.mark.parametrize(
    ("who", "waits"),
    [
        (key(), True),
        (key(address="203.0.113.250"), True),  # a neighbour
        (key(address=THERE), False),
        (key(known=DEVICE), False),  # at the same place, and known
        (key(OTHER), False),  # somebody else, at the same place
    ],
)
def test_whom_a_stranger_slows_down(session, who, waits):
    guess(session, 9, key())
    if waits:
        with pytest.raises(TooSoon):
            throttle.ask(session, who, at=NOW)
    else:
        throttle.ask(session, who, at=NOW)


def test_a_hundred_from_anywhere_are_the_last_but_for_devices_that_are_known(session):
    for n in range(100):
        throttle.ask(session, key(address=f"198.51.{n}.1"), at=NOW)
    for address in (HERE, THERE, None):
        with pytest.raises(TooSoon) as soon:
            throttle.ask(session, key(address=address), at=NOW + DAY)
        assert soon.value.retry_after == 3600
    throttle.ask(session, key(OTHER), at=NOW)
    mine = key(known=DEVICE)
    throttle.ask(session, mine, at=NOW)
    throttle.went_well(session, mine, ACCOUNT)
    throttle.ask(session, key(), at=NOW)  # it was the person: it begins anew


def test_a_known_device_is_slowed_by_its_own_tries_and_never_stopped(session):
    guess(session, 150, key(known=DEVICE))


def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_longer_than_ever(session):
    mine = key(known=DEVICE)
    guess(session, 30, mine, NOW)
    before = NOW - 300 * DAY
    throttle.ask(session, mine, at=before)
    with pytest.raises(TooSoon) as soon:
        throttle.ask(session, mine, at=before)
    assert soon.value.retry_after == 3600


def test_what_went_well_begins_anew(session):
    guess(session, 9, key())
    throttle.went_well(session, key(), ACCOUNT)
    guess(session, 4, key())
    throttle.ask(session, key(), at=NOW)


@pytest.mark.parametrize(
    ("address", "net"),
    [
        ("203.0.113.7", "203.0.113"),
        ("::ffff:203.0.113.7", "203.0.113"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("[2001:db8:1:9::1]", "2001:db8:1::/48"),
        ("2001:db8:2::3", "2001:db8:2::/48"),
        ("", "?"),
        (None, "?"),
        ("not an address", "?"),
    ],
)
def test_neighbours_are_one_network(address, net):
    assert throttle.network(address) == net


def test_neither_address_nor_network_lies_in_the_database(session):
    throttle.ask(session, key(), at=NOW)
    held = b"".join(session.scalars(select(Throttle.key)))
    assert ACCOUNT not in held
    assert b"203.0.113" not in held


def test_too_many_tries_are_told_of_three_times_a_day_at_most(session, world):
    id, told = world.patient.id, []
    for day in (NOW, NOW + DAY):
        for round in range(5):
            mine = key(address=f"198.51.{round}.1")
            for _ in range(5):
                throttle.ask(session, mine, at=day)
                throttle.failed(session, mine, at=day, account_id=id)
            throttle.went_well(session, mine, ACCOUNT)
        told.append([one.kind for one in notices_of(session, id)])
    assert told == [["too_many_tries"] * 3, ["too_many_tries"] * 6]
    assert notices_of(session, world.other_patient.id) == []


def test_what_nobody_needs_any_more_is_forgotten(session, world):
    who = world.patient.id
    guess(session, 9, key())
    ended, _left = (sessions.start_session(session, who, at=NOW + n * DAY) for n in (0, 500))
    live.end_session(session, ended.token, at=NOW)
    devices.remember(session, who, None, at=NOW)
    guess(session, 1, key(OTHER), NOW + 30 * DAY)
    found = {}
    for days in (30, 31, 60, 61, 400, 401, 500):
        found[days] = tidying.tidy(session, at=NOW + days * DAY)
    # from here and everywhere; the session; the other's; the device
    assert found == {30: 0, 31: 3, 60: 2, 61: 0, 400: 0, 401: 1, 500: 0}


def test_the_few_tries_of_a_day_are_forgotten_and_those_that_wait_are_not(session):
    """Who types names at random leaves a row for each, and must not fill a disk with them."""
    for n in range(20):
        throttle.ask(session, key(b"%032d" % n), at=NOW)
    guess(session, 5, key())
    assert tidying.tidy(session, at=NOW + DAY) == 0
    assert tidying.tidy(session, at=NOW + DAY + SECOND) == 40
    assert {row.tries for row in session.scalars(select(Throttle))} == {5}


def test_many_at_the_same_moment_are_many(database, lived_in):
    passed = []

    def attempt():
        try:
            with database.session(writing=True) as opened:
                throttle.ask(opened, key(), at=NOW)
            passed.append(1)
        except TooSoon:
            pass

    threads = [Thread(target=attempt) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert len(passed) == 5


def test_a_passkey_lifts_the_hard_stop(app, client_of, lived_in):
    stranger = client_of("anyone")

    def tried(n):
        there = {"REMOTE_ADDR": f"198.51.{n}.1"}
        return stranger.post("/api/session", json=WRONG, environ_base=there).status_code

    with app.extensions["journal.database"].session(writing=True) as session:
        index = session.get_one(Account, lived_in.patient.id).email_index
        for n in range(100):
            throttle.ask(session, key(index, address=f"192.0.{n}.1"), at=NOW)
    assert tried(0) == 429
    client_of("other_patient")
    assert tried(1) == 429
    client_of("patient")
    assert tried(2) == 401


def test_what_goes_well_lets_go_in_the_order_in_which_a_try_takes(session):
    """In another one two at once would wait for each other."""
    mine, told = key(), []
    throttle.ask(session, mine, at=NOW)

    def heard(_connection, _cursor, statement, parameters, *_):
        given = parameters.values() if isinstance(parameters, dict) else parameters
        if statement.startswith("DELETE"):
            told.append([bytes(getattr(one, "obj", one)) for one in given])

    event.listen(session.get_bind(), "before_cursor_execute", heard)
    try:
        throttle.went_well(session, mine, ACCOUNT)
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", heard)
    assert told == [[mine.own], [mine.everywhere]]


def test_a_row_that_goes_between_two_steps_of_a_try_begins_anew(session, monkeypatch):
    insert_once, gone = throttle.insert_once, []

    def and_then(opened, *given, **values):
        insert_once(opened, *given, **values)
        if not gone:
            gone.append(opened.execute(delete(Throttle)))

    monkeypatch.setattr(throttle, "insert_once", and_then)
    throttle.ask(session, key(), at=NOW)
    assert {row.tries for row in session.scalars(select(Throttle))} == {1}


def test_who_is_tried_for_hears_of_it_in_the_app_and_nobody_else(client_of, database, lived_in):
    stranger = client_of("anyone")
    for _ in range(5):
        assert notices_of_all(database) == []
        assert stranger.post("/api/session", json=WRONG).status_code == 401
        wrong = WRONG | {"email": "nobody@example.org"}
        assert stranger.post("/api/session", json=wrong).status_code == 401
    assert notices_of_all(database) == [(lived_in.patient.id, "too_many_tries")]
    [told] = client_of("patient").get("/api/notices").get_json()
    assert (told["kind"], told["seen_at"]) == ("too_many_tries", None)


def notices_of_all(database):
    with database.session(writing=False) as session:
        return [(one.account_id, one.kind) for one in session.scalars(select(Notice))]


@pytest.mark.parametrize("email", ["patient@example.org", "nobody@example.org"])
def test_over_http_a_stranger_waits_whether_or_not_there_is_such_an_account(client_of, email):
    stranger, known = client_of("anyone"), client_of("patient")
    wrong = WRONG | {"email": email}
    tried = [
        stranger.post("/api/session", json=wrong, headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(7)  # another each time, and yet the same
    ]
    assert [one.status_code for one in tried] == [401] * 5 + [429] * 2
    assert tried[-1].headers["Retry-After"] == "1"
    assert b"wait" in tried[-1].data
    # The person's own device is not kept waiting.
    assert known.post("/api/session", json=SIGN_IN).status_code == 200
