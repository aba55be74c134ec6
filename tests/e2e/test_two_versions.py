"""One entry, two texts: put together, kept both, or one of them chosen. Never a second entry."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import SAVED, entries, offline, ready_for_offline, sign_in, state
from tests.e2e.plans import here_too, written

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
TWO = "There are two versions of this."


def changed_elsewhere(device, entry: str, answers: dict) -> None:
    """Another device puts its own text on the head."""
    now = device.get(f"/api/entries/{entry}").json()
    body = {key: now[key] for key in ("guide", "edition", "occurred_at", "zone")}
    body |= {"revision": now["revision"][:-4] + "aaaa", "answers": answers}
    saved = device.put(
        f"/api/entries/{entry}", data=body, headers={"If-Match": f'"{now["revision"]}"'}
    )
    assert saved.ok, saved.text()


def torn(page: Page, device, entry: str, item: str, words: str, elsewhere: dict) -> None:
    """Change an answer here without a network, and the entry elsewhere; both are then known."""
    with offline(page):
        page.goto(f"/entry/{entry}/edit?at={item}")
        page.get_by_role("textbox").first.fill(words)
        expect(state(page)).to_contain_text("On this phone.")
        page.goto(f"/entry/{entry}")
        expect(page.get_by_text(words)).to_be_visible()
        changed_elsewhere(device, entry, elsewhere)
    expect(page.get_by_text(TWO)).to_be_visible()


def only(device, entry: str, guide: str) -> dict:
    """The entry as the server has it, the only one of those begun in this test."""
    [found] = [one for one in entries(device) if one["id"] == entry and one["guide"] == guide]
    assert found["conflicts"] == []
    return found["answers"]


@OFFLINE
def test_different_answers_are_put_together(phone, api):
    device = api("owen")
    base = {"refl-01": {"text": "Flour on the step."}, "refl-02": {"text": "Warm."}}
    entry = written(device, "refl", base)
    sign_in(phone, "owen")
    ready_for_offline(phone)
    here_too(phone, entry)
    torn(
        phone,
        device,
        entry,
        "refl-02",
        "Warm, then cold.",
        base | {"refl-04": {"text": "My hands."}},
    )
    expect(phone.get_by_text("They differ in different answers.")).to_be_visible()
    phone.goto("/journal")
    row = phone.get_by_role("main").get_by_role("listitem").filter(has_text="Flour on the step.")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Two versions")
    phone.get_by_role("link", name="See both").click()
    phone.get_by_role("button", name="Put them together").click()
    expect(phone.get_by_text(TWO)).to_have_count(0)
    expect(state(phone)).to_contain_text(SAVED)
    assert only(device, entry, "refl") == {
        "refl-01": {"text": "Flour on the step."},
        "refl-02": {"text": "Warm, then cold."},
        "refl-04": {"text": "My hands."},
    }


@OFFLINE
def test_both_are_kept_in_one(phone, api):
    device = api("owen")
    entry = written(device, "free", {"free-01": {"text": "Sea."}})
    sign_in(phone, "owen")
    ready_for_offline(phone)
    here_too(phone, entry)
    torn(
        phone, device, entry, "free-01", "Sea, and gulls.", {"free-01": {"text": "Sea, and rain."}}
    )
    expect(phone.get_by_role("button", name="Put them together")).to_have_count(0)
    phone.get_by_role("button", name="Keep both in one").click()
    expect(phone.get_by_text(TWO)).to_have_count(0)
    expect(state(phone)).to_contain_text(SAVED)
    text = only(device, entry, "free")["free-01"]["text"]
    assert sorted(text.split("\n\n")) == ["Sea, and gulls.", "Sea, and rain."]
    phone.goto("/journal")
    rows = phone.get_by_role("main").get_by_role("listitem").filter(has_text="Sea, and")
    expect(rows).to_have_count(1)


def test_a_stale_editor_does_not_overwrite_a_newer_text(phone, api):
    """The editor stood open while another device wrote: both texts are there in the end."""
    device = api("owen")
    entry = written(device, "free", {"free-01": {"text": "Harbour."}})
    sign_in(phone, "owen")
    here_too(phone, entry)
    phone.goto(f"/entry/{entry}/edit")
    expect(phone.get_by_role("textbox")).to_have_value("Harbour.")
    changed_elsewhere(device, entry, {"free-01": {"text": "Harbour, from the laptop."}})
    phone.get_by_role("textbox").fill("Harbour, from the phone.")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_text(TWO)).to_be_visible()
    expect(phone.get_by_text("Harbour, from the laptop.")).to_be_visible()
    expect(phone.get_by_text("Harbour, from the phone.")).to_be_visible()
