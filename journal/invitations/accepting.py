"""The other side of the link: look at an invitation, and accept it once.

Wrong, spent, taken back and expired are one answer. Nobody is asked for an address, so that no
answer here can say whether one is known.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts import enrolling
from journal.accounts import service as accounts
from journal.accounts.enrolling import Enrolled
from journal.accounts.naming import plain_name, require_zone
from journal.accounts.offered import Ready
from journal.accounts.principals import Role
from journal.care import joining
from journal.care.models import Clinic
from journal.errors import NotFound
from journal.invitations.models import Invitation
from journal.invitations.states import opens, place
from journal.vault import keys


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an open link says to whoever holds it."""

    role: Role
    clinic: str
    name: str = field(repr=False)
    therapist: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the proofs of whoever joins have to be enough for, and must not be made of."""

    role: Role
    about: tuple[str, str] = field(repr=False)


def look(session: Session, token: str, *, at: datetime) -> Welcome:
    """What this invitation is for.

    :raises NotFound: wrong, spent, taken back or expired: one answer.
    """
    row = _find(session, token, at)
    therapist = _therapist(session, row)
    called = accounts.names(session, [therapist]) if therapist else {}
    return Welcome(
        role=row.role,
        clinic=session.get_one(Clinic, row.clinic_id).name,
        name=_name(session, row),
        therapist=called.get(therapist) if therapist else None,
    )


def ask_passkey(session: Session, token: str, name: str | None, *, at: datetime) -> dict[str, Any]:
    """What a browser needs to make a passkey for whoever holds this link: `{"id", "publicKey"}`.

    :raises NotFound: wrong, spent, taken back or expired: one answer.
    """
    row = _find(session, token, at)
    return enrolling.ask(session, name=_called(session, row, name), at=at)


def expect(session: Session, token: str, name: str | None, *, at: datetime) -> Expected:
    """Whom this link is for, as far as their proofs are looked at by it.

    :raises NotFound: wrong, spent, taken back or expired: one answer.
    :raises Invalid: the name does not do.
    """
    row = _find(session, token, at)
    clinic = session.get_one(Clinic, row.clinic_id).name
    return Expected(row.role, (_called(session, row, name), clinic))


def accept(
    session: Session,
    secret_key: str,
    token: str,
    *,
    name: str | None,
    zone: str,
    ready: Ready,
    at: datetime,
) -> Enrolled:
    """Spend the invitation: an account, its membership, and the link with the therapist.

    Role, clinic and therapist are the invitation's. A patient chooses what they are called; staff
    keep the name their clinic wrote, because patients decide by it whom they share with.

    :param ready: how they will sign in: `enrolling.prepare` for whom `expect` says.
    :raises NotFound: wrong, spent, taken back or expired: one answer. It comes before any other.
    :raises Invalid: the name, the zone or a proof does not do; the invitation stays open.
    """
    row = _claim(session, token, at)
    require_zone(zone)
    joined = enrolling.enrol(
        session,
        secret_key,
        role=row.role,
        name=_called(session, row, name),
        zone=zone,
        ready=ready,
        at=at,
    )
    joining.admit(session, joined.account.id, row.clinic_id, at=at)
    # Who has left meanwhile is not linked; the clinic finds the patient somebody else.
    if therapist := _therapist(session, row):
        joining.begin_link(session, row.clinic_id, joined.account.id, therapist, at=at)
    return joined


def _find(session: Session, token: str, at: datetime) -> Invitation:
    row = session.scalars(select(Invitation).where(opens(token, at))).one_or_none()
    if row is None:
        raise NotFound
    return row


def _claim(session: Session, token: str, at: datetime) -> Invitation:
    # One statement looks and takes: of many at once, one finds it open.
    taken = update(Invitation).where(opens(token, at)).values(used_at=at)
    found = session.execute(
        taken.returning(Invitation.clinic_id, Invitation.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if found is None:
        raise NotFound
    return session.get_one(Invitation, tuple(found), populate_existing=True)


def _therapist(session: Session, row: Invitation) -> UUID | None:
    """The therapist of the invitation, while they are still there."""
    if row.therapist_id is None:
        return None
    here = joining.works_at(row.clinic_id, row.therapist_id, Role.THERAPIST)
    return row.therapist_id if session.scalar(select(here)) else None


def _called(session: Session, row: Invitation, chosen: str | None) -> str:
    """What a patient chose to be called; of everybody else what their clinic wrote."""
    if row.role is Role.PATIENT and chosen is not None:
        return plain_name(chosen)
    return _name(session, row)


def _name(session: Session, row: Invitation) -> str:
    key = keys.key(session, row.clinic_id, of=keys.Of.CLINIC)
    return row.name.open(key, place(row.clinic_id, row.id)).decode()
