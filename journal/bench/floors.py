"""The floors: the least that a server can do, under the same production server.

F0 a raw WSGI answer · F1 Flask and a small JSON answer · F2 Flask and one raw `sqlite3` insert of
2 KB, on disk before the answer · F3 Flask and 50 rows of 2 KB by an index as one JSON answer.
"""

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Response, request

from journal.db.engine import sqlite_driver

ROW = 2048  # bytes
ROWS = 50


def raw(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """F0."""
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "11")])
    return [b'{"ok":true}']


def flask_app(folder: Path) -> Flask:
    """F1, F2 and F3."""
    app = Flask(__name__, static_folder=None)
    path = folder / "floor.db"
    local = threading.local()
    turn = threading.Lock()

    def connection() -> Any:
        if not hasattr(local, "connection"):
            local.connection = sqlite_driver().connect(path, isolation_level=None, timeout=30)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
        return local.connection

    here = connection()
    here.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, who INTEGER, body TEXT)")
    here.execute("CREATE INDEX by_who ON row (who, id)")
    here.executemany("INSERT INTO row (who, body) VALUES (?, ?)", [(1, "x" * ROW)] * 500)

    @app.get("/f1")
    def hello() -> Response:
        return Response(b'{"ok":true}', mimetype="application/json")

    @app.post("/f2")
    def insert() -> Response:
        body = request.get_data(as_text=True)
        with turn:
            connection().execute("INSERT INTO row (who, body) VALUES (2, ?)", (body,))
        return Response(b'{"ok":true}', 201, mimetype="application/json")

    @app.get("/f3")
    def select() -> Response:
        found = connection().execute(
            "SELECT id, body FROM row WHERE who = 1 ORDER BY id DESC LIMIT ?", (ROWS,)
        )
        rows = [{"id": id, "body": body} for id, body in found]
        return Response(orjson.dumps(rows), mimetype="application/json")

    return app


def application() -> Any:
    """The WSGI application that `JOURNAL_BENCH_FLOOR` names."""
    if os.environ["JOURNAL_BENCH_FLOOR"] == "F0":
        return raw
    return flask_app(Path(os.environ["JOURNAL_BENCH_FOLDER"]))
