"""Sessions and appointments as the desk shows them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from journal.care.models import Appointment, DosingSession


def dose(row: DosingSession, called: Mapping[UUID, str]) -> dict[str, Any]:
    """A session as the desk shows it."""
    return {
        "id": row.id,
        "edition": row.edition,
        "patient": person(row.patient_id, called.get(row.patient_id, "")),
        "number": row.number,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "clear_at": row.clear_at,
        "route": row.route,
    }


def appointment(row: Appointment, called: Mapping[UUID, str]) -> dict[str, Any]:
    """An appointment as the desk shows it."""
    return {
        "id": row.id,
        "edition": row.edition,
        "patient": person(row.patient_id, called.get(row.patient_id, "")),
        "therapist": person(row.therapist_id, called.get(row.therapist_id, "")),
        "starts_at": row.starts_at,
    }


def person(id: UUID, name: str) -> dict[str, Any]:
    """Somebody, by id and by name."""
    return {"id": id, "name": name}
