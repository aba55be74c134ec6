"""On the home screen, room on the phone, and what is said when there is none."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.people import entries_with, ready_for_offline, sign_in, state, write_freely
from tests.e2e.test_accessibility import look_at

TELLING = re.compile(
    r"ketamin|therap|clinic|dose|dosing|session|mental|health|patient|depress", re.I
)
OFFER = "Would you like this on your home screen?"
FULL = "This phone has no room left."
LITTLE = "This phone has little room left."

# What a browser that can install says, early and once.
PROMPT = """() => {
  const event = new Event('beforeinstallprompt', { cancelable: true });
  window.asked = 0;
  event.prompt = async () => { window.asked += 1; return { outcome: 'accepted' }; };
  window.dispatchEvent(event);
  return event.defaultPrevented;
}"""

SHIFTS = """() => new Promise((resolve) => {
  const found = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) found.push(each.value);
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(found.reduce((sum, one) => sum + one, 0)), 300);
})"""


def devtools(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def size_of(png: bytes) -> str:
    """What the head of a PNG says."""
    assert png.startswith(b"\x89PNG")
    return f"{int.from_bytes(png[16:20])}x{int.from_bytes(png[20:24])}"


def test_a_browser_finds_all_it_needs_to_install(phone):
    phone.goto("/")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    browser = devtools(phone)
    assert browser.send("Page.getAppManifest")["errors"] == []
    found = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A profile that leaves nothing behind installs nothing.
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []


def test_the_manifest_is_whole_and_says_nothing_of_what_it_is_for(phone):
    answer = phone.request.get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest: dict[str, Any] = answer.json()
    assert not TELLING.search(json.dumps(manifest))
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        got = phone.request.get(picture["src"])
        assert got.ok
        if picture["type"] == "image/png":
            assert size_of(got.body()) == picture["sizes"]
    assert {one["form_factor"] for one in manifest["screenshots"]} == {"narrow", "wide"}
    assert [one["url"] for one in manifest["shortcuts"]] == ["/capture", "/check-in", "/help"]
    assert size_of(phone.request.get("/icon-180.png").body()) == "180x180"
    sign_in(phone, "owen")
    for shortcut in manifest["shortcuts"]:
        phone.goto(shortcut["url"])
        expect(phone.get_by_role("heading", level=1).first).not_to_be_empty()
        assert phone.url.endswith(shortcut["url"])
    cached = phone.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => one.url)))).flat()"
    )
    assert cached
    assert not [url for url in cached if "screenshots" in url]


AGENTS = {
    "iPhone or iPad": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Android": "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
}


@pytest.mark.parametrize("name", AGENTS)
def test_each_phone_is_told_its_own_way_first(open_page, name):
    phone = open_page(PHONE, user_agent=AGENTS[name])
    phone.goto("/install")  # open to anybody
    own = phone.locator("section").filter(has=phone.get_by_role("heading", name=name)).first
    expect(own.get_by_role("listitem").first).to_be_visible()
    if name.startswith("iPhone"):
        expect(own).to_contain_text("Add to Home Screen")
        expect(own).to_contain_text("Open it and sign in once.")
    others = phone.locator("section").filter(has_text="Other devices")
    expect(others.get_by_text("Computer", exact=True)).to_be_visible()
    assert look_at(phone) == []


def test_where_the_browser_can_ask_one_tap_lets_it(phone):
    sign_in(phone, "owen")
    phone.goto("/look")
    assert phone.evaluate(PROMPT)
    phone.get_by_role("link", name="How to put it on the home screen").click()
    phone.get_by_role("button", name="Add it now").click()
    expect(phone.get_by_role("button", name="Add it now")).to_have_count(0)
    assert phone.evaluate("() => window.asked") == 1


def test_home_offers_it_once_after_some_use(phone):
    sign_in(phone, "desmond")
    not_now = phone.get_by_role("button", name="Not now", exact=True)
    expect(not_now).to_have_count(1)  # one question at a time: the next comes at another visit
    while not phone.get_by_text(OFFER).count():
        not_now.click()
        expect(not_now).to_have_count(0)
        phone.reload()
        expect(not_now).to_have_count(1)
    assert look_at(phone) == []
    phone.get_by_role("button", name="Not now").click()
    expect(phone.get_by_text(OFFER)).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("Something else")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_text(OFFER)).to_have_count(0)
    phone.goto("/look")
    expect(phone.get_by_role("link", name="How to put it on the home screen")).to_be_visible()


def test_home_does_not_offer_it_in_the_calm_hours(phone):
    sign_in(phone, "maya")
    expect(phone.get_by_role("button", name="Leave the calm screen")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_text(OFFER)).to_have_count(0)


def test_room_is_told_in_plain_words(phone):
    sign_in(phone, "leo")
    phone.goto("/look")
    expect(
        phone.get_by_text(re.compile(r"The journal uses (less than 1|\d+) MB here\."))
    ).to_be_visible()
    expect(phone.get_by_text("This browser may clear what is here")).to_be_visible()
    phone.get_by_role("button", name="Ask it to keep this").click()
    expect(phone.get_by_text("It did not agree.")).to_be_visible()  # a test browser never does
    assert look_at(phone) == []


def test_a_phone_without_room_warns_refuses_and_loses_nothing(phone, api, live):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    write_freely(phone, "Written while there was room.")
    expect(phone.get_by_text(LITTLE)).to_have_count(0)
    browser = devtools(phone)
    used = phone.evaluate("async () => (await navigator.storage.estimate()).usage")
    room = {"origin": live.url, "quotaSize": int(used / 0.85)}
    browser.send("Storage.overrideQuotaForOrigin", room)
    phone.reload()
    expect(phone.get_by_text(LITTLE)).to_be_visible()
    assert look_at(phone) == []
    phone.get_by_role("link", name="What helps").click()
    expect(phone.get_by_text("Little room is left here.")).to_be_visible()

    browser.send("Storage.overrideQuotaForOrigin", room | {"quotaSize": 1000})
    phone.goto("/write")
    place = phone.get_by_role("textbox")
    # A browser counts its room anew every thirty seconds: until then it still takes words.
    for number in range(60):
        place.fill(last := f"Written when there was none, {number}.")
        phone.wait_for_timeout(700)
        if FULL in state(phone).inner_text():
            break
    expect(state(phone)).to_contain_text(FULL)
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(state(phone)).to_contain_text(FULL)
    expect(place).to_have_value(last)  # the words stay where they can be copied
    device = api("kasia")
    assert len(entries_with(device, "Written while there was room.")) == 1
    assert entries_with(device, last) == []

    browser.send("Storage.overrideQuotaForOrigin", {"origin": live.url})
    expect(state(phone)).not_to_contain_text(FULL)  # it tries again by itself
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text=last)
    expect(row).to_contain_text("Saved")
    for words in ("Written while there was room.", last):
        assert len(entries_with(device, words)) == 1


@pytest.mark.parametrize("who", ["leo", "maya"])
def test_home_does_not_move_under_somebodys_hands(phone, who):
    sign_in(phone, who)
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).not_to_be_empty()
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate(SHIFTS) < 0.1
