"""An account for somebody who is not there yet."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import service
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.errors import Invalid


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new account, and what its person has to keep: shown once."""

    account: Account
    sign_in_name: str = field(repr=False)
    recovery_code: str = field(repr=False)


def enrol(
    session: Session,
    secret_key: str,
    *,
    id: UUID,
    role: Role,
    name: str,
    zone: str,
    password: str | None = None,
    at: datetime,
) -> Enrolled:
    """Make an account with a generated name to sign in with."""
    if password is None:
        raise Invalid.at("/password", "Is needed.")
    sign_in_name = f"river-door-{secrets.randbelow(10_000)}"
    account = service.make_account(
        session,
        secret_key,
        id=id,
        role=role,
        email=sign_in_name,
        name=name,
        password=password,
        zone=zone,
        at=at,
    )
    return Enrolled(account, sign_in_name, secrets.token_hex(16))
