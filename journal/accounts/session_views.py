"""Sessions over HTTP: who am I, on which devices, sign out; and what happened to the account."""

from typing import Any
from uuid import UUID

import flask
from flask import Response, current_app, request
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session

from journal.accounts import devices, limits, live, notices, passkeys, service, sessions
from journal.accounts.principals import Role
from journal.accounts.schemas import AccountNotice, Keeping, Me, SignedIn
from journal.accounts.sessions import Caller
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import at, session

bp = Blueprint("sessions", __name__, url_prefix="/api", description="Devices signed in, notices")

EVERYONE = (Role.PATIENT, Role.THERAPIST, Role.ADMIN)

DEVICE_COOKIE = "DEVICE_COOKIE_NAME"
REMEMBERED = 400 * 24 * 60 * 60  # seconds; browsers keep nothing longer


def device_token() -> str | None:
    """What this browser's long cookie holds. Only `devices.known` says whether it is worth it."""
    return request.cookies.get(current_app.config[DEVICE_COOKIE])


def let_in(
    opened: Session, account_id: UUID, *, kept: bool = False, fresh: bool = True
) -> dict[str, Any]:
    """Sign somebody in on this browser whose proofs were all right: the one place where it is done.

    Call it in a writing transaction. The browser's session from before ends, whoever's it was, and
    the browser is known from now on.

    :param fresh: whether what was shown does for a step-up as well.
    :return: a `Me`.
    :raises WrongSignIn: no such account, or it is disabled.
    """
    if before := flask.session.get("_user_id"):
        live.end_session(opened, before, at=at())
    flask.session.clear()
    known = devices.remember(opened, account_id, device_token(), at=at())
    device = devices.words(request.user_agent.string)
    caller = sessions.start_session(
        opened, account_id, at=at(), kept=kept, fresh=fresh, device=device, known=known.id
    )
    _remember_here(known.token)
    return hold(opened, caller)


def hold(opened: Session, caller: Caller) -> dict[str, Any]:
    """Put a session's token into this browser's cookie: a new one, or the one after a step-up.

    :return: a `Me`.
    """
    login_user(caller)
    flask.session.permanent = True
    return me_of(opened, caller)


def me_of(opened: Session, caller: Caller) -> dict[str, Any]:
    """Who is signed in, as a `Me`."""
    idle = limits.of(caller.role, kept=caller.kept).idle
    return {
        "id": caller.id,
        "role": caller.role,
        "name": service.names(opened, [caller.id]).get(caller.id, ""),
        "zone": caller.zone,
        "signed_in_at": caller.signed_in_at,
        "expires_at": caller.expires_at,
        "session_id": caller.session_id,
        "idle_seconds": None if idle is None else int(idle.total_seconds()),
        "fresh_until": caller.fresh_until,
        "kept": caller.kept,
    }


@bp.get("/session")
@endpoint(*EVERYONE, background=True)
@bp.response(200, Me)
def me() -> dict[str, Any]:
    """Who is signed in on this device. Asking does not count as being there."""
    return me_of(session(), current_user)


@bp.post("/session/stay")
@endpoint(*EVERYONE, background=True)
@bp.response(200, Me)
def stay() -> dict[str, Any]:
    """Say that somebody is there, at once."""
    sessions.seen(session(), current_user.session_id, at=at())
    return me_of(session(), current_user)


@bp.put("/session/kept")
@endpoint(Role.PATIENT)
@bp.arguments(Keeping)
@bp.response(200, Me)
def keep(sent: dict[str, bool]) -> dict[str, Any]:
    """Say whether this phone's app has a lock of its own, or is on its home screen."""
    here: Caller = current_user._get_current_object()  # itself, to make another from it
    caller = sessions.keep(session(), here, kept=sent["kept"], at=at())
    return me_of(session(), caller)


@bp.delete("/session")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out() -> None:
    """Sign this device out."""
    live.end_one(session(), current_user.id, current_user.session_id, at=at())
    logout_user()


@bp.get("/sessions")
@endpoint(*EVERYONE)
@bp.response(200, SignedIn(many=True))
def signed_in() -> list[dict[str, Any]]:
    """The devices this account is signed in on, the last used first."""
    return [
        {
            "id": one.id,
            "device": one.device,
            "since": one.created_at,
            "seen_at": one.seen_at,
            "kept": one.kept,
            "here": one.id == current_user.session_id,
        }
        for one in live.alive(session(), current_user.id, at=at())
    ]


@bp.delete("/sessions/<uuid:session_id>")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out_one(session_id: UUID) -> None:
    """Sign one device out. Another than this one is no longer known either."""
    known = live.end_one(session(), current_user.id, session_id, at=at())
    if session_id == current_user.session_id:
        logout_user()
    elif known is not None:
        devices.forget(session(), current_user.id, known)


@bp.delete("/sessions/others")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out_others() -> None:
    """Sign this account out on every other device; none of them is known any more."""
    passkeys.lock(session(), current_user.id)  # a sign-in under way is before it, or after it
    live.end_others(session(), current_user.id, current_user.session_id, at=at())
    devices.forget_others(session(), current_user.id, current_user.known_id)


@bp.delete("/sessions")
@endpoint(*EVERYONE)
@bp.response(204)
def sign_out_everywhere() -> None:
    """Sign this account out on every device. This one alone is still known."""
    passkeys.lock(session(), current_user.id)  # a sign-in under way is before it, or after it
    live.end_sessions(session(), current_user.id, at=at())
    devices.forget_others(session(), current_user.id, current_user.known_id)
    logout_user()


@bp.get("/notices")
@endpoint(*EVERYONE)
@bp.response(200, AccountNotice(many=True))
def told() -> list[dict[str, Any]]:
    """What happened to this account, newest first."""
    found = notices.of(session(), current_user.id)
    return [{"id": n.id, "kind": n.kind, "at": n.at, "seen_at": n.seen_at} for n in found]


@bp.put("/notices/<uuid:notice_id>/seen")
@endpoint(*EVERYONE)
@bp.response(204)
def see(notice_id: UUID) -> None:
    """Note that a notice was seen."""
    notices.see(session(), current_user.id, notice_id, at=at())


def _remember_here(token: str) -> None:
    @flask.after_this_request
    def hand_out(answer: Response) -> Response:
        answer.set_cookie(
            current_app.config[DEVICE_COOKIE],
            token,
            max_age=REMEMBERED,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Strict",
        )
        return answer
