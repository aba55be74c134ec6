"""A small HTTP/1.1 client that costs little itself: prepared bytes over kept-open sockets."""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Outcome:
    """What one run of requests gave."""

    requests: int
    seconds: float
    cpu_seconds: float
    """CPU time of the server process and its children."""
    latencies: list[float] = field(repr=False)
    """Seconds, sorted."""
    errors: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cpu(self) -> float:
        """CPU microseconds of the server for one request."""
        return self.cpu_seconds / self.requests * 1e6

    def at(self, share: float) -> float:
        """A percentile of the latency, in milliseconds."""
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))] * 1e3


def request(
    method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """Prepare the bytes of one request."""
    payload = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Origin: http://localhost:8000"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(payload)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + payload


class Connection:
    """One kept-open connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def send(self, prepared: bytes) -> tuple[int, bytes, bytes]:
        """Send one request; return its status, head and body."""
        self._socket.sendall(prepared)
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        head, data = data[:end], data[end + 4 :]
        length = _length(head)
        while len(data) < length:
            data += self._receive()
        self._rest = data[length:]
        return int(head[9:12]), head, data[:length]

    def _receive(self) -> bytes:
        if not (chunk := self._socket.recv(1 << 18)):
            raise ConnectionError("the server closed the connection")
        return chunk

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def drive(
    port: int,
    pid: int,
    prepared: Sequence[Sequence[bytes]],
    *,
    expected: frozenset[int] = frozenset({200, 201}),
) -> Outcome:
    """Send each list of requests over a connection of its own, all at once; wait for all."""
    latencies: list[list[float]] = [[] for _ in prepared]
    errors = [0] * len(prepared)
    ready = threading.Barrier(len(prepared) + 1)

    def one(index: int) -> None:
        connection = Connection(port)
        ready.wait()
        for sent in prepared[index]:
            start = time.perf_counter()
            status, _, _ = connection.send(sent)
            latencies[index].append(time.perf_counter() - start)
            errors[index] += status not in expected
        connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(len(prepared))]
    for thread in threads:
        thread.start()
    ready.wait()
    cpu, start = cpu_seconds(pid), time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    together = sorted(latency for some in latencies for latency in some)
    return Outcome(len(together), took, cpu_seconds(pid) - cpu, together, sum(errors))


def cpu_seconds(pid: int) -> float:
    """CPU time a process and its living children have used."""
    ticks = 0
    for one in [pid, *_children(pid)]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def spread(make: Callable[[int], bytes], requests: int, connections: int) -> list[list[bytes]]:
    """Prepare `requests` requests and deal them out to the connections."""
    made = [make(index) for index in range(requests)]
    return [made[index::connections] for index in range(connections)]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
