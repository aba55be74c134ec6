"""A new version: never under somebody's fingers, and nothing of the old one's words lost."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.people import (
    ON_THIS_PHONE,
    entries_with,
    offline,
    ready_for_offline,
    sign_in,
    state,
    worker_at_the_door,
    write,
)
from tests.e2e.versions import (
    IS_NEXT,
    bring_out_the_next,
    free_texts,
    look_for_the_next,
    until,
    written_by_the_first_edition,
)

LONG = bool(os.environ.get("JOURNAL_LONG"))
UNSENT = 500 if LONG else 45

READY = "A newer version is ready."
TOO_OLD = "Sending needs the newer version. Your words wait on this phone."
CUT = pytest.mark.console_errors("ERR_", "Failed to load resource", "Failed to fetch")


def counted(page: Page) -> list[str]:
    """The loads of this page from now on."""
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    return loads


def waiting_for(page: Page, words: str) -> None:
    """Write a page without a network, done: it is in the outbox."""
    page.goto("/write")
    write(page, words)
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_role("heading", name="Kasia")).to_be_visible()


@CUT
def test_the_next_version_is_taken_with_one_tap_and_everything_is_sent_once(phone, api, live):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    other = phone.context.new_page()
    with offline(phone):
        for number in range(3):
            waiting_for(phone, f"Outbox {number}, under the old one.")
        other.goto("/write")
        write(other, "Draft in the other tab")
        phone.goto("/write")
        write(phone, "Draft in this tab")
        expect(state(phone)).to_contain_text(ON_THIS_PHONE)

    bring_out_the_next(live)
    phone.bring_to_front()
    loads = {tab: counted(tab) for tab in (phone, other)}
    look_for_the_next(phone)
    bar = phone.get_by_role("status").filter(has_text=READY)
    expect(bar).to_be_visible()
    write(phone, ", and more")
    phone.get_by_role("textbox").press_sequentially(" of it")
    assert loads[phone] == []  # nothing happens while somebody writes
    phone.get_by_role("button", name="Use it now").click()

    for tab, words in ((phone, "Draft in this tab, and more of it"), (other, "Draft in the other")):
        tab.wait_for_function(IS_NEXT)
        tab.wait_for_load_state("networkidle")
        expect(tab.get_by_role("textbox")).to_have_value(re.compile(f"^{words}"))
        expect(tab.get_by_text(READY)).to_have_count(0)
    assert [len(seen) for seen in loads.values()] == [1, 1]
    for words in [f"Outbox {number}, under" for number in range(3)] + [
        "Draft in this",
        "in the other",
    ]:
        until(lambda words=words: len(entries_with(api("kasia"), words)) == 1)


def test_in_the_calm_hours_the_next_version_waits(open_page, live):
    phone = open_page(PHONE)
    sign_in(phone, "maya")
    worker_at_the_door(phone)
    bring_out_the_next(live)
    look_for_the_next(phone)
    phone.wait_for_function(
        "() => navigator.serviceWorker.ready.then((one) => one.waiting !== null)"
    )
    expect(phone.get_by_role("button", name="Leave the calm screen")).to_be_visible()
    expect(phone.get_by_text(READY)).to_have_count(0)
    phone.get_by_role("button", name="Leave the calm screen").click()
    expect(phone.get_by_text(READY)).to_be_visible()


def test_what_the_first_edition_left_on_the_phone_is_sent_once(phone, api, live):
    """The store of the first edition, full of unsent entries, under the app of today."""
    device = api("owen")
    before = free_texts(device)
    texts = [f"Unsent {number} from the first edition." for number in range(UNSENT)]
    written_by_the_first_edition(phone, live, "owen", texts)
    phone.goto("/journal")
    expect(phone.get_by_role("heading", name="Your journal")).to_be_visible()
    until(lambda: len(free_texts(device)) >= len(before) + UNSENT)
    assert free_texts(device) == sorted(before + texts)
    rows = phone.get_by_role("listitem").filter(has_text="from the first edition.")
    expect(rows.filter(has_text="Saved")).not_to_have_count(0)
    expect(rows.filter(has_text="On this phone")).to_have_count(0)
    phone.goto("/skills")  # preferences came along too
    expect(phone.get_by_role("heading", name="Skills to try")).to_be_visible()


@pytest.mark.console_errors("status of 426", "ERR_", "Failed to load resource")
def test_an_app_that_is_too_old_keeps_its_words_and_says_so(phone, api, live):
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    settings = live.env_file.read_text()
    live.kill()
    live.env_file.write_text(f"{settings}JOURNAL_MINIMUM_APP=99\n")
    live.start()
    try:
        phone.goto("/write")
        write(phone, "Plums, before the frost.")
        phone.get_by_role("button", name="Done", exact=True).click()
        expect(phone.get_by_text(TOO_OLD)).to_be_visible()
        phone.get_by_role("link", name="Journal").click()
        row = phone.get_by_role("listitem").filter(has_text="Plums, before the frost.")
        expect(row).to_contain_text("On this phone")
        expect(row).not_to_contain_text("not taken")
        assert entries_with(api("ruth"), "Plums") == []
    finally:
        live.kill()
        live.env_file.write_text(settings)
        live.start()
    phone.get_by_role("button", name="Use it now").click()
    expect(row).to_contain_text("Saved")
    expect(phone.get_by_text(TOO_OLD)).to_have_count(0)
    assert len(entries_with(api("ruth"), "Plums")) == 1
