"""What a patient offers to agree to, and when it cannot be taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.care import service as care
from journal.content import library
from journal.errors import Conflict, Invalid


class NotClear(Conflict):
    """Between a dose and the morning after, nothing can be widened."""

    title = "This waits until your head is clear"

    def __init__(self, clear_at: datetime) -> None:
        super().__init__("It opens again the morning after.", clear_at=clear_at.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a patient agrees to, as they were shown it."""

    id: UUID
    therapist_id: UUID
    agreement: str
    edition: int
    sha256: str
    categories: frozenset[str]
    ends_at: datetime
    release_in_morning: bool
    resumes: int | None = None
    """The pause of the old consent that this offer ends, where it renews one and says so."""


def require_clear(session: Session, patient: Patient, at: datetime) -> None:
    """Refuse to widen anything between a dose and the morning after.

    :raises NotClear: a dose is not yet over.
    """
    if clear := care.not_clear_until(session, patient.id, at):
        raise NotClear(clear)


def check(session: Session, patient: Patient, offer: Offer, at: datetime) -> None:
    """Refuse what does not fit.

    :raises Invalid: not their therapist, another agreement text, no known category, bad end.
    """
    if offer.therapist_id not in care.therapists_of(session, patient.id):
        raise Invalid.at("/therapist_id", "Not one of your therapists.")
    content = library.load()
    shown = content.agreement
    if (offer.agreement, offer.edition, offer.sha256) != (shown.id, shown.edition, shown.sha256):
        raise Invalid.at("/agreement", "The agreement has changed. Please read it again.")
    known = {category.id for category in content.categories}
    if not offer.categories or offer.categories - known:
        raise Invalid.at("/categories", "Choose at least one of the known categories.")
    if offer.ends_at <= at:
        raise Invalid.at("/ends_on", "The end has to lie ahead.")


def facts(offer: Offer, locale: str) -> dict[str, Any]:
    """What the ledger keeps of an offer."""
    chosen = {
        "therapist": str(offer.therapist_id),
        "categories": sorted(offer.categories),
        "ends_at": offer.ends_at.isoformat(),
        "agreement": f"{offer.agreement}/{offer.edition}",
        "sha256": offer.sha256,
        "locale": locale,
        "release_in_morning": offer.release_in_morning,
    }
    return chosen if offer.resumes is None else chosen | {"resumes": offer.resumes}
