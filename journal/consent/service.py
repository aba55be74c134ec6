"""Narrow consent, end it, find it. Ending and narrowing are always possible."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger, successors
from journal.consent.models import Grant, GrantCategory, Happened
from journal.errors import Invalid, NotFound
from journal.vault import keys

# Built once, as it runs before every reading.
OVER = (
    select(Grant)
    .where(Grant.patient_id == bindparam("patient"), Grant.over(bindparam("at")))
    .order_by(Grant.id)
)


def narrow(
    session: Session, patient: Patient, grant_id: UUID, keep: frozenset[str], *, at: datetime
) -> tuple[Grant, frozenset[str]]:
    """Allow fewer categories; return the grant and what it no longer allows.

    It is the grant that lives on, where the named one was renewed.

    :raises NotFound: no such grant of this patient.
    :raises Invalid: a category that the named one did not allow.
    """
    head = ledger.lock(session, patient.id)
    named = mine(session, patient, grant_id)
    grant = successors.living(session, named)
    allowed = categories_of(session, [named.id, grant.id])
    if keep - allowed.get(named.id, frozenset()):
        raise Invalid.at("/categories", "Narrowing can only take away.")
    before = allowed.get(grant.id, frozenset())
    gone = before - keep
    if gone and grant.ended_at is None:
        session.execute(
            delete(GrantCategory).where(
                GrantCategory.grant_id == grant.id, GrantCategory.category.in_(gone)
            )
        )
        facts = {"categories": sorted(before & keep)}
        ledger.append(session, head, grant.id, Happened.NARROWED, facts, at=at)
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
    keys.destroy(session, grant.id, of=keys.Of.GRANT, at=at)
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
