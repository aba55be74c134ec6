"""A server that is killed in the middle of an upload goes on where it was."""

import http.client
import os
import threading
import time

import pytest

from tests.entering import browser_of
from tests.media.sending import RAW, Caught
from tests.serving import Server


@pytest.fixture
def server(settings, lived_in, tmp_path):
    server = Server(settings, tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def device(server, lived_in):
    return browser_of(server, lived_in.patient.id)


def put(device, path, body):
    """Send bytes; None where the connection broke."""
    connection = http.client.HTTPConnection("localhost", device.server.port, timeout=30)
    headers = {"Origin": device.server.origin, "Cookie": device.cookie, "Content-Type": RAW}
    try:
        connection.request("PUT", path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def get(device, path):
    connection = http.client.HTTPConnection("localhost", device.server.port, timeout=30)
    connection.request("GET", path, headers={"Cookie": device.cookie})
    body = connection.getresponse().read()
    connection.close()
    return body


def test_every_piece_that_was_answered_is_there_after_a_kill(server, device, settings):
    rounds = 6 if os.environ.get("JOURNAL_LONG") else 1
    caught = Caught(Caught().bytes * 8)
    assert device.send("PUT", caught.path, caught.told())[0] == 201
    answered: set[int] = set()

    def send():
        for n in range(len(caught.pieces)):
            if n not in answered:
                if put(device, f"{caught.path}/pieces/{n}", caught.pieces[n]) != 204:
                    return
                answered.add(n)

    for turn in range(rounds):
        sender = threading.Thread(target=send)
        sender.start()
        until = time.monotonic() + 20
        while len(answered) < 3 * (turn + 1) and time.monotonic() < until:
            time.sleep(0.001)
        server.kill()
        sender.join(30)
        server.start()
        status, found = device.send("GET", caught.path)
        assert status == 200
        assert answered <= set(found["received"])
        assert found["complete"] is False
    send()
    assert device.send("POST", f"{caught.path}/complete")[1]["complete"] is True
    assert get(device, f"{caught.path}/content") == caught.bytes
