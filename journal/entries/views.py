"""The journal over HTTP: save, read, look back, batch, feed."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response, request

from journal.accounts.principals import Role
from journal.accounts.views import patient
from journal.entries import feed, incoming, reading, service
from journal.entries.schemas import (
    Batch,
    ChangesQuery,
    ChangesSchema,
    ConflictProblem,
    EntrySchema,
    NewRevision,
    RevisionSchema,
    SavedSchema,
    SyncResults,
)
from journal.errors import PreconditionRequired
from journal.web import problems
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import at, session
from journal.web.wire import if_match, json_bytes

bp = Blueprint("entries", __name__, url_prefix="/api", description="The journal")

ETAG = {"ETag": {"description": "the head revision", "schema": {"type": "string"}}}


@bp.put("/entries/<uuid:entry_id>")
@endpoint(Role.PATIENT)
@bp.arguments(NewRevision)
@bp.response(200, SavedSchema, headers=ETAG)
@bp.alt_response(201, schema=SavedSchema, description="Created")
@bp.alt_response(409, schema=ConflictProblem, description="Kept beside a newer text")
@bp.alt_response(410, description="Deleted on another device")
@bp.alt_response(428, description="Neither If-Match nor If-None-Match")
@bp.doc(
    parameters=[
        {
            "in": "header",
            "name": "If-Match",
            "schema": {"type": "string"},
            "description": "the revision this edits, in quotes",
        },
        {
            "in": "header",
            "name": "If-None-Match",
            "schema": {"type": "string", "enum": ["*"]},
            "description": "create",
        },
    ]
)
def save(sent: dict[str, Any], entry_id: UUID) -> Response:
    """Save one entry. The revision id makes it safe to send again."""
    author = patient()
    draft = incoming.draft(session(), author, sent, entry_id, _parent())
    pen = service.take_pen(session(), author)
    done = service.write(session(), pen, draft, at=at())
    if done.conflicting:
        answer = problems.problem(
            409, incoming.TWO_TEXTS, **incoming.conflict(session(), author, done)
        )
    else:
        answer = json_bytes(orjson.dumps(incoming.wire(done)), 201 if done.created else 200)
    answer.set_etag(str(done.revision))
    return answer


@bp.get("/entries/<uuid:entry_id>")
@endpoint(Role.PATIENT)
@bp.response(200, EntrySchema)
def entry(entry_id: UUID) -> Response:
    """One entry with its words."""
    found = reading.entry(session(), patient(), entry_id)
    answer = json_bytes(orjson.dumps(found))
    answer.set_etag(str(found["revision"]))
    return answer


@bp.get("/entries/<uuid:entry_id>/revisions")
@endpoint(Role.PATIENT)
@bp.response(200, RevisionSchema(many=True))
def revisions(entry_id: UUID) -> Response:
    """Every text the entry ever had, newest first."""
    return json_bytes(orjson.dumps(reading.revisions(session(), patient(), entry_id)))


@bp.get("/changes")
@endpoint(Role.PATIENT)
@bp.arguments(ChangesQuery, location="query")
@bp.response(200, ChangesSchema)
@bp.alt_response(410, description="The numbering has started over: read from the start")
def changes(query: dict[str, Any]) -> Response:
    """What changed since the cursor, in order."""
    page = feed.changes(session(), patient(), query["cursor"], query["limit"])
    return json_bytes(orjson.dumps(page))


@bp.post("/sync")
@endpoint(Role.PATIENT)
@bp.arguments(Batch)
@bp.response(200, SyncResults)
def sync(batch: dict[str, Any]) -> Response:
    """Save up to fifty entries in one transaction; each has its own result."""
    author = patient()
    pen = service.take_pen(session(), author)
    results = [incoming.save_one(session(), author, pen, item, at=at()) for item in batch["items"]]
    return json_bytes(orjson.dumps({"results": results}))


def _parent() -> UUID | None:
    """The revision this edits, None for a new entry.

    :raises PreconditionRequired: the request does not say.
    """
    if request.if_none_match.star_tag:
        return None
    if (tag := if_match()) is None:
        raise PreconditionRequired('Send If-None-Match: * or If-Match: "<revision>".')
    try:
        return UUID(tag)
    except ValueError:
        raise PreconditionRequired("If-Match is not a revision.") from None
