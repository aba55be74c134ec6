"""Help is one tap away, before signing in, without a network, from every screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import offline, ready_for_offline, sign_in
from tests.e2e.rooms import desk_rooms, enter, rooms_of_leo, routes

pytestmark = pytest.mark.screens


def help_stands(page: Page) -> None:
    """Numbers that call when tapped: emergency, someone to talk to, the clinic."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    clinic = page.get_by_role("link", name="Call +44 20 7946 0112")
    expect(clinic).to_have_attribute("href", "tel:+442079460112")


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_help_opens_before_signing_in_and_without_a_network(phone):
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    phone.get_by_role("link", name="Help").tap()
    help_stands(phone)
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.wait_for_load_state("networkidle")
    with offline(phone):
        phone.goto("/")
        phone.get_by_role("link", name="Help").tap()
        help_stands(phone)
        phone.reload()
        help_stands(phone)


def test_every_number_calls(phone):
    phone.goto("/help")
    links = phone.get_by_role("link", name=re.compile("^Call "))
    expect(links.first).to_be_visible()
    for link in links.all():
        said = re.sub(r"[^\d+*]", "", link.inner_text())
        assert link.get_attribute("href") == f"tel:{said}"
    for number in re.findall(r"\+44 20 7946 01\d\d", phone.content()):
        expect(phone.get_by_role("link", name=f"Call {number}")).to_be_visible()


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_four_tools_open_in_place_without_a_network_and_without_an_account(phone):
    phone.goto("/help")
    help_stands(phone)
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.wait_for_load_state("networkidle")
    with offline(phone):
        phone.reload()
        tools = phone.get_by_role("region", name="To steady yourself").get_by_role("group")
        expect(tools).to_have_count(4)
        for tool in tools.all():
            tool.locator("summary").tap()
            expect(tool.get_by_role("listitem").first).to_be_visible()


def test_when_to_call_is_the_same_plain_list_for_everyone(phone):
    phone.goto("/help")
    flags = phone.request.get("/api/library").json()["red_flags"]
    lists = phone.get_by_role("region", name="In the body: when to call").get_by_role("group")
    expect(lists).to_have_count(3)
    for shown, name in zip(lists.all(), ("now", "today", "next_visit"), strict=True):
        shown.locator("summary").tap()
        assert shown.get_by_role("listitem").all_inner_texts() == flags[name]


def test_nobody_watches_and_it_says_so(phone):
    phone.goto("/help")
    said = phone.request.get("/api/help").json()["not_monitored"]
    for words in (said["short"], said["long"]):
        expect(phone.get_by_text(words)).to_be_visible()


def test_what_belongs_to_a_person_is_there_for_them_alone(phone):
    phone.goto("/help")
    help_stands(phone)
    for name in ("My safety plan", "Open my safety plan", "Something felt wrong in my care"):
        expect(phone.get_by_role("link", name=name)).to_have_count(0)
    sign_in(phone, "kasia")
    for name, path in (
        ("My safety plan", "/plan"),
        ("Something felt wrong in my care", "/concern"),
    ):
        phone.goto("/help")
        phone.get_by_role("link", name=name).tap()
        phone.wait_for_url(f"**{path}")
        expect(phone.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_help_is_one_tap_and_leads_back(phone):
    """That it is on every screen is looked at where every screen is visited."""
    sign_in(phone, "leo")
    rooms = rooms_of_leo(phone)
    assert {room.route for room in rooms} == set(routes())
    for room in [room for room in rooms if room.route in {"/guide/:id", "/entry/:id", "/plan"}]:
        enter(phone, room)
        link = phone.get_by_role("banner").get_by_role("link", name="Help")
        expect(link).to_be_in_viewport(ratio=1)
        link.tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Help")
        phone.get_by_role("button", name="Back to where you were").click()
        phone.wait_for_url(f"**{room.path}")


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_help_is_one_tap_from_the_calm_screen_without_a_network(phone):
    sign_in(phone, "maya")
    ready_for_offline(phone)
    with offline(phone):
        phone.goto("/")
        expect(phone.get_by_text("After your session")).to_be_visible()
        phone.get_by_role("link", name="Help").tap()
        help_stands(phone)


@pytest.mark.console_errors("Failed to load resource", "ERR_", "Failed to fetch")
def test_help_is_one_tap_from_a_screen_that_did_not_open(phone):
    # Before the worker fetches its own: what it has, it does not ask for again.
    phone.context.route("**/assets/patient-*.js", lambda route: route.abort())
    sign_in(phone, "leo")
    phone.get_by_role("link", name="Journal").tap()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.get_by_role("link", name="Help").tap()
    help_stands(phone)


def test_help_is_one_tap_from_every_state_of_the_desk(desk):
    def look(page: Page) -> None:
        if page.get_by_role("dialog").count():
            page.keyboard.press("Escape")
        link = page.get_by_role("link", name="Help")
        expect(link).to_be_in_viewport(ratio=1)
        assert link.get_attribute("href") == "/help"

    desk_rooms(desk, look)
    desk.get_by_role("link", name="Help").click()
    help_stands(desk)
