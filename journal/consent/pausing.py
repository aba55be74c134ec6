"""Pause consent and go on with it. Pausing is always possible; going on waits for a clear head.

What was handed over stays where it is, sealed under the grant's key, and nobody can read it.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger, offers, service, successors
from journal.consent.models import Because, ConsentEvent, Grant, Happened
from journal.errors import Conflict


def pause(
    session: Session,
    patient: Patient,
    grant_id: UUID,
    *,
    at: datetime,
    because: Because | None = None,
) -> Grant:
    """Close what one therapist can read until the patient goes on. Twice changes nothing.

    :param because: why, where it was not the patient who paused.
    :return: the grant that is paused: the one that lives on, where the named one was renewed.

    :raises NotFound: no such grant of this patient.
    """
    head = ledger.lock(session, patient.id)
    grant = successors.living(session, service.mine(session, patient, grant_id))
    if grant.ended_at is None and grant.pause is None:
        facts = {} if because is None else {"because": because.value}
        ledger.append(session, head, grant.id, Happened.PAUSED, facts, at=at)
        grant.paused_at, grant.pause = at, head.n
        session.flush()
    return grant


def pause_everything(session: Session, patient: Patient, *, at: datetime) -> None:
    """Pause every consent of this patient that has not ended.

    Also one that is younger than `at`: it came while this waited for the lock.
    """
    ledger.lock(session, patient.id)
    for grant in service.all_of(session, patient):
        if grant.ended_at is None:
            pause(session, patient, grant.id, at=at)


def resume(session: Session, patient: Patient, grant_id: UUID, n: int, *, at: datetime) -> Grant:
    """Go on after the pause with this number.

    An answer that was lost makes a phone ask again: a pause made since then is not undone by it.
    Nor does it reach what a renewal put in the place of this grant: going on widens.

    :raises NotFound: no such grant of this patient.
    :raises Conflict: it has ended, or was paused again since.
    :raises NotClear: a dose is not yet over.
    """
    head = ledger.lock(session, patient.id)
    grant = service.mine(session, patient, grant_id)
    if grant not in service.standing(session, patient, at):
        raise Conflict("Sharing with this person has ended.")
    if grant.pause is None:
        return grant
    if grant.pause != n:
        raise Conflict("It was paused again since then.")
    offers.require_clear(session, patient, at)
    grant.paused_at = grant.pause = None
    ledger.append(session, head, grant.id, Happened.RESUMED, {"pause": n}, at=at)
    return grant


def reasons(session: Session, grant_ids: Collection[UUID]) -> dict[UUID, str]:
    """Why these grants are paused, as far as it was not their patient who did it."""
    if not grant_ids:
        return {}
    holding = (
        select(Grant.id, ConsentEvent.facts)
        .join(
            ConsentEvent,
            and_(ConsentEvent.patient_id == Grant.patient_id, ConsentEvent.n == Grant.pause),
        )
        .where(Grant.id.in_(grant_ids))
    )
    found = session.execute(holding).all()
    return {id: facts["because"] for id, facts in found if "because" in facts}
