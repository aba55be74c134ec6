"""What browsers say of the content security policy, for our own log and nobody else's.

Anybody can send anything here. So nothing of it is repeated but what has a shape of ours: a
directive's name, another site's address without its path, the name of a page or a script. Never a
query, never an id, never a sample of what was kept off. And only so much in a minute is written.
"""

import logging
import re
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from journal.web.body import UnreadableBody, read_json
from journal.web.endpoint import Public, endpoint
from journal.web.shield import REPORTS

bp = Blueprint("reports", __name__)
log = logging.getLogger("journal.csp")

MOST_AT_ONCE = 10
"""Of one request; a page that goes wrong everywhere goes wrong in the same way."""

MOST_A_MINUTE = 30
"""Of one process. A flood fills no disk; the first of it say what is wrong."""

DIRECTIVE = re.compile(r"[a-z-]{1,40}")
KEYWORDS = {"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-policy"}
KEYWORDS |= {"trusted-types-sink"}
HOST = re.compile(r"[a-z0-9.:\[\]-]{1,100}")
SCHEMES = {"http", "https", "ws", "wss"}
PAGE = re.compile(r"[a-z-]{0,20}")
SCRIPT = re.compile(r"[\w.-]{1,60}\.(?:js|css)", re.ASCII)
"""A file of the build. Of what stands in a page itself, the source is the page: it may end in an
id."""


class Allowance:
    """So many a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._minute, self._left = 0, most

    def take(self, minute: int) -> bool:
        """Whether one more may be written in this minute."""
        with self._lock:
            if minute != self._minute:
                self._minute, self._left = minute, self._most
            self._left -= 1
            return self._left >= 0


allowance = Allowance(MOST_A_MINUTE)


@bp.post(REPORTS)
@endpoint(Public.ANYONE, database=False)
def report() -> Response:
    """Write down what the policy kept off.

    :raises UnreadableBody: it is no report.
    """
    for found in _reports(read_json(request.get_data())):
        if allowance.take(int(time.monotonic() // 60)):
            log.warning("kept off", extra={"fields": found})
    return Response(status=204)


def _reports(sent: Any) -> Iterator[dict[str, Any]]:
    """The reports of either kind: one object of CSP 2, or the Reporting API's list."""
    if isinstance(sent, dict) and isinstance(old := sent.get("csp-report"), dict):
        yield _shaped({name.replace("-", "").lower(): value for name, value in old.items()})
    elif isinstance(sent, list):
        for one in sent[:MOST_AT_ONCE]:
            body = one.get("body") if isinstance(one, dict) else None
            if isinstance(body, dict) and one.get("type") == "csp-violation":
                yield _shaped({name.lower(): value for name, value in body.items()})
    else:
        raise UnreadableBody


def _shaped(said: dict[str, Any]) -> dict[str, Any]:
    """What may be written of one report."""
    directive = said.get("effectivedirective") or said.get("violateddirective")
    page = _path(said.get("documenturl") or said.get("documenturi")).strip("/").partition("/")[0]
    script = _path(said.get("sourcefile")).rpartition("/")[2]
    line = said.get("linenumber")
    return {
        "directive": _if(DIRECTIVE, directive),
        "blocked": _blocked(said.get("blockedurl") or said.get("blockeduri")),
        "page": _if(PAGE, page),
        "script": _if(SCRIPT, script),
        "line": line if type(line) is int and 0 <= line < 1_000_000 else 0,
    }


def _blocked(said: Any) -> str:
    """A keyword, or the scheme and host of what should have been loaded."""
    if not isinstance(said, str):
        return "?"
    if said in KEYWORDS:
        return said
    try:
        parts = urlsplit(said)
    except ValueError:
        return "?"
    known = parts.scheme in SCHEMES and HOST.fullmatch(parts.netloc)
    return f"{parts.scheme}://{parts.netloc}" if known else "?"


def _path(said: Any) -> str:
    try:
        return urlsplit(said).path if isinstance(said, str) else ""
    except ValueError:
        return ""


def _if(shape: re.Pattern[str], said: Any) -> str:
    return said if isinstance(said, str) and shape.fullmatch(said) else "?"
