"""The other side of the link: look at an invitation, and accept it once.

Wrong, spent, taken back and expired are one answer. Nobody is asked for an address, so that no
answer here can say whether one is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts import enrolling
from journal.accounts import service as accounts
from journal.accounts.enrolling import Enrolled
from journal.accounts.naming import plain_name, require_zone
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


def look(session: Session, token: str, *, at: datetime) -> Welcome:
    """What this invitation is for.

    :raises NotFound: wrong, spent, taken back or expired: one answer.
    """
    row = session.scalars(select(Invitation).where(opens(token, at))).one_or_none()
    if row is None:
        raise NotFound
    therapist = _therapist(session, row)
    called = accounts.names(session, [therapist]) if therapist else {}
    return Welcome(
        role=row.role,
        clinic=session.get_one(Clinic, row.clinic_id).name,
        name=_name(session, row),
        therapist=called.get(therapist) if therapist else None,
    )


def accept(
    session: Session,
    secret_key: str,
    token: str,
    *,
    name: str | None,
    zone: str,
    proofs: Mapping[str, Any],
    at: datetime,
) -> Enrolled:
    """Spend the invitation: an account, its membership, and the link with the therapist.

    Role, clinic and therapist are the invitation's. A patient chooses what they are called; staff
    keep the name their clinic wrote, because patients decide by it whom they share with.

    :param proofs: how they will sign in, as `enrolling.enrol` takes it.
    :raises NotFound: wrong, spent, taken back or expired: one answer. It comes before any other.
    :raises Invalid: the name, the zone or a proof does not do; the invitation stays open.
    """
    row = _claim(session, token, at)
    require_zone(zone)
    own = row.role is Role.PATIENT and name is not None
    joined = enrolling.enrol(
        session,
        secret_key,
        id=UUID(str(uuids.uuid7())),
        role=row.role,
        name=plain_name(name) if own and name is not None else _name(session, row),
        zone=zone,
        **proofs,
        at=at,
    )
    joining.admit(session, joined.account.id, row.clinic_id, at=at)
    # Who has left meanwhile is not linked; the clinic finds the patient somebody else.
    if therapist := _therapist(session, row):
        joining.begin_link(session, row.clinic_id, joined.account.id, therapist, at=at)
    return joined


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


def _name(session: Session, row: Invitation) -> str:
    key = keys.key(session, row.clinic_id, of=keys.Of.CLINIC)
    return row.name.open(key, place(row.clinic_id, row.id)).decode()
