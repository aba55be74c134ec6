"""Headers on every answer, and the checks every request passes before any view."""

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.exceptions import MethodNotAllowed

from journal.errors import JournalError
from journal.web.endpoint import SAFE

REPORTS = "/api/csp"
"""Where browsers say what the policy kept off (`web.reports`)."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html journal-worker; "
    f"report-uri {REPORTS}; report-to csp"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "Reporting-Endpoints": f'csp="{REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

TRANSPORT = "max-age=63072000; includeSubDomains"

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
REPORT_BODY = 16 * 1024  # bytes, of what a browser says of the policy
REPORT_TYPES = ("application/csp-report", "application/reports+json")
METHODS = {*SAFE, "POST", "PUT", "PATCH", "DELETE"}
REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class ForeignOrigin(JournalError):
    """A write that did not come from our own pages."""

    status = 403
    title = "Not from here"


class NotJSON(JournalError):
    """The body has another media type, or is packed."""

    status = 415
    title = "Send JSON"


class SaidTwice(JournalError):
    """A name stands twice in the query: two readers could each take another."""

    status = 400
    title = "The request cannot be read"


def _request_id() -> str:
    sent = request.headers.get("X-Request-ID", "")
    return sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)


def expected(path: str) -> tuple[int, tuple[str, ...]]:
    """How long a body may be that is sent to `path`, and its media types."""
    if path == REPORTS:
        return REPORT_BODY, REPORT_TYPES
    if PIECE.fullmatch(path):
        return PIECE_BODY, ("application/octet-stream",)
    if NOTE.fullmatch(path):
        return NOTE_BODY, ("application/json",)
    return MAX_BODY if path.startswith(LONG) else SHORT_BODY, ("application/json",)


def init_app(app: Flask, public_url: str) -> None:
    """Guard every request and put the headers on every answer."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    own = urlsplit(public_url)
    own_origin = f"{own.scheme}://{own.netloc}"

    transport = {"Strict-Transport-Security": TRANSPORT} if own.scheme == "https" else {}

    @app.before_request
    def check() -> None:
        g.request_id = _request_id()
        if request.method not in METHODS:
            raise MethodNotAllowed(sorted(METHODS))
        _require_ours(own_origin)
        request.max_content_length, types = expected(request.path)
        if request.path.startswith("/api/"):
            _require_plain(types)

    @app.after_request
    def finish(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        answer.headers.update(transport)
        answer.headers["X-Request-ID"] = g.get("request_id", "")
        if request.path.startswith("/api/"):
            # Whatever stands between us and a person: the answer is for the cookie it came for.
            answer.vary.add("Cookie")
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _require_ours(own_origin: str) -> None:
    """Refuse what another site's page asks for.

    SameSite=Strict is the first barrier. This is the second: browsers send Origin with every write,
    and those of the last years say with everything how near the asking page is.
    """
    writes = request.method not in SAFE
    near = request.headers.get("Sec-Fetch-Site", "same-origin")
    # "none": typed in, or out of a bookmark. No write of ours begins there.
    fits = near == "same-origin" or (near == "none" and not writes)
    if not fits and (writes or request.path.startswith("/api/")):
        raise ForeignOrigin
    # A report is sent by the browser itself, whose Origin is "null" by our own Referrer-Policy.
    if writes and request.path != REPORTS and request.headers.get("Origin") != own_origin:
        raise ForeignOrigin


def _require_plain(types: tuple[str, ...]) -> None:
    """Refuse a name that stands twice in the query, a body of another media type, and a packed one.

    What is packed could unpack to anything.
    """
    if any(len(values) > 1 for _, values in request.args.lists()):
        raise SaidTwice
    sent = request.content_length or "Transfer-Encoding" in request.headers
    if sent and request.method not in SAFE and request.mimetype not in types:
        raise NotJSON
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise NotJSON
