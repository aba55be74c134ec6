"""Give consent, narrow it, end it. Ending and narrowing are always possible; giving waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.care import service as care
from journal.consent import ledger
from journal.consent.models import Grant, GrantCategory, Happened
from journal.content import library
from journal.errors import Conflict, Invalid, NotFound
from journal.vault import keys


class NotClear(Conflict):
    """Between a dose and the morning after, nothing can be widened."""

    title = "This waits until your head is clear"

    def __init__(self, clear_at: datetime) -> None:
        super().__init__("It opens again the morning after.", clear_at=clear_at.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a patient agrees to, as they were shown it."""

    id: UUID
    therapist_id: UUID
    agreement: str
    edition: int
    sha256: str
    categories: frozenset[str]
    ends_at: datetime
    release_in_morning: bool


def give(session: Session, patient: Patient, offer: Offer, *, at: datetime) -> Grant:
    """Start a grant. The same offer sent again gives the grant that it made.

    :raises NotClear: a dose is not yet over.
    :raises Conflict: consent to this therapist is in force already.
    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    head = ledger.lock(session, patient.id)
    known = session.get(Grant, offer.id)
    if known is not None:
        if known.patient_id != patient.id:
            raise Invalid.at("/id", "Choose another id.")
        return known
    if session.get(keys.DataKey, offer.id) is not None:
        raise Invalid.at("/id", "Choose another id.")
    if clear := care.not_clear_until(session, patient.id, at):
        raise NotClear(clear)
    _check(session, patient, offer, at)
    close_ended(session, patient.id, at=at)
    if in_force(session, patient, at, therapist_id=offer.therapist_id):
        raise Conflict("You already share with this person. Stop that first.")
    grant = Grant(
        id=offer.id,
        patient_id=patient.id,
        therapist_id=offer.therapist_id,
        agreement=offer.agreement,
        agreement_edition=offer.edition,
        agreement_sha256=offer.sha256,
        locale=library.load().agreement.locale,
        given_at=at,
        ends_at=offer.ends_at,
        release_in_morning=offer.release_in_morning,
    )
    session.add(grant)
    session.flush()
    session.add_all(GrantCategory(grant_id=grant.id, category=one) for one in offer.categories)
    keys.make(session, grant.id, at=at)
    ledger.append(session, head, grant.id, Happened.GIVEN, _facts(offer), at=at)
    return grant


def narrow(
    session: Session, patient: Patient, grant_id: UUID, keep: frozenset[str], *, at: datetime
) -> tuple[Grant, frozenset[str]]:
    """Allow fewer categories; return the grant and what it no longer allows.

    :raises NotFound: no such grant of this patient.
    :raises Invalid: a category it did not allow before.
    """
    head = ledger.lock(session, patient.id)
    grant = mine(session, patient, grant_id)
    before = categories_of(session, [grant_id]).get(grant_id, frozenset())
    if keep - before:
        raise Invalid.at("/categories", "Narrowing can only take away.")
    gone = before - keep
    if gone and grant.ended_at is None:
        session.execute(
            delete(GrantCategory).where(
                GrantCategory.grant_id == grant_id, GrantCategory.category.in_(gone)
            )
        )
        facts = {"categories": sorted(keep)}
        ledger.append(session, head, grant_id, Happened.NARROWED, facts, at=at)
    return grant, gone


def end(
    session: Session, grant: Grant, *, at: datetime, happened: Happened = Happened.WITHDRAWN
) -> None:
    """End a grant for good and destroy its key. Ending it twice changes nothing."""
    head = ledger.lock(session, grant.patient_id)
    session.refresh(grant)
    if grant.ended_at is not None:
        return
    grant.ended_at, grant.ended_by = at, happened
    keys.destroy(session, grant.id, at=at)
    ledger.append(session, head, grant.id, happened, {}, at=at)


def close_ended(session: Session, patient_id: UUID, *, at: datetime) -> None:
    """Make every end that was reached a fact, so that it never comes back."""
    for grant in session.scalars(
        select(Grant).where(
            Grant.patient_id == patient_id, Grant.ended_at.is_(None), Grant.ends_at <= at
        )
    ):
        end(session, grant, at=at, happened=Happened.EXPIRED)


def mine(session: Session, patient: Patient, grant_id: UUID) -> Grant:
    """A grant this patient gave.

    :raises NotFound: absent or another's.
    """
    grant = session.scalars(
        select(Grant).where(Grant.id == grant_id, Grant.patient_id == patient.id)
    ).one_or_none()
    if grant is None:
        raise NotFound
    return grant


def all_of(session: Session, patient: Patient) -> Sequence[Grant]:
    """Every grant a patient ever gave, newest first."""
    given = select(Grant).where(Grant.patient_id == patient.id)
    return session.scalars(given.order_by(Grant.given_at.desc(), Grant.id.desc())).all()


def in_force(
    session: Session, patient: Patient, at: datetime, *, therapist_id: UUID | None = None
) -> Sequence[Grant]:
    """A patient's grants that hold now, to anybody or to one therapist."""
    live = select(Grant).where(Grant.patient_id == patient.id, Grant.in_force(at))
    if therapist_id is not None:
        live = live.where(Grant.therapist_id == therapist_id)
    return session.scalars(live).all()


def categories_of(session: Session, grant_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """What each grant allows."""
    rows = session.execute(
        select(GrantCategory.grant_id, GrantCategory.category).where(
            GrantCategory.grant_id.in_(list(grant_ids))
        )
    )
    allowed: dict[UUID, set[str]] = {}
    for grant_id, category in rows:
        allowed.setdefault(grant_id, set()).add(category)
    return {grant_id: frozenset(some) for grant_id, some in allowed.items()}


def _check(session: Session, patient: Patient, offer: Offer, at: datetime) -> None:
    if offer.therapist_id not in care.therapists_of(session, patient.id):
        raise Invalid.at("/therapist_id", "Not one of your therapists.")
    content = library.load()
    shown = content.agreement
    if (offer.agreement, offer.edition, offer.sha256) != (shown.id, shown.edition, shown.sha256):
        raise Invalid.at("/agreement", "The agreement has changed. Please read it again.")
    known = {category.id for category in content.categories}
    if not offer.categories or offer.categories - known:
        raise Invalid.at("/categories", "Choose at least one of the known categories.")
    if offer.ends_at <= at:
        raise Invalid.at("/ends_on", "The end has to lie ahead.")


def _facts(offer: Offer) -> dict[str, Any]:
    """What the ledger keeps of an offer."""
    return {
        "therapist": str(offer.therapist_id),
        "categories": sorted(offer.categories),
        "ends_at": offer.ends_at.isoformat(),
        "agreement": f"{offer.agreement}/{offer.edition}",
        "sha256": offer.sha256,
        "release_in_morning": offer.release_in_morning,
    }
