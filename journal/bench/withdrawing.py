"""How long withdrawing takes while others read: the one act that nobody may be kept waiting for."""

import statistics
import threading
import time
from collections.abc import Mapping
from datetime import timedelta

import orjson
import uuid_utils.compat as uuids

from journal import clock
from journal.bench.load import Connection, request
from journal.bench.people import People
from journal.content import library

READERS = 8
TIMES = 100
MOST = 500
"""Milliseconds, of the slowest in a hundred."""

Headers = Mapping[str, str]


def withdrawing(port: int, filled: People, as_patient: Headers, as_therapist: Headers) -> str:
    """Give, hand over and withdraw, again and again, while readers read; return one line.

    :raises RuntimeError: the server refuses one of the steps.
    """
    over = threading.Event()
    page = request("GET", f"/api/patients/{filled.patient}/page", headers=as_therapist)
    readers = [threading.Thread(target=_read, args=(port, page, over)) for _ in range(READERS)]
    phone = Connection(port)
    _sent(phone, _post(f"/api/grants/{filled.grant}/withdraw", as_patient))
    for reader in readers:
        reader.start()
    try:
        took = sorted(_once(phone, filled, as_patient) for _ in range(TIMES))
    finally:
        over.set()
        for reader in readers:
            reader.join()
        phone.close()
    slowest = took[-1 - TIMES // 100]
    verdict = "met" if slowest <= MOST else "missed"
    says = f"withdraw, {READERS} readers"
    middle = statistics.median(took)
    return f"{says:<26}{'':>8}{middle:>9.1f}{slowest:>9.1f}{'':>9}   (budget {MOST} ms: {verdict})"


def _once(phone: Connection, filled: People, headers: Headers) -> float:
    """Milliseconds until one withdrawal was answered."""
    shown, grant = library.load().agreement, uuids.uuid7()
    entry, revision = filled.entries[0]
    offer = {
        "id": str(grant),
        "therapist_id": str(filled.therapist),
        "agreement": {"id": shown.id, "edition": shown.edition, "sha256": shown.sha256},
        "categories": ["reflections"],
        "ends_on": (clock.now() + timedelta(days=30)).date().isoformat(),
        "release_in_morning": False,
    }
    handed = {
        "id": str(uuids.uuid7()),
        "grant_id": str(grant),
        "entry_id": str(entry),
        "revision": str(revision),
        "what": {"kind": "whole"},
    }
    _sent(phone, _post("/api/grants", headers, offer))
    _sent(phone, _post("/api/handovers", headers, handed))
    withdraw = _post(f"/api/grants/{grant}/withdraw", headers)
    began = time.perf_counter()
    _sent(phone, withdraw)
    return (time.perf_counter() - began) * 1000


def _read(port: int, page: bytes, over: threading.Event) -> None:
    connection = Connection(port)
    while not over.is_set():
        connection.send(page)
    connection.close()


def _post(path: str, headers: Headers, body: Mapping[str, object] | None = None) -> bytes:
    return request("POST", path, body=body, headers=headers)


def _sent(connection: Connection, prepared: bytes) -> None:
    status, _, answer = connection.send(prepared)
    if status not in (200, 201):
        raise RuntimeError(f"{status}: {orjson.loads(answer)}")
