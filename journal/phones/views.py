"""The drop key and the phone's lock over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response
from flask_login import current_user

from journal.accounts.principals import Role
from journal.accounts.views import patient
from journal.phones import service
from journal.phones.schemas import (
    DropKeySchema,
    NewLock,
    PhoneKeySchema,
    Proof,
    ShareSchema,
    WrongPin,
)
from journal.web import problems
from journal.web.body import Blueprint
from journal.web.endpoint import Public, SignInNeeded, endpoint
from journal.web.session import at, session

FRESH = timedelta(minutes=10)

bp = Blueprint("phones", __name__, url_prefix="/api", description="What a phone needs to stay shut")


@bp.put("/drop-key")
@endpoint(Role.PATIENT)
@bp.arguments(DropKeySchema)
@bp.response(200, DropKeySchema)
def keep_drop_key(sent: dict[str, Any]) -> dict[str, Any]:
    """Keep a drop key. Where there is one already, that one stays and is the answer."""
    return service.keep_drop_key(session(), patient(), sent, at=at())


@bp.get("/drop-key")
@endpoint(Role.PATIENT)
@bp.response(200, DropKeySchema)
@bp.alt_response(404, description="There is none yet")
def drop_key() -> dict[str, Any]:
    """The drop key that all phones of this person use."""
    return service.drop_key(session(), patient())


@bp.put("/phones/<uuid:phone_id>")
@endpoint(Role.PATIENT)
@bp.arguments(NewLock)
@bp.response(204)
def lock(sent: dict[str, str], phone_id: UUID) -> None:
    """Set or replace the PIN lock of a phone."""
    service.lock(session(), patient(), phone_id, sent, at=at())


@bp.post("/phones/<uuid:phone_id>/open")
@endpoint(Public.ANYONE)
@bp.arguments(Proof)
@bp.response(200, ShareSchema)
@bp.alt_response(403, schema=WrongPin, description="Not the PIN; `left` tries are left")
def open_phone(sent: dict[str, str], phone_id: UUID) -> Any:
    """Try a PIN. Works while nobody is signed in. The tenth wrong try is the last."""
    tried = service.attempt(session(), phone_id, sent["proof"])
    if tried.share is not None:
        return {"share": tried.share}
    # Answered, not raised: the try is committed with the transaction.
    return _wrong(tried.left)


@bp.get("/phones/<uuid:phone_id>/key")
@endpoint(Role.PATIENT)
@bp.response(200, PhoneKeySchema)
def phone_key(phone_id: UUID) -> dict[str, str]:
    """What opens the words on one's own phone again, right after signing in."""
    # Whoever finds a locked phone has its session: they need the password as well.
    if abs(at() - current_user.signed_in_at) > FRESH:
        raise SignInNeeded
    return {"key": service.key_of(session(), patient(), phone_id)}


@bp.delete("/phones/<uuid:phone_id>")
@endpoint(Role.PATIENT)
@bp.response(204)
def unlock(phone_id: UUID) -> None:
    """Take the PIN lock of one's own phone away."""
    service.unlock(session(), patient(), phone_id)


def _wrong(left: int) -> Response:
    return problems.problem(403, "That is not the PIN", left=left)
