"""Files to keep. They are made in memory, and no name stands in an address or in a file's name."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response
from flask_login import current_user

from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.audit import How
from journal.brief import service as brief
from journal.consent import receipt as receipts
from journal.consent import service as consent
from journal.consent.views import wires
from journal.errors import NotFound
from journal.paper import page, receipt
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("paper", __name__, url_prefix="/api", description="Files to keep")

PDF = "application/pdf"
FILE: dict[str, Any] = {
    "responses": {
        "200": {
            "description": "The file",
            "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@bp.post("/patients/<uuid:patient_id>/pdf")
@endpoint(
    Role.THERAPIST, writes=False, fresh=True
)  # setting the type takes long: nobody waits for it
@bp.doc(**FILE)
def page_pdf(patient_id: UUID) -> Response:
    """The page this patient handed over, as a file. Each excerpt in it leaves a receipt."""
    now = at()
    with apart() as writing:
        said = brief.for_therapist(writing, therapist(), patient_id, at=now, how=How.PDF)
    # Recorded and committed. Where nothing is left, so is the end that was met.
    told = orjson.loads(said)
    if not told["excerpts"]:
        raise NotFound
    return _file(page.render(told, zone=current_user.zone, at=now), "page.pdf")


@bp.get("/grants/<uuid:grant_id>/receipt.pdf")
@endpoint(Role.PATIENT)
@bp.doc(**FILE)
def receipt_pdf(grant_id: UUID) -> Response:
    """The receipt of a consent, as a file to keep."""
    now, zone = at(), current_user.zone
    grant = consent.mine(session(), patient(), grant_id)
    [wire] = wires(session(), [grant], now)
    told = receipts.receipt(session(), patient(), grant_id, zone=zone, state=wire["state"], at=now)
    parts = receipts.said(grant, told["party_identification"], zone)
    return _file(receipt.render(told, parts, zone=zone), "receipt.pdf")


def _file(made: bytes, name: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(made, 200, headers, content_type=PDF)
