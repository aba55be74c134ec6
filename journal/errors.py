"""What can go wrong, with the HTTP status each kind carries.

Features subclass `JournalError` beside the code that raises them; `web.problems` turns any of
them into `application/problem+json`. Messages never hold words from a journal.
"""

from collections.abc import Iterable, Mapping
from typing import Any


class JournalError(Exception):
    """The base of every error a caller may see."""

    status = 500
    title = "Something went wrong"
    retry_after: int | None = None
    """Seconds after which it is worth trying again."""

    def __init__(
        self, detail: str = "", *, errors: Iterable[Mapping[str, str]] = (), **extra: Any
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = list(errors)
        self.extra = extra


class NotFound(JournalError):
    """Absent, or not yours: the two are never told apart."""

    status = 404
    title = "Not found"


class Conflict(JournalError):
    """Somebody was here first, or it cannot be done now."""

    status = 409
    title = "Cannot be done now"


class Gone(JournalError):
    """It was here once and has been removed for good."""

    status = 410
    title = "Gone"


class Invalid(JournalError):
    """The request was understood and a field does not fit; `errors` names it."""

    status = 422
    title = "Some fields do not fit"

    @classmethod
    def at(cls, pointer: str, detail: str) -> "Invalid":
        """Name one field by its JSON pointer."""
        return cls(errors=[{"pointer": pointer, "detail": detail}])


class PreconditionRequired(JournalError):
    """A write that says neither "create" nor "I edit this revision"."""

    status = 428
    title = "Say which revision this edits"


class Unavailable(JournalError):
    """The database is away or full, or has no time. Nothing was done, unless it went away just as
    it was told to keep what was done: nobody knows then, and the same request again is safe.
    """

    status = 503
    title = "Cannot be done at this moment"
    retry_after = 2


class StepUpNeeded(JournalError):
    """Signed in, but this needs a proof of who it is that is not older than a few minutes."""

    status = 403
    title = "Please show that it is you"

    def __init__(self) -> None:
        super().__init__(step_up=True)
