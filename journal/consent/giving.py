"""Make a grant of what a patient offers. What has to end before it ends in `sharing`."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger, offers
from journal.consent.models import ConsentEvent, Grant, GrantCategory, Happened
from journal.consent.offers import Offer
from journal.content import library
from journal.errors import Conflict, Invalid
from journal.vault import keys


def made_by(session: Session, patient: Patient, offer: Offer) -> Grant | None:
    """The grant that this offer made when it was sent before.

    :raises Invalid: something else has this id.
    :raises Conflict: it was given with another choice.
    """
    known = session.get(Grant, offer.id)
    if known is None or known.patient_id != patient.id:
        if known is not None or session.get(keys.DataKey, (offer.id, keys.Of.GRANT)) is not None:
            raise Invalid.at("/id", "Choose another id.")
        return None
    given = select(ConsentEvent.facts).where(
        ConsentEvent.patient_id == patient.id,
        ConsentEvent.grant_id == known.id,
        ConsentEvent.happened == Happened.GIVEN,
    )
    if not offers.chose(offer, session.scalars(given).one()):
        raise Conflict("This was given before, with another choice.")
    return known


def start(session: Session, patient: Patient, offer: Offer, *, at: datetime) -> Grant:
    """Make the grant of an offer, with its key. The caller looked for one that stands.

    :raises NotClear: a dose is not yet over.
    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    head = ledger.lock(session, patient.id)
    offers.require_clear(session, patient, at)
    offers.check(session, patient, offer, at)
    grant = Grant(
        id=offer.id,
        patient_id=patient.id,
        therapist_id=offer.therapist_id,
        agreement=offer.agreement,
        agreement_edition=offer.edition,
        agreement_sha256=offer.sha256,
        locale=library.load().agreement.locale,
        given_at=at,
        ends_at=offer.ends_at,
        release_in_morning=offer.release_in_morning,
    )
    session.add(grant)
    session.flush()
    session.add_all(GrantCategory(grant_id=grant.id, category=one) for one in offer.categories)
    keys.make(session, grant.id, of=keys.Of.GRANT, at=at)
    facts = offers.facts(offer, grant.locale)
    ledger.append(session, head, grant.id, Happened.GIVEN, facts, at=at)
    return grant
