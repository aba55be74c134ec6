"""Invitations: the admin's list, the public door behind a link, and what one wants to be called."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from flask import current_app, request
from flask_login import current_user

from journal.accounts import enrolling, naming
from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.proof_schemas import Options
from journal.accounts.schemas import Me
from journal.accounts.session_views import let_in, me_of
from journal.accounts.views import admin
from journal.care import joining as care
from journal.care.service import admins_clinic
from journal.errors import NotFound
from journal.invitations import accepting, service, slowly
from journal.invitations.accepting import Welcome
from journal.invitations.schemas import (
    AskPasskey,
    CalledSchema,
    InvitationsSchema,
    JoinedSchema,
    Joining,
    MadeInvitation,
    NewInvitation,
    TokenSchema,
    WelcomeSchema,
)
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import at, session, transaction

bp = Blueprint("invitations", __name__, url_prefix="/api", description="Inviting and joining")


@bp.get("/invitations")
@endpoint(Role.ADMIN)
@bp.response(200, InvitationsSchema)
def invitations() -> dict[str, Any]:
    """The clinic's invitations of the last weeks. No link is among them."""
    rows = service.listed(session(), admin(), at=at())
    clinic = admins_clinic(session(), admin())
    staff = care.therapists_at(session(), clinic.id)
    whom = {row.therapist_id for row in rows if row.therapist_id}
    called = accounts.names(session(), {*staff, *whom})
    people = {id: {"id": id, "name": called.get(id, "")} for id in called}
    return {
        "clinic": clinic.name,
        "invitations": [
            {
                "id": row.id,
                "role": row.role,
                "name": row.name,
                "therapist": people.get(row.therapist_id) if row.therapist_id else None,
                "made_at": row.made_at,
                "expires_at": row.expires_at,
                "state": row.state,
                "over_at": row.over_at,
            }
            for row in rows
        ],
        "therapists": [people[id] for id in staff if id in people],
    }


@bp.post("/invitations")
@endpoint(Role.ADMIN, fresh=True)
@bp.arguments(NewInvitation)
@bp.response(201, MadeInvitation)
@bp.alt_response(409, description="Another invitation, or one that is over, has this id")
def invite(sent: dict[str, Any]) -> dict[str, Any]:
    """Make a one-time link. It is in this answer and nowhere else."""
    made = service.invite(
        session(),
        clinic_id=admins_clinic(session(), admin()).id,
        made_by=current_user.id,
        at=at(),
        **sent,
    )
    public = current_app.config["JOURNAL_PUBLIC"].geturl()
    return {
        "id": made.id,
        "link": service.link(public, made.token),
        "expires_at": made.expires_at,
    }


@bp.delete("/invitations/<uuid:id>")
@endpoint(Role.ADMIN)
@bp.response(204)
@bp.alt_response(409, description="Somebody has already joined with it")
def take_back(id: UUID) -> None:
    """Take an invitation back. Its link opens nothing from now on."""
    service.end(session(), admin(), id, at=at())


@contextmanager
def _guesses_counted() -> Iterator[None]:
    """Count it when no invitation opens; the answer is the same until there are too many."""
    try:
        yield
    except NotFound:
        with transaction(writing=True) as writing:
            slowly.count(writing, request.remote_addr, at=at())
        raise


@bp.post("/invitations/look")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(TokenSchema)
@bp.response(200, WelcomeSchema)
@bp.alt_response(404, description="Wrong, spent, taken back or expired")
@bp.alt_response(429, description="Too many tries: see `Retry-After`")
def look(sent: dict[str, str]) -> Welcome:
    """What an invitation is for. Wrong, spent, taken back and expired are one answer."""
    with _guesses_counted(), transaction(writing=False) as reading:
        return accepting.look(reading, sent["token"], at=at())


@bp.post("/invitations/passkey")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(AskPasskey)
@bp.response(200, Options)
@bp.alt_response(404, description="Wrong, spent, taken back or expired")
@bp.alt_response(429, description="Too many tries: see `Retry-After`")
def passkey(sent: dict[str, Any]) -> dict[str, Any]:
    """What a browser is given to make a passkey for an account that is not there yet."""
    with _guesses_counted(), transaction(writing=False) as reading:
        return accepting.ask_passkey(reading, sent["token"], sent["name"], at=at())


@bp.post("/invitations/accept")
@endpoint(Public.ANYONE, database=False)
@bp.arguments(Joining)
@bp.response(200, JoinedSchema)
@bp.alt_response(401, description="The passkey was asked for too long ago, or is kept already")
@bp.alt_response(404, description="Wrong, spent, taken back or expired")
@bp.alt_response(429, description="Too many tries: see `Retry-After`")
def accept(sent: dict[str, Any]) -> dict[str, Any]:
    """Join, and be signed in on this device. It works once."""
    secret = cast(str, current_app.config["SECRET_KEY"])
    token, name, zone = sent.pop("token"), sent.pop("name"), sent.pop("zone")
    with _guesses_counted():
        with transaction(writing=False) as reading:
            who = accepting.expect(reading, token, name, at=at())
        # Hashing takes long on purpose: no transaction is open meanwhile.
        ready = enrolling.prepare(reading, sent, role=who.role, about=who.about, at=at())
        with transaction(writing=True) as writing:
            joined = accepting.accept(
                writing, secret, token, name=name, zone=zone, ready=ready, at=at()
            )
            return {
                "me": let_in(writing, joined.account.id),
                "sign_in_name": joined.sign_in_name,
                "recovery_code": joined.recovery_code,
            }


@bp.put("/me")
@endpoint(Role.PATIENT)
@bp.arguments(CalledSchema)
@bp.response(200, Me)
def call_me(sent: dict[str, str]) -> dict[str, Any]:
    """Be called by another name, and have the time in another zone."""
    naming.rename(session(), current_user.id, **sent)
    return me_of(session(), current_user) | {"zone": sent["zone"]}
