"""No word, name, address, token or password is ever in the clear: not on disk, not in a log."""

import base64
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from journal.db import Database
from journal.web.session import EXTENSION
from tests.accounts.proving import Person
from tests.acts import give, hand_over, read_page, save, signed_in, words, write
from tests.factories import PASSWORD, new_id
from tests.worlds import ORIGIN, World

CANARY = "Zimtsternquittung"  # a word nobody else writes
PERSON = "Wilhelmina Quastenflosser"
PHONE = "+44 20 7946 0999"
WRONG_PASSWORD = "kumquat-dirigible-password"


@pytest.fixture
def secrets(app: Flask, lived_in: World, caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Everything that must not show, after a day of use with every log at its loudest."""
    caplog.set_level(logging.DEBUG)
    browser = app.test_client()
    browser.environ_base["HTTP_ORIGIN"] = ORIGIN["Origin"]
    for password in (WRONG_PASSWORD, PASSWORD):
        sent = {"email": "patient@example.org", "password": password}
        browser.post("/api/session", json=sent)
    one = Person(app, app.extensions[EXTENSION], lived_in.patient.id, "patient@example.org")
    assert one.password(browser, code="000000").status_code == 401
    assert one.password(browser, recovery_code=one.recovery_code).status_code == 200
    paper = browser.post("/api/recovery-code", json={}).json["code"]
    asked = {"email": "patient@example.org", "recovery_code": paper}
    recovery = browser.post("/api/recovery", json=asked).json["token"]
    cookie = browser.get_cookie("journal")
    assert cookie is not None
    with browser.session_transaction() as opened:
        token = opened["_user_id"]
    use(app, lived_in)
    return {
        "words": CANARY,
        "a contact": PERSON,
        "their number": PHONE,
        "a name": "Maya",
        "a reader's name": "Dr Ana Reyes",
        "an address": "patient@example.org",
        "a password": PASSWORD,
        "a wrong password": WRONG_PASSWORD,
        "a session": token,
        "a cookie": cookie.value,
        "the secret key": "s" * 40,
        "the secret of a code": one.secret,
        "a code on paper": one.recovery_code,
        "another": paper,
        "the way back in": recovery,
    }


def use(app: Flask, world: World) -> None:
    phone, desk = signed_in(app, world.patient), signed_in(app, world.therapist)
    grant = give(phone, world.therapist)
    first = write(phone, f"{CANARY} one")
    edit = words(f"{CANARY} two")
    save(phone, first.id, edit, parent=first.revision)
    save(phone, first.id, words(f"{CANARY} three"), parent=first.revision)
    contact = {"contacts": [{"name": PERSON, "phone": PHONE}]}
    write(phone, guide="prep", answers={"prep-08": contact})
    write(phone, guide="day", answers={"day-02": {"words": [CANARY[:40]]}})
    gone = write(phone, f"{CANARY} deleted")
    hand_over(phone, grant, gone)
    kept = hand_over(phone, grant, write(phone, f"{CANARY} handed over"))
    assert CANARY.encode() in read_page(desk, world.patient).data
    assert desk.post("/api/search", json={"text": CANARY}).json["found"]
    assert desk.post(f"/api/patients/{world.patient.id}/pdf").status_code == 200
    assert phone.get(f"/api/grants/{grant}/receipt.pdf").status_code == 200
    phone.delete(f"/api/entries/{gone.id}")
    phone.delete(f"/api/excerpts/{kept}")
    batch = [{"id": str(new_id()), "parent": None, **words(f"{CANARY} in a batch")}]
    phone.post("/api/sync", json={"items": batch})


def forms_of(secret: str) -> Iterator[bytes]:
    """A secret as it may lie about: plain, as UTF-16, in hex, in base 64."""
    plain = secret.encode()
    yield from (plain, secret.encode("utf-16-le"), plain.hex().encode())
    for shift in range(3):  # base 64 of a word depends on where it begins
        coded = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        yield coded[(0, 2, 3)[shift] : -1]


def dump(database: Database) -> bytes:
    """Everything the database holds, as a backup would: every file, or every row."""
    url = make_url(database.engine.url)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
        assert files[1].exists()
        raw = b"".join(file.read_bytes() for file in files)
        with closing(sqlite3.connect(path)) as connection:
            return raw + "\n".join(connection.iterdump()).encode()
    with database.session(writing=False) as opened:
        tables = opened.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).all()
        rows_of = 'SELECT string_agg(t::text, chr(10)) FROM "{}" t'
        found: list[Any] = [opened.scalar(text(rows_of.format(one))) for one in tables]
    return "\n".join(one for one in found if one).encode()


def test_a_dump_and_the_logs_hold_no_secret(
    secrets: dict[str, str], database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    written = dump(database)
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.args}" for record in caplog.records
    )
    assert len(written) > 10_000
    assert b"reflections" in written  # what is in the clear is found: categories
    for what, secret in secrets.items():
        for form in forms_of(secret):
            assert form not in written, f"{what} lies in the database"
        assert secret not in logged, f"{what} was logged"


def test_a_crash_logs_its_place_and_no_words(
    app: Flask, lived_in: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = signed_in(app, lived_in.patient)

    def broken(*_: Any, **__: Any) -> None:
        raise ValueError(f"cannot seal {CANARY}")

    monkeypatch.setattr("journal.entries.service.write", broken)
    answer = save(phone, str(new_id()), words(CANARY))
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert CANARY.encode() not in answer.data
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_no_error_repeats_what_was_sent(
    app: Flask, lived_in: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    written = write(phone, CANARY)
    field_by_field = [
        {name: CANARY} for name in ("revision", "guide", "edition", "occurred_at", "zone")
    ]
    answers: list[Any] = [
        CANARY,
        {"refl-01": CANARY},
        {"refl-01": {"text": CANARY + "\0"}},
        {"refl-01": {"text": [CANARY]}},
        {"refl-01": {"state": CANARY}},
        {"refl-05": {"choice": CANARY}},
        {"refl-08": {"places": [{"place": CANARY, "kind": CANARY}]}},
        {"refl-09": {"scale": CANARY}},
    ]
    sent = [save(phone, str(new_id()), words(**change)) for change in field_by_field]
    sent += [save(phone, str(new_id()), words(answers=one)) for one in answers]
    passage = {"kind": "passage", "item": "refl-01", "part": "text", "start": 1, "end": 9}
    handed = {"id": str(new_id()), "grant_id": grant, "entry_id": written.id}
    handed |= {"revision": written.revision, "what": passage | {"quote": CANARY}}
    sent.append(phone.post("/api/handovers", json=handed))
    sent.append(phone.post("/api/session", json={"email": CANARY, "password": CANARY}))
    sent.append(phone.post("/api/grants", json={"id": CANARY, "categories": [CANARY]}))
    headers = {"If-None-Match": "*"}
    broken = f'{{"answers": "{CANARY}'.encode()
    path = f"/api/entries/{new_id()}"
    sent.append(phone.put(path, data=broken, content_type="application/json", headers=headers))
    sent.append(phone.get(f"/api/changes?cursor={CANARY}"))
    sent.append(phone.get(f"/api/entries/{CANARY}"))
    sent.append(phone.put(path, json=words(CANARY), headers={"If-Match": f'"{CANARY}"'}))
    sent.append(save(phone, str(new_id()), words("x" * 5_000_000)))
    for answer in sent:
        assert 400 <= answer.status_code < 500
        assert answer.mimetype == "application/problem+json"
        assert CANARY.encode() not in answer.data
        assert CANARY not in str(answer.headers)
    assert CANARY not in "\n".join(record.getMessage() for record in caplog.records)
