"""Argon2id at a cost we chose, the same for people who do not exist."""

import threading

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from journal.accounts import passwords

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def known():
    return passwords.make_hash(PASSWORD)


def test_the_parameters_are_the_ones_we_chose(known):
    chosen = extract_parameters(known)
    assert chosen.type is Type.ID
    assert (chosen.time_cost, chosen.memory_cost, chosen.parallelism) == (2, 46 * 1024, 1)
    assert (chosen.salt_len, chosen.hash_len) == (16, 32)


def test_the_right_password_and_no_other(known):
    assert passwords.verify(known, PASSWORD)
    for wrong in ("", PASSWORD + " ", PASSWORD.upper(), "x"):
        assert not passwords.verify(known, wrong)


def test_one_password_hashed_twice_gives_two_hashes(known):
    assert passwords.make_hash(PASSWORD) != known


def test_a_hash_that_is_none_is_not_right():
    assert not passwords.verify("not a hash", PASSWORD)


def test_nobody_costs_the_same_and_is_never_right(monkeypatch):
    asked = []

    class SaysYes:
        def verify(self, known: str, _: str) -> None:
            asked.append(known)

    passwords._nobody()
    monkeypatch.setattr(passwords, "_hasher", SaysYes())
    # Even a check that says yes does not let nobody in.
    assert not passwords.verify(None, PASSWORD)
    [checked] = asked
    assert extract_parameters(checked).memory_cost == 46 * 1024


def test_a_flood_hashes_two_at_a_time(monkeypatch):
    """More at once would take memory from everybody else."""
    now, most, guard, waiting = [0], [0], threading.Lock(), threading.Event()

    class Slow:
        def verify(self, *_: str) -> None:
            with guard:
                now[0] += 1
                most[0] = max(most[0], now[0])
            waiting.wait(0.02)
            with guard:
                now[0] -= 1

    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [threading.Thread(target=passwords.verify, args=("x", "y")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most[0] == 2


def test_only_two_wait_and_who_comes_after_them_holds_no_thread(monkeypatch):
    monkeypatch.setattr(passwords, "WAITS", 3600)  # who waited would not come back
    held = [passwords._places.acquire(blocking=False) for _ in range(4)]
    try:
        for ask in (passwords.require_room, lambda: passwords.verify(None, "x")):
            with pytest.raises(passwords.TooMany):
                ask()
    finally:
        for _ in held:
            passwords._places.release()
    assert held == [True] * 4
    passwords.require_room()
    passwords.require_room()


def test_a_sign_in_that_gets_no_turn_says_so_instead_of_holding_a_thread():
    held = [passwords._bulkhead.acquire(timeout=5) for _ in range(2)]
    try:
        for slow in (
            lambda: passwords.verify(None, "x"),
            lambda: passwords.checked("4@8({[<63190i1!|75$" * 4, about=()),
        ):
            with pytest.raises(passwords.TooMany):
                slow()
    finally:
        for _ in held:
            passwords._bulkhead.release()
    assert passwords.verify(None, "x") is False
