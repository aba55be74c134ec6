"""An admin at the clinic's desk: one call for each thing they write down."""

from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import new_id

DOSES, VISITS = "dosing-sessions", "appointments"


def edited_from(edition: int | None) -> dict[str, str]:
    """What says which edition is changed; None: it is a new one."""
    return {"If-None-Match": "*"} if edition is None else {"If-Match": f'"{edition}"'}


def dose(
    desk: FlaskClient,
    patient_id: UUID,
    *,
    id: UUID | str | None = None,
    starts: str = "2026-03-12T13:00",
    ends: str | None = None,
    route: str = "nasal",
    edition: int | None = None,
) -> TestResponse:
    """Write a session down, or change this edition; the times are those of the clinic's wall."""
    sent = {"patient_id": str(patient_id), "starts": starts, "ends": ends, "route": route}
    path = f"/api/clinic/{DOSES}/{id or new_id()}"
    return desk.put(path, json=sent, headers=edited_from(edition))


def visit(
    desk: FlaskClient,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    id: UUID | str | None = None,
    starts: str = "2026-03-16T10:00",
    edition: int | None = None,
) -> TestResponse:
    """Write an appointment down, or change this edition."""
    sent = {"patient_id": str(patient_id), "therapist_id": str(therapist_id), "starts": starts}
    path = f"/api/clinic/{VISITS}/{id or new_id()}"
    return desk.put(path, json=sent, headers=edited_from(edition))


def cancel(desk: FlaskClient, what: str, id: UUID | str, *, edition: int = 1) -> TestResponse:
    """Cancel this edition, of `DOSES` or `VISITS`."""
    return desk.delete(f"/api/clinic/{what}/{id}", headers=edited_from(edition))


def schedule(desk: FlaskClient, **days: str) -> dict[str, Any]:
    """The clinic's calendar."""
    answer = desk.get("/api/clinic/schedule", query_string=days)
    assert answer.status_code == 200, answer.json
    return answer.json


def table(desk: FlaskClient, text: str, *, kind: str = "doses", dry: bool = False) -> TestResponse:
    """Send a table: looked at, and then written unless it is a dry run."""
    return _looked_at(desk, "/api/clinic/schedule/csv", {"kind": kind, "text": text}, dry=dry)


def calendar(
    desk: FlaskClient, text: str, therapist_id: UUID, *, by: str = "category", dry: bool = False
) -> TestResponse:
    """Send a calendar file, the same way."""
    sent = {"therapist_id": str(therapist_id), "by": by, "text": text}
    return _looked_at(desk, "/api/clinic/schedule/calendar", sent, dry=dry)


def _looked_at(desk: FlaskClient, path: str, sent: dict[str, Any], *, dry: bool) -> TestResponse:
    told = desk.post(path, json={**sent, "dry_run": True})
    if dry or told.status_code != 200:
        return told
    seen = told.json["seen"] or "nothing could be"
    return desk.post(path, json={**sent, "dry_run": False, "seen": seen})
