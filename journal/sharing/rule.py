"""What is readable, said once.

The grant is in force, the category is allowed, the excerpt is released (and not into another dose)
and not taken back, and the therapist still sees this patient.
"""

from sqlalchemy import ColumnElement, and_, exists, not_

from journal.care.clear import not_clear
from journal.care.service import Id, Moment, linked
from journal.consent.models import Grant, GrantCategory
from journal.sharing.models import Excerpt


def readable(patient_id: Id, therapist_id: Id, at: Moment) -> ColumnElement[bool]:
    """The rule, for a WHERE clause over `Excerpt` joined with its `Grant`."""
    allowed = exists().where(
        GrantCategory.grant_id == Grant.id, GrantCategory.category == Excerpt.category
    )
    return and_(
        Excerpt.patient_id == patient_id,
        Grant.patient_id == patient_id,
        Grant.therapist_id == therapist_id,
        Grant.in_force(at),
        allowed,
        Excerpt.release_at <= at,
        not_(_another_dose(at)),
        Excerpt.taken_back_at.is_(None),
        linked(patient_id, therapist_id, since=Grant.given_at),
    )


def _another_dose(at: Moment) -> ColumnElement[bool]:
    """Whether what was held meets another dose at the moment it was to go out.

    It waits for that morning too, by the doses as they stand: one may have come or been moved
    since it was marked.
    """
    held = Excerpt.release_at > Excerpt.handed_at
    return and_(held, not_clear(Excerpt.patient_id, Excerpt.release_at, until=at))
