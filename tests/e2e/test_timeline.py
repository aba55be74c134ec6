"""Looking back: days as they were lived, a month, one session, what was added and remembered."""

import os
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.hands import reach
from tests.e2e.people import (
    entries,
    entries_with,
    offline,
    ready_for_offline,
    sign_in,
    tab_to,
    write,
)
from tests.e2e.plans import here_too, open_at
from tests.e2e.test_accessibility import look_at
from tests.factories import new_id

LONG = bool(os.environ.get("JOURNAL_LONG"))
MANY = 5000 if LONG else 200
OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")


def item(guide: str, answers: dict[str, Any], at: datetime, zone: str = "Europe/London") -> Any:
    """One entry that was written down when it happened."""
    made = int(at.timestamp() * 1000).to_bytes(6).hex()
    return {
        "id": f"{made[:8]}-{made[8:]}-{str(new_id())[14:]}",
        "parent": None,
        "revision": str(new_id()),
        "guide": guide,
        "edition": 1,
        "occurred_at": at.isoformat(),
        "zone": zone,
        "answers": answers,
    }


def lived(device: APIRequestContext, *items: Any) -> list[str]:
    """Send these entries from another device; return their ids."""
    for start in range(0, len(items), 50):
        sent = device.post("/api/sync", data={"items": items[start : start + 50]})
        assert sent.ok, sent.text()
        assert {one["status"] for one in sent.json()["results"]} == {201}
    return [one["id"] for one in items]


def dose_of(device: APIRequestContext) -> dict[str, Any]:
    """The latest dosing session of this person."""
    return device.get("/api/care").json()["dosing_sessions"][-1]


def day_of(page: Page, id: str):
    """The day under which an entry stands."""
    return page.locator("section.day").filter(has=page.locator(f"a[href='/entry/{id}']"))


def test_an_entry_keeps_the_time_and_day_where_it_was_lived(open_page, api):
    at = datetime(2026, 11, 10, 23, 50, tzinfo=UTC)
    words = {"free-01": {"text": "Lisbon, the balcony."}}
    [id] = lived(api("owen"), item("free", words, at, "Europe/Lisbon"))
    far = open_page(PHONE, timezone_id="America/New_York")
    sign_in(far, "owen")
    far.goto("/journal")
    day = day_of(far, id)
    expect(day.get_by_role("heading")).to_have_text("Tuesday 10 November")
    expect(day.locator(f"a[href='/entry/{id}']")).to_contain_text("23:50 (Lisbon)")
    far.goto(f"/entry/{id}")
    expect(far.get_by_role("heading", level=1)).to_have_text("Tuesday 10 November, 23:50 (Lisbon)")
    far.goto("/month/2026-11-10")
    expect(far.locator(f"a[href='/entry/{id}']")).to_contain_text("23:50 (Lisbon)")


@OFFLINE
def test_a_session_stands_among_the_days_and_has_four_parts(phone, api):
    device = api("hannah")
    dose = dose_of(device)
    started = datetime.fromisoformat(dose["started_at"])
    clear = datetime.fromisoformat(dose["clear_at"])
    moments = {
        "The evening before.": started - timedelta(hours=20),
        "Curtain, and a light in it.": started + timedelta(hours=2),
        "Bread tasted of bread.": clear + timedelta(hours=3),
    }
    lived(device, *(item("free", {"free-01": {"text": w}}, at) for w, at in moments.items()))
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    with offline(phone):
        phone.goto("/journal")
        near = phone.get_by_role("listitem").filter(has_text="Curtain, and a light in it.")
        expect(near).to_contain_text(f"After session {dose['number']}")
        before = phone.get_by_role("listitem").filter(has_text="The evening before.")
        expect(before).to_be_visible()
        expect(before).not_to_contain_text(f"After session {dose['number']}")
        phone.get_by_role("link", name=re.compile(f"^Session {dose['number']}, ")).click()
        expect(phone.get_by_role("heading", level=1)).to_have_text(f"Session {dose['number']}")
        parts = phone.get_by_role("main").get_by_role("heading", level=2)
        names = ["Before", "The first hours", "The next days", "What I am doing"]
        expect(parts).to_have_text(names)
        for name, words in zip(names, moments, strict=False):
            part = phone.locator("section").filter(has=phone.get_by_role("heading", name=name))
            expect(part.get_by_text(words)).to_be_visible()
        assert look_at(phone) == []
        phone.get_by_role("link").filter(has_text="Curtain, and a light in it.").click()
        phone.get_by_role("link", name="In the three days after session").click()
        expect(parts).to_have_text(names)


def test_a_month_is_walked_with_keys_alone(phone, api):
    at = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    [id] = lived(api("ruth"), item("free", {"free-01": {"text": "Quinces, a bowl of them."}}, at))
    sign_in(phone, "ruth")
    here_too(phone, id)
    phone.goto("/month/2026-10-31")
    expect(phone.get_by_role("grid", name="October 2026")).to_be_visible()
    keys = phone.keyboard
    reach(phone, "button.date")
    on = phone.locator("button.date:focus")
    expect(on).to_have_attribute("data-date", "2026-10-31")
    for key, date in (
        ("ArrowRight", "2026-11-01"),
        ("ArrowDown", "2026-11-08"),
        ("End", "2026-11-08"),
        ("ArrowDown", "2026-11-15"),
        ("Home", "2026-11-09"),
        ("PageDown", "2026-12-09"),
        ("PageUp", "2026-11-09"),
        ("ArrowDown", "2026-11-16"),
        ("ArrowRight", "2026-11-17"),
        ("ArrowRight", "2026-11-18"),
    ):
        keys.press(key)
        expect(on).to_have_attribute("data-date", date)
    expect(phone.get_by_role("grid", name="November 2026")).to_be_visible()
    expect(on).to_have_accessible_name("Wednesday 18 November, something written")
    keys.press("Enter")
    expect(phone.get_by_role("heading", level=2)).to_have_text("Wednesday 18 November")
    expect(phone.get_by_role("main").get_by_text("Quinces, a bowl of them.")).to_be_visible()
    assert phone.url.endswith("/month/2026-11-18")
    assert look_at(phone) == []
    phone.reload()
    expect(phone.get_by_text("Quinces, a bowl of them.")).to_be_visible()
    tab_to(phone, "18")  # the one day that Tab leads to


def test_the_days_of_sessions_are_marked_in_the_month(phone, api):
    dose = dose_of(api("hannah"))
    date = dose["started_at"][:10]
    sign_in(phone, "hannah")
    phone.goto(f"/month/{date[:7]}")
    day = phone.locator(f"button[data-date='{date}']")
    expect(day).to_have_accessible_name(re.compile(f", session {dose['number']}", re.IGNORECASE))
    day.tap()
    mark = phone.get_by_role("link", name=re.compile(f"^Session {dose['number']}, "))
    expect(mark).to_have_attribute("href", f"/session/{dose['id']}")


def test_what_is_remembered_later_says_so_and_when_it_was_written_down(phone, api):
    sign_in(phone, "desmond")
    phone.goto("/write")
    write(phone, "The ferry, years of it.")
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text="The ferry, years of it.")
    expect(row).to_contain_text("Saved")
    expect(row).not_to_contain_text("Remembered later")
    row.get_by_role("link").click()
    phone.get_by_role("link", name="It was at another time").click()
    phone.get_by_label("Day").fill("2099-01-01")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_role("alert")).to_have_text("That time is still to come.")
    phone.get_by_label("Day").fill("2026-11-02")
    phone.get_by_label("Time").fill("21:15")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Monday 2 November, 21:15")
    expect(phone.get_by_text("Remembered later. Written down ")).to_be_visible()
    phone.goto("/journal")
    expect(row).to_contain_text("21:15 · Remembered later · Saved")
    [kept] = entries_with(api("desmond"), "The ferry, years of it.")
    assert kept["occurred_at"].startswith("2026-11-02T21:15")
    assert not kept["created_at"].startswith("2026-11-02")


@OFFLINE
def test_something_is_added_under_the_first_words_which_stay(phone, api):
    device = api("desmond")
    at = datetime.now(UTC) - timedelta(days=3)
    [id] = lived(device, item("free", {"free-01": {"text": "A door, half open."}}, at))
    sign_in(phone, "desmond")
    here_too(phone, id)
    ready_for_offline(phone)
    with offline(phone):
        phone.goto(f"/entry/{id}")
        phone.get_by_role("link", name="Add something").click()
        expect(phone.get_by_role("textbox")).to_be_visible()
        phone.get_by_role("button", name="Not now").click()  # and nothing is made of it
        expect(phone.get_by_text("Added ")).to_have_count(0)
        phone.get_by_role("link", name="Add something").click()
        write(phone, "It was the kitchen door.")
        phone.get_by_role("button", name="Done", exact=True).click()
        added = phone.locator("section.added")
        expect(added.get_by_role("heading")).to_contain_text("Added ")
        expect(added).to_contain_text("It was the kitchen door.")
        expect(phone.get_by_text("A door, half open.")).to_be_visible()
        assert look_at(phone) == []
        added.get_by_role("link").click()
        phone.get_by_role("link", name="Change it").click()
        phone.get_by_role("textbox").press("End")
        phone.get_by_role("textbox").press_sequentially(" Green.")
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.get_by_role("link", name="Added to this").click()
        expect(added).to_contain_text("It was the kitchen door. Green.")
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text="It was the kitchen door.")
    expect(row).to_contain_text("Saved")
    [first] = entries_with(device, "A door, half open.")
    [later] = entries_with(device, "It was the kitchen door. Green.")
    assert first["answers"] == {"free-01": {"text": "A door, half open."}}
    assert later["answers"]["addition-01"]["entries"] == [id]
    assert len([one for one in entries(device) if one["guide"] == "addition"]) == 1


def test_something_from_before_comes_only_when_asked_for(phone, api):
    device = api("kasia")
    old = datetime.now(UTC) - timedelta(days=30)
    hard = {"refl-01": {"text": "HARD words"}, "refl-05": {"choice": "yes-just-note-it"}}
    lived(
        device,
        item("concern", {"concern-01": {"text": "CARE words"}}, old),
        item("refl", hard, old),
    )
    sign_in(phone, "kasia")
    phone.goto("/journal")
    phone.get_by_role("link", name="Show me something from before").click()
    one = phone.get_by_role("article")
    expect(one).to_be_visible()
    shown = set()
    for _ in range(20):
        expect(one).not_to_contain_text(re.compile("CARE|HARD"))
        shown.add(one.inner_text())
        phone.get_by_role("button", name="Another one").click()
    assert len(shown) > 1
    assert look_at(phone) == []
    one.get_by_role("link", name="Open it").click()
    expect(phone.get_by_role("link", name="Hand over")).to_be_visible()


def test_nothing_from_before_is_shown_in_the_calm_hours(phone):
    sign_in(phone, "maya")
    open_at(phone, "/journal", "Your journal")
    expect(phone.locator("a[href^='/entry/']").first).to_be_visible()
    expect(phone.get_by_role("link", name="Show me something")).to_have_count(0)
    open_at(phone, "/before", "From before")
    expect(phone.get_by_text("This can wait until tomorrow.")).to_be_visible()
    expect(phone.get_by_role("article")).to_have_count(0)


def test_a_long_journal_opens_at_its_latest_days_and_goes_on_to_the_first(phone, api):
    start = datetime(2024, 1, 1, 8, tzinfo=UTC)
    items = [
        item("free", {"free-01": {"text": f"Long {number}. {'word ' * 60}"}}, start + gap)
        for number, gap in ((n, timedelta(hours=5 * n)) for n in range(MANY))
    ]
    lived(api("leo"), *items)
    sign_in(phone, "leo")
    phone.goto("/journal")
    rows = phone.locator("a[href^='/entry/']")
    expect(rows.first).to_be_visible()
    until_first = f"a[href='/entry/{items[0]['id']}']"
    phone.wait_for_load_state("networkidle")
    assert rows.count() < 120  # the rest is not in the page before somebody scrolls to it
    for _ in range(MANY // 20):
        if phone.locator(until_first).count():
            break
        phone.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
        phone.wait_for_timeout(30)
    expect(phone.locator(until_first)).to_be_visible()
