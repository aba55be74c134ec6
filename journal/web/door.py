"""A request's way to a stream: what comes in by it leaves when the request is over."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from journal.errors import JournalError

DOOR = "journal.door"
"""Where a request's environment carries its way into the streams, if its server has one."""

Look = Callable[[frozenset[str]], tuple[frozenset[str], str]]
"""Given sessions of one account: which of them are live, and the present mark. May wait."""


class TooManyStreams(JournalError):
    """This account, or this process, has as many as it may have."""

    status = 503
    title = "Too many streams are open"
    retry_after = 30


@dataclass(eq=False)
class Stream:
    """One open stream: for whom, and the mark its client last heard."""

    account: UUID
    token: str = field(repr=False)
    mark: str
    look: Look = field(repr=False)
    over: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    count: int = 0

    def hear(self, mark: str | None) -> None:
        """Take in what a look found; None ends the stream."""
        if mark is None:
            self.over = True
        elif mark != self.mark:
            self.mark = mark
            self.count += 1
        else:
            return
        self.woken.set()


class Room(Protocol):
    """Where streams are counted."""

    def add(self, stream: Stream) -> Stream:
        """Count one in.

        :raises TooManyStreams: this account or this process has enough.
        """

    def leave(self, stream: Stream) -> None:
        """Count one out."""


@dataclass
class Door:
    """One request's way to a stream."""

    streams: Room
    stream: Stream | None = None
    _shut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take_in(self, stream: Stream) -> Stream | None:
        """Count a stream in; None when the door is shut already.

        :raises TooManyStreams: this account or this process has enough.
        """
        with self._lock:
            if not self._shut:
                self.stream = self.streams.add(stream)
            return self.stream

    def shut(self) -> None:
        """The request is over: its stream leaves, and no other comes."""
        # Its thread may still be at work, and ask for a stream that nobody would follow.
        with self._lock:
            self._shut = True
            if self.stream:
                self.streams.leave(self.stream)


def take_up(
    environ: Mapping[str, Any], account: UUID, token: str, mark: str, look: Look
) -> Stream | None:
    """Ask for the answer to this request to stay open. None where that cannot be.

    :raises TooManyStreams: this account or this process has enough.
    """
    door = environ.get(DOOR)
    if not isinstance(door, Door):
        return None
    return door.take_in(Stream(account, token, mark, look))
