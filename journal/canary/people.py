"""Who is around the words that nobody may read: people who are there for a second at the start."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts import sessions
from journal.accounts.principals import Patient, Role
from journal.care.models import CareLink, Clinic, Membership
from journal.consent import pausing
from journal.consent.models import Grant
from journal.consent.offers import Offer
from journal.content import library
from journal.db import rows
from journal.entries import service as entries
from journal.entries.rows import Draft
from journal.handover import service as handover
from journal.handover.choice import Choice
from journal.sharing import ending
from journal.sharing.models import What

AUTHOR, READER = "author", "reader"

ROLES = {
    AUTHOR: Role.PATIENT,
    READER: Role.THERAPIST,  # with the author's consent, which is paused
    "colleague": Role.THERAPIST,  # sees the author, without consent
    "neighbour": Role.PATIENT,  # another of the reader's
    "admin": Role.ADMIN,
}
LINKS = ((AUTHOR, READER), (AUTHOR, "colleague"), ("neighbour", READER))

Pause = Callable[[Session], None]


@dataclass(frozen=True)
class Bird:
    """The words, where they lie, and who asks for them."""

    words: str = field(repr=False)
    ids: dict[str, UUID]
    """By the names that routes give to their arguments."""
    tokens: dict[str, str] = field(repr=False)


def release(session: Session, secret_key: str, *, at: datetime) -> tuple[Bird, Pause]:
    """Make everybody, write the words and hand them over.

    :return: the words and who is around them; and how to close them to their reader.
    """
    ids = {who: uuids.uuid7() for who in ROLES}
    clinic = _clinic(session)
    for who, role in ROLES.items():
        _settle(session, secret_key, ids[who], role, clinic, at - timedelta(days=1))
    for patient, therapist in LINKS:
        session.add(
            CareLink(
                id=uuids.uuid7(),
                clinic_id=clinic,
                patient_id=ids[patient],
                therapist_id=ids[therapist],
                since=at - timedelta(days=1),
            )
        )
    session.flush()
    words = f"kanarie{secrets.token_hex(16)}"
    author = Patient(ids[AUTHOR])
    with rows.for_author(session, author.id):
        entry, grant, excerpt = _hand_over(session, author, ids[READER], words, at)
    places = {
        "entry_id": entry,
        "grant_id": grant.id,
        "excerpt_id": excerpt,
        "patient_id": author.id,
        "therapist_id": ids[READER],
    }
    tokens = {who: sessions.start_session(session, id, at=at).token for who, id in ids.items()}

    def pause(session: Session) -> None:
        pausing.pause(session, author, grant.id, at=at)

    return Bird(words, places, tokens), pause


def _clinic(session: Session) -> UUID:
    clinic = Clinic(
        id=uuids.uuid7(), name="Kanarie", region="GB", zone="UTC", clear_time="09:00", numbers=[]
    )
    session.add(clinic)
    session.flush()
    return clinic.id


def _settle(
    session: Session, secret_key: str, id: UUID, role: Role, clinic: UUID, since: datetime
) -> None:
    accounts.make_account(
        session,
        secret_key,
        id=id,
        role=role,
        email=f"{id}@canary.invalid",
        name="Kanarie",
        password="",  # nobody signs in with it, and making its hash is slow
        zone="UTC",
        at=since,
    )
    session.add(Membership(account_id=id, clinic_id=clinic, since=since))
    session.flush()


def _hand_over(
    session: Session, author: Patient, reader: UUID, words: str, at: datetime
) -> tuple[UUID, Grant, UUID]:
    """Write, consent and hand over, as the author did an hour ago."""
    before = at - timedelta(hours=1)
    entry = Draft(
        id=uuids.uuid7(),
        revision=uuids.uuid7(),
        parent=None,
        guide="refl",
        edition=library.load().guide("refl").edition,
        occurred_at=before,
        zone="UTC",
        answers={"refl-01": {"text": words}},
        resolves=(),
    )
    entries.write(session, entries.take_pen(session, author), entry, at=before)
    grant = ending.give(session, author, _offer(reader, until=at + timedelta(days=1)), at=before)
    made = handover.hand_over(
        session,
        author,
        id=uuids.uuid7(),
        grant_id=grant.id,
        entry_id=entry.id,
        revision=entry.revision,
        choice=Choice(what=What.WHOLE),
        at=before,
    )
    return entry.id, grant, made[0].id


def _offer(reader: UUID, *, until: datetime) -> Offer:
    agreement = library.load().agreement
    return Offer(
        id=uuids.uuid7(),
        therapist_id=reader,
        agreement=agreement.id,
        edition=agreement.edition,
        sha256=agreement.sha256,
        categories=frozenset({"reflections"}),
        ends_at=until,
        release_in_morning=False,
    )
