"""The clinic's half of a recovery: a one-time link, given to somebody who was looked at."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts import notices
from journal.accounts.models import Account, Kind
from journal.accounts.proof_models import RecoveryLink
from journal.errors import NotFound

LINK_LASTS = timedelta(hours=72)


def start_by_clinic(session: Session, account_id: UUID, *, at: datetime) -> str:
    """Make the clinic's half: a token for a one-time link. An earlier one is over.

    It lets nobody in by itself, and says nothing of the person. They get a notice.

    :raises NotFound: no such account, or it is disabled.
    """
    # The account first, as everybody takes it who asks for a recovery or ends one.
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.disabled_at is not None:
        raise NotFound
    end_all(session, account_id, at)
    token = secrets.token_urlsafe(32)
    session.add(
        RecoveryLink(
            token_hash=token_hash(token),
            account_id=account_id,
            made_at=at,
            expires_at=at + LINK_LASTS,
            ended_at=None,
        )
    )
    notices.tell(session, account_id, Kind.RECOVERY_ASKED, at=at)
    session.flush()
    return token


def end_all(session: Session, account_id: UUID, at: datetime) -> int:
    """End the links of an account that are open; return how many there were."""
    mine = (RecoveryLink.account_id == account_id, RecoveryLink.ended_at.is_(None))
    ended = update(RecoveryLink).where(*mine, RecoveryLink.expires_at > at).values(ended_at=at)
    return len(session.execute(ended.returning(RecoveryLink.token_hash)).all())


def is_out(session: Session, account_id: UUID, *, at: datetime) -> bool:
    """Whether the account has a link that is open."""
    mine = (RecoveryLink.account_id == account_id, RecoveryLink.ended_at.is_(None))
    out = select(RecoveryLink.token_hash).where(*mine, RecoveryLink.expires_at > at)
    return session.scalars(out.limit(1)).first() is not None


def find(session: Session, account_id: UUID, token: str, at: datetime) -> RecoveryLink | None:
    """The open link of this account with this token."""
    return session.scalars(
        select(RecoveryLink).where(
            RecoveryLink.token_hash == token_hash(token),
            RecoveryLink.account_id == account_id,
            RecoveryLink.ended_at.is_(None),
            RecoveryLink.expires_at > at,
        )
    ).one_or_none()


def was_used(session: Session, account_id: UUID, token: str, used_at: datetime) -> bool:
    """Whether this account's link with this token was used at that time."""
    mine = (RecoveryLink.token_hash == token_hash(token), RecoveryLink.account_id == account_id)
    used = select(RecoveryLink.token_hash).where(*mine, RecoveryLink.ended_at == used_at)
    return session.scalars(used).one_or_none() is not None


def use(session: Session, account_id: UUID, token: str, at: datetime) -> bool:
    """Use a link up. Two who bring it at once: one is right."""
    used = (
        update(RecoveryLink)
        .where(
            RecoveryLink.token_hash == token_hash(token),
            RecoveryLink.account_id == account_id,
            RecoveryLink.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
    return session.execute(used.returning(RecoveryLink.token_hash)).one_or_none() is not None


def token_hash(token: str) -> bytes:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
