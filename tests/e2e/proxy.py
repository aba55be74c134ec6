"""A bad network between the browser and the server: cuts, waits and resets, by the dice.

Each request on a connection has its own fate, decided when its first bytes arrive. Nothing is
parsed but the end of the response's head.
"""

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass, field

from tests.e2e.live import free_port

RESET = struct.pack("ii", 1, 0)  # closing throws away what is unsent and says so
CHUNK = 65_536
FATES = {"pass": 58, "wait": 22, "reset": 5, "request": 5, "head": 5, "body": 5}


@dataclass
class Exchange:
    """One request and its answer."""

    fate: str
    cut: int = 0
    """How many bytes go through, of the part the fate is about."""
    wait: float = 0.0
    early: bool = False
    """A reset before the server has answered, or after."""
    sent: int = 0
    answered: bytearray = field(default_factory=bytearray)


class Proxy:
    """`calm` lets everything through."""

    def __init__(self, seed: int) -> None:
        """:param seed: the same dice again (the order of requests is the browser's)."""
        self.port, self.upstream = free_port(), 0
        self.calm = True
        self.fates: Counter[str] = Counter()
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._door: asyncio.Server

    def start(self, upstream: int) -> None:
        """Stand before the server at this port."""
        self.upstream = upstream
        self._thread.start()
        opening = asyncio.start_server(self._connection, "localhost", self.port)
        self._door = asyncio.run_coroutine_threadsafe(opening, self._loop).result(10)

    def stop(self) -> None:
        """Drop every connection."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._door.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("localhost", self.upstream)
        except OSError:
            return _close(writer, reset=True)
        link = Link(self, (reader, writer), there)
        ways = [asyncio.create_task(way) for way in (link.out(), link.back())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            _close(writer, reset=link.reset)
            _close(there[1], reset=link.reset)
        return None

    def exchange(self) -> Exchange:
        """What becomes of the next request."""
        if self.calm:
            return Exchange("pass")
        [fate] = self._dice.choices(list(FATES), list(FATES.values()))
        self.fates[fate] += 1
        sizes = {"request": 1500, "head": 150, "body": 400}
        cut = self._dice.randint(1, sizes.get(fate, 1))
        wait = 0.01 * 200 ** self._dice.random()  # 10 ms to 2 s, the short ones more often
        early = self._dice.random() < 0.5
        return Exchange(fate, cut, wait if fate == "wait" else 0.0, early)


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Link:
    """One connection, both ways; a way that returns ends it."""

    def __init__(self, proxy: Proxy, here: Stream, there: Stream) -> None:
        """:param here: the browser; :param there: the server."""
        self.proxy, self.here, self.there = proxy, here, there
        self.now: Exchange | None = None
        self.reset = False

    async def out(self) -> None:
        """From the browser to the server."""
        while data := await self.here[0].read(CHUNK):
            if self.now is None or self.now.answered:
                self.now = self.proxy.exchange()
                await asyncio.sleep(self.now.wait)
            now = self.now
            if now.fate == "request" and now.sent + len(data) > now.cut:
                await _send(self.there[1], data[: now.cut - now.sent])
                return
            now.sent += len(data)
            await _send(self.there[1], data)
            if now.fate == "reset" and now.early:
                self.reset = True
                return

    async def back(self) -> None:
        """From the server to the browser."""
        while data := await self.there[0].read(CHUNK):
            now = self.now
            if now is None:
                return
            before = len(now.answered)
            now.answered += data
            if now.fate == "reset":
                self.reset = True
                return
            room = self._room(now)
            if room is not None and len(now.answered) > room:
                await _send(self.here[1], data[: max(0, room - before)])
                return
            await _send(self.here[1], data)

    def _room(self, now: Exchange) -> int | None:
        """How much of the answer goes through; None for all of it."""
        if now.fate == "head":
            return now.cut
        if now.fate != "body":
            return None
        head = now.answered.find(b"\r\n\r\n")
        return None if head < 0 else head + 4 + now.cut


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


def _close(writer: asyncio.StreamWriter, *, reset: bool) -> None:
    plug = writer.get_extra_info("socket")
    if reset and plug is not None:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        writer.transport.abort()
    else:
        writer.close()
