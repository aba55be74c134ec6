"""Make people, courses, entries and grants for tests: keyword arguments, sensible defaults."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import passwords
from journal.accounts.models import Account, Notice
from journal.accounts.principals import Patient, Role, Therapist
from journal.accounts.proof_models import Passkey
from journal.accounts.service import email_index
from journal.care.models import Appointment, CareLink, Clinic, Course, DosingSession, Membership
from journal.care.models import Route as DoseRoute
from journal.care.stage import clear_at
from journal.consent.models import Grant
from journal.consent.offers import Offer
from journal.content import library
from journal.entries import service as entries
from journal.entries.rows import Draft
from journal.handover import service as handover
from journal.handover.choice import Choice
from journal.sharing import ending
from journal.sharing.models import Excerpt, What
from journal.vault import keys
from journal.vault.sealed import Sealed
from tests.authenticator import cose, shared_key

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""A Tuesday at noon in London. Tests pass times; nothing here asks the clock."""

PASSWORD = "correct horse battery staple"
ZONE = "Europe/London"


@cache
def _password_hash() -> str:
    return passwords.make_hash(PASSWORD)


def new_id() -> UUID:
    return UUID(str(uuids.uuid7()))


def make_clinic(session: Session, *, name: str = "Harbour Clinic", region: str = "GB") -> Clinic:
    clinic = Clinic(
        id=new_id(),
        name=name,
        region=region,
        zone=ZONE,
        clear_time="09:00",
        numbers=[{"label": "Reception", "phone": "+44 20 7946 0018", "hours": "Mon to Fri 9 to 5"}],
    )
    session.add(clinic)
    session.flush()
    return clinic


def make_account(
    session: Session,
    clinic: Clinic | None,
    *,
    role: Role,
    name: str,
    secret_key: str = "s" * 40,
    email: str | None = None,
    zone: str = ZONE,
    at: datetime = NOW - timedelta(days=100),
) -> Account:
    """An account with the passkey of `Authenticator.of` and the password `PASSWORD`.

    The password is hashed once: hashing is slow on purpose.
    """
    id = new_id()
    key = keys.make(session, id, at=at)
    address = email or f"{id}@example.org"
    account = Account(
        id=id,
        role=role,
        email_index=email_index(secret_key, address),
        email=Sealed.seal(address.encode(), key, f"account/{id}/email"),
        name=Sealed.seal(name.encode(), key, f"account/{id}/name"),
        password_hash=_password_hash(),
        zone=zone,
        created_at=at,
    )
    session.add(account)
    session.flush()
    _give_passkey(session, id, key, at)
    if clinic is not None:
        session.add(Membership(account_id=id, clinic_id=clinic.id, since=at))
        session.flush()
    return account


def _give_passkey(session: Session, account_id: UUID, key: bytes, at: datetime) -> None:
    id = new_id()
    session.add(
        Passkey(
            id=id,
            account_id=account_id,
            credential_id=account_id.bytes,
            public_key=cose(shared_key()),
            sign_count=0,
            synced=False,
            name=Sealed.seal(b"Phone", key, f"passkey/{id}/name"),
            since=at,
        )
    )
    session.flush()


def notices_of(session: Session, account_id: UUID) -> list[Notice]:
    """What an account was told, oldest first."""
    theirs = select(Notice).where(Notice.account_id == account_id)
    return list(session.scalars(theirs.order_by(Notice.at, Notice.kind)))


def link(
    session: Session,
    clinic: Clinic,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    at: datetime = NOW - timedelta(days=100),
) -> CareLink:
    row = CareLink(
        id=new_id(),
        clinic_id=clinic.id,
        patient_id=patient_id,
        therapist_id=therapist_id,
        since=at,
    )
    session.add(row)
    session.flush()
    return row


def make_dose(
    session: Session,
    clinic: Clinic,
    patient_id: UUID,
    *,
    number: int = 1,
    started_at: datetime = NOW - timedelta(days=3),
    zone: str = ZONE,
) -> DosingSession:
    course = Course(
        id=new_id(), clinic_id=clinic.id, patient_id=patient_id, started_on=started_at.date()
    )
    session.add(course)
    session.flush()
    dose = DosingSession(
        id=new_id(),
        course_id=course.id,
        patient_id=patient_id,
        number=number,
        started_at=started_at,
        ended_at=started_at + timedelta(hours=1),
        clear_at=clear_at(started_at, clinic.clear_time, zone),
        route=DoseRoute.NASAL,
    )
    session.add(dose)
    session.flush()
    return dose


def make_appointment(
    session: Session, patient_id: UUID, therapist_id: UUID, *, starts_at: datetime
) -> Appointment:
    row = Appointment(
        id=new_id(), patient_id=patient_id, therapist_id=therapist_id, starts_at=starts_at
    )
    session.add(row)
    session.flush()
    return row


def draft(
    *,
    id: UUID | None = None,
    revision: UUID | None = None,
    parent: UUID | None = None,
    text: str = "The river again.",
    answers: dict[str, Any] | None = None,
    guide: str = "refl",
    resolves: tuple[UUID, ...] = (),
    occurred_at: datetime = NOW - timedelta(hours=1),
) -> Draft:
    return Draft(
        id=id or new_id(),
        revision=revision or new_id(),
        parent=parent,
        guide=guide,
        edition=1,
        occurred_at=occurred_at,
        zone=ZONE,
        answers=answers if answers is not None else {"refl-01": {"text": text}},
        resolves=resolves,
    )


def make_entry(
    session: Session, author: Patient, *, at: datetime = NOW - timedelta(hours=1), **fields: Any
) -> Draft:
    """Save one entry as its author; return the draft that is now its head."""
    one = draft(**fields)
    entries.write(session, entries.take_pen(session, author), one, at=at)
    return one


def make_grant(
    session: Session,
    author: Patient,
    therapist: Therapist,
    *,
    at: datetime = NOW - timedelta(days=1),
    ends_at: datetime = NOW + timedelta(days=90),
    categories: frozenset[str] = frozenset({"reflections"}),
    release_in_morning: bool = False,
) -> Grant:
    agreement = library.load().agreement
    offer = Offer(
        id=new_id(),
        therapist_id=therapist.id,
        agreement=agreement.id,
        edition=agreement.edition,
        sha256=agreement.sha256,
        categories=categories,
        ends_at=ends_at,
        release_in_morning=release_in_morning,
    )
    return ending.give(session, author, offer, at=at)


def hand_over(
    session: Session,
    author: Patient,
    grant: Grant,
    entry: Draft,
    *,
    at: datetime = NOW - timedelta(minutes=30),
    choice: Choice | None = None,
) -> Excerpt:
    """Hand one entry over; return the first excerpt that made."""
    made = handover.hand_over(
        session,
        author,
        id=new_id(),
        grant_id=grant.id,
        entry_id=entry.id,
        revision=entry.revision,
        choice=choice or Choice(what=What.WHOLE),
        at=at,
    )
    return made[0]
