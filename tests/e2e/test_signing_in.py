"""Signing in with a passkey, a code and a recovery code; getting back in; what is asked twice."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, Route, expect

from journal.demo.people import CODE, PASSWORD
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.doors import add_passkey, comes_back, fresh_code, passes, prove, security
from tests.e2e.locks import own_unlock
from tests.e2e.people import ON_THIS_PHONE, entries_with, show_who, sign_in, state, tab_to, write

ALONE = timedelta(minutes=6)
DAY = timedelta(hours=24, minutes=1)
NEW_PASSWORD = "harbour-kettle-window-seven"
OFFERS_NOTHING = "delete PublicKeyCredential.isConditionalMediationAvailable"
"""As in a browser that knows passkeys and does not offer them in the field of the name."""
REFUSED = r"status of (409|422) .*/api/(code|recovery/finish)"
STEP_UP = r"status of 403 .*/api/"


def signed_out(page: Page) -> None:
    page.goto("/look")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def secret_on(page: Page) -> str:
    """The secret of the code app, as it stands in letters beside the picture."""
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    return page.locator(".secret").inner_text().replace(" ", "")


def test_a_patient_signs_in_with_a_passkey_and_nothing_to_remember(phone):
    own_unlock(phone, prf=True)
    sign_in(phone, "leo")
    phone.goto("/look")
    phone.get_by_role("link", name="Signing in and devices").click()
    add_passkey(phone)
    expect(phone.get_by_text("A passkey was added.")).to_be_visible()
    phone.goto("/look")
    phone.get_by_role("button", name="Sign out").click()
    phone.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    # The door offers it in the field of the name, and this finger says yes to whatever is offered.
    expect(phone.get_by_role("heading", level=1, name="Leo")).to_be_visible()


def test_a_therapist_signs_in_with_a_passkey_and_keys_alone(desk):
    own_unlock(desk, prf=False)
    desk.add_init_script(OFFERS_NOTHING)
    sign_in(desk, "reyes", at="/desk")
    tab_to(desk, "Signing in and devices")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    tab_to(desk, "Add a passkey")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Add a passkey")).to_be_focused()
    tab_to(desk, "Add it")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Signing in and devices")).to_be_focused()
    expect(desk.get_by_role("button", name="Remove Linux computer")).to_be_visible()
    for key in ("Shift+Tab", "Shift+Tab", "Enter"):  # past Help, to the way back
        desk.keyboard.press(key)
    expect(desk.get_by_role("button", name="Leo")).to_be_visible()
    tab_to(desk, "Sign out")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")
    tab_to(desk, "Sign in with a passkey")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Leo")).to_be_visible()


@pytest.mark.console_errors(STEP_UP, REFUSED)
def test_a_code_app_takes_the_place_of_the_one_before(desk, live):
    """Also: what changes the proofs is asked twice after five minutes, and goes on by itself."""
    sign_in(desk, "sam", at="/desk")
    security(desk, at="/desk/account")
    passes(live, ALONE)
    desk.get_by_role("button", name="Set up another code app").click()
    prove(desk, PASSWORD, CODE)
    secret = secret_on(desk)
    desk.get_by_label("Then type the six digits it shows").fill("000000")
    desk.get_by_role("button", name="Use this app").click()
    expect(desk.get_by_text("These digits do not fit.")).to_be_visible()
    desk.get_by_label("Then type the six digits it shows").fill(pyotp.TOTP(secret).now())
    desk.get_by_role("button", name="Use this app").click()
    expect(desk.get_by_text("The code app was changed.")).to_be_visible()

    # Without it there would be no whole way in: a therapist's password is never enough.
    desk.get_by_role("button", name="Stop using the code app").click()
    desk.get_by_role("button", name="Remove it").click()
    expect(desk.get_by_role("alert")).to_contain_text("Please add another way first.")
    with_the_new_app(desk, "sam", secret)


def with_the_new_app(desk: Page, who: str, secret: str) -> None:
    """Sign out, and in again with the app that was just set up; the old code is of no use."""
    desk.goto("/desk")
    desk.get_by_role("button", name="Sign out", exact=True).click()
    expect(desk.get_by_text("You are signed out.")).to_be_visible()
    show_who(desk, f"{who}@example.org")
    expect(desk.get_by_text("That code does not fit.")).to_be_visible()
    desk.get_by_label("The six digits from your code app").fill(fresh_code(secret))
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("navigation", name="The clinic’s desk")).to_be_visible()


def answer_lost(route: Route) -> None:
    """The server does what it is asked, and nobody hears of it."""
    route.fetch()
    route.abort("connectionreset")


@pytest.mark.console_errors(REFUSED, r"status of 401 ", "net::ERR_CONNECTION_RESET")
def test_a_recovery_code_lets_a_patient_in_and_two_proofs_and_a_day_let_them_back(
    phone, open_page, live, api
):
    """On a new phone with the card; then everything is lost but the phone and a new card."""
    sign_in(phone, "hannah")
    first = card(phone)
    other = open_page(PHONE)
    other.goto("/sign-in")
    other.get_by_label("E-mail or sign-in name").fill("hannah@example.org")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Use my recovery code").click()
    other.get_by_label("Your recovery code").fill(first.lower().replace("-", " "))
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Hannah")

    second = card(phone)
    assert second != first
    signed_out(phone)
    phone.get_by_role("link", name="I cannot get in").click()
    phone.get_by_role("button", name="Begin").click()
    phone.get_by_label("Your e-mail or sign-in name").fill("hannah@example.org")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("Recovery code").fill(second)
    phone.get_by_role("button", name="Next").click()
    phone.route("**/api/recovery", answer_lost)
    phone.get_by_role("button", name="Go on without a link").click()
    expect(phone.get_by_role("alert")).to_contain_text("If it has begun, it goes on.")
    phone.unroute("**/api/recovery")
    phone.get_by_role("button", name="Go on without a link").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Now please wait")

    # This phone's clock is not what it goes by.
    phone.clock.set_fixed_time(datetime.now(UTC) + 2 * DAY)
    with phone.expect_response("**/api/door"):
        phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Now please wait")
    phone.clock.set_fixed_time(datetime.now(UTC))

    # The other phone is told, and could stop it.
    security(other)
    expect(other.get_by_text("Somebody asked for new ways to sign in", exact=True)).to_be_visible()
    expect(other.get_by_role("button", name="Stop it")).to_be_visible()

    passes(live, DAY)
    comes_back(phone, DAY)
    # Whoever opens this browser has what lies in it, and not the card.
    expect(
        phone.get_by_role("heading", name="Please show your recovery code again")
    ).to_be_visible()
    phone.get_by_label("Recovery code").fill(first)
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Yes, stop the old ways to sign in").click()
    phone.get_by_role("button", name="With a password").click()
    phone.get_by_label("Password", exact=True).fill("password")
    phone.get_by_role("button", name="Keep this password").click()
    expect(phone.get_by_role("alert")).to_contain_text("15 characters or longer")
    phone.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    phone.get_by_role("button", name="Keep this password").click()
    expect(phone.get_by_role("alert")).to_contain_text("That does not fit.")
    phone.get_by_label("Recovery code").fill(second)
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Yes, stop the old ways to sign in").click()
    phone.get_by_role("button", name="With a password").click()
    phone.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    phone.get_by_role("button", name="Keep this password").click()
    # The card is spent, so a password needs something else beside it.
    secret = secret_on(phone)
    phone.get_by_label("Then type the six digits it shows").fill(pyotp.TOTP(secret).now())
    phone.get_by_role("button", name="Use this app").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You can sign in now.")
    phone.get_by_role("link", name="To signing in").click()
    show_who(phone, "hannah@example.org", NEW_PASSWORD, fresh_code(secret))
    expect(phone.get_by_role("heading", level=1, name="Hannah")).to_be_visible()

    other.reload()
    expect(other.get_by_role("status").filter(has_text="signed out")).to_be_visible()


def card(page: Page) -> str:
    """Make a recovery code and return it."""
    security(page)
    page.get_by_role("button", name=re.compile("Make a (new )?recovery code")).click()
    page.get_by_role("button", name="Show it to me").click()
    code = page.locator(".code").inner_text()
    assert len(code.replace("-", "")) >= 26
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("status").filter(has_text="It is changed.")).to_be_visible()
    return code


@pytest.mark.console_errors(STEP_UP)
def test_giving_is_asked_twice_after_five_minutes_and_taking_back_never(phone, live, api):
    sign_in(phone, "kasia")
    therapist = api("okafor").get("/api/session").json()["id"]
    phone.goto(f"/sharing/give/{therapist}")
    phone.get_by_role("checkbox").first.check()
    passes(live, ALONE)
    phone.get_by_role("button", name=re.compile("^Share with ")).click()
    # "Not now" leaves it as it was: nothing is given.
    phone.get_by_role("dialog").get_by_role("button", name="Not now").click()
    assert api("kasia").get("/api/grants").json() == []
    phone.get_by_role("button", name=re.compile("^Share with ")).click()
    prove(phone, PASSWORD, CODE)
    phone.wait_for_url("**/sharing")
    expect(phone.get_by_role("button", name="Stop sharing")).to_be_visible()

    passes(live, ALONE)
    phone.get_by_role("button", name="Withdraw everything").click()
    phone.get_by_role("dialog").get_by_role("button", name=re.compile("^Withdraw")).click()
    expect(phone.get_by_role("button", name="Stop sharing")).to_have_count(0)
    expect(phone.get_by_role("dialog", name="Please show that it is you")).to_have_count(0)


@pytest.mark.console_errors(r"status of 401 ")
def test_a_device_that_is_signed_out_from_another_keeps_what_was_being_written(
    phone, open_page, api
):
    sign_in(phone, "ruth")
    phone.goto("/write")
    write(phone, "The tide table, ")
    expect(state(phone)).to_contain_text(ON_THIS_PHONE)

    other = open_page(DESK)
    sign_in(other, "ruth")
    security(other)
    other.get_by_role("button", name="Sign out Linux computer").click()
    expect(other.get_by_role("status").filter(has_text="is signed out.")).to_be_visible()

    write(phone, "and the late bus.")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="signed out")).to_be_visible()
    phone.get_by_role("link", name="Sign in").click()
    show_who(phone, "ruth@example.org")
    phone.wait_for_url(re.compile(r"/$"))
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text="The tide table, and the late bus.")
    expect(row).to_contain_text("Saved")
    assert len(entries_with(api("ruth"), "and the late bus.")) == 1


def test_a_desk_that_is_left_alone_is_covered_and_asks_before_it_ends(desk):
    desk.clock.install()
    sign_in(desk, "reyes", at="/desk")
    expect(desk.get_by_role("button", name="Leo")).to_be_visible()
    desk.clock.fast_forward("02:01")
    cover = desk.get_by_role("dialog", name="Covered")
    expect(cover).to_be_visible()
    desk.get_by_role("button", name="Show the page").click()
    expect(cover).to_have_count(0)
    expect(desk.get_by_role("button", name="Leo")).to_be_visible()

    desk.clock.fast_forward("02:01")
    expect(cover).to_be_visible()
    desk.clock.fast_forward("11:00")
    asked = desk.get_by_role("dialog", name="Are you still there?")
    expect(asked).to_be_visible()
    with desk.expect_response("**/api/session/stay") as stayed:
        asked.get_by_role("button", name="Stay signed in").click()
    assert stayed.value.ok
    expect(asked).to_have_count(0)
    expect(cover).to_be_visible()
