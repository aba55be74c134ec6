"""After a restore: old cursors end, and everything can be read from the start."""

from flask import Flask

from journal.db import Database
from journal.entries import service
from tests.acts import signed_in, write
from tests.worlds import World


def test_after_a_restore_devices_start_over(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "kept")
    before = phone.get("/api/changes").json
    with database.session(writing=True) as session:
        assert service.renumber(session) >= 1
    assert phone.get(f"/api/changes?cursor={before['cursor']}").status_code == 410
    after = phone.get("/api/changes").json
    assert after["cursor"] != before["cursor"]
    assert str(first.id) in [item["id"] for item in after["items"]]
