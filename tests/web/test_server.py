"""The server in a process of its own: slow senders, a taken port, the ways to end."""

import resource
import signal
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from journal.web import server

HALF_HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Sl"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nso f"


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def get(port, path="/"):
    connection = HTTPConnection("localhost", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def running(port):
    command = [sys.executable, "-m", "tests.web.serve_sample", str(port)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    try:
        for _ in range(100):
            try:
                get(port)
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def many_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("running", "many_files")
@pytest.mark.parametrize("beginning", [HALF_HEADERS, HALF_BODY], ids=["headers", "body"])
def test_a_thousand_slow_senders_keep_nobody_waiting(port, beginning):
    slow = []
    try:
        for _ in range(1000):
            slow.append(socket.create_connection(("localhost", port)))
            slow[-1].sendall(beginning)
        waits = []
        for _ in range(100):
            began = time.monotonic()
            assert get(port) == b"nothing"
            waits.append(time.monotonic() - began)
        assert statistics.quantiles(waits, n=100)[-1] < 1
    finally:
        for connection in slow:
            connection.close()


def test_a_request_under_way_is_finished_before_the_server_stops(running, port):
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(get, port, "/slow")
        time.sleep(0.3)
        running.send_signal(signal.SIGTERM)
        assert answer.result() == b"nothing"
    assert running.wait(10) == 0


def test_a_killed_server_leaves_no_worker_behind(running, port):
    running.kill()
    running.wait()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("localhost", port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    pytest.fail("a worker still listens")


def test_a_taken_port_is_said_so():
    other = socket.create_server(("127.0.0.1", 0))
    with other, pytest.raises(OSError, match="in use"):
        server.claim("localhost", other.getsockname()[1])


def test_a_name_is_listened_on_at_its_address(port):
    assert server.claim("localhost", port) == "127.0.0.1"
