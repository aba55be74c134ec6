"""An admin at the clinic's desk: one call for each thing they write down."""

from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import new_id


def dose(
    desk: FlaskClient,
    patient_id: UUID,
    *,
    id: UUID | str | None = None,
    starts: str = "2026-03-12T13:00",
    ends: str | None = None,
    route: str = "nasal",
) -> TestResponse:
    """Write a session down; the times are those of the clinic's wall."""
    sent = {"patient_id": str(patient_id), "starts": starts, "ends": ends, "route": route}
    return desk.put(f"/api/clinic/dosing-sessions/{id or new_id()}", json=sent)


def visit(
    desk: FlaskClient,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    id: UUID | str | None = None,
    starts: str = "2026-03-16T10:00",
) -> TestResponse:
    """Write an appointment down."""
    sent = {"patient_id": str(patient_id), "therapist_id": str(therapist_id), "starts": starts}
    return desk.put(f"/api/clinic/appointments/{id or new_id()}", json=sent)


def schedule(desk: FlaskClient, **days: str) -> dict[str, Any]:
    """The clinic's calendar."""
    answer = desk.get("/api/clinic/schedule", query_string=days)
    assert answer.status_code == 200, answer.json
    return answer.json


def table(desk: FlaskClient, text: str, *, kind: str = "doses", dry: bool = False) -> TestResponse:
    """Send a table."""
    sent = {"kind": kind, "text": text, "dry_run": dry}
    return desk.post("/api/clinic/schedule/csv", json=sent)


def calendar(
    desk: FlaskClient, text: str, therapist_id: UUID, *, by: str = "category", dry: bool = False
) -> TestResponse:
    """Send a calendar file."""
    sent = {"therapist_id": str(therapist_id), "by": by, "text": text, "dry_run": dry}
    return desk.post("/api/clinic/schedule/calendar", json=sent)
