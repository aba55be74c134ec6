"""Moments, enumerations and inserts that two may race for."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import DateTime, func, select, text
from sqlalchemy.exc import StatementError

from journal.accounts.models import Account
from journal.audit import GENESIS, ReadingHead
from journal.care.models import DosingSession
from journal.db import Instant, insert_once
from tests import factories
from tests.factories import NOW, new_id

MOMENTS = [
    NOW,
    NOW.replace(microsecond=1),
    NOW.replace(microsecond=999_999),
    NOW.astimezone(timezone(timedelta(hours=14))),
    NOW.astimezone(ZoneInfo("Asia/Kathmandu")),
    datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London")),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_moment_comes_back_as_it_was_in_utc(session, world, moment):
    dose = factories.make_dose(session, world.clinic, world.patient.id, started_at=moment)
    session.expire(dose)
    found = session.scalars(
        select(DosingSession.started_at).where(DosingSession.id == dose.id)
    ).one()
    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(session, world):
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="a moment without a zone"):
        session.scalar(select(func.count()).where(DosingSession.started_at <= naive))


def test_moments_compare_in_the_database_across_zones(session, world):
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    factories.make_dose(session, world.clinic, world.patient.id, started_at=tokyo)
    same = select(func.count()).where(DosingSession.started_at == NOW)
    earlier = select(func.count()).where(DosingSession.started_at < NOW)
    assert (session.scalar(same), session.scalar(earlier)) == (1, 0)


def test_every_moment_of_every_table_has_a_zone():
    columns = [
        (f"{table.name}.{column.name}", column.type)
        for table in Account.metadata.tables.values()
        for column in table.columns
    ]
    assert [name for name, kind in columns if isinstance(kind, DateTime)] == []
    assert sum(isinstance(kind, Instant) for _, kind in columns) > 20


def test_an_enumeration_is_stored_by_its_value(session, world):
    stored = session.scalars(text("SELECT DISTINCT role FROM account ORDER BY role")).all()
    assert stored == ["admin", "patient", "therapist"]


def test_insert_once_keeps_the_first(session):
    id = new_id()
    insert_once(session, ReadingHead, patient_id=id, n=7, hash=GENESIS)
    insert_once(session, ReadingHead, patient_id=id, n=0, hash=GENESIS)
    assert session.get_one(ReadingHead, id).n == 7


def test_all_who_race_to_insert_succeed(database):
    id, start, faults = new_id(), Barrier(8), []

    def race(n: int) -> None:
        try:
            start.wait(10)
            with database.session(writing=True) as mine:
                insert_once(mine, ReadingHead, patient_id=id, n=n, hash=GENESIS)
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=race, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    with database.session(writing=False) as after:
        assert after.scalar(select(func.count()).select_from(ReadingHead)) == 1
