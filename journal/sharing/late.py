"""A dose that is written down after it began: what was decided since then waits for the morning.

Nobody knew of the dose when the patient handed something over or agreed to something. It is taken
as if they had: what was handed over goes out in the morning if they agreed to that while clear,
and otherwise asks again; consent that was given or resumed since is paused until they go on.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger, pausing
from journal.consent.models import Because, ConsentEvent, Grant, Happened
from journal.db import rows
from journal.sharing.models import Excerpt

WIDENED = (Happened.GIVEN, Happened.RESUMED)


def close_since(
    session: Session, patient_id: UUID, began: datetime, clear_at: datetime, *, at: datetime
) -> None:
    """Close what was opened since `began`. Doing it twice changes nothing.

    :param at: before `clear_at`: from then on a clear head has its say.
    """
    # Under the lock: what came while this waited for it is there by now, and younger than `at`.
    ledger.lock(session, patient_id)
    _hold(session, patient_id, began, clear_at)
    since = select(ConsentEvent.grant_id).where(
        ConsentEvent.patient_id == patient_id,
        ConsentEvent.happened.in_(WIDENED),
        ConsentEvent.at >= began,
        ConsentEvent.at < clear_at,
    )
    open_now = select(Grant.id).where(
        Grant.patient_id == patient_id,
        Grant.ended_at.is_(None),
        Grant.pause.is_(None),
        Grant.id.in_(since),
    )
    for grant_id in session.scalars(open_now.order_by(Grant.given_at, Grant.id)).all():
        pausing.pause(session, Patient(patient_id), grant_id, at=at, because=Because.DOSE)


def _hold(session: Session, patient_id: UUID, began: datetime, clear_at: datetime) -> None:
    # What was agreed to since the dose was not agreed to while clear.
    agreed = select(Grant.id).where(
        Grant.patient_id == patient_id, Grant.release_in_morning, Grant.given_at < began
    )
    went_out = (
        Excerpt.patient_id == patient_id,
        Excerpt.taken_back_at.is_(None),
        Excerpt.release_at >= began,
        Excerpt.release_at < clear_at,
    )
    # An admin writes the dose down, to whom these rows are closed.
    with rows.for_author(session, patient_id):
        for morning, which in (
            (clear_at, Excerpt.grant_id.in_(agreed)),
            (None, Excerpt.grant_id.not_in(agreed)),
        ):
            session.execute(
                update(Excerpt).where(*went_out, which).values(release_at=morning),
                execution_options={"synchronize_session": "fetch"},
            )
