"""The built web app: three pages, hashed assets and the worker, compressed ahead of time."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, redirect, request, send_file
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.routing import MapAdapter
from werkzeug.wrappers import Response as AnyResponse

from journal.web.endpoint import Public, endpoint

bp = Blueprint("pages", __name__)

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
IMMUTABLE = "public, max-age=31536000, immutable"

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


def init_app(app: Flask, folder: Path, public_url: str) -> None:
    """Serve the build in `folder`; other names of this host lead to the public one."""
    app.config["JOURNAL_PAGES"] = folder
    app.config["JOURNAL_PUBLIC"] = urlsplit(public_url)
    app.register_blueprint(bp)


@bp.before_app_request
def nothing_there() -> None:
    """An address of the API answers as if the page did not take every address.

    Where no route is, nothing is there; where one takes other methods, those are named.
    """
    wrong = isinstance(request.routing_exception, MethodNotAllowed)
    if request.path.startswith("/api/") and (wrong or request.endpoint == "pages.page"):
        routes: MapAdapter = current_app.create_url_adapter(request)  # type: ignore[assignment]
        found, _ = routes.match(method="GET")
        if found == "pages.page":
            allowed = set(routes.allowed_methods()) - {"GET", "HEAD"}
            if allowed == {"OPTIONS"}:
                raise NoSuchPage
            raise MethodNotAllowed(sorted(allowed))


@bp.get("/desk")
@bp.get("/desk/")
@bp.get("/desk/<path:_rest>")
@endpoint(Public.ANYONE, database=False)
def desk(_rest: str = "") -> AnyResponse:
    """The therapist's page."""
    return _here() or _send("desk.html")


@bp.get("/")
@bp.get("/<path:path>")
@endpoint(Public.ANYONE, database=False)
def page(path: str = "") -> AnyResponse:
    """A file of the build, the capture page, or the patient's for every other address."""
    if path.startswith(("api/", "assets/")) or _file(path):
        return _send(path)
    return _here() or _send("capture.html" if path.strip("/") == "capture" else "index.html")


def _file(path: str) -> Path | None:
    """The file of the build at this path; None for anything outside it."""
    base = Path(current_app.config["JOURNAL_PAGES"]).resolve()
    try:
        file = (base / path).resolve()
        return file if base in file.parents and file.is_file() else None
    except (OSError, ValueError):  # a name too long for the file system, or with a NUL
        return None


def _here() -> AnyResponse | None:
    """Send a person who typed an IP address to the name that cookies and passkeys are bound to."""
    public = current_app.config["JOURNAL_PUBLIC"]
    if public.hostname == "localhost" and request.host.startswith(("127.", "[::1]")):
        return redirect(f"{public.scheme}://{public.netloc}{request.full_path.removesuffix('?')}")
    return None


def _send(path: str) -> Response:
    file = _file(path)
    if file is None or file.suffix in {".br", ".gz"}:
        raise NoSuchPage
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    for encoding, suffix in ENCODINGS:
        small = file.with_name(file.name + suffix)
        if request.accept_encodings.quality(encoding) and small.is_file():
            answer = send_file(small, mimetype=kind, conditional=True)
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = send_file(file, mimetype=kind, conditional=True)
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = IMMUTABLE if path.startswith("assets/") else "no-cache"
    return answer
