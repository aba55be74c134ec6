"""A clinic's admin at a laptop changes what the app asks and says; old answers keep their words."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import entries, sign_in, stored, tab_to
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

pytestmark = pytest.mark.screens

OLD = "Which part stays with you most?"
NEW = "Which part would you keep?"
ADDED = "Who came to mind?"
REFUSED = r"status of (409|422)"
NO_NETWORK = r"ERR_INTERNET_DISCONNECTED|Failed to (load resource|fetch)"


def admin(page: Page, place: str = "") -> None:
    """Sign in as the admin of the clinic, at one place of the desk."""
    sign_in(page, "sam", at=f"/desk{place}")
    expect(page.get_by_role("navigation", name="The clinic’s desk")).to_be_visible()


def write(page: Page, label: str, words: str) -> None:
    page.get_by_role("textbox", name=label, exact=True).fill(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def saved(page: Page) -> None:
    """Save, and wait until the server has it as a new edition."""
    save(page)
    expect(page.get_by_role("status").filter(has_text="Saved as edition")).to_be_visible()


def fetched(phone: Page, path: str) -> None:
    """Open a screen and wait until this phone has the newest library."""
    with phone.expect_response(lambda answer: answer.url.endswith("/api/library")):
        phone.goto(path)
    phone.wait_for_load_state("networkidle")


def test_new_words_are_asked_and_an_old_answer_keeps_the_words_it_was_asked(desk, phone, api):
    [before, *_] = [one for one in entries(api("hannah")) if one["guide"] == "refl"]
    admin(desk)
    desk.get_by_role("link", name=re.compile("^The next day or two")).click()
    desk.get_by_role("button", name=f"Edit {OLD}").click()
    write(desk, "Question", NEW)
    on_the_phone = desk.get_by_role("complementary", name="On the phone")
    expect(on_the_phone.get_by_role("paragraph").filter(has_text=NEW)).to_be_visible()
    expect(desk.get_by_text("Answers already given keep the words")).to_be_visible()
    desk.get_by_role("button", name="Add a question").first.click()
    desk.get_by_role("button", name=re.compile("^Short text")).click()
    expect(desk.get_by_role("textbox", name="Question", exact=True)).to_be_focused()
    desk.keyboard.type(ADDED)
    for _ in range(3):
        desk.get_by_role("button", name=f"Move up {ADDED}").click()
    saved(desk)
    desk.get_by_role("link", name="All questions").click()
    row = desk.get_by_role("link", name=re.compile("^The next day or two"))
    expect(row).to_contain_text(re.compile(r"Changed by your clinic, edition \d{4}"))

    sign_in(phone, "hannah")
    fetched(phone, "/journal")
    phone.goto("/guide/refl")
    heading = phone.get_by_role("heading", level=1)
    for words in ("Tell it the way it comes.", ADDED, NEW):
        expect(heading).to_contain_text(words)
        phone.get_by_role("button", name="Next", exact=True).click()
    phone.goto(f"/entry/{before['id']}")
    expect(phone.get_by_role("heading", name=OLD)).to_be_visible()
    expect(phone.get_by_text(NEW)).to_have_count(0)


@pytest.mark.console_errors(r"status of 40[134]")
def test_the_editors_open_for_an_admin_alone(open_page, api):
    for who in ("reyes", "leo"):
        assert api(who).get("/api/clinic/content").status in {403, 404}
        page = open_page(DESK)
        sign_in(page, who, at="/desk/questions/refl")
        expect(page.get_by_role("navigation", name="The clinic’s desk")).to_have_count(0)
        expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)


@pytest.mark.console_errors(REFUSED)
def test_a_colleague_who_saved_first_is_shown_and_nothing_typed_is_lost(open_page):
    mine, theirs = open_page(DESK), open_page(DESK)
    for page, words in ((mine, "Mine asks this."), (theirs, "Theirs asks that.")):
        admin(page, "/questions/week")
        page.get_by_role("button", name=re.compile("^Edit")).first.click()
        write(page, "Question", words)
    saved(theirs)
    save(mine)
    newer = mine.get_by_role("region", name=re.compile(r"A colleague saved edition \d+ meanwhile"))
    newer.get_by_text("See what is different").click()
    expect(newer).to_contain_text("Theirs asks that.")
    question = mine.get_by_role("textbox", name="Question", exact=True)
    expect(question).to_have_value("Mine asks this.")
    newer.get_by_role("button", name="Save mine over it").click()
    expect(mine.get_by_text(re.compile(r"Saved as edition \d+"))).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_text("Mine asks this.").first).to_be_visible()


@pytest.mark.console_errors(REFUSED)
def test_who_goes_on_from_theirs_has_all_of_theirs_on_the_screen(open_page):
    mine, theirs = open_page(DESK), open_page(DESK)
    minutes = "Minutes"
    for page, typed in ((mine, "7"), (theirs, "5")):
        admin(page, "/skills")
        page.locator("main a[href^='/desk/skills/']").first.click()
        page.get_by_label(minutes).fill(typed)
    saved(theirs)
    save(mine)
    newer = mine.get_by_role("region", name=re.compile(r"A colleague saved edition \d+ meanwhile"))
    expect(mine.get_by_label(minutes)).to_have_value("7")
    newer.get_by_role("button", name="Go on from theirs").click()
    expect(mine.get_by_label(minutes)).to_have_value("5")
    # What is no number stays as it was typed, with the reason beside it.
    mine.get_by_label(minutes).fill("soon")
    write(mine, "Name", "Another name")
    expect(mine.get_by_label(minutes)).to_have_value("soon")
    mine.get_by_role("button", name="Drop the changes").click()
    mine.get_by_role("dialog").get_by_role("button", name="Drop the changes").click()
    expect(mine.get_by_label(minutes)).to_have_value("5")
    # The button that was pressed is gone, and the keyboard is not.
    expect(mine.get_by_role("status").filter(has_text="edition")).to_be_focused()


def test_the_keyboard_goes_on_where_something_was_taken_out(desk):
    admin(desk, "/texts")
    remove = desk.get_by_role("group", name="Number 1").get_by_role("button", name="Take out")
    expect(remove).to_be_visible()
    while desk.get_by_role("group", name="Number 2").count():
        remove.click()
        expect(desk.get_by_role("group", name="Number 1").get_by_label("Name")).to_be_focused()
    remove.click()
    expect(desk.get_by_role("button", name="Add a number")).to_be_focused()


def test_the_keyboard_goes_on_at_the_option_that_took_its_place(desk):
    admin(desk, "/questions/week")
    desk.get_by_role("button", name="Add a question").first.click()
    desk.get_by_role("button", name=re.compile("^Pick one")).click()
    desk.get_by_role("button", name="Add an answer").click()
    for n, words in enumerate(("First", "Second", "Third"), 1):
        write(desk, f"Answer {n}", words)
    desk.get_by_role("button", name="Take out Answer 2").click()
    second = desk.get_by_role("textbox", name="Answer 2", exact=True)
    expect(second).to_have_value("Third")
    expect(second).to_be_focused()


@pytest.mark.whole
@pytest.mark.console_errors(NO_NETWORK)
def test_unsaved_words_outlive_a_lost_network_a_reload_and_are_gone_after_signing_out(desk):
    words = "Is there a small wish you have now?"
    admin(desk)
    desk.get_by_role("link", name=re.compile("^Between sessions")).click()
    desk.get_by_role("button", name=re.compile("^Edit")).first.click()
    write(desk, "Question", words)
    desk.context.set_offline(True)
    save(desk)
    expect(desk.get_by_text("There is no connection.")).to_be_visible()
    desk.context.set_offline(False)

    desk.once("dialog", lambda dialog: dialog.accept())
    desk.reload()
    expect(desk.get_by_text("These changes were not saved before.")).to_be_visible()
    expect(desk.get_by_text(words).first).to_be_visible()

    leaving = desk.get_by_role("dialog", name="Leave without saving?")
    desk.get_by_role("link", name="Skills", exact=True).click()
    leaving.get_by_role("button", name="Stay here").click()
    desk.go_back()
    expect(leaving).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_text(words).first).to_be_visible()
    desk.get_by_role("button", name="Sign out", exact=True).click()
    leaving.get_by_role("button", name="Leave and drop them").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert words not in stored(desk)["text"]


@pytest.mark.console_errors(REFUSED)
def test_wording_is_remarked_on_and_only_what_is_missing_stops_a_save(desk):
    admin(desk, "/skills")
    desk.get_by_role("button", name="Add a skill").click()
    write(desk, "Name", "Just a cold spoon")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Just a cold spoon")
    write(desk, "When it may help", "The mind runs ahead.")
    write(desk, "Step 1", "Hold a cold spoon.")
    write(desk, "Step 2", "Name three things about it.")
    save(desk)
    expect(desk.get_by_role("textbox", name="When to be careful")).to_be_focused()
    expect(desk.get_by_text("This needs words.")).to_be_visible()
    desk.keyboard.type("Cold can hurt numb hands.")
    expect(desk.get_by_text("makes it sound small")).to_be_visible()
    tab_to(desk, "Save")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile(r"Saved as edition \d+"))).to_be_visible()
    desk.get_by_role("link", name="All skills").click()
    expect(desk.get_by_role("link", name="Just a cold spoon")).to_contain_text("your clinic")


def test_numbers_and_the_response_plan_reach_the_phone(desk, phone, api):
    admin(desk, "/texts")
    expect(desk.get_by_text("Not yet checked").first).to_be_visible()
    expect(desk.get_by_text("No one is told automatically.")).to_be_visible()
    assert "phq9" not in [one["id"] for one in api("leo").get("/api/library").json()["guides"]]
    desk.get_by_role("button", name="Add a number").click()
    desk.keyboard.type("Night line")
    number = desk.get_by_role("group", name="Number 3")
    number.get_by_label("Number", exact=True).fill("+44 20 7946 0199")
    number.get_by_label("Hours").fill("At night")
    desk.get_by_role("button", name="Write a response plan").click()
    for label in ("Who looks at the answers", "On which days", "Within how long they look"):
        write(desk, label, "Dr Reyes, Monday to Friday")
    write(desk, "What they do then", "They call and ask how you are.")
    write(desk, "Who looks when they are away", "Dr Okafor")
    saved(desk)
    assert "phq9" in [one["id"] for one in api("leo").get("/api/library").json()["guides"]]
    phone.goto("/help")
    expect(phone.get_by_text("Night line")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_an_admin_has_a_violation(open_page, scheme):
    page = open_page(DESK, color_scheme=scheme)
    admin(page)
    found, small, wide = [], [], []
    for place in ("", "/questions/prep", "/questions/phq8", "/skills", "/skills/gr-room", "/texts"):
        page.goto(f"/desk{place}")
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        if place == "/questions/prep":
            page.get_by_role("button", name=re.compile("^Edit")).nth(1).click()
            page.get_by_role("button", name="Add a question").first.click()
        page.wait_for_load_state("networkidle")
        found += look_at(page)
        small += page.evaluate(SMALL, SIZES)
        page.set_viewport_size(PHONE)
        wide += page.evaluate(OVERFLOW)
        page.set_viewport_size(DESK)
    assert found == []
    assert small == []
    assert wide == []
