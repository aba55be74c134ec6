"""When a head is clear again after a dose, as a WHERE clause."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute

from journal.care.models import DosingSession
from journal.care.service import Id, Moment


def not_clear(
    patient_id: Id, moment: Moment | InstrumentedAttribute[datetime | None], *, until: Moment
) -> ColumnElement[bool]:
    """Whether a dose begun by `moment` has not let go by `until`."""
    return exists().where(
        DosingSession.patient_id == patient_id,
        DosingSession.started_at <= moment,
        until < DosingSession.clear_at,
    )
