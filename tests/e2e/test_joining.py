"""From the clinic's desk to a journal of one's own: invited, joined, put off, found again."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.locks import own_unlock
from tests.e2e.people import sign_in
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

PASSWORD = "seven quiet herons by the weir"
CLIPBOARD = "navigator.clipboard.readText()"
OVER = r"status of (401|404)"  # an answer that a browser writes down


def invite(desk: Page, role: str, name: str, sees: str | None = None) -> str:
    """Make an invitation as the clinic's admin; return the link on its card."""
    desk.get_by_role("button", name="Invite somebody").click()
    desk.get_by_role("radio", name=role).check()
    desk.get_by_role("textbox", name="Their name").fill(name)
    if sees:
        desk.get_by_role("radio", name=sees).check()
    desk.get_by_role("button", name="Make the invitation").click()
    expect(desk.get_by_role("heading", name=f"For {name}")).to_be_visible()
    return desk.locator(".link").inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def stands(page: Page, name: str | re.Pattern[str]) -> None:
    """Wait for a screen by its heading, and look at it."""
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    assert look_at(page) == []
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate(SMALL, SIZES) == []


@pytest.mark.console_errors(OVER)
def test_a_patient_is_invited_joins_with_a_passkey_and_finds_again_what_was_put_off(
    desk, phone, open_page
):
    sent: list[str] = []
    for page in (desk, phone):
        page.on("request", lambda request: sent.append(request.url))
    sign_in(desk, "sam", at="/desk/invitations")
    stands(desk, "Invitations")
    link = invite(desk, "A patient", "Noor", "Dr Ana Reyes")
    token = link.partition("#")[2]
    stands(desk, "For Noor")
    press(desk, "Done")
    expect(desk.get_by_role("region", name="Waiting")).to_contain_text("Patient, sees Dr Ana Reyes")

    own_unlock(phone, prf=False)
    phone.goto(link)
    stands(phone, "Welcome, Noor.")
    expect(phone.get_by_text("Your therapist there is Dr Ana Reyes.")).to_be_visible()
    press(phone, "Begin")
    stands(phone, "What would you like to be called?")
    phone.get_by_label("Name").fill("Nour")
    press(phone, "Next")
    stands(phone, "How would you like to get in?")
    press(phone, "With this device’s own unlock")
    stands(phone, "Keep this somewhere safe")
    assert "#" not in phone.url
    # Neither Help nor another link takes away what is shown this once.
    code = phone.locator(".code").inner_text()
    phone.get_by_role("link", name="Help").click()
    expect(phone.get_by_role("heading", level=1, name="Help")).to_be_visible()
    phone.go_back()
    stands(phone, "Keep this somewhere safe")
    phone.evaluate("location.hash = 'another'")
    phone.wait_for_function("() => location.hash === ''")
    expect(phone.locator(".code")).to_have_text(code)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(phone, "Copy it")
    expect(phone.get_by_text("Copied. It goes from the clipboard in a minute")).to_be_visible()
    assert phone.evaluate(CLIPBOARD) == code
    card = phone.get_by_text(re.compile("Your sign-in name: "))
    expect(card).to_have_text(re.compile(r"[a-z]+-[a-z]+-\d+$"))
    press(phone, "I have kept it")

    # Nothing has happened to them that they did not do just now.
    assert phone.request.get("/api/notices").json() == []

    # Each can wait: nothing of it is asked twice in a row.
    stands(phone, "Who can read what you write")
    assert phone.evaluate(CLIPBOARD) == ""
    expect(phone.get_by_text("Then Dr Ana Reyes can read that and nothing else.")).to_be_visible()
    press(phone, "Later")
    stands(phone, "One question")
    press(phone, "Later")
    stands(phone, "A lock for this phone?")
    press(phone, "Later")
    stands(phone, "On your home screen?")
    press(phone, "Later")
    expect(phone.get_by_role("heading", level=1, name=re.compile("Nour"))).to_be_visible()
    expect(phone.get_by_role("heading", name="Something else")).to_be_visible()
    expect(phone.get_by_text("Should this app offer")).to_have_count(0)

    # What was put off is found again, and done it says so.
    phone.goto("/look")
    phone.get_by_role("link", name="Getting started").click()
    stands(phone, "Getting started")
    expect(phone.get_by_text("Not yet", exact=True)).to_have_count(4)
    phone.get_by_role("link", name=re.compile("^Who can read")).click()
    press(phone, "Next")
    stands(phone, "One question")
    press(phone, "Yes")
    stands(phone, "A lock for this phone?")
    phone.get_by_role("link", name="Back").click()
    expect(phone.get_by_text("Done", exact=True)).to_have_count(2)
    phone.get_by_role("link", name="Your name and time zone").click()
    stands(phone, "Your name and time zone")
    phone.get_by_label("Name").fill("Noor")
    press(phone, "Keep this")
    expect(phone.get_by_text("It is kept.")).to_be_visible()
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1, name=re.compile("Noor"))).to_be_visible()

    # The link is spent, the admin sees it, and its token was in no address that was asked for.
    desk.reload()
    expect(desk.get_by_role("region", name="The last 30 days")).to_contain_text("Joined")
    stranger = open_page(PHONE)
    stranger.goto(link)
    stands(stranger, "This link opens nothing now.")
    assert not [url for url in sent if token in url]


@pytest.mark.console_errors(OVER, "Failed to load resource")
def test_after_a_lost_answer_the_words_are_true(desk, phone):
    def answer_lost(route):
        route.fetch()
        route.abort("connectionreset")

    sign_in(desk, "sam", at="/desk/invitations")
    link = invite(desk, "A patient", "Noor", "Nobody yet")
    phone.goto(link)
    press(phone, "Begin")
    phone.get_by_label("Name").fill("Noor")
    press(phone, "Next")
    press(phone, "With a password")
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.route("**/accept", answer_lost)
    press(phone, "Keep this password")
    expect(phone.get_by_text("No answer came. Please try again.")).to_be_visible()
    phone.unroute("**/accept")
    press(phone, "Keep this password")
    # Their sign-in name was in the answer: nobody can be told to sign in with it.
    stands(phone, "This link opens nothing now.")
    card = "If you were just joining, ask your clinic for another card."
    expect(phone.get_by_text(card)).to_be_visible()

    # It is opened in this very tab, where nothing but what is behind the `#` changes.
    press(desk, "Done")
    another = invite(desk, "A patient", "Theo", "Nobody yet")
    phone.goto(another)
    stands(phone, "Welcome, Theo.")
    press(desk, "Done")
    press(desk, "Take back the invitation for Theo")
    press(desk, "Take it back")
    expect(desk.get_by_text("Nobody is invited at the moment.")).to_be_visible()


@pytest.mark.console_errors(OVER, r"status of 422")
def test_a_therapist_joins_with_a_password_and_a_code_app_and_no_less(desk, open_page):
    sign_in(desk, "sam", at="/desk/invitations")
    link = invite(desk, "A therapist", "Dr Noor Haddad")
    theirs = open_page(DESK)
    theirs.goto(link)
    stands(theirs, "Welcome, Dr Noor Haddad.")
    press(theirs, "Begin")
    stands(theirs, "How would you like to get in?")
    press(theirs, "With a password")
    theirs.get_by_label("Password", exact=True).fill(PASSWORD)
    press(theirs, "Keep this password")
    stands(theirs, "Set up a code app")
    code = theirs.get_by_label("Then type the six digits it shows")
    code.fill("000000")
    press(theirs, "Use this app")
    expect(theirs.get_by_text("These digits do not fit.")).to_be_visible()
    secret = theirs.locator(".secret").inner_text().replace(" ", "")
    code.fill(pyotp.TOTP(secret).now())
    press(theirs, "Use this app")
    stands(theirs, "Keep this somewhere safe")
    press(theirs, "I have kept it")
    theirs.wait_for_url("**/desk")
    expect(theirs.get_by_text("Dr Noor Haddad")).to_be_visible()


@pytest.mark.console_errors(OVER)
def test_what_was_taken_back_opens_nothing_and_a_phone_in_use_keeps_its_journal(desk, phone):
    sign_in(desk, "sam", at="/desk/invitations")
    link = invite(desk, "A patient", "Theo", "Nobody yet")
    sign_in(phone, "leo")
    phone.goto(link)
    stands(phone, "There is a journal on this phone.")
    phone.get_by_role("link", name="Open that journal").click()
    expect(phone.get_by_role("heading", level=1, name=re.compile("Leo"))).to_be_visible()
    press(desk, "Done")
    press(desk, "Take back the invitation for Theo")
    press(desk, "Take it back")
    expect(desk.get_by_role("region", name="The last 30 days")).to_contain_text("Ended")
    expect(desk.get_by_text("Nobody is invited at the moment.")).to_be_visible()
