"""Between the server and the application: requests are handed over whole.

A WSGI server that calls the application before the body has arrived gives a thread to everybody
who sends slowly; as many slow senders as there are threads stop it for all. So the event loop
waits for the body, and a thread is taken only when there is work to do.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]

from journal.web.door import DOOR, Door
from journal.web.shield import HEADERS, expected
from journal.web.streams import Streams

BODY_SECONDS = 30
SLOWEST_BODY = 10_000  # bytes a second; a large body on a weak line gets the time it needs

TOO_SLOW = b'{"type":"about:blank","title":"The request came too slowly","status":408}'
BROKEN = b'{"type":"about:blank","title":"Something went wrong","status":500}'

log = logging.getLogger("journal.gateway")

Header = tuple[str, str]
Answer = tuple[int, list[Header], bytes]

PLAIN: list[Header] = [("content-type", "application/problem+json"), *HEADERS.items()]
"""The headers of what is answered here, without the application."""


class Gateway:
    """Read each request whole, then let one of a few threads run the application on it."""

    def __init__(self, application: WSGIApplication, *, threads: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._streams = Streams()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        try:
            environ = await read(scope, protocol)
        except TimeoutError:
            log.info("too slow")
            protocol.response_bytes(408, [("connection", "close"), *PLAIN], TOO_SLOW)
            return
        except ProtocolClosed:
            return  # the sender went away before the body was complete
        door = environ[DOOR] = Door(self._streams)
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._pool, call, self._application, environ)
            status, headers, body = answer
            if door.stream and status == 200:
                await self._streams.follow(protocol, headers, body, door.stream)
            else:
                protocol.response_bytes(*answer)
        finally:
            door.shut()


async def read(scope: Scope, protocol: HTTPProtocol) -> dict[str, Any]:
    """Wait for the body and return the request as a WSGI environment.

    A body beyond what its address takes is not read: the application sees its length, and refuses.

    :raises TimeoutError: the body comes more slowly than any real line.
    """
    environ = environment(scope)
    most, _ = expected(environ["PATH_INFO"])
    announced = int(environ.get("CONTENT_LENGTH", 0))
    chunked = environ.pop("HTTP_TRANSFER_ENCODING", None)
    if announced > most or not (announced or chunked):
        return environ
    async with asyncio.timeout(BODY_SECONDS + announced / SLOWEST_BODY):
        body = await limited(protocol, most) if chunked else await protocol()
    return environ | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}


async def limited(protocol: HTTPProtocol, most: int) -> bytes:
    """Collect a body of unannounced length; stop where it is certain to be refused."""
    body = bytearray()
    async for chunk in protocol:
        body += chunk
        if len(body) > most:
            break
    return bytes(body)


def environment(scope: Scope) -> dict[str, Any]:
    """Translate the request line and the headers."""
    server, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # would pass for its twin with a hyphen
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ


def call(application: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Run the application to its end and return what it answers; 500 where it breaks."""
    try:
        return run(application, environ)
    except Exception as error:
        # Not by its message or its trace: either may quote what was sent.
        log.error("the application broke: %s", type(error).__name__)
        return 500, PLAIN, BROKEN


def run(application: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Run the application to its end and return what it answers."""
    started: list[tuple[int, list[Header]]] = []

    def start(status: str, headers: list[Header], _error: Any = None) -> Callable[[bytes], object]:
        started[:] = [(int(status[:3]), headers)]
        return lambda _data: None

    chunks = application(environ, start)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return *started[0], body
