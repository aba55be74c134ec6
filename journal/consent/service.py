"""Give consent, narrow it, end it. Ending and narrowing are always possible; giving waits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger, offers
from journal.consent.models import Grant, GrantCategory, Happened
from journal.consent.offers import Offer
from journal.content import library
from journal.errors import Conflict, Invalid, NotFound
from journal.vault import keys

# Built once, as it runs before every reading.
OVER = (
    select(Grant)
    .where(Grant.patient_id == bindparam("patient"), Grant.over(bindparam("at")))
    .order_by(Grant.id)
)


def give(session: Session, patient: Patient, offer: Offer, *, at: datetime) -> Grant:
    """Start a grant. The same offer sent again gives the grant that it made.

    :raises NotClear: a dose is not yet over.
    :raises Conflict: consent to this therapist stands already.
    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    ledger.lock(session, patient.id)
    if known := made_by(session, patient, offer):
        return known
    close_ended(session, patient.id, at=at)
    if standing(session, patient, at, therapist_id=offer.therapist_id):
        offers.require_clear(session, patient, at)
        offers.check(session, patient, offer, at)
        raise Conflict("You already share with this person. Stop that first.")
    return start(session, patient, offer, at=at)


def made_by(session: Session, patient: Patient, offer: Offer) -> Grant | None:
    """The grant that this offer made when it was sent before.

    :raises Invalid: something else has this id.
    """
    known = session.get(Grant, offer.id)
    if known is not None and known.patient_id == patient.id:
        return known
    if known is not None or session.get(keys.DataKey, offer.id) is not None:
        raise Invalid.at("/id", "Choose another id.")
    return None


def start(session: Session, patient: Patient, offer: Offer, *, at: datetime) -> Grant:
    """Make the grant of an offer, with its key. The caller looked for one that stands.

    :raises NotClear: a dose is not yet over.
    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    head = ledger.lock(session, patient.id)
    offers.require_clear(session, patient, at)
    offers.check(session, patient, offer, at)
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
    facts = offers.facts(offer, grant.locale)
    ledger.append(session, head, grant.id, Happened.GIVEN, facts, at=at)
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
    session: Session,
    grant: Grant,
    *,
    at: datetime,
    happened: Happened = Happened.WITHDRAWN,
    by: UUID | None = None,
) -> None:
    """End a grant for good and destroy its key. Ending it twice changes nothing.

    :param by: the grant that takes its place.
    """
    head = ledger.lock(session, grant.patient_id)
    session.refresh(grant)
    if grant.ended_at is not None:
        return
    grant.ended_at, grant.ended_by = at, happened
    keys.destroy(session, grant.id, at=at)
    facts = {"by": str(by)} if by else {}
    ledger.append(session, head, grant.id, happened, facts, at=at)


def close_ended(session: Session, patient_id: UUID, *, at: datetime) -> list[UUID]:
    """Make every end that was reached a fact, so that it never comes back; return whose.

    An end is reached in time, and when a therapist no longer sees the patient.
    """
    closed = session.scalars(OVER, {"patient": patient_id, "at": at}).all()
    for grant in closed:
        happened = Happened.EXPIRED if grant.ends_at <= at else Happened.LEFT
        end(session, grant, at=at, happened=happened)
    return [grant.id for grant in closed]


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
    """A patient's grants under which something can be read now, to anybody or to one therapist."""
    return _given(session, patient, Grant.in_force(at), therapist_id)


def standing(
    session: Session, patient: Patient, at: datetime, *, therapist_id: UUID | None = None
) -> Sequence[Grant]:
    """A patient's grants that have not ended, paused ones too."""
    return _given(session, patient, Grant.standing(at), therapist_id)


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


def _given(
    session: Session, patient: Patient, which: ColumnElement[bool], therapist_id: UUID | None
) -> Sequence[Grant]:
    found = select(Grant).where(Grant.patient_id == patient.id, which)
    if therapist_id is not None:
        found = found.where(Grant.therapist_id == therapist_id)
    return session.scalars(found).all()
