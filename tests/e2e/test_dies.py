"""What dies while somebody writes: the tab, the server, the page that had begun to send."""

import random
import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.engine import SEED, Device, lay_beside
from tests.e2e.people import (
    entries,
    entries_with,
    kept,
    offline,
    ready_for_offline,
    revisions,
    sign_in,
    state,
    write,
)

DYING = pytest.mark.console_errors("ERR_", "Failed to load resource")


@pytest.mark.parametrize("way", ["closed", "crashed"])
def test_a_tab_that_dies_mid_word_has_all_but_the_last_moment(phone, way):
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    phone.goto("/write")
    before, last = f"Then it {way}, and this was there alre", "ady"
    write(phone, before)
    phone.wait_for_timeout(600)  # 300 ms after a pause it is kept, with room for a busy machine
    phone.get_by_role("textbox").press_sequentially(last)
    if way == "closed":
        phone.close()
    else:
        _crash(phone)
    again = phone.context.new_page()
    again.goto("/journal")
    row = again.get_by_role("main").get_by_role("listitem").filter(has_text=before)
    expect(row).to_have_count(1)
    words = row.locator("p").first.inner_text()
    assert (before + last).startswith(words)


def _crash(page: Page) -> None:
    """End the tab's process; nothing in the page is told before."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


@DYING
def test_a_server_killed_while_it_saves(open_page, api, live, engine):
    lay_beside(engine, live)
    dice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    app = open_page(PHONE)
    sign_in(app, "owen")
    device = Device(app.context)
    app.close()
    texts: dict[str, str] = {}
    for round_ in range(4):
        words = [{"free-01": f"r{round_}n{n}"} for n in range(60)]
        texts |= zip(device.begin("free", words), (one["free-01"] for one in words), strict=True)
        device.do("journal.go()")
        time.sleep(dice.random() * 0.3)
        live.kill()
        live.start()
    while device.sync() != "done":
        time.sleep(0.2)
    device.until_sent()
    there = {one["id"]: one for one in entries(api("owen")) if one["id"] in texts}
    assert {id: one["answers"]["free-01"]["text"] for id, one in there.items()} == texts
    server = api("owen")
    for id in dice.sample(list(texts), 40):
        assert len(revisions(server, id)) == 1


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_the_worker_sends_when_the_page_is_closed(open_page, api, live, engine):
    """What the browser does by itself when the network is back, done by hand."""
    lay_beside(engine, live)
    app = open_page(PHONE)
    sign_in(app, "leo")
    ready_for_offline(app)
    beside = Device(app.context).page  # a page of this origin that sends nothing by itself
    with offline(app):
        app.goto("/write")
        write(app, "Sent by nobody.")
        app.get_by_role("button", name="Done", exact=True).click()
        expect(app.get_by_text("Sent by nobody.")).to_be_visible()
        app.close()
    workers = beside.context.new_cdp_session(beside)
    found: list[dict] = []
    workers.on(
        "ServiceWorker.workerRegistrationUpdated", lambda e: found.extend(e["registrations"])
    )
    workers.send("ServiceWorker.enable")
    deadline = time.monotonic() + 20
    while not found and time.monotonic() < deadline:
        beside.wait_for_timeout(50)
    [registration] = {one["registrationId"] for one in found if not one["isDeleted"]}
    event = {"origin": live.url, "registrationId": registration}
    workers.send(
        "ServiceWorker.dispatchSyncEvent", event | {"tag": "journal-outbox", "lastChance": False}
    )
    device = api("leo")
    deadline = time.monotonic() + 20
    while not entries_with(device, "Sent by nobody.") and time.monotonic() < deadline:
        beside.wait_for_timeout(100)
    assert len(entries_with(device, "Sent by nobody.")) == 1


def test_a_newer_version_waits_until_it_is_asked_for(phone, api, live):
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    phone.goto("/write")
    phone.evaluate("() => { window.sameLife = true }")
    write(phone, "Half a sen")
    _deploy(live)
    phone.evaluate(
        "async () => { await (await navigator.serviceWorker.getRegistration()).update() }"
    )
    bar = phone.get_by_role("button", name="Use it now")
    expect(bar).to_be_visible()
    phone.get_by_role("textbox").press_sequentially("tence, and the other half")
    kept(phone)
    assert phone.evaluate("() => window.sameLife")
    phone.get_by_role("textbox").press_sequentially(". Then this.")
    bar.click()
    phone.wait_for_function("() => !window.sameLife")
    place = phone.get_by_role("textbox")
    expect(place).to_have_value("Half a sentence, and the other half. Then this.")
    expect(bar).to_have_count(0)
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(state(phone)).to_contain_text(re.compile(r"Saved \d"))
    assert len(entries_with(api("hannah"), "and the other half. Then this.")) == 1


def _deploy(live) -> None:
    """Put a newer worker on the server."""
    worker = live.folder / "static" / "sw.js"
    worker.write_text(worker.read_text() + "\n// newer\n")
    for twin in (".br", ".gz"):
        worker.with_name(worker.name + twin).unlink()
