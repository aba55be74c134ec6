"""One line a request, in JSON, with nothing of what was sent and nobody's id."""

import io
import json
import logging
import re

import pytest

from journal.care import service as care
from journal.web import logs
from tests.factories import new_id

HOSTILE = 'x\r\n{"level":"info"}\x1b[2J\u2028\u0085\x00\u202eevil'
LINE = {"at", "level", "log", "said", "id", "route", "method", "status", "ms", "role"}


@pytest.fixture
def lines():
    """Everything that any logger writes, as a server would write it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Lines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: written.getvalue().split("\n")[:-1]
    root.removeHandler(handler)
    root.setLevel(before)


def requests_of(lines):
    return [one for line in lines() if (one := json.loads(line))["log"] == logs.REQUESTS]


def test_each_request_is_one_line(client_of, lines, lived_in):
    clients = {who: client_of(who) for who in ("anyone", "patient", "therapist", "admin")}
    before = len(requests_of(lines))
    entry = new_id()
    asked = [
        clients["patient"].get(f"/api/entries/{entry}"),
        clients["therapist"].get(f"/api/patients/{lived_in.patient.id}/page?limit=3"),
        clients["admin"].get("/api/today"),
        clients["anyone"].get("/api/care"),
        clients["patient"].post("/api/sync", json={"items": "Zimtstern"}),
        clients["patient"].get("/api/changes?cursor=a&cursor=b"),
        clients["anyone"].open("/api/care", method="BREW"),
        clients["anyone"].get("/api/nowhere"),
    ]
    found = requests_of(lines)[before:]
    assert [set(one) for one in found] == [LINE] * len(asked)
    assert [(one["route"], one["method"], one["status"], one["role"]) for one in found] == [
        ("entries.entry", "GET", 404, "patient"),
        ("brief.therapists_page", "GET", 200, "therapist"),
        ("brief.today", "GET", 403, "admin"),
        ("care.care", "GET", 401, ""),
        ("entries.sync", "POST", 422, "patient"),
        ("entries.changes", "GET", 400, ""),
        ("", "?", 405, ""),
        ("pages.page", "GET", 404, ""),
    ]
    assert [one["id"] for one in found] == [answer.headers["X-Request-ID"] for answer in asked]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", one["at"]) for one in found)
    assert all(0 <= one["ms"] < 100_000 for one in found)
    written = "\n".join(json.dumps(one) for one in found)
    for hidden in (entry, lived_in.patient.id, lived_in.therapist.id, "Zimtstern", "limit=3"):
        assert str(hidden) not in written


def test_nothing_that_is_sent_can_begin_a_line_or_stand_in_one(client_of, lines):
    client = client_of("patient")
    plain = HOSTILE.replace("\r", "").replace("\n", "").replace("\x00", "")
    before = len(lines())
    sent = [
        client.get("/api/changes", query_string={"cursor": HOSTILE, HOSTILE: HOSTILE}),
        client.get(f"/{HOSTILE}"),
        client.get("/api/care", headers={"X-Request-ID": plain, "User-Agent": plain}),
        client.post("/api/session", json={"email": HOSTILE, "password": HOSTILE, HOSTILE: 1}),
        client.put(f"/api/entries/{HOSTILE}", json={}, headers={"If-Match": plain}),
        client.open("/api/care", method="X\x1b[2JEVIL"),
    ]
    for answer in sent:
        answer.get_data()
        answer.close()
    found = lines()[before:]
    assert len([one for one in found if json.loads(one)["log"] == logs.REQUESTS]) == len(sent)
    for line in found:
        assert line.isascii()
        assert not re.search(r"[\x00-\x1f\x7f]", line)
        assert "evil" not in line.lower()


def test_every_record_of_any_logger_is_one_line_of_json(lines):
    logging.getLogger("journal.x").warning("of ours: %s", HOSTILE)
    logging.getLogger("elsewhere").warning("they quote %s", "the river again")
    logging.getLogger("elsewhere").error(f"they quote {'the river again'}")
    try:
        raise ValueError("the river again")
    except ValueError:
        logging.getLogger("elsewhere").exception("the river again")
        logging.getLogger("journal.x").exception("it broke")
    found = [json.loads(line) for line in lines()]
    assert [one["level"] for one in found] == ["warning", "warning", "error", "error", "error"]
    assert found[0]["said"] == f"of ours: {HOSTILE}"
    assert "river" not in "".join(lines())
    assert all(one["where"].startswith("test_logs:") for one in found[1:4])
    assert [one.get("error") for one in found[3:]] == ["ValueError", "ValueError"]


def test_a_fault_of_our_own_is_an_error_in_the_log(client_of, lines, monkeypatch):
    def broken(*_):
        raise ValueError("the river again")

    client = client_of("patient")
    monkeypatch.setattr(care, "clinic_of", broken)
    answer = client.get("/api/care")
    last = requests_of(lines)[-1]
    assert (answer.status_code, last["status"], last["level"]) == (500, 500, "error")
    assert "river" not in "".join(lines())


def test_lines_go_to_the_end_of_a_file_that_may_be_moved_away(tmp_path, lines):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    file = tmp_path / "journal.log"
    file.write_text("kept\n")
    try:
        logs.write(file)
        logging.getLogger("journal.x").info("one")
        file.rename(tmp_path / "older")
        logging.getLogger("journal.x").info("two")
    finally:
        for handler in set(root.handlers) - set(before):
            handler.close()
        root.handlers[:], root.level = before, level
    older = (tmp_path / "older").read_text().splitlines()
    assert older[0] == "kept"
    assert [json.loads(line)["said"] for line in older[1:]] == ["one"]
    assert [json.loads(line)["said"] for line in file.read_text().splitlines()] == ["two"]
