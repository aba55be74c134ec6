"""Headers on every answer, and the checks every request passes before any view."""

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from journal.errors import JournalError
from journal.web.endpoint import SAFE

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html journal-worker"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

MAX_BODY = 4 * 1024 * 1024  # bytes, where words are sent
SHORT_BODY = 64 * 1024  # bytes, everywhere else
PIECE = re.compile(r"/api/media/[^/]+/pieces/[^/]+")
PIECE_BODY = 256 * 1024  # bytes, of one piece of a medium
NOTE = re.compile(r"/api/patients/[^/]+/notes/[^/]+")
NOTE_BODY = 256 * 1024  # bytes; a long note, every character of it escaped
LONG = (
    "/api/entries/",
    "/api/sync",
    "/api/handovers",
    "/api/excerpts/",
    "/api/clinic/schedule/",  # a table, or somebody's calendar
)
REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class ForeignOrigin(JournalError):
    """A write that did not come from our own pages."""

    status = 403
    title = "Not from here"


class NotJSON(JournalError):
    """The body has another media type."""

    status = 415
    title = "Send JSON"


def _request_id() -> str:
    sent = request.headers.get("X-Request-ID", "")
    return sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)


def expected(path: str) -> tuple[int, str]:
    """How long a body may be that is sent to `path`, and its media type."""
    if PIECE.fullmatch(path):
        return PIECE_BODY, "application/octet-stream"
    if NOTE.fullmatch(path):
        return NOTE_BODY, "application/json"
    return MAX_BODY if path.startswith(LONG) else SHORT_BODY, "application/json"


def init_app(app: Flask, public_url: str) -> None:
    """Guard every request and put the headers on every answer."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    own = urlsplit(public_url)
    own_origin = f"{own.scheme}://{own.netloc}"

    @app.before_request
    def check() -> None:
        g.request_id = _request_id()
        if request.method in SAFE:
            return
        request.max_content_length, mimetype = expected(request.path)
        # Browsers always send Origin with a write; SameSite=Strict is the first barrier.
        if request.headers.get("Origin") != own_origin:
            raise ForeignOrigin
        if request.content_length and request.mimetype != mimetype:
            raise NotJSON

    @app.after_request
    def finish(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        answer.headers["X-Request-ID"] = g.get("request_id", "")
        if own.scheme == "https":
            answer.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if request.path.startswith("/api/") and "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-store"
        return answer
