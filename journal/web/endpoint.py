"""`@endpoint(Role.PATIENT)`: who may call a view, and the one transaction it runs in.

The audience is a required argument: a route that anybody may call has to say so. `app` refuses to
start with a view that declares none.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import request
from flask_login import current_user

from journal.errors import JournalError
from journal.web.session import transaction

View = Callable[..., Any]

SAFE = {"GET", "HEAD", "OPTIONS"}

ACCOUNT = "X-Journal-Account"
"""Whose journal a page believes it works on; anybody else's session does not do."""


class Public(StrEnum):
    """No role is needed."""

    ANYONE = "anyone"


class SignInNeeded(JournalError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    title = "Please sign in"


class NotForYourRole(JournalError):
    """Signed in, but this route is for others. Says nothing about any row."""

    status = 403
    title = "Not for your role"


def endpoint(
    role: StrEnum, *others: StrEnum, writes: bool | None = None, database: bool = True
) -> Callable[[View], View]:
    """Declare a view's audience and run it in one transaction, committed before the answer leaves.

    :param writes: whether the transaction writes; by default every method but GET does.
    :param database: False for a view that needs no database or opens its own transactions.
    """
    audience = frozenset({role, *others})

    def decorate(view: View) -> View:
        @wraps(view)
        def run(*args: Any, **kwargs: Any) -> Any:
            if not database:
                return view(*args, **kwargs)
            # A slow sender must not hold the one place where writers queue.
            request.get_data()
            writing = request.method not in SAFE if writes is None else writes
            with transaction(writing=writing):
                _admit(audience)
                return view(*args, **kwargs)

        run.audience = audience  # type: ignore[attr-defined]
        return run

    return decorate


def _admit(audience: frozenset[StrEnum]) -> None:
    if Public.ANYONE in audience:
        return
    if not current_user.is_authenticated:
        raise SignInNeeded
    # The cookie is shared by every tab, and may have become somebody else's under an open one.
    meant = request.headers.get(ACCOUNT, "")
    if meant and meant != str(current_user.id):
        raise SignInNeeded
    if current_user.role not in audience:
        raise NotForYourRole
