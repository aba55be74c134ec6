"""Sessions on the server: begin, find, keep, prove, end. The cookie holds no more than a token."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from journal.accounts import devices, limits, live
from journal.accounts.live import ALIVE
from journal.accounts.models import Account, LoginSession
from journal.accounts.principals import Role
from journal.errors import JournalError


class WrongSignIn(JournalError):
    """No such account, wrong proof, or disabled: one answer for all of them."""

    status = 401
    title = "That e-mail and password do not match"


CALLER = (
    select(
        Account.id,
        Account.role,
        Account.zone,
        LoginSession.id,
        LoginSession.created_at,
        LoginSession.expires_at,
        LoginSession.seen_at,
        LoginSession.proved_at,
        LoginSession.kept,
        LoginSession.known_id,
    )
    .join(Account, Account.id == LoginSession.account_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        ALIVE,
        LoginSession.expires_at > bindparam("at"),
        Account.disabled_at.is_(None),
    )
)
"""Who a token belongs to. Built once: it runs on every request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a session belongs to, as Flask-Login wants to see them."""

    token: str = field(repr=False)
    id: UUID
    role: Role
    zone: str
    session_id: UUID
    signed_in_at: datetime
    expires_at: datetime
    seen_at: datetime
    proved_at: datetime
    kept: bool
    known_id: UUID | None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def fresh_until(self) -> datetime:
        """Until when nothing asks this person to prove again who they are."""
        return self.proved_at + limits.FRESH

    def is_fresh(self, at: datetime) -> bool:
        """Whether they have just proved who they are."""
        return limits.fresh(self.proved_at, at=at)

    def get_id(self) -> str:
        """What the cookie holds: the session's token, so that it can be ended here."""
        return self.token


def start_session(
    session: Session,
    account_id: UUID,
    *,
    at: datetime,
    kept: bool = False,
    fresh: bool = True,
    device: str = devices.OTHER,
    known: UUID | None = None,
) -> Caller:
    """Open a new session for an account whose proofs were right.

    One on the same known device ends; on more devices than are allowed, the longest unused does.

    :raises WrongSignIn: no such account, or it is disabled.
    """
    account = _locked(session, account_id)
    if known is not None:
        live.end_which(session, account_id, LoginSession.known_id == known, at=at)
    live.make_room(session, account, at=at)
    kept = kept and account.role is Role.PATIENT
    ends = at + limits.of(account.role, kept=kept).absolute
    token, id, proved_at = secrets.token_urlsafe(32), uuid4(), at if fresh else at - limits.FRESH
    session.add(
        LoginSession(
            id=id,
            token_hash=live.token_hash(token),
            account_id=account.id,
            created_at=at,
            expires_at=ends,
            seen_at=at,
            proved_at=proved_at,
            kept=kept,
            device=device,
            known_id=known,
        )
    )
    session.flush()
    times = (at, ends, at, proved_at)
    return Caller(token, account.id, account.role, account.zone, id, *times, kept, known)


def _locked(session: Session, account_id: UUID) -> Account:
    # Two who sign in at once would each find room for one.
    theirs = select(Account).where(Account.id == account_id).with_for_update(key_share=True)
    account = session.scalars(theirs).one_or_none()
    if account is None or account.disabled_at is not None:
        raise WrongSignIn
    return account


def caller(session: Session, token: str, *, at: datetime) -> Caller | None:
    """Who this token belongs to, or None when the session ended or never was."""
    known = {"token_hash": live.token_hash(token), "at": at}
    found = session.connection().execute(CALLER, known).one_or_none()
    if found is None:
        return None
    who = Caller(token, *found)
    over = limits.idle_over(who.role, kept=who.kept, seen_at=who.seen_at, at=at)
    return None if over else who


def seen(
    session: Session, session_id: UUID, *, at: datetime, after: datetime | None = None
) -> None:
    """Note that somebody is there. What has ended stays so, whoever is still on the way.

    :param after: who was not seen since then has ended meanwhile: `limits.idle_since`.
    """
    here = (LoginSession.id == session_id, ALIVE, LoginSession.seen_at < at)
    in_time = () if after is None else (LoginSession.seen_at > after,)
    session.execute(update(LoginSession).where(*here, *in_time).values(seen_at=at))


def prove(session: Session, token: str, *, at: datetime) -> Caller:
    """Note that it was proved again who this is. The token changes; the old one is dead.

    :raises WrongSignIn: the session has ended meanwhile.
    """
    before = caller(session, token, at=at)
    fresh = secrets.token_urlsafe(32)
    changed = (
        update(LoginSession)
        .where(LoginSession.token_hash == live.token_hash(token), ALIVE)
        .values(token_hash=live.token_hash(fresh), proved_at=at, seen_at=at)
        .returning(LoginSession.id)
    )
    if before is None or session.execute(changed).one_or_none() is None:
        raise WrongSignIn
    return replace(before, token=fresh, proved_at=at, seen_at=at)


def keep(session: Session, who: Caller, *, kept: bool, at: datetime) -> Caller:
    """Say whether this patient's phone has a lock of its own. It ends 30 days after signing in
    at the latest, however often that is said; that it has none makes it end no later.

    :raises WrongSignIn: the session has ended meanwhile.
    """
    last = who.signed_in_at + limits.of(who.role, kept=True).absolute
    ends = last if kept else min(who.expires_at, at + limits.of(who.role).absolute)
    mine = (LoginSession.id == who.session_id, ALIVE)
    changed = update(LoginSession).where(*mine).values(kept=kept, expires_at=ends, seen_at=at)
    if session.execute(changed.returning(LoginSession.id)).one_or_none() is None:
        raise WrongSignIn
    return replace(who, kept=kept, expires_at=ends, seen_at=at)
