"""Sign in, who am I, sign out here, sign out everywhere."""

from functools import partial
from typing import Any, cast

import flask
from flask import current_app
from flask_login import LoginManager, current_user, login_user, logout_user

from journal.accounts import passwords, service
from journal.accounts.principals import Admin, Patient, Role, Therapist
from journal.accounts.schemas import Me, SignIn
from journal.accounts.service import Caller, WrongSignIn
from journal.db import rows
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import act, at, session, transaction

bp = Blueprint("accounts", __name__, url_prefix="/api", description="Signing in and out")

login = LoginManager()
# Phones change address all day long; the session lives on the server and can be ended there.
login.session_protection = None

EVERYONE = (Role.PATIENT, Role.THERAPIST, Role.ADMIN)


@login.user_loader
def load(token: str) -> Caller | None:
    """Find who a cookie's token belongs to, and open their rows to this request."""
    if (caller := service.caller(session(), token, at=at())) is None:
        return None
    if caller.role is Role.PATIENT:
        act(partial(rows.act_as_author, author_id=caller.id))
    elif caller.role is Role.THERAPIST:
        act(partial(rows.act_as_reader, reader_id=caller.id, at=at()))
    return caller


def patient() -> Patient:
    """The patient who asks. Call it in views for patients alone."""
    return Patient(current_user.id)


def therapist() -> Therapist:
    """The therapist who asks. Call it in views for therapists alone."""
    return Therapist(current_user.id)


def admin() -> Admin:
    """The admin who asks. Call it in views for admins alone."""
    return Admin(current_user.id)


@bp.post("/session")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(SignIn)
@bp.response(200, Me)
@bp.alt_response(401, description="No such account, or another password")
@bp.alt_response(429, description="Too many sign-ins at once")
def sign_in(sent: dict[str, str]) -> dict[str, Any]:
    """Sign in on this device."""
    secret = cast(str, current_app.config["SECRET_KEY"])
    with transaction(writing=False) as reading:
        account_id, known = service.password_of(reading, secret, sent["email"])
    # Hashing takes long on purpose: no transaction is open meanwhile.
    if not passwords.verify(known, sent["password"]) or account_id is None:
        raise WrongSignIn
    with transaction(writing=True) as writing:
        if before := flask.session.get("_user_id"):
            service.end_session(writing, before, at=at())
        flask.session.clear()
        caller = service.start_session(writing, account_id, at=at())
        login_user(caller)
        flask.session.permanent = True
        return me_of(caller)


@bp.get("/session")
@endpoint(*EVERYONE)
@bp.response(200, Me)
def me() -> dict[str, Any]:
    """Who is signed in on this device."""
    return me_of(current_user)


@bp.delete("/session")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out() -> None:
    """Sign this device out."""
    service.end_session(session(), current_user.token, at=at())
    logout_user()


@bp.delete("/sessions")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out_everywhere() -> None:
    """Sign this account out on every device."""
    service.end_sessions(session(), current_user.id, at=at())
    logout_user()


def me_of(caller: Caller) -> dict[str, Any]:
    """Somebody as `Me` has them."""
    return {
        "id": caller.id,
        "role": caller.role,
        "name": service.names(session(), [caller.id]).get(caller.id, ""),
        "zone": caller.zone,
        "signed_in_at": caller.signed_in_at,
        "expires_at": caller.expires_at,
    }
