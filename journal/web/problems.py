"""Every error as `application/problem+json`, with the field named and no words repeated."""

import logging
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import orjson
from flask import Flask, Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from journal.db import is_away
from journal.errors import Invalid, JournalError, NotFound, Unavailable

MOST_ERRORS = 50
"""Nobody mends more at once, and an answer must not grow with what was sent."""

log = logging.getLogger("journal.problems")


def problem(
    status: int, title: str, *, detail: str = "", errors: Any = (), **extra: Any
) -> Response:
    """Build one problem answer (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, **extra}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return Response(orjson.dumps(body, default=str), status, mimetype="application/problem+json")


def of(error: JournalError) -> Response:
    """The answer for one of our own errors."""
    answer = problem(
        error.status, error.title, detail=error.detail, errors=error.errors, **error.extra
    )
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def pointers(messages: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Flatten marshmallow's nested messages to JSON pointers."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from pointers(inner, path if name == "_schema" else f"{path}/{step(name)}")
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from pointers(inner, path)
    else:
        yield {"pointer": path, "detail": str(messages)}


def some(messages: Any) -> list[dict[str, str]]:
    """The first of marshmallow's messages as JSON pointers."""
    return list(islice(pointers(messages), MOST_ERRORS))


def step(name: object) -> str:
    """One step of a JSON pointer."""
    # A field that is not known may have a name that UTF-8 cannot hold.
    safe = str(name).encode("utf-8", "replace").decode()
    return safe.replace("~", "~0").replace("/", "~1")


def init_app(app: Flask) -> None:
    """Answer every error of the app in this form."""

    @app.errorhandler(JournalError)
    def ours(error: JournalError) -> Response:
        return of(error)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        # webargs puts the place ("json", "query") above the field names; people know the fields.
        messages = getattr(error, "data", {}).get("messages", {})
        found = some(list(messages.values()))
        # One wording for one status, whoever found the fault: absent reads like not yours.
        title = {404: NotFound.title, 422: Invalid.title}.get(error.code or 500, error.name)
        answer = problem(error.code or 500, title, errors=found)
        if allowed := getattr(error, "valid_methods", None):
            answer.headers["Allow"] = ", ".join(sorted(allowed))
        return answer

    @app.errorhandler(PoolTimeout)
    def busy(error: Exception) -> Response:
        log_place(error)
        return of(Unavailable())

    @app.errorhandler(DBAPIError)
    def refused(error: DBAPIError) -> Response:
        log_place(error)
        return of(Unavailable()) if is_away(error) else problem(500, JournalError.title)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log_place(error)
        return problem(500, JournalError.title)


def log_place(error: Exception) -> None:
    """Log the type of an error that is none of ours, and where: its message may quote a row."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    log.error("unexpected %s at %s", type(error).__name__, where)
