"""The stream that says that something has changed, and not what."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_login import current_user

from journal.accounts.principals import Role, Therapist
from journal.accounts.views import therapist
from journal.events import service
from journal.web import streams
from journal.web.body import Blueprint
from journal.web.door import take_up
from journal.web.endpoint import endpoint
from journal.web.session import at, beside, session

bp = Blueprint("events", __name__, url_prefix="/api", description="That something has changed")

EVENT_STREAM = {
    "200": {
        "description": "`changed` whenever what may be read has changed; its data is a counter",
        "content": {"text/event-stream": {}},
    },
    "503": {"description": "Too many streams are open: try again after `Retry-After` seconds"},
}
LAST_SEEN = [
    {
        "in": "header",
        "name": "Last-Event-ID",
        "schema": {"type": "string"},
        "description": "the mark last heard; browsers send it when they come back",
    }
]


@bp.get("/events")
@endpoint(Role.THERAPIST, background=True)
@bp.doc(responses=EVENT_STREAM, parameters=LAST_SEEN)
def events() -> Response:
    """Say within seconds that what this therapist may read has changed; nothing else.

    Who comes back names the mark they last heard and is told at once when it is another.
    """
    me = therapist()
    mark = service.mark(session(), me, at=at())
    known = request.headers.get("Last-Event-ID", mark)
    stream = None
    if request.method == "GET":
        stream = take_up(request.environ, me.id, current_user.token, mark, _look(me))
    # A server that cannot hold streams says "changed" and ends: the browser comes back by itself.
    first = streams.opening(mark, changed=stream is None or known != mark)
    # A proxy that collects answers before it passes them on would keep this one for good.
    return Response(first, 200, {"X-Accel-Buffering": "no"}, mimetype="text/event-stream")


def _look(me: Therapist) -> Callable[[frozenset[str]], tuple[frozenset[str], str]]:
    transaction: Any = beside()

    def look(tokens: frozenset[str]) -> tuple[frozenset[str], str]:
        with transaction() as (reading, now):
            return service.look(reading, me, tokens, at=now)

    return look
