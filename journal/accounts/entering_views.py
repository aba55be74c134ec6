"""Signing in with a passkey, and showing once more that it is you."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_login import current_user
from sqlalchemy.orm import Session

from journal.accounts import codes, devices, entering, passkeys, passwords, sessions, throttle
from journal.accounts.ceremonies import BadPasskey
from journal.accounts.models import Account
from journal.accounts.passkeys import Shown
from journal.accounts.proof_schemas import ByPasskey, Door, Nothing, Options, ProveAgain
from journal.accounts.schemas import Me
from journal.accounts.session_views import EVERYONE, device_token, hold, let_in
from journal.accounts.sessions import WrongSignIn
from journal.errors import Invalid
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import apart, at, session, transaction

bp = Blueprint("entering", __name__, url_prefix="/api", description="Passkeys and step-up")


@bp.get("/door")
@endpoint(Public.ANYONE)
@bp.response(200, Door)
def door() -> dict[str, Any]:
    """What the sign-in page may tell everybody: the code of the demo's people, on localhost."""
    return {"demo_code": codes.demo(session())}


@bp.post("/passkeys/ask")
@endpoint(Public.ANYONE, writes=False)
@bp.arguments(Nothing)
@bp.response(200, Options)
def ask(_: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser needs to use a passkey. It is the same for everybody, and keeps no row."""
    return passkeys.ask(session(), at=at())


@bp.post("/session/passkey")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(ByPasskey)
@bp.response(200, Me)
@bp.alt_response(401, description="Nobody's passkey, or not rightly used")
def sign_in(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Sign in on this device with a passkey. No number of tries stops the one who has it."""
    with transaction(writing=False):
        shown = _shown(sent)
    with transaction(writing=True) as writing:
        # Whatever ends at this moment (the passkey, "sign out everywhere") is before, or after.
        passkeys.lock(writing, shown.account_id)
        _take(writing, shown)
        # It was the person: what others tried does not count any more, a hard stop neither.
        account = writing.get_one(Account, shown.account_id)
        known = devices.known(writing, account.id, device_token())
        key = throttle.key(account.email_index, known=known, address=request.remote_addr)
        throttle.went_well(writing, key, account.email_index)
        return let_in(writing, shown.account_id, kept=sent["kept"])


@bp.post("/session/proof")
@endpoint(*EVERYONE, writes=False)
@bp.arguments(ProveAgain)
@bp.response(200, Me)
@bp.alt_response(401, description="It is not right, or a code is missing (`needs`)")
@bp.alt_response(429, description="Too many tries: see `Retry-After`")
def prove(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Show once more that it is you. The session's token changes."""
    by_passkey = bool(sent.get("credential"))
    if not sent.get(missing := "id" if by_passkey else "password"):
        raise Invalid.at(f"/{missing}", "Missing data for required field.")
    return _prove_by_passkey(sent) if by_passkey else _prove_by_password(sent)


def _prove_by_passkey(sent: Mapping[str, Any]) -> dict[str, Any]:
    shown = _shown(sent)
    if shown.account_id != current_user.id:
        raise WrongSignIn
    with apart() as writing:
        _take(writing, shown)
        return hold(writing, sessions.prove(writing, current_user.token, at=at()))


def _prove_by_password(sent: Mapping[str, Any]) -> dict[str, Any]:
    account = session().get_one(Account, current_user.id)
    known = devices.known(session(), account.id, device_token())
    key = throttle.key(account.email_index, known=known, address=request.remote_addr)
    with apart() as writing:
        throttle.ask(writing, key, at=at())
    # Hashing takes long on purpose: what is open meanwhile only reads.
    right = passwords.verify(account.password_hash, sent["password"])
    with apart() as writing:
        passkeys.lock(writing, account.id)
        same = writing.get_one(Account, account.id).password_hash == account.password_hash
        code = sent.get("code")
        proved = right and same and entering.proves_again(writing, account, code, at=at())
        if proved:
            throttle.went_well(writing, key, account.email_index)
            return hold(writing, sessions.prove(writing, current_user.token, at=at()))
        throttle.failed(writing, key, at=at(), account_id=account.id)
    raise WrongSignIn


def _shown(sent: Mapping[str, Any]) -> Shown:
    try:
        return passkeys.show(session(), sent["id"], sent["credential"], at=at())
    except BadPasskey:
        raise WrongSignIn from None


def _take(writing: Session, shown: Shown) -> None:
    try:
        passkeys.take(writing, shown, at=at())
    except BadPasskey:
        raise WrongSignIn from None
