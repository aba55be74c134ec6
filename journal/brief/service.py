"""The page both people see: one query for the words, one serializer, the same bytes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Patient, Therapist
from journal.audit import How
from journal.brief import blocks
from journal.brief.order import ordered
from journal.care import service as care
from journal.care import visits
from journal.sharing import ending, gate, margin, marks
from journal.sharing.gate import Shown
from journal.sharing.reading_time import words_in

PLOTTED = timedelta(days=180)
"""How far back dosing sessions are marked on the plots."""


def for_therapist(
    session: Session, reader: Therapist, patient_id: UUID, *, at: datetime, how: How = How.PAGE
) -> bytes:
    """The page as JSON; every excerpt on it gets a receipt.

    :param how: in what form the words will leave.

    :raises NotFound: not a patient of this therapist.
    """
    # Consent before readings, as everywhere: who locks both never waits for the other way round.
    ending.close(session, patient_id, at=at)
    shown = gate.read(session, reader, patient_id, at=at, how=how)
    _require_link(session, patient_id, reader.id, shown)
    return assemble(session, patient_id, reader.id, shown, at)


def for_patient(session: Session, author: Patient, therapist_id: UUID, *, at: datetime) -> bytes:
    """Exactly what that therapist would get now. Leaves no receipt.

    :raises NotFound: not a therapist of this patient.
    """
    shown = gate.preview(session, author, therapist_id, at=at)
    _require_link(session, author.id, therapist_id, shown)
    return assemble(session, author.id, therapist_id, shown, at)


def assemble(
    session: Session, patient_id: UUID, therapist_id: UUID, found: Sequence[Shown], at: datetime
) -> bytes:
    """Lay out what passed the gate. Every block is made of it and of nothing else."""
    shown = [replace(one, content={"facts": [], **one.content}) for one in found]
    beside = margin.of(session, Therapist(therapist_id), patient_id)
    grants = {one.id: one.grant_id for one in shown}
    first = ordered(beside.put.get(patient_id), grants, beside.marks)
    page = {
        "at": at,
        **_people(session, patient_id, therapist_id),
        "until": max((one.until for one in shown), default=None),
        **_treatment(session, patient_id, therapist_id, at),
        "released_at": first.released_at,
        "minutes": first.minutes({one.id: words_in(one.content) for one in shown}),
        "excerpts": [{**_excerpt(one), "marks": marks.said(beside.marks, one.id)} for one in shown],
        "agenda": first.agenda,
        "bring": first.bring,
        "first": first.first,
        "carried": first.carried,
        "safety": blocks.safety(shown),
        "visit": blocks.visit(shown),
        "effects": blocks.effects(shown),
        "measures": blocks.measures(shown),
        "scales": blocks.scales(shown),
        "skills": blocks.skills(shown),
        "steps": blocks.steps(shown),
        "intention": blocks.intention(shown),
        "plan": blocks.plan(shown),
    }
    return orjson.dumps(page)


def _require_link(
    session: Session, patient_id: UUID, therapist_id: UUID, shown: Sequence[Shown]
) -> None:
    """Refuse strangers. Whoever got something through the gate has been found to be none."""
    if not shown:
        care.require_link(session, patient_id, therapist_id)


def _excerpt(one: Shown) -> dict[str, Any]:
    return {
        "id": one.id,
        "category": one.category,
        "kind": one.kind,
        "guide": one.guide,
        "handed_at": one.handed_at,
        "written_at": one.written_at,
        "zone": one.zone,
        "content": one.content,
    }


def _people(session: Session, patient_id: UUID, therapist_id: UUID) -> dict[str, Any]:
    called = accounts.names(session, [patient_id, therapist_id])
    return {
        "patient": {"id": patient_id, "name": called.get(patient_id, "")},
        "therapist": {"id": therapist_id, "name": called.get(therapist_id, "")},
    }


def _treatment(
    session: Session, patient_id: UUID, therapist_id: UUID, at: datetime
) -> dict[str, Any]:
    """The clinic's facts, the same whatever was handed over."""
    met, doses = visits.and_doses(session, patient_id, therapist_id, at)
    last = doses[-1] if doses else None
    return {
        "next_appointment": met.next,
        "since": met.last,
        "last_dosing": last
        and {"number": last.number, "started_at": last.started_at, "route": last.route},
        "dosings": [
            {"number": dose.number, "started_at": dose.started_at}
            for dose in doses
            if at - PLOTTED <= dose.started_at
        ],
    }
