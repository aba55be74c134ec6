"""An admin at work on people: one call for each thing they do."""

from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.accounts.principals import Patient, Therapist

Person = Patient | Therapist | UUID


def id_of(person: Person) -> UUID:
    return person if isinstance(person, UUID) else person.id


def people(desk: FlaskClient) -> dict[str, dict[str, Any]]:
    """Everybody the admin sees, by name."""
    found = desk.get("/api/clinic/people")
    assert found.status_code == 200, found.json
    return {one["name"]: one for one in found.json}


def link(
    desk: FlaskClient, patient: Person, therapist: Person, *, instead_of: Person | None = None
) -> TestResponse:
    sent = {"patient_id": str(id_of(patient)), "therapist_id": str(id_of(therapist))}
    if instead_of is not None:
        sent["instead_of"] = str(id_of(instead_of))
    return desk.post("/api/clinic/links", json=sent)


def unlink(desk: FlaskClient, patient: Person, therapist: Person) -> TestResponse:
    return desk.delete(f"/api/clinic/links/{id_of(patient)}/{id_of(therapist)}")


def about(desk: FlaskClient, person: Person, what: str) -> TestResponse:
    """`leave`, `deactivate`, `recovery`."""
    return desk.post(f"/api/clinic/people/{id_of(person)}/{what}")


def report(desk: FlaskClient, person: Person, format: str = "csv") -> TestResponse:
    return desk.post(f"/api/clinic/people/{id_of(person)}/access", json={"format": format})


def told(client: FlaskClient) -> list[tuple[str, str | None]]:
    """What a person reads of the clinic's acts about them: what, and the other one's name."""
    found = client.get("/api/acts").json
    return [(one["did"], one["other"] and one["other"]["name"]) for one in found]
