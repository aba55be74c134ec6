"""A small clinic with strangers in it: every test's people have bystanders around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account, LoginSession
from journal.accounts.principals import Patient, Role, Therapist
from journal.app import create_app, open_database
from journal.care.models import Clinic
from journal.config import Devices, Media, Settings
from journal.db import Base, Database
from journal.web.session import CLOCK, EXTENSION
from tests import factories
from tests.entering import enter, id_of, posting
from tests.factories import NOW

ORIGIN = {"Origin": "http://localhost:8000"}


@dataclass(frozen=True)
class World:
    """One patient and one therapist who belong together, and strangers who do not."""

    clinic: Clinic
    other_clinic: Clinic
    patient: Patient
    therapist: Therapist
    admin: Account
    other_patient: Patient
    """Another patient of the same therapist, who also hands things over."""
    other_therapist: Therapist
    """Another therapist of the same patient, in the same clinic."""
    foreign_therapist: Therapist
    """A therapist of another clinic, linked to nobody here."""
    foreign_patient: Patient


MANY = Devices(patient=1000, staff=1000)
"""As many devices at once as a test likes. The usual few are tried in tests/accounts."""


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        devices=MANY,
        secret_key="s" * 40,
        master_keys={"test": b"\x07" * 32},
        media=Media(store=str(tmp_path / "media")),
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = open_database(settings)
    yield database
    database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One writing transaction that ends with the test."""
    with database.session(writing=True) as opened:
        yield opened


@pytest.fixture
def world(session: Session) -> World:
    """People in the test's own transaction."""
    return settled(session)


@pytest.fixture
def lived_in(database: Database) -> World:
    """The same people, committed, for tests over HTTP."""
    with database.session(writing=True) as opened:
        return settled(opened)


class MovableTime:
    """The time of the app under test: stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


REACHED = "tests.reached"
"""Up to when the sessions of an application reach."""


class StaysThere(FlaskClient):
    """A browser whose person is always there, and proves who they are whenever the time moved.

    For tests in which days pass and that are not about sessions. What has ended stays so.
    """

    stays = True
    """A test about sessions says no."""
    moment: datetime | None = None
    """When this one was last asked; None: nothing has been asked yet."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not self.stays:
            return super().open(*args, **kwargs)
        now = self.application.extensions[CLOCK]()
        # Another browser may have reached further, before the clock was set back to this moment.
        kept = self.application.extensions
        if self.moment is not None and {self.moment, kept.get(REACHED, self.moment)} != {now}:
            reaching = {"seen_at": now, "proved_at": now, "expires_at": now + timedelta(hours=12)}
            with kept[EXTENSION].session(writing=True) as opened:
                alive = LoginSession.ended_at.is_(None)
                opened.execute(update(LoginSession).where(alive).values(**reaching))
            kept[REACHED] = now
        self.moment = now
        return super().open(*args, **kwargs)


def browser(app: Flask, *, moment: datetime | None = None) -> StaysThere:
    """A browser in which nobody has signed in, or somebody did at a moment."""
    client = StaysThere(app, app.response_class)
    client.environ_base["HTTP_ORIGIN"] = ORIGIN["Origin"]
    client.moment = moment
    return client


@pytest.fixture
def time() -> MovableTime:
    return MovableTime()


@pytest.fixture
def app(settings: Settings, lived_in: World, time: MovableTime) -> Iterator[Flask]:
    app = create_app(settings, now=time)
    yield app
    app.extensions["journal.database"].dispose()


@pytest.fixture
def client_of(app: Flask) -> Callable[[str], FlaskClient]:
    """`client_of("patient")`: a browser signed in as one of the world's people."""

    def sign_in(who: str) -> FlaskClient:
        client = browser(app)
        if who != "anyone":
            enter(posting(client), id_of(app.extensions["journal.database"], who))
        return client

    return sign_in


Rows = dict[Table, list[dict[str, Any]]]
KEPT: dict[str, tuple[World, tuple[UUID, UUID, UUID], Rows]] = {}
"""The world of this process, by the kind of database, as `populate` made it: for the tests after
the first its rows are put in as they are, which takes a tenth of the time."""


def settled(session: Session) -> World:
    """The people of `populate`, in a database where nobody is yet."""
    kind = session.get_bind().dialect.name
    if kind not in KEPT:
        before = _rows(session)
        world = populate(session)
        session.flush()
        if not before:
            ids = (world.clinic.id, world.other_clinic.id, world.admin.id)
            KEPT[kind] = (world, ids, _rows(session))
        return world
    world, (clinic, other_clinic, admin), rows = KEPT[kind]
    connection = session.connection()
    for table, values in rows.items():
        connection.execute(table.insert(), values)
        number = table.autoincrement_column
        if number is not None and kind == "postgresql":
            last = max(row[number.name] for row in values)
            of = func.pg_get_serial_sequence(table.name, number.name)
            connection.execute(select(func.setval(of, last)))
    return replace(
        world,
        clinic=session.get_one(Clinic, clinic),
        other_clinic=session.get_one(Clinic, other_clinic),
        admin=session.get_one(Account, admin),
    )


def _rows(session: Session) -> Rows:
    """What every table has, those others refer to first."""
    found = {
        table: [dict(row) for row in session.connection().execute(select(table)).mappings()]
        for table in Base.metadata.sorted_tables
    }
    return {table: rows for table, rows in found.items() if rows}


def populate(session: Session) -> World:
    here = factories.make_clinic(session)
    there = factories.make_clinic(session, name="Hill Clinic")

    def person(who: str, role: Role, clinic: Clinic, name: str) -> Account:
        return factories.make_account(
            session, clinic, role=role, name=name, email=f"{who}@example.org"
        )

    patient = person("patient", Role.PATIENT, here, "Maya")
    therapist = person("therapist", Role.THERAPIST, here, "Dr Ana Reyes")
    admin = person("admin", Role.ADMIN, here, "Sam")
    other_patient = person("other_patient", Role.PATIENT, here, "Jonas")
    other_therapist = person("other_therapist", Role.THERAPIST, here, "Dr Okafor")
    foreign_therapist = person("foreign_therapist", Role.THERAPIST, there, "Dr Lind")
    foreign_patient = person("foreign_patient", Role.PATIENT, there, "Ines")
    factories.link(session, here, patient.id, therapist.id)
    factories.link(session, here, patient.id, other_therapist.id)
    factories.link(session, here, other_patient.id, therapist.id)
    factories.link(session, there, foreign_patient.id, foreign_therapist.id)
    _bystanders(
        session,
        [
            (Patient(other_patient.id), Therapist(therapist.id)),
            (Patient(foreign_patient.id), Therapist(foreign_therapist.id)),
            (Patient(patient.id), Therapist(other_therapist.id)),
        ],
    )
    return World(
        clinic=here,
        other_clinic=there,
        patient=Patient(patient.id),
        therapist=Therapist(therapist.id),
        admin=admin,
        other_patient=Patient(other_patient.id),
        other_therapist=Therapist(other_therapist.id),
        foreign_therapist=Therapist(foreign_therapist.id),
        foreign_patient=Patient(foreign_patient.id),
    )


def _bystanders(session: Session, pairs: list[tuple[Patient, Therapist]]) -> None:
    """Things handed over all around, that no test of somebody else may see."""
    for author, reader in pairs:
        entry = factories.make_entry(session, author, text="A bystander's words.")
        grant = factories.make_grant(session, author, reader)
        factories.hand_over(session, author, grant, entry, at=NOW)
