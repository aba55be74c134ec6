"""Back in after everything was lost. Who asks hears the same, whoever they are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import orjson
from flask import Response, current_app, request
from flask_login import current_user

from journal.accounts import (
    devices,
    live,
    offered,
    passkeys,
    recovering,
    recovery_halves,
    recovery_links,
    service,
    site,
    throttle,
)
from journal.accounts.asks import For
from journal.accounts.proof_schemas import Options
from journal.accounts.recovery_halves import Brought
from journal.accounts.recovery_schemas import (
    RECOVERY_PENDING,
    AskRecovery,
    FinishRecovery,
    RecoveryAsked,
    RecoveryToken,
)
from journal.accounts.session_views import EVERYONE, device_token
from journal.errors import Invalid
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import at, session, transaction
from journal.web.wire import json_bytes

bp = Blueprint("recovery", __name__, url_prefix="/api", description="Back in with two proofs")

NOBODY = UUID(int=0)
"""Whose halves are looked for when nobody has that name."""


@bp.post("/recovery")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(AskRecovery)
@bp.response(202, RecoveryAsked)
@bp.alt_response(429, description="Too many tries: see `Retry-After`")
def ask(sent: Mapping[str, Any]) -> recovering.Asked:
    """Ask to be let in again. The answer says nothing of who exists or what was right.

    Whoever did not hear it asks the same again, with the `token` of its own that it sent.
    """
    token = sent.get("token")
    secret = cast(str, current_app.config["SECRET_KEY"])
    index = service.email_index(secret, sent["email"])
    with transaction(writing=True) as writing:
        account_id, _ = service.password_of(writing, secret, sent["email"])
        known = devices.known(writing, account_id, device_token())
        brought = Brought(sent.get("recovery_code"), sent.get("link"), known is not None)
        # For a name that nobody has all of it is looked up as well: it takes as long.
        who = account_id or NOBODY
        passkeys.lock(writing, who)  # two who bring the same at once: one is right
        holds = recovery_halves.holds(writing, who, brought, at=at())
        if account_id is not None and holds:
            return recovering.start(writing, account_id, brought, token=token, at=at())
        # Only what does not hold is counted, and never of all networks together: a stranger could
        # keep somebody from coming back by it.
        key = throttle.key(b"recovery" + index, known=known, address=request.remote_addr)
        throttle.ask(writing, replace(key, everywhere=None), at=at())
        return recovering.answer(token, at=at())


@bp.post("/recovery/passkey")
@endpoint(Public.ANYONE, writes=False)
@bp.arguments(RecoveryToken)
@bp.response(200, Options)
@bp.alt_response(401, description="Unknown, too early, called off or over")
def new_passkey(sent: Mapping[str, str]) -> dict[str, Any]:
    """What a browser needs to make a new passkey, once the wait is over."""
    account = recovering.opened(session(), sent["token"], at=at())
    return passkeys.ask_new(session(), account.id, For.RECOVER, at=at())


@bp.post("/recovery/finish")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(FinishRecovery)
@bp.response(204)
@bp.alt_response(401, description="Unknown, too early, called off or over")
@bp.alt_response(429, description="Too many passwords at once")
def finish(sent: Mapping[str, Any]) -> None:
    """Set new proofs, with one half shown again: the device alone may be in anybody's hands.
    Every session ends: whoever comes in next shows them."""
    with transaction(writing=False) as reading:
        account = recovering.opened(reading, sent["token"], at=at())
        half = Brought(sent.get("recovery_code"), sent.get("link"))
        if not recovery_halves.brought_again(reading, account.id, sent["token"], half, at=at()):
            raise Invalid.at("/recovery_code", "Show your recovery code or your link once more.")
        here = site.of(reading)
        about = offered.about(reading, account.id)
    ready = offered.prepare(here, sent, what=For.RECOVER, role=account.role, about=about, at=at())
    with transaction(writing=True) as writing:
        # A sign-in that is under way waits, and finds what is new.
        passkeys.lock(writing, account.id)
        account = recovering.close(writing, sent["token"], at=at())
        if sent["remove_passkeys"]:
            offered.remove_all(writing, account)
        offered.keep(writing, account, ready, at=at())
        devices.forget_others(writing, account.id, None)
        live.end_sessions(writing, account.id, at=at())


@bp.get("/recovery")
@endpoint(*EVERYONE)
@bp.response(200)
@bp.doc(responses={"200": RECOVERY_PENDING})
def pending() -> Response:
    """When the recovery opens that somebody asked for with this account, and whether a link from
    the clinic is out; null when there is neither."""
    opens_at = recovering.pending(session(), current_user.id, at=at())
    link = recovery_links.is_out(session(), current_user.id, at=at())
    said = {"opens_at": opens_at.isoformat() if opens_at else None, "link": link}
    return json_bytes(orjson.dumps(said if opens_at or link else None))


@bp.delete("/recovery")
@endpoint(*EVERYONE)
@bp.response(204)
def call_off() -> None:
    """Call it off. It needs no further proof: nobody must be kept from stopping a stranger."""
    passkeys.lock(session(), current_user.id)  # who finishes it at this moment is before, or after
    recovering.call_off(session(), current_user.id, at=at())
