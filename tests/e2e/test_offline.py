"""A phone without a network, or without a server: written on, kept, sent once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import (
    ON_THIS_PHONE,
    SAVED,
    entries_with,
    kept,
    offline,
    ready_for_offline,
    revisions,
    show_who,
    sign_in,
    state,
    stored,
    write,
)

WAITS = "On this phone. It is sent when you are online. Only you can read this."
NO_NETWORK = "No network. What you write stays on this phone."


def once(api, who: str, words: str) -> None:
    """The server has these words in one entry, once."""
    device = api(who)
    [entry] = entries_with(device, words)
    assert [words in str(one["answers"]) for one in revisions(device, entry["id"])] == [True]


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_written_without_a_network_and_sent_once(phone, api):
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    with offline(phone):
        phone.reload()
        expect(phone.get_by_text(NO_NETWORK)).to_be_visible()
        expect(phone.get_by_role("heading", name=re.compile("Hannah"))).to_be_visible()

        phone.goto("/write")
        write(phone, "Lids on the windowsill, ")
        expect(state(phone)).to_contain_text(WAITS)
        phone.reload()
        place = phone.get_by_role("textbox")
        expect(place).to_have_value("Lids on the windowsill, ")
        id = phone.url.split("/")[-2]
        place.press("End")
        place.press_sequentially("green ones.")
        phone.get_by_role("button", name="Done", exact=True).click()

        expect(phone.get_by_role("link", name="Hand over")).to_be_visible()
        phone.goto("/capture")
        phone.get_by_role("button", name="Write").click()
        write(phone, "chalk on my sleeve")
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.get_by_role("link", name="To your journal").click()
        rows = phone.get_by_role("main").get_by_role("listitem")
        expect(rows.filter(has_text="green ones.")).to_contain_text("On this phone")
        expect(rows.filter(has_text="chalk on my sleeve")).to_contain_text("On this phone")
        assert entries_with(api("hannah"), "windowsill") == []

        there = stored(phone)
        assert id in there["text"]  # it is there, and is not legible
        assert not [one for one in ("windowsill", "green ones", "chalk on") if one in there["text"]]
    expect(rows.filter(has_text="green ones.")).to_contain_text("Saved")
    expect(rows.filter(has_text="chalk on my sleeve")).to_contain_text("Saved")
    expect(phone.get_by_text(NO_NETWORK)).to_have_count(0)
    once(api, "hannah", "Lids on the windowsill, green ones.")
    once(api, "hannah", "chalk on my sleeve")


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_a_reflection_and_the_skills_without_a_network(phone, api):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    with offline(phone):
        phone.goto("/guide/refl")
        write(phone, "Sat on the crate again.")
        phone.get_by_role("button", name="Next").click()
        phone.get_by_role("button", name="Done for now").click()
        expect(phone.get_by_role("heading", name="You stopped here")).to_be_visible()
        phone.get_by_role("link", name="Skills").click()
        expect(phone.get_by_role("heading", name="Skills to try")).to_be_visible()
        phone.get_by_role("link", name="Sharing").click()
        expect(phone.get_by_text("Can read nothing of yours.")).to_be_visible()
    phone.get_by_role("link", name="Journal").click()
    row = phone.get_by_role("listitem").filter(has_text="Sat on the crate again.")
    expect(row).to_contain_text("Not finished · Saved")
    once(api, "kasia", "Sat on the crate again.")


@pytest.mark.console_errors("ERR_", "Failed to load resource")
def test_a_server_that_dies_while_somebody_writes(phone, api, live):
    sign_in(phone, "owen")
    ready_for_offline(phone)
    phone.goto("/write")
    write(phone, "Before the oven, ")
    live.kill()
    try:
        phone.get_by_role("textbox").press_sequentially("and after it.")
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.get_by_role("link", name="Journal").click()
        row = phone.get_by_role("listitem").filter(has_text="and after it.")
        expect(row).to_contain_text("On this phone")
        phone.reload()
        expect(row).to_contain_text("On this phone")
    finally:
        live.start()
    expect(row).to_contain_text("Saved", timeout=45_000)
    once(api, "owen", "Before the oven, and after it.")


@pytest.mark.console_errors("status of 401")
def test_signed_out_elsewhere_is_a_bar_and_not_a_wall(phone, api):
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    phone.goto("/write")
    write(phone, "Blackberries, ")
    kept(phone)
    assert api("ruth").delete("/api/sessions").status == 204
    phone.get_by_role("textbox").press_sequentially("the last of them.")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_text("Signed out. Writing still works.")).to_be_visible()

    phone.goto("/write")
    write(phone, "Still writing.")
    expect(state(phone)).to_contain_text("On this phone. It is sent when you sign in.")
    phone.get_by_role("button", name="Done", exact=True).click()
    assert entries_with(api("ruth"), "the last of them") == []

    phone.get_by_role("link", name="Sign in").click()
    expect(phone.get_by_text("What you wrote is still on this phone.")).to_be_visible()
    phone.evaluate("globalThis.same = true")
    show_who(phone, "ruth@example.org")
    phone.get_by_role("link", name="Journal").click()
    assert phone.evaluate("globalThis.same")  # what a full phone could not store is not thrown away
    row = phone.get_by_role("listitem").filter(has_text="Blackberries, the last of them.")
    expect(row).to_contain_text("Saved")
    once(api, "ruth", "Blackberries, the last of them.")
    once(api, "ruth", "Still writing.")


@pytest.mark.console_errors("status of 401")
def test_another_person_on_the_same_phone_sees_and_sends_none_of_it(phone, api):
    sign_in(phone, "leo")
    ready_for_offline(phone)
    assert api("leo").delete("/api/sessions").status == 204
    phone.goto("/write")
    write(phone, "Second desk, nobody heard.")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_text("Signed out. Writing still works.")).to_be_visible()
    expect(phone.get_by_role("heading", name=re.compile("Leo"))).to_be_visible()

    sign_in(phone, "desmond")
    phone.get_by_role("link", name="Journal").click()
    expect(phone.get_by_text("Over and back. Kettle on.")).to_be_visible()
    expect(phone.get_by_text("Second desk")).to_have_count(0)
    phone.goto("/write")
    write(phone, "Kettle off.")
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.get_by_role("link", name="Journal").click()
    expect(phone.get_by_role("listitem").filter(has_text="Kettle off.")).to_contain_text("Saved")
    assert entries_with(api("desmond"), "Second desk") == []
    assert entries_with(api("leo"), "Second desk") == []

    sign_in(phone, "leo")
    phone.get_by_role("link", name="Journal").click()
    row = phone.get_by_role("listitem").filter(has_text="Second desk, nobody heard.")
    expect(row).to_contain_text("Saved")
    expect(phone.get_by_text("Kettle off.")).to_have_count(0)
    once(api, "leo", "Second desk, nobody heard.")
    assert entries_with(api("leo"), "Kettle off.") == []


def edited_offline(page: Page, entry: str, words: str) -> None:
    """Change an entry while the phone has no network."""
    page.context.set_offline(True)
    page.goto(f"/entry/{entry}/edit")
    page.get_by_role("textbox").fill(words)
    page.get_by_role("button", name="Done", exact=True).click()
    expect(state(page)).to_contain_text(ON_THIS_PHONE)


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "status of 409")
def test_two_devices_change_one_entry(phone, desk, api):
    device = api("kasia")
    [entry] = entries_with(device, "Trued four wheels.")
    for page in (phone, desk):
        sign_in(page, "kasia")
        ready_for_offline(page)
    edited_offline(phone, entry["id"], "Trued four wheels, says the phone.")
    edited_offline(desk, entry["id"], "Trued four wheels, says the laptop.")
    phone.context.set_offline(False)
    expect(state(phone)).to_contain_text(SAVED)
    desk.context.set_offline(False)
    expect(desk.get_by_text("There are two versions of this.")).to_be_visible()
    expect(desk.get_by_text("says the phone.")).to_be_visible()
    expect(desk.get_by_text("says the laptop.")).to_be_visible()
    assert len(entries_with(device, "Trued four wheels")) == 1

    desk.get_by_role("link", name="Journal").first.click()
    desk.get_by_role("link", name="See both").click()
    mine = desk.locator("section").filter(has_text="says the laptop.")
    mine.get_by_role("button", name="Keep this one").click()
    expect(desk.get_by_text("There are two versions of this.")).to_have_count(0)
    expect(state(desk)).to_contain_text(SAVED)
    [now] = entries_with(device, "Trued four wheels")
    assert now["answers"]["free-01"]["text"] == "Trued four wheels, says the laptop."
    assert now["conflicts"] == []
    desk.get_by_role("link", name="Earlier versions").click()
    expect(desk.get_by_text("says the phone.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("says the laptop.")).to_be_visible()


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_two_tabs_of_one_phone_lose_neither_text(phone, api):
    device = api("hannah")
    [entry] = entries_with(device, "Shoulders up round my ears by lunch.")
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    other = phone.context.new_page()
    texts = {phone: "Shoulders, says the first tab.", other: "Shoulders, says the second tab."}
    with offline(phone):
        for tab in texts:
            tab.goto(f"/entry/{entry['id']}/edit")
            expect(tab.get_by_role("textbox")).to_have_value(re.compile("^Shoulders up"))
        for tab, words in texts.items():
            tab.bring_to_front()
            tab.get_by_role("textbox").fill(words)
            tab.get_by_role("button", name="Done", exact=True).click()
            expect(tab.get_by_role("textbox")).to_have_count(0)
    expect(state(other)).to_contain_text(SAVED)
    assert len(entries_with(device, "Shoulders, says the")) == 1
    kept = [one["answers"]["free-01"]["text"] for one in revisions(device, entry["id"])]
    assert set(texts.values()) <= set(kept)
