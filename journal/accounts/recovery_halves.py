"""What somebody brings who asks to be let in again: halves, of which two hold or nothing begins."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import recovery_codes, recovery_links
from journal.accounts.proof_models import Recovery
from journal.accounts.recovery_links import token_hash


class Half(StrEnum):
    """What half of a recovery somebody has."""

    RECOVERY_CODE = "recovery_code"
    LINK = "link"
    KNOWN_DEVICE = "known_device"


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings who asks."""

    recovery_code: str | None = field(default=None, repr=False)
    link: str | None = field(default=None, repr=False)
    known: bool = False


def halves(session: Session, account_id: UUID, brought: Brought, *, at: datetime) -> Set[Half]:
    """Which halves hold for this account. Nothing is used up."""
    code, link = brought.recovery_code or "", brought.link or ""
    found = {
        Half.RECOVERY_CODE: recovery_codes.fits(session, account_id, code),
        Half.LINK: recovery_links.find(session, account_id, link, at) is not None,
        Half.KNOWN_DEVICE: brought.known,
    }
    return {half for half, holds in found.items() if holds}


def holds(session: Session, account_id: UUID, brought: Brought, *, at: datetime) -> bool:
    """Whether two halves hold: then, and only then, a recovery begins."""
    return len(halves(session, account_id, brought, at=at)) >= 2


def use_up(
    session: Session, account_id: UUID, brought: Brought, shown: Set[Half], *, at: datetime
) -> bool:
    """Use up what of it can be; False when somebody else did so meanwhile."""
    code, link = brought.recovery_code or "", brought.link or ""
    if Half.RECOVERY_CODE in shown and not recovery_codes.use(session, account_id, code, at=at):
        return False
    return Half.LINK not in shown or recovery_links.use(session, account_id, link, at)


def brought_again(
    session: Session, account_id: UUID, token: str, brought: Brought, *, at: datetime
) -> bool:
    """Whether a half is shown again by who comes back with this token: the one that was used when
    it was asked for, or one that is good now. The device alone is none: whoever opens the browser
    in which it was begun has that, and the token.
    """
    mine = (Recovery.token_hash == token_hash(token), Recovery.account_id == account_id)
    asked_at = session.scalars(select(Recovery.asked_at).where(*mine)).one()
    code, link = brought.recovery_code or "", brought.link or ""
    return (
        recovery_codes.fits(session, account_id, code, used_at=asked_at)
        or recovery_links.was_used(session, account_id, link, asked_at)
        or recovery_links.find(session, account_id, link, at) is not None
    )
