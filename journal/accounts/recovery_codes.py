"""One code on paper: 128 bits, shown once, for one use."""

import hashlib
import hmac
import secrets
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from journal.accounts import site
from journal.accounts.proof_models import RecoveryCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is read as another."""
LENGTH = 26  # of 5 bits each
GROUPS = (5, 5, 5, 5, 6)
_READ_AS = str.maketrans("OIL", "011", "- \t\r\n")


def make(session: Session, account_id: UUID, *, at: datetime) -> str:
    """Make a code in the place of the one there was; it is never shown again."""
    number = secrets.randbits(128)
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    remove(session, account_id)
    hashed = _hash(session, account_id, letters)
    session.add(RecoveryCode(account_id=account_id, code_hash=hashed, made_at=at, used_at=None))
    session.flush()
    cut = [sum(GROUPS[:n]) for n in range(len(GROUPS) + 1)]
    return "-".join(letters[a:b] for a, b in pairwise(cut))


def fits(session: Session, account_id: UUID, code: str, *, used_at: datetime | None = None) -> bool:
    """Whether this is the code, and it was not used but at that time. It stays as it is."""
    row = session.get(RecoveryCode, account_id)
    given = _hash(session, account_id, code)
    if row is None or not hmac.compare_digest(row.code_hash, given):
        return False
    return row.used_at is None or row.used_at == used_at


def use(session: Session, account_id: UUID, code: str, *, at: datetime) -> bool:
    """Use the code up, if it is the one. Two who bring it at once: one is right."""
    if not fits(session, account_id, code):
        return False
    used = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
        .where(RecoveryCode.code_hash == _hash(session, account_id, code))
        .values(used_at=at)
        .returning(RecoveryCode.account_id)
    )
    return session.execute(used).one_or_none() is not None


def made_at(session: Session, account_id: UUID) -> datetime | None:
    """When the code that still works was made."""
    row = session.get(RecoveryCode, account_id)
    return row.made_at if row is not None and row.used_at is None else None


def remove(session: Session, account_id: UUID) -> None:
    """Have none any more, used or not."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _hash(session: Session, account_id: UUID, code: str) -> bytes:
    letters = code.upper().translate(_READ_AS)
    secret = site.of(session).secret_key.encode()
    key = hashlib.sha256(b"recovery-code" + secret).digest()
    return hmac.digest(key, account_id.bytes + letters.encode("utf-8", "replace"), "sha256")
