"""Put a newer copy in the place of one that is out, in one step.

The older one is taken back at once, on the day of a dose too: what takes its place then waits. A
kind that was taken back of it before stays back, and words that were cut out of it come back only
when the patient says so.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent.models import Grant
from journal.errors import Conflict, Invalid, NotFound
from journal.sharing import service as sharing
from journal.sharing.models import Excerpt


def replaced(
    session: Session, author: Patient, handover_id: UUID, grant: Grant, *, uncut: bool
) -> Sequence[Excerpt]:
    """The excerpts of the hand-over that is to be replaced, taken back or not.

    :param uncut: whether what was cut out of them may come back with the newer copy.
    :raises NotFound: no such hand-over of this patient.
    :raises Invalid: it went to somebody else, or under another grant.
    :raises Conflict: all of it was taken back, or something was cut out of it (`cut` says of which)
        and that may not come back.
    """
    old = sharing.of_handover(session, author, handover_id)
    if not old:
        raise NotFound
    if any(row.grant_id != grant.id for row in old if row.taken_back_at is None):
        raise Invalid.at("/replaces", "This was handed over elsewhere.")
    if all(row.taken_back_at is not None for row in old):
        raise Conflict("This was taken back.")
    cut = [row.id for row in old if row.cuts is not None]
    if cut and not uncut:
        raise Conflict("You removed words from this. A newer copy would bring them back.", cut=cut)
    return old


def stays_back(old: Sequence[Excerpt]) -> frozenset[str]:
    """Kinds that were taken back of it: a newer copy does not bring them out again."""
    out = {row.category for row in old if row.taken_back_at is None}
    return frozenset(row.category for row in old) - out


def take_place(
    session: Session, author: Patient, new: UUID, old: UUID, back: frozenset[str], *, at: datetime
) -> None:
    """Take back the older hand-over, and of the new one what stays back.

    That leaves a row without words, so that the copy after this one knows of it as well.
    """
    stays = (Excerpt.handover_id == new) & Excerpt.category.in_(back)
    sharing.remove(session, author.id, stays, at)
    sharing.remove(session, author.id, Excerpt.handover_id == old, at)


def successors(old: Sequence[Excerpt], new: Sequence[Excerpt]) -> dict[UUID, UUID]:
    """Which new excerpt stands in the place of which old one: the one of the same kind."""
    by_category = {row.category: row.id for row in new if row.taken_back_at is None}
    return {row.id: by_category[row.category] for row in old if row.category in by_category}
