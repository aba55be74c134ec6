"""Who read what: the earlier ones are one tap away, and each says in what form the words left."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import expect

from journal import audit
from journal.app import open_database
from tests.e2e.people import sign_in

pytestmark = pytest.mark.screens


def test_a_file_kept_before_many_searches_is_found_on_the_phone(phone, live, api):
    leo, reyes = (UUID(api(who).get("/api/session").json()["id"]) for who in ("leo", "reyes"))
    out = api("leo").get("/api/excerpts").json()[0]
    one = (UUID(out["grant_id"]), UUID(out["id"]))
    database = open_database(live.settings)
    with database.session(writing=True) as opened:
        now = datetime.now(UTC)
        audit.record(opened, leo, reyes, [one], at=now, how=audit.How.PDF)
        audit.record(opened, leo, reyes, [one] * 200, at=now, how=audit.How.SEARCH)
    database.dispose()

    sign_in(phone, "leo")
    phone.goto("/receipts")
    expect(phone.get_by_text("A line of it, found by a search")).to_have_count(200)
    expect(phone.get_by_text("Kept as a file")).to_have_count(0)
    earlier = phone.get_by_role("button", name="Earlier ones")
    assert earlier.bounding_box()["height"] >= 48
    earlier.scroll_into_view_if_needed()
    earlier.press("Enter")
    expect(phone.get_by_text("Kept as a file")).to_have_count(1)
    expect(phone.get_by_text("A line of it, found by a search")).to_have_count(200)
    expect(earlier).to_have_count(0)
