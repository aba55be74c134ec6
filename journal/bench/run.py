"""Run everything and print the table, with the budgets beside what was measured."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uuid_utils.compat as uuids

from journal import clock
from journal.bench import people
from journal.bench.floors import ROW
from journal.bench.load import Connection, Outcome, drive, request, spread
from journal.bench.people import CODE, PASSWORD, People
from journal.bench.servers import Running, running
from journal.bench.withdrawing import withdrawing
from journal.config import Settings

CONNECTIONS = 16
MASTER = "A" * 43 + "="
SECRET = "bench" * 8

Echo = Callable[[str], Any]


@dataclass(frozen=True)
class Budget:
    """At least this share of a floor's rate."""

    floor: str
    share: float


BRIEF, TODAY = f"brief of {people.HANDED}", f"today, {people.PATIENTS} patients"
IN_CPU = {BRIEF: 25, TODAY: 15}
"""At most this many times the CPU of F1."""

BUDGETS = {
    "save": Budget("F2", 0.45),
    "feed page": Budget("F3", 0.4),
    "get one": Budget("F1", 0.4),
}


def run(requests: int, postgresql: str | None, *, echo: Echo) -> None:
    """Measure the floors, then our requests on SQLite and, where a URL is given, PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        floors = _floors(Path(folder), requests, echo)
        _ours("SQLite", f"sqlite:///{folder}/bench.db", requests, floors, echo)
        if postgresql:
            _ours("PostgreSQL", postgresql, requests, floors, echo)


def _floors(folder: Path, requests: int, echo: Echo) -> dict[str, Outcome]:
    echo(f"{'floors':<26}{'rps':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}")
    row = {"text": "x" * ROW}
    made: dict[str, tuple[str, bytes]] = {
        "F0": ("raw WSGI", request("GET", "/")),
        "F1": ("Flask hello", request("GET", "/f1")),
        "F2": ("insert 2 KB, on disk", request("POST", "/f2", body=row)),
        "F3": ("50 rows of 2 KB", request("GET", "/f3")),
    }
    found = {}
    for name, (says, prepared) in made.items():
        own = folder / name
        own.mkdir()
        env = {"JOURNAL_BENCH_FLOOR": name, "JOURNAL_BENCH_FOLDER": str(own)}
        with running(["journal.bench.floor_server"], env, "/f1") as server:
            found[name] = _measure(server, partial(_same, prepared), requests)
        echo(_line(f"{name} {says}", found[name]))
    return found


def _same(prepared: bytes, _: int) -> bytes:
    return prepared


def _ours(name: str, url: str, requests: int, floors: Mapping[str, Outcome], echo: Echo) -> None:
    settings = Settings(database_url=url, secret_key=SECRET, master_keys={"bench": bytes(32)})
    filled = people.fill(settings, clock.now())
    env = {
        "JOURNAL_DATABASE_URL": url,
        "JOURNAL_SECRET_KEY": SECRET,
        "JOURNAL_MASTER_KEYS": f"bench:{MASTER}",
    }
    echo("")
    echo(f"{name:<26}{'rps':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}   beside the floor")
    with running(["journal.cli", "serve", "--port"], env, "/healthz") as server:
        mine = _cookie(server, "patient")
        theirs = _cookie(server, "therapist")
        for case, make in _cases(filled, mine, theirs).items():
            outcome = _measure(server, make, requests // 5 if case in IN_CPU else requests)
            echo(_line(case, outcome) + _beside(case, outcome, floors))
        echo(withdrawing(server.port, filled, {"Cookie": mine}, {"Cookie": theirs}))


def _cases(filled: People, mine: str, theirs: str) -> dict[str, Callable[[int], bytes]]:
    as_patient, as_therapist = {"Cookie": mine}, {"Cookie": theirs}
    return {
        "save": partial(_save, as_patient),
        "feed page": lambda _: request("GET", "/api/changes?limit=50", headers=as_patient),
        "get one": lambda _: request(
            "GET", f"/api/entries/{filled.entries[0][0]}", headers=as_patient
        ),
        BRIEF: lambda _: request(
            "GET", f"/api/patients/{filled.patient}/page", headers=as_therapist
        ),
        TODAY: lambda _: request("GET", "/api/today", headers=as_therapist),
        "hand over": partial(_hand_over, filled, as_patient),
    }


def _save(headers: Mapping[str, str], _: int) -> bytes:
    body = {
        "revision": str(uuids.uuid7()),
        "guide": "refl",
        "edition": 1,
        "occurred_at": clock.now().isoformat(),
        "zone": "UTC",
        "answers": people.answers(),
    }
    path = f"/api/entries/{uuids.uuid7()}"
    return request("PUT", path, body=body, headers={**headers, "If-None-Match": "*"})


def _hand_over(filled: People, headers: Mapping[str, str], index: int) -> bytes:
    entry_id, revision = filled.entries[people.HANDED + index % 400]
    body = {
        "id": str(uuids.uuid7()),
        "grant_id": str(filled.grant),
        "entry_id": str(entry_id),
        "revision": str(revision),
        "what": {"kind": "answers", "items": ["refl-01"]},
    }
    return request("POST", "/api/handovers", body=body, headers=headers)


def _cookie(server: Running, role: str) -> str:
    connection = Connection(server.port)
    sent = {"email": f"{role}@bench.example", "password": PASSWORD, "code": CODE}
    status, head, _ = connection.send(request("POST", "/api/session", body=sent))
    connection.close()
    if status != 200:
        raise RuntimeError(f"cannot sign in as {role}: {status}")
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie" and value.startswith("journal="):
            return value.partition(";")[0]
    raise RuntimeError("no cookie")


def _measure(server: Running, make: Callable[[int], bytes], requests: int) -> Outcome:
    drive(server.port, server.pid, spread(make, 64, CONNECTIONS))  # warm
    return drive(server.port, server.pid, spread(make, requests, CONNECTIONS))


def _line(name: str, one: Outcome) -> str:
    errors = f" ({one.errors} errors)" if one.errors else ""
    return (
        f"{name:<26}{one.rate:>8.0f}{one.at(0.5):>9.1f}{one.at(0.99):>9.1f}{one.cpu:>9.0f}{errors}"
    )


def _beside(case: str, one: Outcome, floors: Mapping[str, Outcome]) -> str:
    budget = BUDGETS.get(case)
    if budget is None:
        times = one.cpu / floors["F1"].cpu
        if case not in IN_CPU:
            return f"   CPU {times:.1f} × F1"
        verdict = "met" if times <= IN_CPU[case] else "missed"
        return f"   CPU {times:.1f} × F1 (budget {IN_CPU[case]}: {verdict})"
    share = one.rate / floors[budget.floor].rate
    verdict = "met" if share >= budget.share else "missed"
    return f"   {share:.2f} × {budget.floor} (budget {budget.share}: {verdict})"
