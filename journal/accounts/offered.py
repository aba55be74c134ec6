"""New proofs that somebody brings to join or to come back: checked outside of any transaction.

Hashing takes long on purpose, and the checks of passkeys and passwords need no row: what is ready
is then kept in one short step, all of it or nothing.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import (
    asks,
    ceremonies,
    codes,
    notices,
    passkeys,
    passwords,
    recovery_codes,
    service,
    site,
)
from journal.accounts.asks import Ask, For
from journal.accounts.ceremonies import Made
from journal.accounts.entering import Proof, whole
from journal.accounts.models import Account, Kind
from journal.accounts.principals import Role
from journal.accounts.site import Site
from journal.errors import Invalid

PASSKEY = "Passkey"
"""What a passkey is called that nobody named."""


@dataclass(frozen=True, slots=True)
class Ready:
    """New proofs, checked and not yet kept. They are a whole way in for their role."""

    passkey: tuple[Ask, Made] | None = field(default=None, repr=False)
    passkey_name: str = PASSKEY
    password_hash: str = field(default="", repr=False)
    code: tuple[str, int] | None = field(default=None, repr=False)

    @property
    def account_id(self) -> UUID | None:
        """The account that the passkey was made for."""
        return self.passkey[0].subject if self.passkey else None

    @property
    def proofs(self) -> Set[Proof]:
        """What there is."""
        there = {
            Proof.PASSKEY: self.passkey is not None,
            Proof.PASSWORD: bool(self.password_hash),
            Proof.CODE: self.code is not None,
        }
        return {proof for proof, is_there in there.items() if is_there}


def prepare(
    here: Site,
    sent: Mapping[str, Any],
    *,
    what: For,
    role: Role,
    about: Iterable[str],
    also: Set[Proof] = frozenset(),
    at: datetime,
) -> Ready:
    """Check what was sent: `password?`, `code_secret?` and `code?`, `id?` and `credential?`,
    `passkey_name?`.

    :param about: names that must not make up the password.
    :param also: proofs that there will be beside these.
    :raises Invalid: a field does not fit, or together they are no whole way in.
    :raises BadPasskey: the passkey does not hold.
    :raises AskOver: its challenge was for something else, or is too old.
    :raises TooMany: no turn to hash came in time.
    """
    passkey = None
    if sent.get("credential"):
        asked = asks.read(here, what, sent.get("id") or "", at=at)
        passkey = (asked, ceremonies.made(here, asked, dict(sent["credential"])))
    password = sent.get("password") or ""
    told = passwords.checked(password, about=about) if password else ""
    ready = Ready(
        passkey=passkey,
        passkey_name=sent.get("passkey_name") or PASSKEY,
        password_hash="-" if told else "",
        code=_code(sent, at),
    )
    if not whole(role, ready.proofs | set(also)):
        missing = "/code" if told else "/password"
        raise Invalid.at(missing, "This alone does not let you sign in.")
    if not told:
        return ready
    hashed = passwords.make_hash(told)
    return Ready(ready.passkey, ready.passkey_name, hashed, ready.code)


def about(session: Session, account_id: UUID) -> list[str]:
    """The names that an account's password must not be made of."""
    own = service.names(session, [account_id]).values()
    called = service.sign_in_name(session, account_id)
    return [*own, called, *site.of(session).about(session, account_id)]


def remove_all(session: Session, account: Account) -> None:
    """Remove everything one signs in with: whoever took the account over knows it, or has it.

    Call it before `keep`, in the same transaction.
    """
    passkeys.remove_all(session, account.id)
    account.password_hash = ""
    codes.remove(session, account.id)
    recovery_codes.remove(session, account.id)


def keep(
    session: Session, account: Account, ready: Ready, *, at: datetime, tell: bool = True
) -> None:
    """Keep them, each in the place of what there was; passkeys beside those there are.

    :param tell: whether the account hears of it; who is just joining need not be warned.
    :raises AskOver: the passkey was made for somebody else, or is kept already.
    :raises BadPasskey: another account has it.
    """
    if ready.passkey:
        passkeys.keep(session, account.id, ready.passkey, name=ready.passkey_name, at=at)
    if ready.password_hash:
        account.password_hash = ready.password_hash
    if ready.code:
        codes.keep(session, account.id, *ready.code)
    kept = {
        Kind.PASSKEY_ADDED: ready.passkey,
        Kind.PASSWORD_CHANGED: ready.password_hash,
        Kind.CODE_CHANGED: ready.code,
    }
    for kind, proof in kept.items():
        if tell and proof:
            notices.tell(session, account.id, kind, at=at)
    session.flush()


def _code(sent: Mapping[str, Any], at: datetime) -> tuple[str, int] | None:
    secret, code = sent.get("code_secret"), sent.get("code")
    if not secret:
        return None
    step = codes.step_of(secret, code or "", at=at)
    if step is None:
        raise codes.WRONG
    return secret, step
