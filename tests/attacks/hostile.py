"""R13: what parsers choke on. Every answer is a 4xx, quickly, and the server grows by little."""

import gzip
import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from tests.attacks.rig import Target
from tests.factories import new_id
from tests.serving import Server

DEEP = 100_000
MOST_SECONDS = 5.0
"""An answer that takes longer hangs; `make attacks` prints the figure itself (bar: 1 second)."""

MOST_GROWTH = 50.0  # MiB


def requests(cookie: str, origin: str) -> Iterator[tuple[str, bytes]]:
    """Each attack by its name, as bytes on the line."""

    def put(body: bytes, *more: str, path: str = f"/api/entries/{new_id()}") -> bytes:
        kind = () if any("Content-Type" in one for one in more) else ("application/json",)
        head = [f"PUT {path} HTTP/1.1", "Host: localhost", f"Origin: {origin}", f"Cookie: {cookie}"]
        head += [f"Content-Type: {one}" for one in kind]
        head += ["If-None-Match: *", "Connection: close", *more]
        if not any(one.lower().startswith(("content-length", "transfer-e")) for one in more):
            head.append(f"Content-Length: {len(body)}")
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body

    def chunked(body: bytes, size: int = 65_536) -> bytes:
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        framed = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
        return put(framed + b"0\r\n\r\n", "Transfer-Encoding: chunked")

    long = b'{"answers": {"refl-01": {"text": "' + b"a" * 10_000_000 + b'"}}}'
    yield "lists 100,000 deep", put(b"[" * DEEP + b"]" * DEEP)
    yield "objects 100,000 deep", put(b'{"a":' * DEEP + b"1" + b"}" * DEEP)
    yield "deep and not closed", put(b"[" * 4_000_000)
    yield "quotes without an end", put(b'"\\' * 1_900_000)
    yield "10 MB of text", put(long)
    yield "10 MB of text in chunks", chunked(long)
    yield "4 MB of small objects", put(b"[" + b"{}," * 1_300_000 + b"{}]")
    yield "200,000 names", put(json.dumps({f"n{n}": n for n in range(200_000)}).encode())
    yield "truncated", put(b'{"answers": {"refl-01"')
    yield "a number of 100,000 digits", put(b"[" + b"9" * 100_000 + b"]")
    yield "a gzip bomb", put(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip")
    yield "multipart", put(b"--x\r\n\r\n", "Content-Type: multipart/form-data; boundary=x")
    yield "another type", put(b"<a/>", "Content-Type: text/xml")
    yield "two lengths", put(b"{}", "Content-Length: 2", "Content-Length: 9")
    yield (
        "a length and chunks",
        put(b"0\r\n\r\n", "Content-Length: 5", "Transfer-Encoding: chunked"),
    )
    yield "a length below nothing", put(b"{}", "Content-Length: -1")
    yield "a length without an end", put(b"{}", f"Content-Length: {'9' * 30}")
    yield "two origins", put(b"{}", f"Origin: {origin}")
    yield "a header folded", put(b"{}", "X-A: b\r\n c")
    yield "a header with NUL", put(b"{}", "X-A: b\0c")
    yield "1 MB of headers", put(b"{}", f"X-A: {'a' * 1_000_000}")
    yield "5,000 headers", put(b"{}", *(f"X-{n}: a" for n in range(5_000)))
    yield "a path of 100 kB", put(b"{}", path="/api/" + "a" * 100_000)
    yield "a path that is no UTF-8", put(b"{}", path="/api/entries/%ff%fe")
    yield "a query of 5,000 names", put(b"{}", path="/api/sync?" + "&".join(map(str, range(5_000))))
    yield "a query that says it twice", put(b"{}", path="/api/sync?a=1&a=2")
    yield "no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 400
    yield "HTTP/9", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"
    yield "a method of ours in none", put(b"{}").replace(b"PUT", b"BREW", 1)
    yield "TRACE", b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def ask(server: Server, sent: bytes) -> int:
    """The status of the answer; 0 where the server hung up without one."""
    with socket.create_connection(("localhost", server.port), timeout=60) as line:
        with suppress(OSError):  # it answered before it had everything, and hung up
            line.sendall(sent)
        try:
            head = line.recv(100).split(b" ", 2)
        except OSError:
            return 0
    return int(head[1]) if len(head) > 2 else 0


def attack(on: Target) -> dict[str, str | int | float]:
    """Send each of them, three times."""
    browser = on.browser(on.world.patient.id)
    ask(on.server, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    before, statuses = on.weight(), Counter[int]()
    slowest, which = 0.0, ""
    for _ in range(3):
        for name, sent in requests(browser.cookie, on.server.origin):
            began = time.monotonic()
            status = ask(on.server, sent)
            took = time.monotonic() - began
            assert status == 0 or 400 <= status < 500, f"{name}: {status}"
            assert took < MOST_SECONDS, f"{name}: {took:.1f} s"
            statuses[status] += 1
            slowest, which = max((slowest, which), (took, name))
    grown = on.weight() - before
    assert grown < MOST_GROWTH, f"grew by {grown:.0f} MiB"
    assert browser.send("GET", "/api/session")[0] == 200
    return {
        "requests": statuses.total(),
        "statuses (0: hung up)": str(dict(sorted(statuses.items()))),
        "5xx": 0,
        "slowest, s": round(slowest, 2),
        "which": which,
        "grown, MiB": round(grown, 1),
    }
