"""The page both people see: one query, one serializer, the same bytes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Patient, Therapist
from journal.audit import How
from journal.care import service as care
from journal.sharing import ending, gate
from journal.sharing.gate import Shown


def for_therapist(
    session: Session, reader: Therapist, patient_id: UUID, *, at: datetime, how: How = How.PAGE
) -> bytes:
    """The page as JSON; every excerpt on it gets a receipt.

    :param how: in what form the words will leave.

    :raises NotFound: not a patient of this therapist.
    """
    care.require_link(session, patient_id, reader.id)
    ending.close(session, patient_id, at=at)
    shown = gate.read(session, reader, patient_id, at=at, how=how)
    return _page(session, patient_id, reader.id, shown, at)


def for_patient(session: Session, author: Patient, therapist_id: UUID, *, at: datetime) -> bytes:
    """Exactly what that therapist would get now. Leaves no receipt.

    :raises NotFound: not a therapist of this patient.
    """
    care.require_link(session, author.id, therapist_id)
    shown = gate.preview(session, author, therapist_id, at=at)
    return _page(session, author.id, therapist_id, shown, at)


def _page(
    session: Session, patient_id: UUID, therapist_id: UUID, shown: Sequence[Shown], at: datetime
) -> bytes:
    called = accounts.names(session, [patient_id, therapist_id])
    coming = care.next_appointments(session, [patient_id], therapist_id, at)
    last = care.last_dose(session, patient_id, at)
    page = {
        "patient": {"id": patient_id, "name": called.get(patient_id, "")},
        "therapist": {"id": therapist_id, "name": called.get(therapist_id, "")},
        "until": max((one.until for one in shown), default=None),
        "next_appointment": coming.get(patient_id),
        "last_dosing": last
        and {"number": last.number, "started_at": last.started_at, "route": last.route},
        "excerpts": [
            {
                "id": one.id,
                "category": one.category,
                "kind": one.kind,
                "handed_at": one.handed_at,
                "written_at": one.written_at,
                "zone": one.zone,
                "content": one.content,
            }
            for one in shown
        ],
    }
    return orjson.dumps(page)
