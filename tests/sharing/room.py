"""A room with one thing handed over in it, whose every fact a test may change by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.accounts.principals import Patient, Therapist
from journal.care.models import CareLink, Membership
from journal.consent.models import Grant, GrantCategory
from journal.sharing import gate
from journal.sharing.models import Excerpt
from journal.vault import keys
from journal.vault.sealed import Sealed
from tests import factories
from tests.factories import NOW, new_id
from tests.worlds import World

WORDS = "The river again."
GIVEN, ENDS = NOW - timedelta(days=1), NOW + timedelta(days=90)


@dataclass
class Room:
    """One thing handed over, and what may change about it. The tests edit rows by hand: the
    gate alone decides, whatever else the services would have cleaned up."""

    session: Session
    world: World
    excerpt: Excerpt
    grant: Grant
    reader: Therapist
    patient: Patient
    at: datetime = NOW

    def of_excerpt(self, **values: object) -> None:
        mine = (Excerpt.id == self.excerpt.id) & (Excerpt.patient_id == self.patient.id)
        self.session.execute(update(Excerpt).where(mine).values(**values))

    def of_grant(self, **values: object) -> None:
        self.session.execute(update(Grant).where(Grant.id == self.grant.id).values(**values))

    def of_link(self, **values: object) -> None:
        mine = (CareLink.patient_id == self.patient.id, CareLink.therapist_id == self.reader.id)
        self.session.execute(update(CareLink).where(*mine).values(**values))

    def of_membership(self, **values: object) -> None:
        mine = Membership.account_id == self.reader.id
        self.session.execute(update(Membership).where(mine).values(**values))

    def of_account(self, **values: object) -> None:
        mine = Account.id == self.reader.id
        self.session.execute(update(Account).where(mine).values(**values))

    def of_patients_membership(self, **values: object) -> None:
        mine = Membership.account_id == self.patient.id
        self.session.execute(update(Membership).where(mine).values(**values))

    def of_patients_account(self, **values: object) -> None:
        mine = Account.id == self.patient.id
        self.session.execute(update(Account).where(mine).values(**values))

    def allow(self, *categories: str) -> None:
        """Let the grant allow exactly these. Other grants go on allowing reflections."""
        mine = GrantCategory.grant_id == self.grant.id
        self.session.execute(delete(GrantCategory).where(mine))
        for one in categories:
            row = insert(GrantCategory).values(grant_id=self.grant.id, category=one)
            self.session.execute(row)

    def held(self, started_at: datetime, *, clear: datetime, who: str = "patient") -> None:
        """It was marked on the day of a dose and to go out now; there is another dose."""
        self.of_excerpt(release_at=self.at)
        self.dosed(started_at, clear=clear, who=who)

    def dosed(self, started_at: datetime, *, clear: datetime, who: str = "patient") -> None:
        patient = getattr(self.world, who)
        clinic = self.world.clinic
        dose = factories.make_dose(self.session, clinic, patient.id, started_at=started_at)
        dose.clear_at = clear
        self.session.flush()

    def asks(self, who: str) -> None:
        self.reader = getattr(self.world, who)

    def about(self, who: str) -> None:
        self.patient = getattr(self.world, who)


def furnished(session: Session, world: World) -> Room:
    """One entry, handed over whole."""
    entry = factories.make_entry(session, world.patient, text=WORDS)
    grant = factories.make_grant(session, world.patient, world.therapist, at=GIVEN, ends_at=ENDS)
    excerpt = factories.hand_over(session, world.patient, grant, entry)
    crossed_rows(session, world, excerpt, grant)
    return Room(session, world, excerpt, grant, world.therapist, world.patient)


def crossed_rows(session: Session, world: World, excerpt: Excerpt, grant: Grant) -> None:
    """Rows no service makes: one patient's excerpt under another patient's grant, both ways."""
    theirs = session.scalars(select(Grant).where(Grant.patient_id == world.other_patient.id)).one()
    for owner, under in ((world.other_patient, grant), (world.patient, theirs)):
        id = new_id()
        words = Sealed.seal(
            b'{"crossed":true}', keys.key(session, under.id, of=keys.Of.GRANT), gate.place(id)
        )
        row = {column.key: getattr(excerpt, column.key) for column in Excerpt.__table__.columns}
        row |= {"id": id, "patient_id": owner.id, "grant_id": under.id, "body": words}
        session.execute(insert(Excerpt).values(row))
