"""Which grant lives on in the place of one that was renewed.

A phone without a network does not know of a renewal. What it takes away by the old id is meant for
the person, and not for a number: it reaches whichever grant stands for that one today. Nothing
that widens goes this way.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.consent.models import ConsentEvent, Grant, Happened


def living(session: Session, grant: Grant) -> Grant:
    """The grant at the end of the renewals that began with this one; itself, if there was none.

    The caller holds the patient's consent lock, so that none is renewed meanwhile.
    """
    return line(session, grant)[-1]


def line(session: Session, grant: Grant) -> list[Grant]:
    """This grant, and those that renewals put in its place, one after the other."""
    found = [grant]
    while by := replaced_by(session, found[-1]):
        found.append(session.get_one(Grant, by))
    return found


def replaced_by(session: Session, grant: Grant) -> UUID | None:
    """The id of the grant that a renewal put in the place of this one."""
    if grant.ended_by is not Happened.RENEWED:
        return None
    renewed = select(ConsentEvent.facts).where(
        ConsentEvent.patient_id == grant.patient_id,
        ConsentEvent.grant_id == grant.id,
        ConsentEvent.happened == Happened.RENEWED,
    )
    return UUID(session.scalars(renewed).one()["by"])
