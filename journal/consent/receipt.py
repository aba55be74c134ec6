"""The receipt of one consent, to keep: what was agreed to, with whom, and all that became of it.

In the shape of a consent receipt (ISO/IEC TS 27560:2023, as Kantara's before it): header, what is
processed and why, parties, events. It holds the exact text that its SHA-256 is of, and the newest
hash of the patient's ledger: who keeps a receipt can tell later if either was changed.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Patient
from journal.care.links import clinic_between
from journal.consent import service
from journal.consent.models import ConsentEvent, ConsentHead, Grant, Happened
from journal.content import library

SHAPE = "ISO/IEC TS 27560:2023"

STATES: Mapping[Happened, str] = {
    Happened.GIVEN: "given",
    Happened.RESUMED: "given",
    Happened.PAUSED: "paused",
    Happened.RENEWED: "replaced",
    Happened.WITHDRAWN: "withdrawn",
    Happened.EXPIRED: "expired",
    Happened.LEFT: "ended",
}
"""What each event leaves behind; every other one leaves it as it was."""

SECTIONS = {
    "purpose": "purpose",
    "how-long": "retention_period",
    "stopping": "withdrawal_method",
    "kept": "storage",
    "rights": "privacy_rights",
    "passing-on": "recipient_third_parties",
}
"""Which part of the agreement answers which question of the receipt."""


def receipt(
    session: Session, patient: Patient, grant_id: UUID, *, zone: str, state: str, at: datetime
) -> dict[str, Any]:
    """The receipt of one grant, as JSON would have it.

    :param zone: where the patient's days begin and end.
    :param state: how the grant stands, in the words of the grants' list.

    :raises NotFound: no such grant of this patient.
    """
    grant = service.mine(session, patient, grant_id)
    events = session.scalars(
        select(ConsentEvent).where(ConsentEvent.grant_id == grant.id).order_by(ConsentEvent.n)
    ).all()
    head = session.get_one(ConsentHead, patient.id)
    agreement = library.load().agreement_edition(grant.agreement, grant.agreement_edition)
    parties = _parties(session, grant)
    return {
        "schema_version": SHAPE,
        "receipt_id": uuid5(grant.id, str(head.n)),
        "record_id": grant.id,
        "pii_principal_id": patient.id,
        "issued_at": at,
        "state": state,
        "pii_processing": {
            "privacy_notice": {
                "id": grant.agreement,
                "edition": grant.agreement_edition,
                "sha256": grant.agreement_sha256,
                "text": agreement.canonical,
            },
            "language": grant.locale,
            "purposes": [_purpose(session, grant, said(grant, parties, zone))],
        },
        "party_identification": parties,
        "events": _events(events),
        "ledger": {"n": head.n, "sha256": head.hash.hex()},
    }


def last_day(grant: Grant, zone: str) -> date:
    """The last day on which something can be read, where the patient is."""
    return (grant.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def written_out(day: date) -> str:
    """A day as the agreement writes it: 8 June 2026."""
    return f"{day.day} {day:%B %Y}"


def said(grant: Grant, parties: list[dict[str, Any]], zone: str) -> dict[str, tuple[str, str]]:
    """What the agreement said to this patient: title and text of each part, by its id."""
    agreement = library.load().agreement_edition(grant.agreement, grant.agreement_edition)
    called = {party["party_role"]: party["party_name"] for party in parties}
    filled = {
        "therapist": called["recipient"],
        "clinic": called["pii_controller"],
        "ends_on": written_out(last_day(grant, zone)),
    }
    return {
        part.id: (part.title.format(**filled), part.text.format(**filled))
        for part in agreement.sections
    }


def _purpose(session: Session, grant: Grant, parts: dict[str, tuple[str, str]]) -> dict[str, Any]:
    labels = {one.id: one.label for one in library.load().categories}
    given = service.categories_of(session, [grant.id]).get(grant.id, frozenset())
    return {
        "lawful_basis": "consent",
        "consent_type": "explicit",
        "collection_method": "handed over one by one, by the patient",
        "pii_controllers": ["pii_controller"],
        "recipients": ["recipient"],
        "valid_from": grant.given_at,
        "valid_until": grant.ends_at,
        "release_in_morning": grant.release_in_morning,
        "pii_information": [
            {
                "pii_type": category,
                "label": labels.get(category, category),
                "pii_optional": True,
                "special_pii_category": True,
            }
            for category in sorted(given)
        ],
        **{name: parts[id][1] for id, name in SECTIONS.items() if id in parts},
    }


def _parties(session: Session, grant: Grant) -> list[dict[str, Any]]:
    called = accounts.names(session, {grant.patient_id, grant.therapist_id})
    clinic = clinic_between(session, grant.patient_id, grant.therapist_id, at=grant.given_at)
    found: list[tuple[str, UUID | None, str]] = [
        ("pii_principal", grant.patient_id, called.get(grant.patient_id, "")),
        ("recipient", grant.therapist_id, called.get(grant.therapist_id, "")),
        ("pii_controller", clinic.id if clinic else None, clinic.name if clinic else ""),
    ]
    return [{"party_role": role, "party_id": id, "party_name": name} for role, id, name in found]


def _events(events: Iterable[ConsentEvent]) -> list[dict[str, Any]]:
    state, told = STATES[Happened.GIVEN], []
    for event in events:
        state = STATES.get(event.happened, state)
        told.append(_event(event, state))
    return told


def _event(event: ConsentEvent, state: str) -> dict[str, Any]:
    return {
        "n": event.n,
        "event_time": event.at,
        "event_type": event.happened.value,
        "event_state": state,
        "event_because": event.facts.get("because"),
        "pii_types": event.facts.get("categories"),
        "sha256": event.hash.hex(),
    }
