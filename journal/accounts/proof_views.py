"""What somebody has to sign in with: list, add, change, remove. Every change asks for a fresh
proof of who it is, and leaves a notice."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_login import current_user

from journal.accounts import (
    codes,
    entering,
    notices,
    offered,
    passkeys,
    passwords,
    recovery_codes,
    service,
)
from journal.accounts.asks import For
from journal.accounts.models import Account, Kind
from journal.accounts.proof_schemas import (
    Confirm,
    NewPasskey,
    NewPassword,
    NewSecret,
    Nothing,
    OnPaper,
    Options,
    PasskeySchema,
    Proofs,
)
from journal.accounts.session_views import EVERYONE
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("proofs", __name__, url_prefix="/api", description="What one signs in with")


@bp.get("/proofs")
@endpoint(*EVERYONE)
@bp.response(200, Proofs)
def proofs() -> dict[str, Any]:
    """What there is to sign in with; no secret is among it."""
    opened, me = session(), current_user.id
    return {
        "name": service.sign_in_name(opened, me),
        "passkeys": passkeys.listed(opened, me),
        "password": bool(_account().password_hash),
        "code": codes.has(opened, me),
        "recovery_code": recovery_codes.made_at(opened, me),
    }


@bp.post("/passkeys/new")
@endpoint(*EVERYONE, fresh=True, writes=False)
@bp.arguments(Nothing)
@bp.response(200, Options)
def new_passkey(_: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser needs to make a passkey."""
    return passkeys.ask_new(session(), current_user.id, For.ADD, at=at())


@bp.post("/passkeys")
@endpoint(*EVERYONE, fresh=True)
@bp.arguments(NewPasskey)
@bp.response(201, PasskeySchema)
@bp.alt_response(409, description="There are as many as there may be")
def add_passkey(sent: Mapping[str, Any]) -> passkeys.Listed:
    """Keep a passkey that was made."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    made = passkeys.made(opened, For.ADD, sent["id"], sent["credential"], at=at())
    id = passkeys.keep(opened, me, made, name=sent["name"], at=at())
    notices.tell(opened, me, Kind.PASSKEY_ADDED, at=at())
    return next(one for one in passkeys.listed(opened, me) if one.id == id)


@bp.delete("/passkeys/<uuid:id>")
@endpoint(*EVERYONE, fresh=True)
@bp.response(204)
@bp.alt_response(404, description="Absent, or not yours")
@bp.alt_response(409, description="The last way in")
def remove_passkey(id: UUID) -> None:
    """Remove a passkey."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    passkeys.remove(opened, me, id)
    entering.keep_a_way_in(opened, _account())
    notices.tell(opened, me, Kind.PASSKEY_REMOVED, at=at())


@bp.put("/password")
@endpoint(*EVERYONE, fresh=True, writes=False)
@bp.arguments(NewPassword)
@bp.response(204)
@bp.alt_response(429, description="Too many passwords at once")
def change_password(sent: Mapping[str, str]) -> None:
    """Have this password from now on."""
    opened, me = session(), current_user.id
    told = passwords.checked(sent["password"], about=offered.about(opened, me))
    # Hashing takes long on purpose: nothing waits for this transaction, it only reads.
    hashed = passwords.make_hash(told)
    with apart() as writing:
        writing.get_one(Account, me).password_hash = hashed
        notices.tell(writing, me, Kind.PASSWORD_CHANGED, at=at())


@bp.post("/code")
@endpoint(*EVERYONE, fresh=True)
@bp.arguments(Nothing)
@bp.response(200, NewSecret)
def offer_code(_: Mapping[str, Any]) -> dict[str, str]:
    """A secret for an app that makes codes. It counts once its first code was sent."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    secret, uri = codes.offer(opened, me, at=at())
    return {"secret": secret, "uri": uri}


@bp.put("/code")
@endpoint(*EVERYONE, fresh=True)
@bp.arguments(Confirm)
@bp.response(204)
def confirm_code(sent: Mapping[str, str]) -> None:
    """Take the offered secret in the place of what there was."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    codes.confirm(opened, me, sent["code"], at=at())
    notices.tell(opened, me, Kind.CODE_CHANGED, at=at())


@bp.delete("/code")
@endpoint(*EVERYONE, fresh=True)
@bp.response(204)
@bp.alt_response(409, description="The last way in")
def remove_code() -> None:
    """Have no code any more."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    codes.remove(opened, me)
    entering.keep_a_way_in(opened, _account())
    notices.tell(opened, me, Kind.CODE_CHANGED, at=at())


@bp.post("/recovery-code")
@endpoint(*EVERYONE, fresh=True)
@bp.arguments(Nothing)
@bp.response(200, OnPaper)
def new_recovery_code(_: Mapping[str, Any]) -> dict[str, str]:
    """A recovery code in the place of the one there was."""
    opened, me = session(), current_user.id
    passkeys.lock(opened, me)
    code = recovery_codes.make(opened, me, at=at())
    notices.tell(opened, me, Kind.RECOVERY_CODE_MADE, at=at())
    return {"code": code}


def _account() -> Account:
    return session().get_one(Account, current_user.id)
