"""`@endpoint(Role.PATIENT)`: who may call a view, and the one transaction it runs in.

The audience is a required argument: a route that anybody may call has to say so. `app` refuses to
start with a view that declares none.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import g, request
from flask_login import current_user

from journal.errors import JournalError, StepUpNeeded
from journal.web.session import at, transaction

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
    role: StrEnum,
    *others: StrEnum,
    writes: bool | None = None,
    database: bool = True,
    fresh: bool = False,
    background: bool = False,
) -> Callable[[View], View]:
    """Declare a view's audience and run it in one transaction, committed before the answer leaves.

    :param writes: whether the transaction writes; by default every method but GET does.
    :param database: False for a view that needs no database or opens its own transactions.
    :param fresh: only for somebody who proved a few minutes ago who they are (a step-up). Never for
        what takes back, closes or ends.
    :param background: a page asks this by itself: it is no sign that somebody is there.
    """
    audience = frozenset({role, *others})
    if fresh and (not database or Public.ANYONE in audience):
        raise TypeError("nobody is there who could show that it is them")

    def decorate(view: View) -> View:
        @wraps(view)
        def run(*args: Any, **kwargs: Any) -> Any:
            g.background = background
            if not database:
                return view(*args, **kwargs)
            # A slow sender must not hold the one place where writers queue.
            request.get_data()
            writing = request.method not in SAFE if writes is None else writes
            with transaction(writing=writing):
                _admit(audience, fresh=fresh)
                return view(*args, **kwargs)

        run.audience = audience  # type: ignore[attr-defined]
        run.fresh = fresh  # type: ignore[attr-defined]
        run.background = background  # type: ignore[attr-defined]
        return run

    return decorate


def _admit(audience: frozenset[StrEnum], *, fresh: bool) -> None:
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
    if fresh and not current_user.is_fresh(at()):
        raise StepUpNeeded
