"""What an invitation is at a time, and the rule by which its link opens. Defined here and once."""

import hashlib
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care.joining import works_at
from journal.care.models import Membership
from journal.invitations.models import Invitation


class State(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    USED = "used"
    ENDED = "ended"
    EXPIRED = "expired"


def opens(token: str, at: datetime) -> ColumnElement[bool]:
    """Whether this token opens an invitation: unspent, in time, and who made it is still there.

    An admin who has left could otherwise come back by a link of their own making.
    """
    return and_(
        Invitation.token_hash == hashed(token),
        Invitation.used_at.is_(None),
        Invitation.ended_at.is_(None),
        at < Invitation.expires_at,
        or_(
            Invitation.made_by.is_(None),
            works_at(Invitation.clinic_id, Invitation.made_by, Role.ADMIN),
        ),
    )


def left_at() -> ScalarSelect[datetime]:
    """When the admin who made an invitation left its clinic, or signed in no more; NULL: never."""
    when = func.coalesce(Membership.ended_at, Account.disabled_at)
    return (
        select(when)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.clinic_id == Invitation.clinic_id,
            Membership.account_id == Invitation.made_by,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )


def state_of(row: Invitation, at: datetime, left: datetime | None = None) -> State:
    """What has become of an invitation by now, as its clinic sees it.

    :param left: when its maker left; its link opens nothing since.
    """
    if row.used_at is not None:
        return State.USED
    if row.ended_at is not None or (left is not None and left < row.expires_at):
        return State.ENDED
    return State.OPEN if at < row.expires_at else State.EXPIRED


def hashed(token: str) -> bytes:
    """What the database holds of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def place(clinic_id: UUID, id: UUID) -> str:
    """Where a sealed name belongs."""
    return f"invitation/{clinic_id}/{id}/name"
