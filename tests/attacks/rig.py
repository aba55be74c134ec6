"""A server to attack: a world of people in SQLite, its own processes, and what they weigh."""

import http.client
import json
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from journal import migrations
from journal.app import open_database
from journal.config import Media, Settings
from journal.db import Database
from tests.entering import browser_of
from tests.serving import Browser, Server
from tests.worlds import World, settled


@dataclass
class Target:
    """The server under attack, who is in it, and its database to look into."""

    server: Server
    world: World
    database: Database

    def browser(self, account_id: UUID) -> Browser:
        """A browser in which this person has just signed in."""
        return browser_of(self.server, account_id)

    def weight(self) -> float:
        """MiB of memory that the server's processes hold."""
        assert self.server.process is not None
        return sum(_resident(pid) for pid in _family(self.server.process.pid)) / 2**20


@contextmanager
def target(folder: Path) -> Iterator[Target]:
    """Bring one up, and take it down."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'journal.db'}",
        secret_key="s" * 40,
        master_keys={"test": b"\x07" * 32},
        media=Media(store=str(folder / "media")),
    )
    database = open_database(settings)
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        world = settled(session)
    server = Server(settings, folder)
    server.start()
    try:
        yield Target(server, world, database)
        assert server.process is not None
        assert server.process.poll() is None, "the server is gone"
        assert "Traceback" not in server.output.read_text()
    finally:
        server.kill()
        database.dispose()


def sign_in(
    server: Server, email: str, password: str, *, source: str = "127.0.0.1"
) -> tuple[int, dict[str, str]]:
    """One try with a password, from any address of this machine."""
    sent = json.dumps({"email": email, "password": password})
    headers = {"Origin": server.origin, "Content-Type": "application/json"}
    line = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=60, source_address=(source, 0)
    )
    try:
        line.request("POST", "/api/session", sent, headers)
        answer = line.getresponse()
        answer.read()
        return answer.status, dict(answer.headers)
    finally:
        line.close()


def percentile(waits: list[float], part: float) -> float:
    """Milliseconds below which this part of the waits lies."""
    return 1000 * sorted(waits)[min(len(waits) - 1, math.ceil(part * len(waits)) - 1)]


@contextmanager
def meanwhile(act: Callable[[], Any], *, every: float = 0.05) -> Iterator[list[float]]:
    """Do something again and again beside an attack; how long each took, in seconds."""
    waits: list[float] = []
    over = threading.Event()

    def go() -> None:
        while not over.is_set():
            began = time.monotonic()
            act()
            waits.append(time.monotonic() - began)
            over.wait(every)

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
