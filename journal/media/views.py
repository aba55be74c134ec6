"""Media over HTTP: announce, send piece by piece, confirm, play back."""

from typing import Any
from uuid import UUID

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from journal.accounts.principals import Role
from journal.accounts.views import patient
from journal.media import opened, service
from journal.media.opened import Opened, Told
from journal.media.pieces import PIECE
from journal.media.schemas import MediumSchema, MissingProblem, NewMedium
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("media", __name__, url_prefix="/api", description="Recordings and photos")

BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES = {"audio/webm": "recording.webm", "audio/mp4": "recording.m4a", "image/jpeg": "photo.jpg"}
BYTES = {"content": dict.fromkeys(FILES, BINARY)}


@bp.put("/media/<uuid:media_id>")
@endpoint(Role.PATIENT)
@bp.arguments(NewMedium)
@bp.response(200, MediumSchema)
@bp.alt_response(201, schema=MediumSchema, description="Announced")
@bp.alt_response(409, description="Announced as something else before")
@bp.alt_response(410, description="Its entry was deleted on another device")
@bp.alt_response(507, description="There is no room for more")
def announce(sent: dict[str, Any], media_id: UUID) -> tuple[dict[str, Any], int]:
    """Say what will be sent. The same said again changes nothing."""
    told = Told(entry_id=sent.pop("entry"), **sent)
    medium, new = service.announce(session(), patient(), media_id, told, at=at())
    return _wire(medium), 201 if new else 200


@bp.get("/media/<uuid:media_id>")
@endpoint(Role.PATIENT)
@bp.response(200, MediumSchema)
def medium(media_id: UUID) -> dict[str, Any]:
    """What has come of it."""
    return _wire(opened.find(session(), patient(), media_id))


@bp.put("/media/<uuid:media_id>/pieces/<int:n>")
@endpoint(Role.PATIENT, writes=False)  # into the store alone
@bp.response(204, description="On disk")
@bp.doc(
    requestBody={
        "required": True,
        "description": f"{PIECE} bytes; the last piece has what is left",
        "content": {"application/octet-stream": BINARY},
    }
)
def piece(media_id: UUID, n: int) -> None:
    """Send one piece. Sent again, it changes nothing."""
    found = opened.find(session(), patient(), media_id)
    service.receive(found, n, request.get_data())


@bp.post("/media/<uuid:media_id>/complete")
@endpoint(Role.PATIENT, writes=False)  # reading everything back must not hold up those who write
@bp.response(200, MediumSchema)
@bp.alt_response(409, schema=MissingProblem, description="Some pieces have not come yet")
def complete(media_id: UUID) -> dict[str, Any]:
    """Have everything read back and compared; after this the phone may forget it."""
    found = opened.find(session(), patient(), media_id)
    if not found.complete:
        try:
            service.confirm(found)
        except service.NotAsAnnounced:
            with apart() as writing:
                service.start_over(writing, found)
            raise
        with apart() as writing:
            service.finish(writing, found, at=at())
    return _wire(found) | {"complete": True}


@bp.get("/media/<uuid:media_id>/content")
@endpoint(Role.PATIENT)
@bp.doc(
    responses={
        "200": {"description": "The bytes", **BYTES},
        "206": {"description": "Some of the bytes", **BYTES},
        "416": {"description": "There are no such bytes"},
    },
    parameters=[
        {
            "in": "header",
            "name": "Range",
            "schema": {"type": "string"},
            "description": "bytes=first-last",
        }
    ],
)
def content(media_id: UUID) -> Response:
    """Play it back: the bytes as they were sent, or a range of them."""
    found = opened.find(session(), patient(), media_id)
    size, type = found.told.size, found.told.type
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"attachment; filename={FILES[type]}",
    }
    if request.range is None or request.range.units != "bytes":
        return Response(service.read(found, 0, size), 200, headers, content_type=type)
    asked = request.range.range_for_length(size)
    if asked is None:
        raise RequestedRangeNotSatisfiable(size)
    headers["Content-Range"] = f"bytes {asked[0]}-{asked[1] - 1}/{size}"
    return Response(service.read(found, *asked), 206, headers, content_type=type)


def _wire(found: Opened) -> dict[str, Any]:
    received = found.received()
    told = found.told
    return {
        "id": found.id,
        "entry": told.entry_id,
        "kind": told.kind,
        "type": told.type,
        "size": told.size,
        "sha256": told.sha256,
        "received": received,
        "complete": found.complete,
    }
