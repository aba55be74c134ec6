"""People and acts as they travel: with the names that people are called by."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Admin
from journal.accounts.proof_models import DemoCode, OneTimeCode, Passkey
from journal.care import links
from journal.roster import acts, service
from journal.roster.models import Act

OPERATOR = "The people who run the server"
"""Who did what was done by a command."""


def people(session: Session, admin: Admin) -> list[dict[str, Any]]:
    """Everybody of the admin's clinic, those who left too.

    With what somebody signs in is a clinic's business as long as they are there: then it is 0.
    """
    clinic = service.clinic_of(session, admin)
    found = service.members(session, clinic.id)
    called = accounts.names(session, [one.id for one in found])
    here = {one.id for one in found if one.ended_at is None}
    passkeys, codes = _proofs(session, here)
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
            "proofs": {"passkeys": passkeys.get(one.id, 0), "code": one.id in codes},
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
            "by": _person(act.by_id, called) if act.by_id else _operator(act),
            "other": act.other_id and _person(act.other_id, called),
        }
        for act, clinic in found
    ]


def persons(session: Session, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Some people by id and name."""
    wanted = list(ids)
    called = accounts.names(session, wanted)
    return [_person(id, called) for id in wanted]


def _proofs(session: Session, ids: set[UUID]) -> tuple[dict[UUID, int], set[UUID]]:
    """How many passkeys each of them has, and who has a code; nothing more of either."""
    many = select(Passkey.account_id, func.count()).where(Passkey.account_id.in_(ids))
    counted = {id: n for id, n in session.execute(many.group_by(Passkey.account_id))}
    own = select(OneTimeCode.account_id).where(OneTimeCode.secret.is_not(None))
    demo = select(DemoCode.account_id).where(DemoCode.account_id.in_(ids))
    codes = {*session.scalars(own.where(OneTimeCode.account_id.in_(ids))), *session.scalars(demo)}
    return counted, codes


def _operator(act: Act) -> dict[str, Any]:
    """Whoever runs the server has no account here: the act is the clinic's."""
    return {"id": act.clinic_id, "name": OPERATOR}


def _person(id: UUID, called: Mapping[UUID, str]) -> dict[str, Any]:
    return {"id": id, "name": called.get(id, "")}
