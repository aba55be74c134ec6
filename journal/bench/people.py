"""Fill a database for a run: one patient with many entries, one therapist, much handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat as uuids

from journal import migrations
from journal.accounts.principals import Patient, Role
from journal.accounts.service import make_account
from journal.app import open_database
from journal.care.models import CareLink, Clinic, Membership
from journal.config import Settings
from journal.consent import service as consent
from journal.consent.offers import Offer
from journal.content import library
from journal.db import Database
from journal.entries import service as entries
from journal.entries.rows import Draft
from journal.handover import service as handover
from journal.handover.choice import Choice
from journal.sharing.models import What

PASSWORD = "a bench is no secret"  # noqa: S105 - this database lives for a minute
ENTRIES = 500
HANDED = 50
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
        for id, role in ((patient, Role.PATIENT), (therapist, Role.THERAPIST)):
            make_account(
                session,
                settings.secret_key,
                id=id,
                role=role,
                email=f"{role}@bench.example",
                name=role.value,
                password=PASSWORD,
                zone="UTC",
                at=at,
            )
            session.add(Membership(account_id=id, clinic_id=clinic.id, since=at))
        session.add(
            CareLink(
                id=uuids.uuid7(),
                clinic_id=clinic.id,
                patient_id=patient,
                therapist_id=therapist,
                since=at,
            )
        )
        session.flush()
    written = _write(database, Patient(patient), at)
    grant = _hand_over(database, Patient(patient), therapist, written, at)
    database.dispose()
    return People(patient, therapist, grant, written)


def _write(database: Database, author: Patient, at: datetime) -> list[tuple[UUID, UUID]]:
    written = []
    with database.session(writing=True) as session:
        pen = entries.take_pen(session, author)
        for n in range(ENTRIES):
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
        consent.give(session, author, offer, at=at)
        for entry_id, revision in written[:HANDED]:
            handover.hand_over(
                session,
                author,
                id=uuids.uuid7(),
                grant_id=offer.id,
                entry_id=entry_id,
                revision=revision,
                choice=Choice(what=What.WHOLE),
                at=at,
            )
    return offer.id
