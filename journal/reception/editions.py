"""Nobody writes over what somebody else wrote meanwhile.

A session and an appointment count their editions: each time somebody says other times, another
route or therapist of it, or cancels it. What the clinic's settings move along (`clear_at`, the
number in the course) is nobody's saying and counts no edition.
"""

from typing import Any

from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.care.models import Appointment, DosingSession
from journal.errors import Conflict
from journal.reception import shown


class ChangedMeanwhile(Conflict):
    """It is not what it was when it was opened; `stands` is what it is now, `cancelled` or not."""

    title = "This was changed meanwhile"


def check(session: Session, row: DosingSession | Appointment, edited_from: int | None) -> None:
    """Let a change pass that was made from what stands.

    :param edited_from: the edition it was made from; None where it was to be a new one.
    :raises ChangedMeanwhile: that is not what stands.
    """
    if row.edition == edited_from:
        return
    gone = row.cancelled_at is not None
    what = "appointment" if isinstance(row, Appointment) else "session"
    raise ChangedMeanwhile(
        f"Somebody has {'cancelled' if gone else 'changed'} this {what} since it was opened here.",
        edition=row.edition,
        cancelled=gone,
        stands=_shown(session, row),
    )


def _shown(session: Session, row: DosingSession | Appointment) -> dict[str, Any]:
    if isinstance(row, DosingSession):
        return shown.dose(row, accounts.names(session, [row.patient_id]))
    called = accounts.names(session, [row.patient_id, row.therapist_id])
    return shown.appointment(row, called)
