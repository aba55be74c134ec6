"""Who is in a clinic, and what its admin does about them: link, reassign, leave, deactivate.

Whoever is not of the admin's clinic is not there. Each act locks the clinic first, ends what it
ends at once, and is written down for the person it is about.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.models import Account
from journal.accounts.principals import Admin, Role
from journal.care import links
from journal.care import service as care
from journal.care.models import Clinic, Membership
from journal.errors import Conflict, NotFound
from journal.roster import acts, parting
from journal.roster.models import Did


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a clinic, now or once."""

    id: UUID
    role: Role
    since: datetime
    ended_at: datetime | None
    """When they left or were deactivated."""


def clinic_of(session: Session, admin: Admin, *, lock: bool = False) -> Clinic:
    """The clinic an admin looks after.

    :param lock: until the transaction ends, so that two admins act one after the other. Whoever
        was removed while they waited for it does nothing any more.
    :raises NotFound: they look after none any more.
    """
    found = care.admins_clinic(session, admin)
    if lock:
        links.hold(session, admin.id, found)
    return found


def members(session: Session, clinic_id: UUID) -> list[Member]:
    """Everybody of a clinic, those who left too, in the order they came."""
    found = session.execute(
        select(
            Account.id,
            Account.role,
            Membership.since,
            func.coalesce(Membership.ended_at, Account.disabled_at),
        )
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.clinic_id == clinic_id)
        .order_by(Membership.since, Account.id)
    )
    return [Member(*row) for row in found]


def member(
    session: Session, clinic: Clinic, id: UUID, *, role: Role | None = None, left: bool = False
) -> Account:
    """Somebody of this clinic.

    :param left: also who belonged to it once.
    :raises NotFound: no such person, another clinic's, of another role, or no longer here.
    """
    known = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.clinic_id == clinic.id, Account.id == id)
    )
    if role is not None:
        known = known.where(Account.role == role)
    if not left:
        known = known.where(Membership.ended_at.is_(None), Account.disabled_at.is_(None))
    found = session.scalars(known).one_or_none()
    if found is None:
        raise NotFound
    return found


def link(
    session: Session,
    admin: Admin,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    at: datetime,
    instead_of: UUID | None = None,
) -> None:
    """Let a therapist see a patient, with nothing; in the place of another one, if so said.

    :raises NotFound: one of them is not here, or the other one does not see this patient.
    """
    clinic = clinic_of(session, admin, lock=True)
    both = (
        member(session, clinic, patient_id, role=Role.PATIENT).id,
        member(session, clinic, therapist_id, role=Role.THERAPIST).id,
    )
    if instead_of is not None and instead_of != therapist_id:
        now = links.pairs(session, clinic.id, patient_id)
        if (patient_id, instead_of) not in now and both not in now:
            raise NotFound
        _unlink(session, admin, clinic, (patient_id, instead_of), at)
    if links.make_link(session, clinic.id, *both, at=at):
        acts.note_both(session, admin, clinic, both, Did.LINKED, at=at)


def unlink(
    session: Session, admin: Admin, patient_id: UUID, therapist_id: UUID, *, at: datetime
) -> None:
    """Let a therapist no longer see a patient: what was shared between them ends at once.

    :raises NotFound: they never saw each other here.
    """
    clinic = clinic_of(session, admin, lock=True)
    _unlink(session, admin, clinic, (patient_id, therapist_id), at)


def leave(
    session: Session, admin: Admin, id: UUID, *, at: datetime, did: Did = Did.LEFT
) -> Account:
    """Somebody no longer belongs to the clinic; whoever they saw here, they see no longer.

    :raises NotFound: never of this clinic.
    :raises Conflict: the last admin.
    """
    clinic = clinic_of(session, admin, lock=True)
    person = member(session, clinic, id, left=True)
    if clinic.id not in links.clinics_of(session, id):
        return person
    if {one for one, role in here(session, clinic).items() if role is Role.ADMIN} == {id}:
        raise Conflict("The clinic would have no admin. Invite another one first.")
    parting.go(session, admin, clinic, id, did, at=at)
    return person


def deactivate(session: Session, admin: Admin, id: UUID, *, at: datetime) -> None:
    """Somebody of the staff leaves, and signs in no more.

    Who works for another clinic as well still signs in there: this one neither decides that nor
    hears of it.
    :raises NotFound: not of this clinic, or no longer here for another reason.
    :raises Conflict: a patient, whose journal is theirs; the last admin.
    """
    clinic = clinic_of(session, admin, lock=True)
    if id not in here(session, clinic) and acts.was(session, clinic, id, Did.DEACTIVATED):
        return
    if member(session, clinic, id).role is Role.PATIENT:
        raise Conflict("A patient's journal is theirs. They can leave the clinic and keep it.")
    person = leave(session, admin, id, at=at, did=Did.DEACTIVATED)
    if not links.clinics_of(session, person.id):
        accounts.disable(session, person.id, at=at)


def _unlink(
    session: Session, admin: Admin, clinic: Clinic, both: tuple[UUID, UUID], at: datetime
) -> None:
    if both not in links.pairs(session, clinic.id, both[0]):
        if links.saw(session, clinic.id, both):
            return  # said again, because the answer was lost
        raise NotFound
    parting.part(session, admin, clinic, both, at=at)


def here(session: Session, clinic: Clinic) -> dict[UUID, Role]:
    """Who belongs to a clinic now, and as what."""
    return {one.id: one.role for one in members(session, clinic.id) if one.ended_at is None}
