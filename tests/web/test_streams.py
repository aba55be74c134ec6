"""Streams in the event loop: who is let in, what is said, and what ends one."""

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from granian.rsgi import ProtocolClosed

from journal.web import gateway, streams
from journal.web.door import Stream, TooManyStreams, take_up
from journal.web.gateway import Gateway
from journal.web.streams import Streams
from tests.web.test_gateway import Protocol, Scope

ONE = uuid4()


class Line(Protocol):
    """A connection that is answered with a stream."""

    def __init__(self, *, hangs: bool = False) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.headers: dict[str, str] = {}
        self.hangs = hangs
        self.away = asyncio.Event()

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Line":
        self.headers = dict(headers)
        return self

    async def send_bytes(self, said: bytes) -> None:
        if self.hangs:
            await asyncio.sleep(60)
        self.sent.append(said)

    async def client_disconnect(self) -> None:
        await self.away.wait()

    async def heard(self, said: bytes) -> None:
        async with asyncio.timeout(30):
            while said not in b"".join(self.sent):
                await asyncio.sleep(0.001)


class Facts:
    """What a look finds, for a test to change."""

    def __init__(self) -> None:
        self.mark = "a"
        self.live = True
        self.broken = False

    def look(self, tokens: frozenset[str]) -> tuple[frozenset[str], str]:
        if self.broken:
            raise ValueError("the river")
        return (tokens if self.live else frozenset()), self.mark


def serving(facts: Facts, account: object = ONE) -> Gateway:
    def application(environ, start_response):
        take_up(environ, account, "token", facts.mark, facts.look)
        start_response("200 OK", [("Content-Type", "text/event-stream"), ("Content-Length", "3")])
        return [b"hi\n"]

    return Gateway(application, threads=1)


def run(test: Callable[[], Awaitable[None]]) -> None:
    # In a thread: Playwright leaves its own event loop running in the one that runs the tests.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(test())).result()  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "EVERY", 0.001)


async def opened(tried: Gateway, line: Line) -> "asyncio.Task[None]":
    task = asyncio.ensure_future(tried.__rsgi__(Scope(method="GET"), line))
    await line.heard(b"hi\n")
    return task


async def ends(task: "asyncio.Task[None]", tried: Gateway) -> None:
    async with asyncio.timeout(30):
        await task
    assert tried._streams._every() == []


def test_it_says_each_change_once_and_ends_with_the_session() -> None:
    async def test() -> None:
        facts, line = Facts(), Line()
        tried = serving(facts)
        task = await opened(tried, line)
        assert line.headers == {"Content-Type": "text/event-stream"}
        for n, mark in enumerate("bca", 1):
            facts.mark = mark
            await line.heard(f"event: changed\nid: {mark}\ndata: {n}\n\n".encode())
        facts.live = False
        await ends(task, tried)
        assert b"".join(line.sent).count(b"event") == 3

    run(test)


@pytest.mark.parametrize("how", ["goes", "fails", "stops"])
def test_it_ends_when_the_client_goes_the_look_fails_or_the_server_stops(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        facts, line, other = Facts(), Line(), Line()
        tried = serving(facts)
        first, second = await opened(tried, line), await opened(tried, other)
        if how == "goes":
            line.away.set()
            async with asyncio.timeout(30):
                await first
            facts.mark = "b"
            await other.heard(b"changed")
            other.away.set()
        elif how == "fails":
            facts.broken = True
        else:
            tried._streams.stop()
        await first
        await ends(second, tried)

    run(test)
    assert "river" not in caplog.text


def test_a_quiet_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "COMMENT", 0.01)

    async def test() -> None:
        line = Line()
        tried = serving(Facts())
        task = await opened(tried, line)
        await line.heard(b":\n\n:\n\n")
        line.away.set()
        await ends(task, tried)

    run(test)


def test_a_client_that_takes_nothing_is_let_go_and_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "SEND_SECONDS", 0.2)

    async def test() -> None:
        facts, hung, line = Facts(), Line(hangs=True), Line()
        tried = serving(facts)
        first = asyncio.ensure_future(tried.__rsgi__(Scope(method="GET"), hung))
        second = await opened(tried, line)
        facts.mark = "b"
        await line.heard(b"changed")
        async with asyncio.timeout(30):
            await first
        line.away.set()
        await ends(second, tried)

    run(test)


class Cut(Line):
    """A connection that is found closed at one of its ends."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Line":
        self.closed("answer")
        return super().response_stream(status, headers)

    async def send_bytes(self, said: bytes) -> None:
        self.closed("send")
        await super().send_bytes(said)

    async def client_disconnect(self) -> None:
        self.closed("watch")
        await super().client_disconnect()

    def closed(self, where: str) -> None:
        if where == self.where:
            raise ProtocolClosed


@pytest.mark.parametrize("where", ["answer", "send", "watch"])
def test_a_connection_that_is_closed_already_ends_quietly(where: str) -> None:
    async def test() -> None:
        tried, unheard = serving(Facts()), []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: unheard.append(context["message"]))
        async with asyncio.timeout(30):
            await tried.__rsgi__(Scope(method="GET"), Cut(where))
        gc.collect()
        assert tried._streams._every() == []
        assert unheard == []

    run(test)


@pytest.mark.parametrize("late", [False, True])
def test_who_goes_while_the_request_runs_leaves_no_stream(*, late: bool) -> None:
    """The thread works on when its request is given up, and asks for a stream before or after."""
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()
    taken = []

    def application(environ, start_response):
        def take() -> None:
            taken.append(take_up(environ, ONE, "token", "a", Facts().look))

        if not late:
            take()
        begun.set()
        go_on.wait(30)
        if late:
            take()
        start_response("200 OK", [])
        done.set()
        return [b"hi\n"]

    async def test() -> None:
        tried = Gateway(application, threads=1)
        request = asyncio.ensure_future(tried.__rsgi__(Scope(method="GET"), Line()))
        assert await asyncio.to_thread(begun.wait, 30)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        go_on.set()
        assert await asyncio.to_thread(done.wait, 30)
        assert [one is None for one in taken] == [late]
        assert tried._streams._every() == []

    run(test)


def test_so_many_of_one_account_and_so_many_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST", 6)
    tried, facts = Streams(), Facts()

    def add(account: object) -> Stream:
        return tried.add(Stream(account, "token", "a", facts.look))  # type: ignore[arg-type]

    mine = [add(ONE) for _ in range(streams.MOST_OF_ONE)]
    with pytest.raises(TooManyStreams):
        add(ONE)
    tried.leave(mine[0])
    tried.leave(mine[0])
    add(ONE)
    add(uuid4()), add(uuid4())
    with pytest.raises(TooManyStreams) as refused:
        add(uuid4())
    assert (refused.value.status, refused.value.retry_after) == (503, 30)


def test_a_place_is_given_back_when_the_answer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        tried = serving(Facts())
        call = gateway.call

        def failing(application, environ):
            call(application, environ)
            return 500, [], b"no"

        monkeypatch.setattr(gateway, "call", failing)
        line = Line()
        await tried.__rsgi__(Scope(method="GET"), line)
        assert line.answer == (500, {}, b"no")
        assert tried._streams._every() == []

    run(test)


def test_without_streams_nothing_is_taken_up() -> None:
    assert take_up({}, ONE, "token", "a", Facts().look) is None
