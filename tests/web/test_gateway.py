"""The gateway waits for bodies on the event loop and gives the application whole requests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from journal.web import gateway, shield
from journal.web.gateway import Gateway


class Headers:
    def __init__(self, *pairs):
        self._pairs = list(pairs)

    def items(self):
        return self._pairs


@dataclass
class Scope:
    method: str = "POST"
    path: str = "/echo"
    query_string: str = ""
    headers: Headers = field(default_factory=Headers)
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.1:50000"
    scheme: str = "http"
    http_version: str = "1.1"


class Protocol:
    """A connection whose body arrives in `chunks`; None never arrives."""

    def __init__(self, *chunks):
        self.chunks = chunks
        self.read = 0
        self.answer = None

    async def __call__(self):
        return b"".join([chunk async for chunk in self])

    async def __aiter__(self):
        for chunk in self.chunks:
            if chunk is None:
                await asyncio.sleep(60)
            self.read += 1
            yield chunk

    def response_bytes(self, status, headers, body):
        self.answer = (status, dict(headers), body)


def ask(scope, protocol):
    seen = []

    def application(environ, start_response):
        seen.append({**environ, "body": environ["wsgi.input"].read()})
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"o", b"k"]

    # In a thread: Playwright leaves its own event loop running in the one that runs the tests.
    with ThreadPoolExecutor(1) as apart:
        tried = Gateway(application, threads=1)
        apart.submit(lambda: asyncio.run(tried.__rsgi__(scope, protocol))).result()
    return seen[0] if seen else None


def test_a_body_arrives_whole_with_its_length():
    protocol = Protocol(b"wor", b"ds")
    environ = ask(Scope(headers=Headers(("content-length", "5"))), protocol)
    assert environ["body"] == b"words"
    assert environ["CONTENT_LENGTH"] == "5"
    assert protocol.answer == (200, {"Content-Type": "text/plain"}, b"ok")


def test_a_body_of_unannounced_length_gets_one():
    environ = ask(Scope(headers=Headers(("transfer-encoding", "chunked"))), Protocol(b"ab", b"c"))
    assert environ["body"] == b"abc"
    assert environ["CONTENT_LENGTH"] == "3"
    assert "HTTP_TRANSFER_ENCODING" not in environ


def test_a_request_without_a_body_does_not_wait_for_one():
    environ = ask(Scope(method="GET"), Protocol(None))
    assert environ["body"] == b""
    assert "CONTENT_LENGTH" not in environ


def test_a_body_too_large_is_left_to_the_application_to_refuse(monkeypatch):
    monkeypatch.setattr(gateway, "expected", lambda _path: (4, ()))
    protocol = Protocol(b"abcde")
    environ = ask(Scope(headers=Headers(("content-length", "5"))), protocol)
    assert (environ["CONTENT_LENGTH"], environ["body"], protocol.read) == ("5", b"", 0)


def test_an_unannounced_body_is_read_no_further_than_it_is_certain_to_be_refused(monkeypatch):
    monkeypatch.setattr(gateway, "expected", lambda _path: (4, ()))
    protocol = Protocol(b"abc", b"def", b"ghi")
    environ = ask(Scope(headers=Headers(("transfer-encoding", "chunked"))), protocol)
    assert (environ["CONTENT_LENGTH"], protocol.read) == ("6", 2)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/api/session", "/api/sync", "/api/csp", "/echo", "/api/x%2Fy"])
def test_each_address_has_its_own_limit_and_not_a_byte_more_is_kept(path, chunked):
    most, _ = shield.expected(path)
    for size, whole in ((most, True), (most + 1, False)):
        chunks = [b"x" * (size // 2), b"x" * (size - size // 2), b"x" * 8]
        sent = chunks[:2] if whole else chunks
        kind = ("transfer-encoding", "chunked") if chunked else ("content-length", str(size))
        protocol = Protocol(*sent)
        environ = ask(Scope(path=path, headers=Headers(kind)), protocol)
        assert int(environ["CONTENT_LENGTH"]) == size
        if whole:
            assert len(environ["body"]) == size
        else:
            assert protocol.read == (2 if chunked else 0)


def test_what_the_gateway_answers_itself_has_the_headers_of_all_answers(monkeypatch):
    monkeypatch.setattr(gateway, "BODY_SECONDS", 0.05)
    protocol = Protocol(b"wor", None)
    ask(Scope(headers=Headers(("content-length", "5"))), protocol)
    assert shield.HEADERS.items() <= protocol.answer[1].items()


def test_an_application_that_breaks_is_answered_without_what_it_said(caplog):
    def broken(_environ, _start):
        raise ValueError("the river again")

    status, headers, body = gateway.call(broken, {})
    assert status == 500
    assert shield.HEADERS.items() <= dict(headers).items()
    assert b"river" not in body
    assert "river" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_body_that_never_comes_is_given_up_without_the_application(monkeypatch):
    monkeypatch.setattr(gateway, "BODY_SECONDS", 0.05)
    protocol = Protocol(b"wor", None)
    assert ask(Scope(headers=Headers(("content-length", "5"))), protocol) is None
    status, headers, _body = protocol.answer
    assert (status, headers["connection"]) == (408, "close")


def test_a_large_body_is_given_the_time_a_weak_line_needs(monkeypatch):
    monkeypatch.setattr(gateway, "BODY_SECONDS", 0)
    monkeypatch.setattr(gateway, "SLOWEST_BODY", 10)
    protocol = Protocol(b"words")
    assert ask(Scope(headers=Headers(("content-length", "5"))), protocol)["body"] == b"words"


@pytest.mark.parametrize(
    ("pairs", "name", "value"),
    [
        ([("x-a", "1"), ("x-a", "2")], "HTTP_X_A", "1,2"),
        ([("cookie", "a=1"), ("cookie", "b=2")], "HTTP_COOKIE", "a=1; b=2"),
        ([("content-type", "application/json")], "CONTENT_TYPE", "application/json"),
        ([("if-match", '"r"')], "HTTP_IF_MATCH", '"r"'),
    ],
)
def test_headers_are_named_as_wsgi_names_them(pairs, name, value):
    assert ask(Scope(method="GET", headers=Headers(*pairs)), Protocol())[name] == value


def test_a_path_is_decoded_to_the_bytes_it_names():
    environ = ask(Scope(method="GET", path="/a%20b/%C3%A9"), Protocol())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/a b/é"


def test_a_name_with_an_underscore_does_not_pass_for_its_twin():
    headers = Headers(("content_length", "abc"), ("x_journal_account", "somebody"))
    environ = gateway.environment(Scope(headers=headers))
    assert "CONTENT_LENGTH" not in environ
    assert "HTTP_X_JOURNAL_ACCOUNT" not in environ


def test_a_query_beyond_ascii_arrives_as_wsgi_wants_it():
    environ = gateway.environment(Scope(query_string="cursor=\u017e"))
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "cursor=\u017e"
