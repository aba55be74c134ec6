"""Start the production server on one application, in a process of its own, and stop it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from journal.bench.load import Connection, request

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    port: int
    pid: int


@contextmanager
def running(command: list[str], env: Mapping[str, str], probe: str) -> Iterator[Running]:
    """Run `python -m <command> <port>` until the block ends."""
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", *command, str(port)],
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, probe, process)
        yield Running(port, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int, probe: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = Connection(port)
            status, _, _ = connection.send(request("GET", probe))
            connection.close()
        except OSError:
            time.sleep(0.05)
            continue
        if status < 500:
            return
    raise RuntimeError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
