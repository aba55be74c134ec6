"""People and acts as they travel: with the names that people are called by."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Admin
from journal.care import links
from journal.roster import acts, service


def people(session: Session, admin: Admin) -> list[dict[str, Any]]:
    """Everybody of the admin's clinic, those who left too."""
    clinic = service.clinic_of(session, admin)
    found = service.members(session, clinic.id)
    called = accounts.names(session, [one.id for one in found])
    here = {one.id for one in found if one.ended_at is None}
    seen: dict[UUID, list[dict[str, Any]]] = {}
    for patient_id, therapist_id in links.pairs(session, clinic.id):
        if {patient_id, therapist_id} <= here:
            seen.setdefault(patient_id, []).append(_person(therapist_id, called))
    return [
        {
            "id": one.id,
            "role": one.role,
            "name": called.get(one.id, ""),
            "since": one.since,
            "ended_at": one.ended_at,
            "proofs": {"passkeys": 0, "code": False},
            "therapists": seen.get(one.id, []),
        }
        for one in found
    ]


def acts_about(session: Session, person_id: UUID) -> list[dict[str, Any]]:
    """What clinics did about somebody."""
    found = acts.of(session, person_id)
    ids = {id for act, _ in found for id in (act.by_id, act.other_id) if id}
    called = accounts.names(session, ids)
    return [
        {
            "id": act.id,
            "did": act.did,
            "at": act.at,
            "seen_at": act.seen_at,
            "clinic": clinic,
            "by": _person(act.by_id, called),
            "other": act.other_id and _person(act.other_id, called),
        }
        for act, clinic in found
    ]


def persons(session: Session, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Some people by id and name."""
    wanted = list(ids)
    called = accounts.names(session, wanted)
    return [_person(id, called) for id in wanted]


def _person(id: UUID, called: Mapping[UUID, str]) -> dict[str, Any]:
    return {"id": id, "name": called.get(id, "")}
