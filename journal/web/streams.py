"""Streams that stay open in the event loop: they hold no thread and no connection of the database.

Whether something has changed is looked up for all of them in turn, by one thread and in short
transactions, once for each account. However many streams are open, the database sees one looker
for each process; when looking takes longer, it happens less often.
"""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

from journal.web.door import Stream, TooManyStreams
from journal.web.stopping import when_told

EVERY = 1.5  # seconds between looks
COMMENT = 15.0  # seconds; a line that says nothing, so that a dead connection shows
SEND_SECONDS = 10.0  # for a client to take what is sent
MOST = 500  # streams of one process
MOST_OF_ONE = 4  # of one account, in one process

log = logging.getLogger("journal.streams")


def opening(mark: str, *, changed: bool) -> bytes:
    """How a stream begins: the mark as it is now and, for who missed something, that."""
    return b"retry: 3000\n" + (_changed(mark, 0) if changed else f"id: {mark}\n\n".encode())


def _changed(mark: str, count: int) -> bytes:
    return f"event: changed\nid: {mark}\ndata: {count}\n\n".encode()


class Streams:
    """The streams of one process."""

    def __init__(self) -> None:
        self._open: dict[UUID, set[Stream]] = {}
        self._lock = threading.Lock()
        self._looker = ThreadPoolExecutor(1, thread_name_prefix="looker")
        self._watching: asyncio.Task[None] | None = None
        self._stopping = False

    def add(self, stream: Stream) -> Stream:
        """Count a stream in; whoever adds it lets it `leave`.

        :raises TooManyStreams: this account or this process has enough.
        """
        with self._lock:
            mine = self._open.get(stream.account, set())
            full = sum(map(len, self._open.values())) >= MOST
            if full or len(mine) >= MOST_OF_ONE or self._stopping:
                raise TooManyStreams
            self._open.setdefault(stream.account, set()).add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        """Count a stream out."""
        with self._lock:
            mine = self._open.get(stream.account, set())
            mine.discard(stream)
            if not mine:
                self._open.pop(stream.account, None)

    async def follow(self, protocol: Any, headers: list[tuple[str, str]], first: bytes,
                     stream: Stream) -> None:  # fmt: skip
        """Send what there is to say until the session ends, the client goes or the server stops."""
        self._begin()
        kept = [pair for pair in headers if pair[0].lower() != "content-length"]
        gone = asyncio.ensure_future(_gone(protocol, stream))
        try:
            transport = protocol.response_stream(200, kept)
            await _send(transport, first)
            while not stream.over and not self._stopping:
                told = stream.count
                try:
                    async with asyncio.timeout(COMMENT):
                        await stream.woken.wait()
                except TimeoutError:
                    await _send(transport, b":\n\n")
                stream.woken.clear()
                if stream.count != told:
                    await _send(transport, _changed(stream.mark, stream.count))
        except (TimeoutError, OSError, ProtocolClosed):
            return  # the client takes nothing any more, or has gone
        finally:
            gone.cancel()

    def stop(self) -> None:
        """End every stream: the server stops."""
        self._stopping = True
        for stream in self._every():
            stream.hear(None)

    def _every(self) -> list[Stream]:
        with self._lock:
            return [stream for mine in self._open.values() for stream in mine]

    def _begin(self) -> None:
        if self._watching is None or self._watching.done():
            self._watching = asyncio.ensure_future(self._watch())
            when_told(asyncio.get_running_loop(), self.stop)

    async def _watch(self) -> None:
        """Look for one account after the other for as long as there are streams."""
        loop = asyncio.get_running_loop()
        while self._open and not self._stopping:
            began = loop.time()
            for account in list(self._open):
                mine = list(self._open.get(account, ()))
                if mine:
                    await self._look(mine)
            await asyncio.sleep(max(0.0, EVERY - (loop.time() - began)))

    async def _look(self, mine: list[Stream]) -> None:
        loop = asyncio.get_running_loop()
        tokens = frozenset(stream.token for stream in mine)
        try:
            alive, mark = await loop.run_in_executor(self._looker, mine[0].look, tokens)
        except Exception as error:
            # Who cannot be told of a change must not believe there was none: they ask again.
            log.error("a look failed: %s", type(error).__name__)
            alive, mark = frozenset(), ""
        for stream in mine:
            stream.hear(mark if stream.token in alive else None)


async def _gone(protocol: Any, stream: Stream) -> None:
    with suppress(ProtocolClosed):  # before there was anything to wait for
        await protocol.client_disconnect()
    stream.hear(None)


async def _send(transport: Any, said: bytes) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await transport.send_bytes(said)
