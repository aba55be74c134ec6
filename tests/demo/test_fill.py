"""Filling: who is there, where everybody stands, whenever it happens."""

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from journal import audit, demo
from journal.accounts import codes, passwords
from journal.accounts import service as accounts
from journal.accounts.models import Account
from journal.accounts.principals import Patient, Role
from journal.accounts.proof_models import DemoCode
from journal.app import open_database
from journal.care import service as care
from journal.care.stage import Stage, stage_at
from journal.consent import ledger
from journal.demo.calendar import Calendar
from journal.demo.files import load
from journal.demo.ids import made_id
from journal.demo.telling import Telling
from tests import factories
from tests.databases import chosen
from tests.factories import NOW

STAGES = {
    "owen": Stage.PREP,
    "maya": Stage.DAY,
    "desmond": Stage.REFL,
    "hannah": Stage.WEEK,
    "leo": Stage.PRE,
    "ruth": Stage.PRAC,
    "kasia": Stage.PRAC,
}

MOMENTS = [
    NOW,
    datetime(2026, 7, 4, 22, 59, 59, tzinfo=UTC),  # a second before midnight in London
    datetime(2026, 7, 4, 23, 0, tzinfo=UTC),  # midnight
    datetime(2026, 9, 1, 5, 40, tzinfo=UTC),  # before the morning after is here
    datetime(2026, 9, 1, 8, 59, 59, tzinfo=UTC),  # the last second of that
    datetime(2026, 9, 1, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),  # the clocks go forward
    datetime(2026, 3, 29, 3, 30, tzinfo=UTC),
    datetime(2026, 4, 2, 10, 0, tzinfo=UTC),  # ... some days ago
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the clocks go back
    datetime(2026, 10, 25, 9, 30, tzinfo=UTC),
    datetime(2026, 11, 20, 20, 15, 7, 123456, tzinfo=UTC),  # ... some weeks ago
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 18, 0, tzinfo=UTC),
]


def account(key: str) -> UUID:
    return made_id("account", key)


@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_everybody_is_where_they_belong_at_any_time(fill, at):
    database = fill(at)
    with database.session(writing=False) as session:
        since = at - timedelta(days=60)
        found = {
            key: stage_at(care.steps_of(session, account(key), since), at).stage for key in STAGES
        }
        assert found == STAGES
        soft = {key for key in STAGES if care.not_clear_until(session, account(key), at)}
        assert soft == {"maya"}
        assert list(audit.verify(session)) == []
        assert list(ledger.verify(session)) == []


def test_the_whole_story_has_happened_at_every_hour_of_some_days():
    start = datetime(2026, 3, 27, tzinfo=UTC)  # the clocks go forward on the 29th
    for hour in range(24 * 4):
        at = start + timedelta(hours=hour)
        for story in load().stories:
            calendar = Calendar(at, story.zone, load().house.clear_time, story.doses)
            staff = {one.key: account(one.key) for one in load().house.staff}
            telling = Telling(None, Patient(account(story.key)), story, calendar, staff)
            late = [moment for moment, _ in telling.acts() if moment > at]
            assert late == [], f"{story.key} at {at}"
            assert calendar.moment(story.visits[-1].when) > at


@pytest.mark.skipif("postgresql" not in chosen(), reason="this run is told to leave it out")
def test_it_is_told_to_postgresql_as_well(settings, quick, request):
    reusable = request.getfixturevalue("reusable")
    database = open_database(replace(settings, database_url=reusable.url))
    try:
        with database.session(writing=True) as session:
            assert demo.fill(session, settings.secret_key, at=NOW)
        with database.session(writing=False) as session:
            roles = Counter(session.scalars(select(Account.role)))
            assert roles == {Role.PATIENT: 7, Role.THERAPIST: 2, Role.ADMIN: 1}
            assert list(audit.verify(session)) == []
            assert list(ledger.verify(session)) == []
    finally:
        database.dispose()
        reusable.clear()


def test_one_clinic_two_therapists_an_admin_and_seven_patients(fill):
    with fill().session(writing=False) as session:
        roles = Counter(session.scalars(select(Account.role)))
        assert roles == {Role.PATIENT: 7, Role.THERAPIST: 2, Role.ADMIN: 1}
        clinic = care.only_clinic(session)
        assert clinic is not None
        assert "(demo)" in clinic.name
        for one in demo.sign_ins():
            assert care.clinic_of(session, account(one.email.partition("@")[0])) is clinic


def test_everybody_can_sign_in_with_the_password_that_is_printed(fill, settings):
    assert len(demo.PASSWORD) >= 15
    with fill().session(writing=False) as session:
        for one in demo.sign_ins():
            id, known = accounts.password_of(session, settings.secret_key, one.email)
            assert accounts.names(session, [id]) == {id: one.name}
        assert passwords.verify(known, demo.PASSWORD)


def test_a_second_fill_keeps_what_is_there(fill, settings):
    database = fill()
    with database.session(writing=True) as session:
        later = NOW + timedelta(days=30)
        assert demo.fill(session, settings.secret_key, at=later) is False
        assert len(session.scalars(select(Account.id)).all()) == 10


def test_who_was_there_before_there_were_codes_is_given_one(fill, settings):
    """And who has an app of their own by now keeps it."""
    database, own = fill(), account("reyes")
    with database.session(writing=True) as session:
        session.execute(delete(DemoCode))
        codes.keep(session, own, codes.new_secret(), 1)
    for _ in range(2):
        with database.session(writing=True) as session:
            assert demo.fill(session, settings.secret_key, at=NOW) is False
    with database.session(writing=False) as session:
        everybody = set(session.scalars(select(Account.id)))
        assert set(session.scalars(select(DemoCode.account_id))) == everybody - {own}


def test_a_database_with_people_of_its_own_is_left_alone(database, settings):
    with database.session(writing=True) as session:
        factories.make_account(session, None, role=Role.PATIENT, name="Somebody")
    with database.session(writing=True) as session:
        with pytest.raises(demo.NotEmpty):
            demo.fill(session, settings.secret_key, at=NOW)
        assert len(session.scalars(select(Account.id)).all()) == 1
        assert care.only_clinic(session) is None


def test_filling_takes_less_than_five_seconds(database, settings):
    began = time.process_time()  # of this process: other work on the machine does not count
    with database.session(writing=True) as session:
        demo.fill(session, settings.secret_key, at=NOW)
    assert time.process_time() - began < 5
