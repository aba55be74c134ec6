"""Six digits from an app, new every half minute (RFC 6238); each is taken once."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts import service, site
from journal.accounts.ceremonies import NAME
from journal.accounts.proof_models import DemoCode, OneTimeCode
from journal.errors import Invalid
from journal.vault import keys
from journal.vault.sealed import Sealed

STEP = 30  # seconds
EITHER_WAY = 1
"""Steps that a phone's clock may be off, in both directions."""
PENDING = timedelta(minutes=15)
"""How long a secret waits for its first code."""

WRONG = Invalid.at("/code", "That code does not fit. Wait for the next one and try again.")


def new_secret() -> str:
    """A secret of 160 bits, as apps take it."""
    return pyotp.random_base32()


def uri(secret: str, name: str) -> str:
    """What a QR code holds so that an app takes the secret in."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=NAME)


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The half minute in which this is the code; None when it is none of those near `at`."""
    digits = "".join(code.split())
    now = int(at.timestamp()) // STEP
    made = pyotp.TOTP(secret, interval=STEP)
    found = None
    for step in range(now - EITHER_WAY, now + EITHER_WAY + 1):
        fits = hmac.compare_digest(made.generate_otp(step).encode(), digits.encode())
        found = step if fits else found
    return found


def proves(session: Session, account_id: UUID, code: str, *, at: datetime) -> bool:
    """Whether the code is right; it is used up then. Two who bring the same one: one is right."""
    row = session.get(OneTimeCode, account_id)
    if row is None or row.secret is None:
        return _demo(session, account_id, code)
    secret = row.secret.open(keys.key(session, account_id), _place(account_id)).decode()
    step = step_of(secret, code, at=at)
    if step is None:
        return False
    later = or_(OneTimeCode.last_step.is_(None), OneTimeCode.last_step < step)
    taken = (
        update(OneTimeCode)
        .where(OneTimeCode.account_id == account_id, later)
        .values(last_step=step)
        .returning(OneTimeCode.account_id)
    )
    return session.execute(taken).one_or_none() is not None


def has(session: Session, account_id: UUID) -> bool:
    """Whether the account has a code."""
    row = session.get(OneTimeCode, account_id)
    return (row is not None and row.secret is not None) or (
        session.get(DemoCode, account_id) is not None
    )


def offer(session: Session, account_id: UUID, *, at: datetime) -> tuple[str, str]:
    """A new secret and its address for an app. The code there is stays until this is confirmed."""
    secret = new_secret()
    sealed = Sealed.seal(secret.encode(), keys.key(session, account_id), _place(account_id))
    _row(session, account_id, pending=sealed, pending_at=at)
    return secret, uri(secret, service.sign_in_name(session, account_id))


def confirm(session: Session, account_id: UUID, code: str, *, at: datetime) -> None:
    """Take the offered secret in the place of what there was: its first code is right.

    :raises Invalid: the code does not fit, or nothing was offered lately.
    """
    row = session.get(OneTimeCode, account_id)
    if row is None or row.pending is None or row.pending_at is None:
        raise WRONG
    secret = row.pending.open(keys.key(session, account_id), _place(account_id)).decode()
    step = step_of(secret, code, at=at) if at < row.pending_at + PENDING else None
    if step is None:
        raise WRONG
    keep(session, account_id, secret, step)


def keep(session: Session, account_id: UUID, secret: str, step: int) -> None:
    """Make this the account's secret; `step` is the one of the code that confirmed it."""
    sealed = Sealed.seal(secret.encode(), keys.key(session, account_id), _place(account_id))
    _row(session, account_id, secret=sealed, pending=None, pending_at=None, last_step=step)
    session.execute(delete(DemoCode).where(DemoCode.account_id == account_id))


def remove(session: Session, account_id: UUID) -> None:
    """Have no code any more."""
    for table in (OneTimeCode, DemoCode):
        session.execute(delete(table).where(table.account_id == account_id))


def give_demo(session: Session, account_id: UUID, code: str) -> None:
    """Let everybody in who knows the code: for people who do not exist, on localhost alone."""
    session.add(DemoCode(account_id=account_id, code=code))
    session.flush()


def demo(session: Session) -> str | None:
    """The code that everybody may know here, if there is one."""
    if not site.of(session).local:
        return None
    return session.scalars(select(DemoCode.code).limit(1)).one_or_none()


def has_demo(session: Session) -> bool:
    """Whether anybody here has a code that everybody may know."""
    return session.scalars(select(DemoCode.account_id).limit(1)).first() is not None


def _demo(session: Session, account_id: UUID, code: str) -> bool:
    row = session.get(DemoCode, account_id)
    if row is None or not site.of(session).local:
        return False
    return hmac.compare_digest(row.code.encode(), "".join(code.split()).encode())


def _row(session: Session, account_id: UUID, **values: object) -> None:
    row = session.get(OneTimeCode, account_id)
    if row is None:
        row = OneTimeCode(account_id=account_id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def _place(account_id: UUID) -> str:
    return f"account/{account_id}/code"
