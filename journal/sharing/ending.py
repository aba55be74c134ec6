"""Give consent, end it, narrow it, renew it, together with what lies under it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.consent import giving, ledger, offers, pausing, successors
from journal.consent import service as consent
from journal.consent.models import Grant, Happened
from journal.consent.offers import Offer
from journal.errors import Conflict, Invalid
from journal.media import copies
from journal.sharing import briefs
from journal.sharing.cutting import place_of_cuts
from journal.sharing.gate import place
from journal.sharing.models import Excerpt
from journal.sharing.service import remove
from journal.vault import keys
from journal.vault.sealed import Sealed


def give(session: Session, author: Patient, offer: Offer, *, at: datetime) -> Grant:
    """Start a grant. The same offer sent again gives the grant that it made.

    :raises NotClear: a dose is not yet over.
    :raises Conflict: consent to this therapist stands already, or the id had another choice.
    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    ledger.lock(session, author.id)
    if known := giving.made_by(session, author, offer):
        return known
    close(session, author.id, at=at)
    if consent.standing(session, author, at, therapist_id=offer.therapist_id):
        offers.require_clear(session, author, at)
        offers.check(session, author, offer, at)
        raise Conflict("You already share with this person. Stop that first.")
    return giving.start(session, author, offer, at=at)


def withdraw(session: Session, author: Patient, grant_id: UUID, *, at: datetime) -> Grant:
    """End a consent: its key and everything under it are destroyed.

    :return: the grant that ended: the one that lives on, where the named one was renewed.

    :raises NotFound: absent or another's.
    """
    ledger.lock(session, author.id)
    grant = successors.living(session, consent.mine(session, author, grant_id))
    consent.end(session, grant, at=at)
    remove(session, author.id, Excerpt.grant_id == grant.id, at)
    briefs.ended(session, author.id, [grant.id])
    return grant


def withdraw_everything(session: Session, author: Patient, *, at: datetime) -> None:
    """End every consent this patient has given."""
    ledger.lock(session, author.id)
    for grant in consent.all_of(session, author):
        if grant.ended_at is None:
            withdraw(session, author, grant.id, at=at)


def narrow(
    session: Session, author: Patient, grant_id: UUID, keep: frozenset[str], *, at: datetime
) -> Grant:
    """Allow fewer categories; what lay in the others is removed for good."""
    grant, gone = consent.narrow(session, author, grant_id, keep, at=at)
    remove(session, author.id, (Excerpt.grant_id == grant.id) & Excerpt.category.in_(gone), at)
    return grant


def renew(
    session: Session,
    author: Patient,
    old: Grant,
    offer: Offer,
    pause: int | None,
    *,
    at: datetime,
) -> Grant:
    """Put a new grant in the place of one that stands: longer, wider, or to a newer agreement.

    It is a consent of its own, under a key of its own. What was handed over under the old one goes
    along in the categories of the new one; the rest is removed for good. The same offer sent again
    gives the grant that it made.

    A pause goes along: the new grant begins paused, unless the offer ends that pause by its number.
    Agreeing to a longer time or a newer text says nothing about going on.
    :param pause: the pause that the patient saw when they chose this; none seen, none made since.
    :raises Conflict: the old one has ended, or was paused or gone on with since.
    :raises NotClear: a dose is not yet over.
    :raises Invalid: another agreement text, no known category, bad end, not an id for it.
    """
    ledger.lock(session, author.id)
    if offer.id == old.id:
        raise Invalid.at("/id", "Choose another id.")
    session.refresh(old)
    if known := giving.made_by(session, author, offer):
        if successors.replaced_by(session, old) != known.id:
            raise Conflict("This was given before, and not in the place of this one.")
        return known
    close(session, author.id, at=at)
    if old not in consent.standing(session, author, at):
        raise Conflict("Sharing with this person has ended.")
    if old.pause != pause:
        raise Conflict("You paused it or went on with it since then.")
    return _replace(session, author, old, offer, at)


def _replace(session: Session, author: Patient, old: Grant, offer: Offer, at: datetime) -> Grant:
    new = giving.start(session, author, offer, at=at)
    if old.pause is not None and offer.resumes is None:
        pausing.pause(session, author, new.id, at=at)
    _carry(session, old, new, offer.categories)
    consent.end(session, old, at=at, happened=Happened.RENEWED, by=new.id)
    remove(session, author.id, Excerpt.grant_id == old.id, at)
    return new


def close(session: Session, patient_id: UUID, *, at: datetime) -> int:
    """Make every end that was reached a fact, and remove what lay under it; return how many."""
    if closed := consent.close_ended(session, patient_id, at=at):
        remove(session, patient_id, Excerpt.grant_id.in_(closed), at)
        briefs.ended(session, patient_id, closed)
    return len(closed)


def met(session: Session, reader: Therapist, *, at: datetime) -> list[UUID]:
    """Whose grants to this reader have reached an end that is no fact yet; in order."""
    over = select(Grant.patient_id).where(Grant.therapist_id == reader.id, Grant.over(at))
    return sorted(session.scalars(over.distinct()))


def close_all(session: Session, which: ColumnElement[bool], *, at: datetime) -> int:
    """The same for every patient with a grant that fits `which`."""
    patients = select(Grant.patient_id).where(which).distinct()
    # In one order, so that two who do this at once do not wait for each other.
    found = session.scalars(patients.order_by(Grant.patient_id)).all()
    return sum(close(session, patient_id, at=at) for patient_id in found)


def _carry(session: Session, old: Grant, new: Grant, categories: frozenset[str]) -> None:
    """Seal what may go along under the new grant's key."""
    was, will_be = (keys.key(session, one.id, of=keys.Of.GRANT) for one in (old, new))
    mine = (Excerpt.patient_id == old.patient_id, Excerpt.grant_id == old.id)
    kept = select(Excerpt).where(
        *mine, Excerpt.taken_back_at.is_(None), Excerpt.category.in_(categories)
    )
    for row in session.scalars(kept):
        if row.body is not None:
            words = row.body.open(was, place(row.id))
            row.body, row.grant_id = Sealed.seal(words, will_be, place(row.id)), new.id
            copies.reseal(session, row.patient_id, row.id, was, will_be)
            if row.cuts is not None:
                ids = row.cuts.open(was, place_of_cuts(row.id))
                row.cuts = Sealed.seal(ids, will_be, place_of_cuts(row.id))
    session.flush()
    briefs.renewed(session, old.patient_id, old.id, new.id)
