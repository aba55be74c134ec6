"""What a server writes about itself: one JSON object a line, and in none of them a word.

Every request is one line: its id, the name of its route (not its address), its status, how long
it took, and in which role somebody asked. Not who, not from where, not what.
"""

import json
import logging
import time
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from journal.web.shield import METHODS

REQUESTS = "journal.requests"
log = logging.getLogger(REQUESTS)

OURS = ("journal", "_granian")
"""Whose sentences are written. Others may quote what they were handed: of them, the place is."""


class Lines(logging.Formatter):
    """One record as one line of ASCII: no name, no text and no error can begin another."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "at": f"{time.strftime('%FT%T', time.gmtime(record.created))}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "log": record.name,
        }
        if record.name.partition(".")[0] in OURS:
            said["said"] = record.getMessage()
        else:
            said["where"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            # The message of an error may quote a row.
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said | getattr(record, "fields", {}), default=str)


def write(to: Path | None) -> None:
    """Write every log of this process as lines, to the end of a file or to standard error.

    A file may be moved away by whoever keeps logs: the next line begins another.
    """
    handler = WatchedFileHandler(to, encoding="ascii") if to else logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def init_app(app: Flask) -> None:
    """Write a line for every request."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        # Not `current_user`: who asks for that opens a session in the database.
        caller = g.get("_login_user")
        fields = {
            "id": g.get("request_id", ""),
            "route": request.endpoint or "",
            "method": request.method if request.method in METHODS else "?",
            "status": answer.status_code,
            "ms": round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else 0,
            "role": str(getattr(caller, "role", "")),
        }
        level = logging.ERROR if answer.status_code >= 500 else logging.INFO
        log.log(level, "answered", extra={"fields": fields})
        return answer
