"""Argon2id, a few at a time, at the same cost whether or not the account exists."""

import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from journal.accounts.password_rules import check, normal
from journal.errors import JournalError

_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)  # memory in KiB

WAITS = 0.5
"""Seconds a sign-in waits for its turn; longer, and a flood would hold every thread there is."""

_bulkhead = threading.BoundedSemaphore(2)
"""A flood of sign-ins may use two threads and 92 MiB, and no more."""

_places = threading.BoundedSemaphore(4)
"""Who hashes and who waits for it. A thread that waits serves nobody, and there are eight."""


class TooMany(JournalError):
    """Too many sign-ins at once; nothing else waits for them."""

    status = 429
    title = "Many people are signing in. Please try again in a moment"


def checked(password: str, *, about: Iterable[str]) -> str:
    """A new password as it is to be hashed, as `password_rules.check`. That takes long as well: a
    flood of new passwords takes turns like one of sign-ins.

    :raises Invalid: too short, too long, or among the first that are tried.
    :raises TooMany: no turn came in time.
    """
    with _turn():
        return check(password, about=about)


def make_hash(password: str) -> str:
    """Hash a password with its own salt.

    :raises TooMany: no turn came in time.
    """
    with _turn():
        return _hasher.hash(normal(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. No account, or none with a password, costs the same and is
    False.

    :raises TooMany: no turn came in time.
    """
    known = password_hash or _nobody()
    with _turn():
        try:
            _hasher.verify(known, normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def require_room() -> None:
    """Refuse a sign-in before it costs a transaction, when there is no place to wait in.

    :raises TooMany: there is none at this moment.
    """
    with _place():
        pass


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise TooMany
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _turn() -> Iterator[None]:
    with _place():
        if not _bulkhead.acquire(timeout=WAITS):
            raise TooMany
        try:
            yield
        finally:
            _bulkhead.release()


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())
