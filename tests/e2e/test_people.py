"""Sam's day: somebody is reassigned, told and asked, somebody leaves; a report, a way back in."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import sign_in
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

REYES, OKAFOR = "Dr Ana Reyes", "Tom Okafor"


def admin(page: Page, place: str = "/people") -> None:
    """Sign in as the admin of the clinic, at one place of the desk."""
    sign_in(page, "sam", at=f"/desk{place}")


def one(page: Page, name: str) -> None:
    """Open somebody's page from the list."""
    page.goto("/desk/people")
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def do(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        do(page, button)
    return Path(download.value.path())


@pytest.mark.console_errors(r"status of 40[14]")
def test_a_patient_is_reassigned_told_and_asked_and_their_next_therapist_leaves(
    desk, open_page, api
):
    reader = open_page(DESK)
    sign_in(reader, "reyes", at="/desk")
    reader.get_by_role("button", name=re.compile("^Leo")).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Leo")
    expect(reader.get_by_text("Leo", exact=False).first).to_be_visible()

    admin(desk)
    one(desk, "Leo")
    desk.get_by_role("link", name=f"Change: {REYES}").click()
    title = desk.get_by_role("heading", level=1)
    expect(title).to_have_text(f"Who sees Leo in the place of {REYES}?")
    expect(title).to_be_focused()
    # What will end is said before it ends, and nothing has ended by then.
    expect(desk.get_by_role("button", name="Change it")).to_have_count(0)
    desk.get_by_role("radio", name=OKAFOR).check()
    ends = desk.get_by_role("region", name="What happens then")
    expect(ends).to_contain_text(f"{REYES} can read nothing of Leo’s from that moment on.")
    expect(ends).to_contain_text(f"Leo, {REYES} and {OKAFOR} are told")
    before = api("leo").get("/api/grants").json()
    assert {grant["state"] for grant in before if grant["therapist"]["name"] == REYES} != {"ended"}
    do(desk, "Change it")
    expect(desk.get_by_text(f"{OKAFOR} now sees Leo. Leo is told.")).to_be_visible()
    expect(desk.get_by_role("region", name="Who sees Leo")).not_to_contain_text(REYES)

    # The open screen of the one who left is empty within seconds.
    expect(reader.get_by_role("button", name=re.compile("^Leo"))).to_have_count(0)

    phone = open_page(PHONE)
    sign_in(phone, "leo")
    told = phone.get_by_role("region", name=f"{OKAFOR} sees you from now on")
    expect(told).to_contain_text(f"{REYES} can read nothing of yours any more.")
    told.get_by_role("link", name="Look at sharing").click()
    section = phone.get_by_role("region", name=OKAFOR, exact=True)
    expect(section).to_contain_text("Can read nothing of yours.")
    expect(section.get_by_role("link", name=f"Share with {OKAFOR}")).to_be_visible()
    with phone.expect_response(re.compile("/seen$")):
        do(phone, "All right")
    expect(phone.get_by_role("button", name="All right")).to_have_count(0)
    phone.goto("/receipts")
    expect(phone.get_by_role("region", name="What your clinic did")).to_contain_text(OKAFOR)
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_role("region", name=f"{OKAFOR} sees you from now on")).to_have_count(0)

    after = open_page(DESK)
    sign_in(after, "okafor", at="/desk")
    expect(after.get_by_text("Leo is linked to you")).to_be_visible()
    after.get_by_role("button", name=re.compile("^Leo")).click()
    expect(after.get_by_role("heading", level=1)).to_contain_text("Leo")
    expect(after.get_by_role("button", name="Ask to share")).to_be_visible()

    one(desk, OKAFOR)
    desk.get_by_role("link", name="Shut their account").click()
    ends = desk.get_by_role("region", name="What happens then")
    expect(ends).to_contain_text(re.compile("No longer seen by them: .*Leo"))
    do(desk, "Shut the account")
    expect(desk.get_by_text(f"The account of {OKAFOR} is shut.")).to_be_visible()
    alone = desk.get_by_role("region", name="Patients").get_by_role("link", name=re.compile("^Leo"))
    expect(alone).to_contain_text("Seen by nobody")
    phone.goto("/sharing")
    told = phone.get_by_role("region", name=f"{OKAFOR} no longer sees you here")
    expect(told).to_contain_text("Your journal stays as it is.")
    expect(after.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.console_errors(r"Failed to load resource")
def test_after_a_lost_answer_the_screen_shows_how_it_stands(desk):
    def answer_lost(route):
        route.fetch()
        route.abort("connectionreset")

    admin(desk)
    one(desk, "Maya")
    desk.get_by_role("link", name=f"Change: {REYES}").click()
    desk.get_by_role("radio", name="Nobody in their place").check()
    desk.route("**/api/clinic/links/**", answer_lost)
    do(desk, "End it")
    said = desk.get_by_role("status")
    expect(said).to_have_text("No answer came. This is how it stands now.")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Maya")
    expect(desk.get_by_role("region", name="Who sees Maya")).not_to_contain_text(REYES)

    # It is said where it was done, and follows nobody to the page of another.
    desk.get_by_role("link", name="All people").click()
    desk.get_by_role("link", name=re.compile("^Ruth")).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ruth")
    expect(said).to_have_text("")
    desk.go_back()
    desk.go_back()

    # Nothing arrived: it says the same, and the person is still here.
    desk.route("**/leave", lambda route: route.abort("connectionreset"))
    desk.get_by_role("link", name="They leave the clinic").click()
    do(desk, "Yes, Maya leaves")
    expect(said).to_have_text("No answer came. This is how it stands now.")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Maya")
    expect(desk.get_by_text("Here since")).to_be_visible()


def test_the_last_admin_is_told_why_they_stay(desk):
    admin(desk)
    one(desk, "Sam Whitfield")
    desk.get_by_role("link", name="Leave the clinic").click()
    expect(desk.get_by_text("The clinic would have no admin then.")).to_be_visible()
    expect(desk.get_by_role("button", name=re.compile("^Yes"))).to_have_count(0)


def test_a_report_is_one_press_and_the_patient_sees_that_it_was_made(desk, phone):
    admin(desk)
    one(desk, "Hannah")
    desk.get_by_role("link", name="Report: who opened what").click()
    table = saved(desk, "As a table (CSV)").read_text("utf-8-sig")
    [head, *lines] = csv.reader(io.StringIO(table))
    assert head[2:] == ["Opened by", "Kind", "How much", "How"]
    assert {line[2] for line in lines} <= {REYES, OKAFOR}
    assert saved(desk, "To print (PDF)").read_bytes().startswith(b"%PDF")
    expect(desk.get_by_text("It is among your downloads.")).to_be_visible()
    sign_in(phone, "hannah")
    phone.goto("/receipts")
    did = phone.get_by_role("region", name="What your clinic did")
    expect(did.get_by_text("Your clinic made a report of who opened what")).to_have_count(2)


def test_a_link_back_in_is_shown_once_with_all_it_cannot_do(desk, api):
    admin(desk)
    one(desk, "Ruth")
    desk.get_by_role("link", name="Help them get back in").click()
    ends = desk.get_by_role("region", name="What happens then")
    expect(ends).to_contain_text("It opens nothing alone")
    do(desk, "Make the link")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Give this link to Ruth")
    expect(desk.get_by_role("img", name="The link as a square")).to_be_visible()
    expect(desk.get_by_text(re.compile(r"/recover#[\w-]{43}$"))).to_be_visible()
    assert [act["did"] for act in api("ruth").get("/api/acts").json()] == ["recovery"]
    desk.reload()
    expect(desk.get_by_role("button", name="Make the link")).to_be_visible()


def test_a_link_made_for_one_is_never_shown_as_anothers(desk):
    admin(desk)
    for name in ("Hannah", "Desmond"):
        desk.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        desk.get_by_role("link", name="Help them get back in").click()
        title = desk.get_by_role("heading", level=1)
        expect(title).to_have_text(f"Help {name} get back in")
        if name == "Hannah":
            desk.get_by_role("link", name="Leave it as it is").click()
            desk.get_by_role("link", name="All people").click()
    do(desk, "Make the link")
    expect(title).to_have_text("Give this link to Desmond")
    # As a long press of the back button does.
    desk.evaluate("history.go(-4)")
    expect(title).to_have_text("Help Hannah get back in")
    expect(desk.get_by_text("/recover#")).to_have_count(0)
    expect(desk.get_by_role("button", name="Make the link")).to_be_visible()


def test_the_records_are_checked_and_the_server_says_how_it_is(desk):
    admin(desk, "/server")
    do(desk, "Check them now")
    told = desk.get_by_role("status").filter(has_text="nothing was changed or removed")
    expect(told).to_be_visible()
    expect(desk.get_by_text("fewer than 5").first).to_be_visible()
    expect(desk.get_by_text("SQLite")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_people_has_a_violation(open_page, scheme):
    page = open_page(DESK, color_scheme=scheme)
    admin(page)
    one(page, "Desmond")
    at = page.url.rpartition("/desk")[2]
    page.get_by_role("link", name=re.compile("^Change")).first.click()
    link = page.url.rpartition("/desk")[2]
    found, small, wide = [], [], []
    steps = ("leave", "recovery", "access")
    for place in ("/people", at, link, *(f"{at}/{step}" for step in steps), "/server"):
        page.goto(f"/desk{place}")
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        if place == link:
            page.get_by_role("radio").last.check()
        page.wait_for_load_state("networkidle")
        found += look_at(page)
        small += page.evaluate(SMALL, SIZES)
        page.set_viewport_size(PHONE)
        wide += page.evaluate(OVERFLOW)
        page.set_viewport_size(DESK)
    assert found == []
    assert small == []
    assert wide == []
