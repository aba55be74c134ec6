"""Who belongs to an admin's clinic now: whose sessions and appointments may be written down."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.models import Account
from journal.accounts.principals import Admin, Role
from journal.care import links
from journal.care import service as care
from journal.care.models import CareLink, Clinic, Membership


@dataclass(frozen=True, slots=True)
class Somebody:
    """A patient or a therapist of this clinic."""

    id: UUID
    name: str
    role: Role
    zone: str


@dataclass(frozen=True, slots=True)
class Here:
    """A clinic and the people who can be put down in its calendar."""

    clinic: Clinic
    people: dict[UUID, Somebody]
    pairs: frozenset[tuple[UUID, UUID]]
    """Patient and therapist who see each other at this clinic."""
    said: dict[tuple[Role, str], list[Somebody]] = field(repr=False)
    """Whoever a name or an id may mean."""

    def patient(self, id: UUID) -> Somebody | None:
        """One of the patients, by id."""
        found = self.people.get(id)
        return found if found and found.role is Role.PATIENT else None

    def every(self, role: Role) -> list[Somebody]:
        """Everybody of one role, by name."""
        some = (one for one in self.people.values() if one.role is role)
        return sorted(some, key=lambda one: (one.name.casefold(), one.id))

    def named(self, said: str, role: Role) -> list[Somebody]:
        """Whoever this name or id may mean; letter case and spaces do not matter."""
        return self.said.get((role, plain(said)), [])


def plain(said: str) -> str:
    """A name as it is compared."""
    return " ".join(said.casefold().split())


def look(session: Session, admin: Admin, *, lock: bool = False) -> Here:
    """Everybody who belongs to the admin's clinic and can still sign in.

    :param lock: let its settings stand, and who sees whom, until the transaction ends. Before
        anything else is locked; others who write times down do not wait.
    :raises NotFound: they look after no clinic (any more).
    """
    clinic = care.admins_clinic(session, admin)
    if lock:
        links.hold(session, admin.id, clinic, shared=True)
    rows = session.execute(
        select(Account.id, Account.role, Account.zone)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.clinic_id == clinic.id,
            Membership.ended_at.is_(None),
            Account.disabled_at.is_(None),
            Account.role != Role.ADMIN,
        )
    ).all()
    called = accounts.names(session, {row.id for row in rows})
    people = {
        row.id: Somebody(row.id, called[row.id], row.role, row.zone)
        for row in rows
        if row.id in called
    }
    linked = select(CareLink.patient_id, CareLink.therapist_id).where(
        CareLink.clinic_id == clinic.id, CareLink.ended_at.is_(None)
    )
    pairs = {(row.patient_id, row.therapist_id) for row in session.execute(linked)}
    both = frozenset(pair for pair in pairs if people.keys() >= set(pair))
    said: dict[tuple[Role, str], list[Somebody]] = {}
    for one in people.values():
        for name in {plain(one.name), str(one.id)} - {""}:
            said.setdefault((one.role, name), []).append(one)
    return Here(clinic, people, both, said)
