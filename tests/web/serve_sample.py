"""A tiny application under the real server, for the tests of the server alone."""

import sys
import time
from wsgiref.types import StartResponse, WSGIEnvironment

from journal.web import server


def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read() or b"nothing"]


def make():
    return application


if __name__ == "__main__":
    server.serve(make, host="localhost", port=int(sys.argv[1]))
