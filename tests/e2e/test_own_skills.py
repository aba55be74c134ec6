"""What a person noted about the skills changes what is suggested to them, and they can see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import sign_in
from tests.e2e.skills import SKILLS, done, press, suggestions, title, use

pytestmark = pytest.mark.screens

WORSE_TWICE = (
    "You said twice that this made it worse, so it is not suggested. You can still open it."
)


def test_made_worse_twice_is_not_suggested_and_that_is_said(phone):
    sign_in(phone, "kasia")
    phone.goto("/skills?need=anger")
    offered = suggestions(phone)
    assert offered == {"Jaw, hands, breath", "Step back with a promise", "What sits under it?"}
    use(phone, "ag-loosen", None, None, "made it worse")
    expect(phone.get_by_text("Leave it there.")).to_be_visible()
    expect(phone.get_by_text(WORSE_TWICE)).to_have_count(0)
    press(phone, "Once more")
    press(phone, "Straight to the steps")
    press(phone, "Stop here")
    press(phone, "Skip")
    phone.get_by_role("radio", name="made it worse").check()
    press(phone, "Next")
    expect(phone.get_by_text(WORSE_TWICE)).to_be_visible()
    done(phone)

    phone.goto("/skills?need=anger")
    assert suggestions(phone) == offered - {"Jaw, hands, breath"}
    expect(phone.get_by_text(WORSE_TWICE)).to_be_visible()
    phone.get_by_role("link", name="Jaw, hands, breath").click()
    title(phone).to_have_text("Jaw, hands, breath")
    expect(phone.get_by_text(WORSE_TWICE)).to_be_visible()
    expect(phone.get_by_text("Nothing is sent by itself.")).to_be_visible()
    phone.get_by_role("link", name="Note it for your therapist").click()
    expect(phone).to_have_url(re.compile(r"/entry/[0-9a-f-]+/hand-over$"))


def test_what_helped_comes_first_and_stays_there_for_the_visit(phone):
    sign_in(phone, "kasia")
    use(phone, "pa-soften", 8, 6, "helped")
    done(phone)
    phone.goto("/skills?need=pain")
    card = phone.locator("main section").first
    expect(card).to_contain_text("You said this helped")
    expect(card).to_contain_text("Soften around it")
    press(phone, "Another one")
    expect(card).not_to_contain_text("Soften around it")
    second = card.inner_text()
    phone.get_by_role("link", name="Open").click()
    press(phone, "Back")
    expect(card).to_have_text(second, use_inner_text=True)


def test_the_mean_shows_from_three_pairs_on(phone):
    sign_in(phone, "ruth")
    for before, after in ((8, 5), (7, 6)):
        use(phone, "di-list", before, after, None)
        done(phone)
    use(phone, "di-list", 9, None, None)
    done(phone)
    phone.goto("/skills/helped")
    own = phone.get_by_role("region", name="Name five of a kind")
    expect(own).to_contain_text("You have used this three times.")
    expect(own).to_contain_text("8, then 5")
    expect(own).to_contain_text("9 before")
    expect(own.get_by_text("On average")).to_have_count(0)
    use(phone, "di-list", 6, 4, "helped")
    done(phone)
    phone.goto("/skills/helped")
    expect(own).to_contain_text(
        "You have used this four times. On average it moved from 7 to 5. "
        "That is over the three times with both numbers."
    )


def test_the_hours_after_a_dose_show_what_fits_them(phone):
    sign_in(phone, "maya")
    phone.goto("/skills")
    expect(phone.get_by_text("These fit the hours after a session.")).to_be_visible()
    shown = set()
    needs = phone.locator("main a[href*='need=']")
    fitting = {skill.need for skill in SKILLS.values() if skill.dose_day}
    for at in range(len(fitting)):
        expect(needs).to_have_count(len(fitting))
        needs.nth(at).click()
        phone.get_by_role("link", name="All of them").click()
        expect(phone.get_by_text("All of them")).to_be_visible()
        rows = phone.locator("main ul a[href^='/skills/']")
        expect(rows.first).to_be_visible()
        shown |= {row.get_attribute("href").split("?")[0].split("/")[2] for row in rows.all()}
        phone.goto("/skills")
    assert shown == {id for id, skill in SKILLS.items() if skill.dose_day}
    phone.goto("/skills/lm-walk")
    expect(phone.get_by_text("This one does not fit the hours after a session.")).to_be_visible()


def test_the_steady_list_is_at_hand(phone):
    sign_in(phone, "kasia")
    phone.goto("/skills")
    card = phone.get_by_role("region", name="My steady list")
    expect(card).to_contain_text("naming spanner sizes, smallest up")
    first = card.get_by_role("link").first
    name = first.inner_text()
    first.click()
    title(phone).to_have_text(name)


def test_a_skill_of_ones_own_is_written_used_changed_and_deleted(phone):
    sign_in(phone, "desmond")
    phone.goto("/skills")
    phone.get_by_role("link", name="Write down one of your own").click()
    phone.get_by_label("What do you call it?").fill("Cold tea on the step")
    press(phone, "Done")
    title(phone).to_have_text("Cold tea on the step")
    press(phone, "Straight to the steps")
    title(phone).to_have_text("Cold tea on the step")
    press(phone, "Back")
    phone.get_by_text("More", exact=True).click()
    phone.get_by_role("link", name="Change it").click()
    phone.get_by_text("When, steps, what to mind").click()
    phone.get_by_label("The steps, one on each line").fill("Pour it.\n\n  Sit down outside. ")
    press(phone, "Done")
    press(phone, "Straight to the steps")
    title(phone).to_have_text("Pour it.")
    press(phone, "Next")
    title(phone).to_have_text("Sit down outside.")
    press(phone, "Stop here")
    press(phone, "Done for now")
    phone.wait_for_url("**/")
    phone.goto("/skills/helped")
    expect(phone.get_by_role("region", name="Cold tea on the step")).to_contain_text("once")
    phone.goto("/skills?need=own&all")
    phone.get_by_role("link", name="Cold tea on the step").click()
    phone.get_by_text("More", exact=True).click()
    phone.get_by_role("link", name="Change it").click()
    press(phone, "Delete")
    press(phone, "Delete it")
    phone.wait_for_url("**/journal")
    phone.goto("/skills?need=own&all")
    expect(phone.get_by_role("link", name="The stops of the 18")).to_be_visible()
    expect(phone.get_by_text("Cold tea on the step")).to_have_count(0)


def test_a_star_and_a_wish_not_to_see_it_are_kept(phone):
    sign_in(phone, "hannah")
    phone.goto("/skills/sl-dream")
    phone.get_by_text("More", exact=True).click()
    press(phone, "Do not suggest it")
    expect(phone.get_by_text("You hid this. It is not suggested.")).to_be_visible()
    phone.goto("/skills/sl-rise")
    phone.get_by_text("More", exact=True).click()
    press(phone, "Star it")
    expect(phone.get_by_text("Starred", exact=True)).to_be_visible()
    phone.goto("/skills?need=sleep")
    expect(phone.locator("main section").first).to_contain_text("Same rise time")
    assert suggestions(phone) == {"Same rise time", "Up and reset"}
    phone.get_by_role("link", name="All of them").click()
    expect(phone.get_by_role("listitem").filter(has_text="New ending")).to_contain_text("You hid")
    phone.goto("/skills")
    expect(phone.get_by_role("link", name="Same rise time")).to_be_visible()
