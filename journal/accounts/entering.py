"""Who is let in: one rule, a truth table.

Anybody with a passkey. A patient with their password and one more of three; staff with their
password and a code, and nothing less: what they reach is other people's.
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from journal.accounts import codes, notices, passkeys, recovery_codes
from journal.accounts.models import Account, Kind
from journal.accounts.principals import Role
from journal.errors import Conflict, JournalError


class Proof(StrEnum):
    """What somebody shows."""

    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105 - the name of one
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    KNOWN_DEVICE = "known_device"


SECOND: dict[Role, tuple[Proof, ...]] = {
    Role.PATIENT: (Proof.CODE, Proof.RECOVERY_CODE, Proof.KNOWN_DEVICE),
    Role.THERAPIST: (Proof.CODE,),
    Role.ADMIN: (Proof.CODE,),
}
"""What makes a password whole."""

ASKED_FOR = (Proof.CODE, Proof.RECOVERY_CODE)
"""Of those, what a person can be asked to type."""


class MoreNeeded(JournalError):
    """The password is right; `needs` says what one of is still missing."""

    status = 401
    title = "One more thing is needed"


class LastWayIn(Conflict):
    """Without it there would be no whole way in."""

    title = "That is your last way to sign in"


def whole(role: Role, shown: Set[Proof]) -> bool:
    """Whether these proofs let somebody in."""
    if Proof.PASSKEY in shown:
        return True
    return Proof.PASSWORD in shown and not shown.isdisjoint(SECOND[role])


def needs(role: Role) -> list[str]:
    """What a right password waits for."""
    return [one.value for one in SECOND[role] if one in ASKED_FOR]


def second(
    session: Session,
    account: Account,
    *,
    code: str | None,
    recovery_code: str | None,
    known: bool,
    at: datetime,
) -> Set[Proof]:
    """What was shown beside the right password. The code on paper is used up only where nothing
    else does; one from an app also shows what a known device does not (`afresh`).

    A recovery code of staff is not even looked at: it is for recovery.
    """
    shown = {Proof.PASSWORD} | ({Proof.KNOWN_DEVICE} if known else set())
    if code and codes.proves(session, account.id, code, at=at):
        shown.add(Proof.CODE)
    takes = Proof.RECOVERY_CODE in SECOND[account.role] and not whole(account.role, shown)
    if recovery_code and takes and recovery_codes.use(session, account.id, recovery_code, at=at):
        shown.add(Proof.RECOVERY_CODE)
        notices.tell(session, account.id, Kind.RECOVERY_CODE_USED, at=at)
    return shown


def afresh(session: Session, account: Account, shown: Set[Proof]) -> bool:
    """Whether who is let in by these has shown what a step-up asks for: where there is a code, a
    known device does not stand for it. Signing in anew would else be the way around it."""
    only_here = shown <= {Proof.PASSWORD, Proof.KNOWN_DEVICE}
    return not (only_here and codes.has(session, account.id))


def proves_again(session: Session, account: Account, code: str | None, *, at: datetime) -> bool:
    """Whether a right password shows once more that it is they: with a code where there is one,
    and for staff always.

    :raises MoreNeeded: a code is missing.
    """
    if account.role is Role.PATIENT and not codes.has(session, account.id):
        return True
    if not code:
        raise MoreNeeded(needs=[Proof.CODE.value])
    return codes.proves(session, account.id, code, at=at)


def has(session: Session, account: Account) -> Set[Proof]:
    """What an account could show on a device that nobody has seen."""
    found = {
        Proof.PASSKEY: passkeys.count(session, account.id) > 0,
        Proof.PASSWORD: bool(account.password_hash),
        Proof.CODE: codes.has(session, account.id),
        Proof.RECOVERY_CODE: recovery_codes.made_at(session, account.id) is not None,
    }
    return {proof for proof, there in found.items() if there}


def keep_a_way_in(session: Session, account: Account) -> None:
    """Refuse what was just removed, when nothing whole is left.

    :raises LastWayIn: nothing is.
    """
    if not whole(account.role, has(session, account)):
        raise LastWayIn
