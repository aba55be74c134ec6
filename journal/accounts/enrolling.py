"""Somebody new, with the proofs they chose. No address is asked, so none can be found out.

They sign in with a passkey, or with a name that is made for them: two words and a number.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.accounts import asks, ceremonies, offered, recovery_codes, service, sign_names, site
from journal.accounts.asks import For
from journal.accounts.entering import Proof
from journal.accounts.models import Account
from journal.accounts.offered import Ready
from journal.accounts.principals import Role
from journal.errors import Conflict


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new account, and what its owner is shown once."""

    account: Account
    sign_in_name: str
    recovery_code: str = field(repr=False)


def ask(session: Session, *, name: str, at: datetime) -> dict[str, Any]:
    """What a browser needs to make the first passkey of an account that is not there yet:
    `{"id", "publicKey"}`.

    :param name: what the person is called; their device shows it beside the passkey.
    """
    here, account_id = site.of(session), uuid4()
    made = asks.make(here, For.JOIN, subject=account_id, at=at)
    options = ceremonies.creation(here, made, name=name, account_id=account_id)
    return {"id": made.id, "publicKey": options}


def prepare(
    session: Session,
    sent: Mapping[str, Any],
    *,
    role: Role,
    about: Iterable[str],
    at: datetime,
) -> Ready:
    """Check the proofs somebody joins with; see `offered.prepare`. Call it before the transaction
    that writes: it hashes.

    A patient's password is whole with the recovery code that they get now.
    """
    also = {Proof.RECOVERY_CODE}
    here = site.of(session)
    return offered.prepare(here, sent, what=For.JOIN, role=role, about=about, also=also, at=at)


def enrol(
    session: Session,
    secret_key: str,
    *,
    role: Role,
    name: str,
    zone: str,
    ready: Ready,
    at: datetime,
) -> Enrolled:
    """Make the account with its proofs, a name to sign in with and a recovery code.

    :raises AskOver: the passkey was kept already, for whomever.
    :raises BadPasskey: another account has it.
    """
    if ready.account_id is not None and session.get(Account, ready.account_id) is not None:
        raise asks.AskOver
    called = _free_name(session, secret_key)
    try:
        account = service.make_account(
            session,
            secret_key,
            id=ready.account_id or uuid4(),
            role=role,
            email=called,
            name=name,
            password="",
            zone=zone,
            at=at,
        )
    except IntegrityError:  # somebody joined with this passkey already, or has just taken the name
        raise asks.AskOver from None
    offered.keep(session, account, ready, at=at, tell=False)
    return Enrolled(account, called, recovery_codes.make(session, account.id, at=at))


def _free_name(session: Session, secret_key: str) -> str:
    for _ in range(20):
        called = sign_names.make(secrets.randbelow)
        known = Account.email_index == service.email_index(secret_key, called)
        if session.scalars(select(Account.id).where(known)).one_or_none() is None:
            return called
    raise Conflict("No free name was found. Please try again.")
