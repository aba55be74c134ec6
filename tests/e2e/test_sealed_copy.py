"""What is on this phone alone: shown quietly, and saved to a sealed file that comes back once."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import PHONE
from tests.e2e.engine import Device, lay_beside
from tests.e2e.people import entries_with, offline, ready_for_offline, revisions, sign_in, write
from tests.e2e.plans import open_at

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "status of 4")
ALONE = "1 entry on this phone alone."


def written_offline(page: Page, words: str) -> None:
    page.goto("/write")
    write(page, words)
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url("**/")


def saved_copy(page: Page, folder: Path) -> tuple[Path, str]:
    """Save a copy with the words made here; return the file and the words."""
    open_at(page, "/copy", "A sealed copy")
    words = page.get_by_text("Other words").locator("xpath=preceding-sibling::p").inner_text()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save the copy").click()
    expect(page.get_by_text("The copy is made.")).to_be_visible()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file, words


def opened(page: Page, file: Path, words: str) -> None:
    open_at(page, "/copy", "A sealed copy")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("Its pass words").fill(words)
    page.get_by_role("button", name="Open it").click()


@OFFLINE
def test_a_copy_comes_back_on_another_phone_and_nothing_doubles(open_page, api, tmp_path):
    phone = open_page(PHONE)
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    with offline(phone):
        written_offline(phone, "Plums in the gutter.")
        phone.goto("/journal")
        expect(phone.get_by_text(ALONE)).to_be_visible()
        phone.get_by_role("link", name="See", exact=True).click()
        expect(phone.get_by_role("heading", name="On this phone alone")).to_be_visible()
        expect(phone.get_by_text("Plums in the gutter.")).to_be_visible()
        phone.get_by_role("link", name="Save or open a sealed copy").click()
        file, words = saved_copy(phone, tmp_path)
        assert len(words.split()) == 8
        text = file.read_text()
        assert "Plums" not in text
        assert json.loads(text)["kdf"]["iterations"] >= 600_000
        assert file.name.startswith("copy-")

        other = open_page(PHONE)
        sign_in(other, "hannah")
        opened(other, file, "some other words entirely")
        expect(other.get_by_text("These words do not open it.")).to_be_visible()
        opened(other, file, words)
        expect(other.get_by_text("1 entry came back.")).to_be_visible()
        other.goto("/journal")
        row = other.get_by_role("main").get_by_role("listitem").filter(has_text="Plums")
        expect(row).to_contain_text("Saved")
    phone.goto("/journal")
    row = phone.get_by_role("main").get_by_role("listitem").filter(has_text="Plums")
    expect(row).to_contain_text("Saved")
    expect(row).to_have_count(1)
    expect(phone.get_by_text(ALONE)).to_have_count(0)
    device = api("hannah")
    [entry] = entries_with(device, "Plums in the gutter.")
    assert len(revisions(device, entry["id"])) == 1


@OFFLINE
def test_a_copy_belongs_to_its_writer(open_page, api, tmp_path):
    phone = open_page(PHONE)
    sign_in(phone, "leo")
    ready_for_offline(phone)
    with offline(phone):
        written_offline(phone, "Nobody else's.")
        phone.goto("/copy")
        phone.get_by_label("Words of my own").check()
        phone.get_by_label("Your own pass words").fill("too short")
        phone.get_by_role("button", name="Save the copy").click()
        expect(phone.get_by_text("These are fewer than 15 letters.")).to_be_visible()
        phone.get_by_label("Your own pass words").fill("a sentence of my own")
        with phone.expect_download() as coming:
            phone.get_by_role("button", name="Save the copy").click()
        file = tmp_path / "copy.json"
        coming.value.save_as(file)
        stranger = open_page(PHONE)
        sign_in(stranger, "owen")
        opened(stranger, file, "a sentence of my own")
        expect(stranger.get_by_text("This copy belongs to another journal.")).to_be_visible()
        assert entries_with(api("owen"), "Nobody else's.") == []


@OFFLINE
def test_what_the_server_does_not_take_can_be_dealt_with(phone, engine, live):
    """An entry and a wish, both refused: each is shown, with a plain way on."""
    lay_beside(engine, live)
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    phone.context.route("**/api/sync", refuse_all)
    phone.context.route("**/api/grants/*/withdraw", lambda route: route.fulfill(status=422))
    written_offline(phone, "Not taken.")
    phone.goto("/waiting")
    row = phone.get_by_role("main").get_by_role("listitem").filter(has_text="Not taken.")
    expect(row).to_contain_text("The server did not take this one.")
    wish = "journal.wishes.intend('withdraw', {target: given[0]})"
    Device(phone.context).do(wish, "00000000-0000-7000-8000-000000000000")
    expect(phone.get_by_text("To stop sharing with a therapist")).to_be_visible()
    expect(phone.get_by_text("Nothing has changed for these yet.")).to_be_visible()
    phone.get_by_role("button", name="Let it go").click()
    expect(phone.get_by_text("To stop sharing with a therapist")).to_have_count(0)

    phone.context.unroute("**/api/sync")
    row.get_by_role("link").click()
    phone.get_by_role("button", name="Send it again").click()
    expect(phone.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    phone.goto("/waiting")
    expect(phone.get_by_text("Nothing waits here.")).to_be_visible()


def refuse_all(route: Route) -> None:
    """The server's answer to a batch of which it takes nothing."""
    no = {"status": 422, "problem": {"type": "about:blank", "title": "No", "status": 422}}
    items = route.request.post_data_json["items"]
    results = [{"id": one["id"], "revision": one["revision"]} | no for one in items]
    route.fulfill(json={"results": results})


@OFFLINE
def test_no_counter_in_the_calm_hours(phone):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    with offline(phone):
        written_offline(phone, "Slow rain.")
        phone.goto("/journal")
        expect(phone.get_by_text("on this phone alone.")).to_be_visible()
        phone.goto("/look")
        phone.get_by_label("Calm: dim, with larger words").check()
        phone.get_by_role("link", name="Journal").click()
        row = phone.get_by_role("main").get_by_role("listitem").filter(has_text="Slow rain.")
        expect(row).to_contain_text("On this phone")
        phone.wait_for_timeout(3_500)  # when it would have come
        expect(phone.get_by_text("on this phone alone.")).to_have_count(0)
