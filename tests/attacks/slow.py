"""R19: many who send or read slowly. Who does not is served as ever."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tests.attacks.files import many_files
from tests.attacks.rig import Target, meanwhile, percentile

MANY = 900
SECONDS = 8
HEADER_SECONDS = 10
SETTLES = 30  # seconds


def beginnings(cookie: str) -> Iterator[tuple[str, bytes]]:
    """How each kind of slow sender begins."""
    yield "slow headers", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Sl"
    yield (
        "slow bodies",
        b"POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n{",
    )
    yield (
        "slow reading",
        f"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode(),
    )


def attack(on: Target) -> dict[str, str | int | float]:
    """900 of each, one kind after another, and somebody who only wants to read their journal."""
    browser = on.browser(on.world.patient.id)
    figures: dict[str, str | int | float] = {}
    before = on.weight()

    def read() -> None:
        assert browser.send("GET", "/api/session")[0] == 200

    for name, beginning in beginnings(browser.cookie):
        with ExitStack() as held, many_files():
            lines = []
            for _ in range(MANY):
                line = socket.socket()
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                line.connect(("127.0.0.1", on.server.port))
                lines.append(held.enter_context(line))
                line.sendall(beginning)
            _settled(read)
            with meanwhile(read) as waits:
                time.sleep(SECONDS)
            figures[f"{name}: p50 / p99 of another's read, ms"] = (
                f"{percentile(waits, 0.5):.0f} / {percentile(waits, 0.99):.0f} of {len(waits)}"
            )
            assert percentile(waits, 0.99) < 1000, name
    figures["connections of each"] = MANY
    figures["grown, MiB"] = round(on.weight() - before, 1)
    figures["half a header is hung up on after, s"] = round(_hung_up(on), 1)
    return figures


def _settled(read: Callable[[], None]) -> None:
    """The requests of 900 readers are work like any other: what counts is what they hold after."""
    until = time.monotonic() + SETTLES
    while time.monotonic() < until:
        began = time.monotonic()
        read()
        if time.monotonic() - began < 0.2:
            return


def _hung_up(on: Target) -> float:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", on.server.port), timeout=60) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Sl")
        while line.recv(1000):
            pass
    took = time.monotonic() - began
    assert took < 2 * HEADER_SECONDS
    return took
