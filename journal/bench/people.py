"""Fill a database for a run: one patient with many entries, one therapist, much handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy.orm import Session

from journal import migrations
from journal.accounts import codes
from journal.accounts.principals import Patient, Role
from journal.accounts.service import make_account
from journal.app import open_database
from journal.care.models import Appointment, CareLink, Clinic, Membership
from journal.config import Settings
from journal.consent.offers import Offer
from journal.content import library
from journal.db import Database
from journal.entries import service as entries
from journal.entries.rows import Draft
from journal.handover import service as handover
from journal.handover.choice import Choice
from journal.sharing import briefs, ending
from journal.sharing.models import What

PASSWORD = "a bench is no secret"  # noqa: S105 - this database lives for a minute
CODE = "135790"
ENTRIES = 500
HANDED = 50
PATIENTS = 50
"""How many the therapist sees: one of them with much, the others with a page to read."""
TEXT = "Rain on the window and the bus was late. " * 6


@dataclass(frozen=True)
class People:
    """Ids that the requests of a run need."""

    patient: UUID
    therapist: UUID
    grant: UUID
    entries: list[tuple[UUID, UUID]]
    """Entry id and head revision."""


def answers() -> dict[str, dict[str, str]]:
    """Eight answers, about 2 KB."""
    told = {f"refl-0{n}": {"text": TEXT * 2} for n in (1, 2, 4, 7)}
    skipped = {item: {"state": "skipped"} for item in ("refl-03", "refl-08")}
    return {**told, **skipped, "refl-05": {"choice": "no"}, "refl-06": {"choice": "no"}}


def fill(settings: Settings, at: datetime) -> People:
    """Make the schema and everything in it."""
    database = open_database(settings)
    migrations.upgrade(database)
    patient, therapist = uuids.uuid7(), uuids.uuid7()
    with database.session(writing=True) as session:
        clinic = Clinic(
            id=uuids.uuid7(), name="Bench", region="GB", zone="UTC", clear_time="09:00", numbers=[]
        )
        session.add(clinic)
        session.flush()
        clinic_id = clinic.id
        for id, role in ((patient, Role.PATIENT), (therapist, Role.THERAPIST)):
            _join(session, settings, id, role, role.value, clinic_id, at)
        _see(session, clinic_id, patient, therapist, at)
    written = _write(database, Patient(patient), ENTRIES, at)
    grant = _hand_over(database, Patient(patient), therapist, written[:HANDED], at)
    for n in range(1, PATIENTS):
        other = Patient(uuids.uuid7())
        with database.session(writing=True) as session:
            _join(session, settings, other.id, Role.PATIENT, f"patient{n}", clinic_id, at)
            _see(session, clinic_id, other.id, therapist, at)
        _hand_over(database, other, therapist, _write(database, other, 2, at), at)
    database.dispose()
    return People(patient, therapist, grant, written)


def _join(
    session: Session,
    settings: Settings,
    id: UUID,
    role: Role,
    name: str,
    clinic_id: UUID,
    at: datetime,
) -> None:
    make_account(
        session,
        settings.secret_key,
        id=id,
        role=role,
        email=f"{name}@bench.example",
        name=name,
        password=PASSWORD,
        zone="UTC",
        at=at,
    )
    codes.give_demo(session, id, CODE)
    session.add(Membership(account_id=id, clinic_id=clinic_id, since=at))
    session.flush()


def _see(
    session: Session, clinic_id: UUID, patient_id: UUID, therapist_id: UUID, at: datetime
) -> None:
    """The therapist sees this patient, and tomorrow they meet."""
    session.add(
        CareLink(
            id=uuids.uuid7(),
            clinic_id=clinic_id,
            patient_id=patient_id,
            therapist_id=therapist_id,
            since=at,
        )
    )
    session.add(
        Appointment(
            id=uuids.uuid7(),
            patient_id=patient_id,
            therapist_id=therapist_id,
            starts_at=at + timedelta(days=1),
        )
    )
    session.flush()


def _write(
    database: Database, author: Patient, count: int, at: datetime
) -> list[tuple[UUID, UUID]]:
    written = []
    with database.session(writing=True) as session:
        pen = entries.take_pen(session, author)
        for n in range(count):
            draft = Draft(
                id=uuids.uuid7(),
                revision=uuids.uuid7(),
                parent=None,
                guide="refl",
                edition=1,
                occurred_at=at - timedelta(minutes=n),
                zone="UTC",
                answers=answers(),
            )
            entries.write(session, pen, draft, at=at)
            written.append((draft.id, draft.revision))
    return written


def _hand_over(
    database: Database,
    author: Patient,
    therapist: UUID,
    written: list[tuple[UUID, UUID]],
    at: datetime,
) -> UUID:
    shown = library.load().agreement
    offer = Offer(
        id=uuids.uuid7(),
        therapist_id=therapist,
        agreement=shown.id,
        edition=shown.edition,
        sha256=shown.sha256,
        categories=frozenset({"reflections"}),
        ends_at=at + timedelta(days=90),
        release_in_morning=False,
    )
    with database.session(writing=True) as session:
        ending.give(session, author, offer, at=at)
        made = [
            handover.hand_over(
                session,
                author,
                id=uuids.uuid7(),
                grant_id=offer.id,
                entry_id=entry_id,
                revision=revision,
                choice=Choice(what=What.WHOLE),
                at=at,
            )[0].id
            for entry_id, revision in written
        ]
        briefs.release(session, author, therapist, agenda=None, bring=made[:20], first=3, at=at)
    return offer.id
