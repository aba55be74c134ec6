"""Who a cookie belongs to, and signing in."""

import hashlib
import logging
from functools import partial
from typing import Any, cast

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError

from journal.accounts import (
    devices,
    entering,
    limits,
    passkeys,
    passwords,
    service,
    sessions,
    throttle,
)
from journal.accounts.entering import MoreNeeded
from journal.accounts.models import Account
from journal.accounts.principals import Admin, Patient, Role, Therapist
from journal.accounts.schemas import Me, SignIn
from journal.accounts.session_views import device_token, let_in
from journal.accounts.sessions import Caller, WrongSignIn
from journal.db import rows
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import act, apart, at, now, session, transaction

bp = Blueprint("accounts", __name__, url_prefix="/api", description="Signing in")

log = logging.getLogger("journal.accounts")

login = LoginManager()
# Phones change address all day long; the session lives on the server and can be ended there.
login.session_protection = None


class Signed(SecureCookieSessionInterface):
    """The cookie, signed with SHA-256; what Flask would take is SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def init_app(app: Flask) -> None:
    """Find out who asks, and note that they are there."""
    app.session_interface = Signed()
    login.init_app(app)
    app.after_request(note_presence)


@login.user_loader
def load(token: str) -> Caller | None:
    """Find who a cookie's token belongs to, and open their rows to this request."""
    if (caller := sessions.caller(session(), token, at=at())) is None:
        return None
    g.caller = caller
    if caller.role is Role.PATIENT:
        act(partial(rows.act_as_author, author_id=caller.id))
    elif caller.role is Role.THERAPIST:
        act(partial(rows.act_as_reader, reader_id=caller.id, at=at()))
    return caller


def note_presence(answer: Response) -> Response:
    """Note once a minute that somebody is there, when the request's own transaction is over."""
    who: Caller | None = g.get("caller")
    if who and not g.background and at() - who.seen_at >= limits.SEEN_EVERY:
        try:
            with apart() as writing:
                # It may have ended by itself while this waited, and been refused to others.
                after = limits.idle_since(who.role, kept=who.kept, at=now())
                sessions.seen(writing, who.session_id, at=at(), after=after)
        except SQLAlchemyError as error:
            # What was asked is done: it must not read as if it were not.
            log.error("presence was not noted: %s", type(error).__name__)
    return answer


def patient() -> Patient:
    """The patient who asks. Call it in views for patients alone."""
    return Patient(current_user.id)


def therapist() -> Therapist:
    """The therapist who asks. Call it in views for therapists alone."""
    return Therapist(current_user.id, fresh=current_user.is_fresh(at()))


def admin() -> Admin:
    """The admin who asks. Call it in views for admins alone."""
    return Admin(current_user.id)


@bp.post("/session")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(SignIn)
@bp.response(200, Me)
@bp.alt_response(401, description="Something is not right; or, with `needs`, one more is missing")
@bp.alt_response(429, description="Too many sign-ins at once, or too many tries: see `Retry-After`")
def sign_in(sent: dict[str, Any]) -> dict[str, Any]:
    """Sign in on this device with a password and what makes it whole (`entering`)."""
    passwords.require_room()
    secret = cast(str, current_app.config["SECRET_KEY"])
    index = service.email_index(secret, sent["email"])
    with transaction(writing=True) as writing:
        account_id, right = service.password_of(writing, secret, sent["email"])
        known = devices.known(writing, account_id, device_token())
        key = throttle.key(index, known=known, address=request.remote_addr)
        throttle.ask(writing, key, at=at())
    # Hashing takes long on purpose: no transaction is open meanwhile.
    if not passwords.verify(right, sent["password"]) or account_id is None:
        with transaction(writing=True) as writing:
            throttle.failed(writing, key, at=at(), account_id=account_id)
        raise WrongSignIn
    with transaction(writing=True) as writing:
        # Whatever ended meanwhile (a recovery, another password, "sign out everywhere") counts.
        passkeys.lock(writing, account_id)
        account = writing.get_one(Account, account_id)
        if account.password_hash != right:
            raise WrongSignIn
        known = devices.known(writing, account_id, device_token())
        more = {name: sent.get(name) for name in ("code", "recovery_code")}
        shown = entering.second(writing, account, **more, known=known is not None, at=at())
        if entering.whole(account.role, shown):
            throttle.went_well(writing, key, index)
            fresh = entering.afresh(writing, account, shown)
            return let_in(writing, account_id, kept=sent["kept"], fresh=fresh)
        needs = entering.needs(account.role)
        if given := any(more[name] for name in needs):
            throttle.failed(writing, key, at=at(), account_id=account_id)
    raise WrongSignIn if given else MoreNeeded(needs=needs)
