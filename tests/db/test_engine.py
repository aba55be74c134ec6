"""One transaction: committed at the end, rolled back on any error, and safe on disk."""

import types
from threading import Barrier, Thread

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError

from journal.audit import GENESIS, ReadingHead
from journal.db import Database, engine
from journal.db.rows import Guard
from tests.db.test_turns import wait_until_queued
from tests.factories import new_id

GUARDED = "SELECT current_setting('rows.guarded', true)"


def count(database):
    with database.session(writing=False) as session:
        return session.scalar(text("SELECT count(*) FROM reading_head"))


def head():
    return ReadingHead(patient_id=new_id(), n=0, hash=GENESIS)


def test_a_transaction_is_kept_when_it_ends_well(database):
    with database.session(writing=True) as session:
        session.add(head())
    assert count(database) == 1


def test_an_error_leaves_nothing_behind_and_passes_the_turn(database):
    with pytest.raises(ZeroDivisionError), database.session(writing=True) as session:  # noqa: PT012
        session.add(head())
        session.flush()
        raise ZeroDivisionError
    assert count(database) == 0
    with database.session(writing=True) as session:
        session.add(head())
    assert count(database) == 1


def test_a_commit_that_fails_passes_the_turn(database):
    row = head()
    with database.session(writing=True) as session:
        session.add(row)
    again = ReadingHead(patient_id=row.patient_id, n=0, hash=GENESIS)
    with pytest.raises(IntegrityError), database.session(writing=True) as session:
        session.add(again)
    with database.session(writing=True) as session:
        session.add(head())
    assert count(database) == 2


def test_fifty_writers_at_once_meet_no_error(database):
    """Each reads, then writes what it read plus one: nothing is lost and nobody is refused."""
    row, start, faults = head(), Barrier(50), []
    with database.session(writing=True) as session:
        session.add(row)

    def write() -> None:
        try:
            start.wait(30)
            for _ in range(2):
                with database.session(writing=True) as mine:
                    mine.get_one(ReadingHead, row.patient_id, with_for_update=True).n += 1
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=write) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    with database.session(writing=False) as session:
        assert session.get_one(ReadingHead, row.patient_id).n == 100


def test_writers_of_two_processes_meet_no_error(database, settings):
    """Each process has its own queue: what holds between them is taking the lock at the start."""
    row, other, faults = head(), Database(settings.database_url), []
    with database.session(writing=True) as session:
        session.add(row)
    start = Barrier(2)

    def write(mine: Database) -> None:
        try:
            for _ in range(20):
                start.wait(30)
                with mine.session(writing=True) as opened:
                    opened.get_one(ReadingHead, row.patient_id, with_for_update=True).n += 1
        except Exception as fault:
            faults.append(fault)
            start.abort()

    threads = [Thread(target=write, args=(mine,)) for mine in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    other.dispose()
    assert faults == []
    with database.session(writing=False) as session:
        assert session.get_one(ReadingHead, row.patient_id).n == 40


def test_writers_of_sqlite_are_served_in_the_order_they_came(sqlite):
    served, threads = [], []

    def write(n: int) -> None:
        with sqlite.session(writing=True) as session:
            session.execute(text("SELECT 1"))
            served.append(n)

    with sqlite.session(writing=True):
        for n in range(10):
            threads.append(Thread(target=write, args=(n,)))
            threads[-1].start()
            wait_until_queued(sqlite._turn, n + 1)
    for thread in threads:
        thread.join(30)
    assert served == list(range(10))


def test_readers_are_not_held_up_by_a_writer(database):
    with database.session(writing=True) as session:
        session.add(head())
        session.flush()
        assert count(database) == 0
    assert count(database) == 1


@pytest.mark.parametrize("writing", [True, False])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: an acknowledged write is on disk
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),  # memory: nothing sorted is spilled to a file
    ],
)
def test_every_sqlite_connection_is_set_up_for_safety(sqlite, writing, pragma, value):
    for _ in range(2):  # the second one comes from the pool
        with sqlite.session(writing=writing) as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_row_without_its_parent_is_refused(database):
    with pytest.raises(IntegrityError), database.session(writing=True) as session:
        session.execute(
            text("INSERT INTO tombstone (patient_id, id, n) VALUES (:p, :p, 1)"),
            {"p": new_id().hex},
        )


def test_the_sqlite_at_hand_is_safe():
    module = engine.sqlite_driver()
    assert tuple(map(int, module.sqlite_version.split("."))) >= engine.SAFE_SQLITE


def driver(version: str) -> types.ModuleType:
    module = types.ModuleType(f"sqlite-{version}")
    module.sqlite_version = version
    return module


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [
        (("3.51.3", "3.60.0"), 0),
        (("3.51.2", "3.51.3"), 1),
        (("3.9.99", "3.100.0"), 1),  # numbers, not letters
        (("4.0.0",), 0),
    ],
)
def test_the_first_safe_sqlite_is_taken(versions, chosen):
    modules = [driver(version) for version in versions]
    assert engine.first_safe(modules) is modules[chosen]


@pytest.mark.parametrize("versions", [("3.51.2",), ("3.40.1", "3.51.2"), ("3.7.0",)])
def test_an_unsafe_sqlite_is_refused(versions):
    with pytest.raises(RuntimeError, match=rf"found {', '.join(versions)}"):
        engine.first_safe([driver(version) for version in versions])


def test_what_the_address_says_to_postgresql_goes_along_and_the_lock_comes_last(
    database_url, monkeypatch
):
    if database_url.startswith("sqlite"):
        return
    guard = Guard(lambda: 1)
    told = make_url(database_url).update_query_dict(
        {"options": "-c statement_timeout=7001 -c rows.guarded=off"}
    )
    addresses = [told.render_as_string(hide_password=False), database_url]
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=7002")
    found = []
    for address in addresses:
        for one in (guard, None):
            opened = Database(address, guard=one)
            with opened.session(writing=False) as session:
                timeout = session.scalar(text("SHOW statement_timeout"))
                found.append((timeout, session.scalar(text(GUARDED))))
            opened.dispose()
    assert found == [("7001ms", "on"), ("7001ms", "off"), ("7002ms", "on"), ("7002ms", None)]
