"""The skills on a phone: every one of them without a network, with keys alone, signed out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import entries, kept, offline, ready_for_offline, sign_in, state, tab_to
from tests.e2e.skills import ENDED, SKILLS, done, number, practised, press, steps, title
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_every_skill_is_walked_through_without_a_network_and_noted_once(phone, api):
    sign_in(phone, "owen")
    ready_for_offline(phone)
    before = len(practised(api("owen")))
    with offline(phone):
        for skill in SKILLS.values():
            phone.goto(f"/skills/{skill.id}")
            title(phone).to_have_text(skill.title)
            expect(phone.get_by_text(skill.when, exact=True)).to_be_visible()
            expect(phone.get_by_text(skill.caution, exact=True)).to_be_visible()
            press(phone, "Straight to the steps")
            steps(phone, skill.id)
            title(phone).to_have_text("And now?")
            press(phone, "Skip")
            press(phone, "Skip")
            title(phone).to_have_text(ENDED)
            expect(state(phone)).to_contain_text("On this phone.")
        assert len(practised(api("owen"))) == before
        phone.goto("/journal")
        waiting = phone.get_by_role("listitem").filter(has_text="On this phone")
        expect(waiting.first).to_be_visible()
    expect(waiting).to_have_count(0)
    noted = practised(api("owen"))[-len(SKILLS) :]
    assert sorted(one["practice-01"]["skill"][0]["skill"] for one in noted) == sorted(SKILLS)
    assert len(practised(api("owen"))) == before + len(SKILLS)


def test_what_was_said_is_one_entry_that_leads_to_the_skill_and_back(phone, api):
    sign_in(phone, "hannah")
    before = practised(api("hannah"))
    phone.goto("/skills")
    phone.get_by_role("link", name="To feel here").click()
    phone.get_by_role("link", name="All of them").click()
    phone.get_by_role("link", name=re.compile("Room roll call")).click()
    press(phone, "Begin")
    number(phone, "How strong is it now?", 7)
    press(phone, "Next")
    title(phone).to_have_text(SKILLS["gr-room"].steps[1])
    phone.reload()
    title(phone).to_have_text(SKILLS["gr-room"].steps[1])
    phone.get_by_role("link", name="Help").click()
    press(phone, "Back to where you were")
    title(phone).to_have_text(SKILLS["gr-room"].steps[1])
    press(phone, "Stop here")
    number(phone, "And now?", 5)
    expect(phone.get_by_role("radio", name="stopped early")).to_be_checked()
    phone.get_by_role("radio", name="helped a bit").check()
    press(phone, "Next")
    press(phone, "Add a note")
    phone.get_by_role("textbox").fill("The blue mug.")
    kept(phone)
    done(phone)
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text="Room roll call")
    expect(row).to_contain_text("Saved")
    assert practised(api("hannah"))[len(before) :] == [
        {
            "practice-01": {
                "skill": [{"skill": "gr-room", "title": "Room roll call"}],
                "need": "grounding",
            },
            "practice-02": {"scale": 7},
            "practice-03": {"scale": 5},
            "practice-04": {"choice": "helped-a-bit"},
            "practice-05": {"text": "The blue mug."},
        }
    ]
    row.get_by_role("link").click()
    phone.get_by_role("link", name="Open this skill").click()
    title(phone).to_have_text("Room roll call")
    press(phone, "Back")
    expect(phone.get_by_text("The blue mug.")).to_be_visible()


def test_a_skill_that_is_opened_and_left_leaves_nothing(phone, api):
    sign_in(phone, "ruth")
    before = len(entries(api("ruth")))
    phone.goto("/skills/gr-press")
    press(phone, "Begin")
    press(phone, "Skip")
    title(phone).to_have_text(SKILLS["gr-press"].steps[0])
    press(phone, "Back")
    expect(phone.get_by_role("button", name="Begin", exact=True)).to_be_visible()
    phone.goto("/skills/own")
    expect(phone.get_by_role("textbox").first).to_be_focused()
    press(phone, "Not now")
    title(phone).to_have_text("Skills to try")
    phone.goto("/write")
    phone.get_by_role("textbox").fill("Put down last of all.")
    done(phone)
    phone.goto("/journal")
    row = phone.get_by_role("listitem").filter(has_text="Put down last of all.")
    expect(row).to_contain_text("Saved")
    assert len(entries(api("ruth"))) == before + 1


def test_signed_out_in_another_tab_it_is_let_go_of_and_is_nobody_elses(phone, api):
    before = practised(api("kasia"))
    sign_in(phone, "ruth")
    phone.goto("/skills/gr-press")
    press(phone, "Begin")
    number(phone, "How strong is it now?", 7)
    title(phone).to_have_text(SKILLS["gr-press"].steps[0])
    other = phone.context.new_page()
    other.goto("/look")
    press(other, "Sign out")
    other.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
    other.wait_for_url("**/sign-in")
    expect(phone.get_by_role("button", name="Hide")).to_have_count(0)
    sign_in(other, "kasia")
    press(phone, "Next")
    other.goto("/journal")
    expect(other.locator("a[href^='/entry/']").first).to_contain_text("Saved")
    assert practised(api("kasia")) == before


def test_a_skill_by_keys_alone(phone):
    sign_in(phone, "desmond")
    keys = phone.keyboard
    for name in ("Skills", "When things feel unreal", "All of them", "Date, place, hands"):
        expect(phone.get_by_text(name, exact=True).first).to_be_visible()
        tab_to(phone, name)
        keys.press("Enter")
    title(phone).to_have_text("Date, place, hands")
    tab_to(phone, "Begin")
    keys.press("Enter")
    answer_by_keys(phone, "How strong is it now?")
    for step in SKILLS["di-date"].steps:
        title(phone).to_have_text(step)
        title(phone).to_be_focused()
        tab_to(phone, "Next")
        keys.press("Enter")
    answer_by_keys(phone, "And now?")
    answer_by_keys(phone, "Did it help?")
    title(phone).to_have_text(ENDED)
    tab_to(phone, "Done")
    keys.press("Enter")
    phone.wait_for_url("**/")


def answer_by_keys(page: Page, question: str) -> None:
    title(page).to_have_text(question)
    tab_to(page, "", role="radio")
    page.keyboard.press("Space")
    tab_to(page, "Next")
    page.keyboard.press("Enter")


def test_signed_out_there_are_the_steps_and_nothing_is_claimed(phone):
    phone.goto("/skills/gr-room")
    press(phone, "Begin")
    steps(phone, "gr-room")
    title(phone).to_have_text(ENDED)
    expect(state(phone)).to_have_count(0)
    expect(phone.get_by_text("Add a note")).to_have_count(0)
    press(phone, "Done")
    title(phone).to_have_text("Skills to try")


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_help_has_four_of_them_a_tap_away_with_the_same_steps(phone):
    sign_in(phone, "owen")
    ready_for_offline(phone)
    with offline(phone):
        phone.goto("/help")
        tools = phone.get_by_role("region", name="To steady yourself").locator("details")
        expect(tools).to_have_count(4)
        by_title = {skill.title: skill for skill in SKILLS.values() if skill.from_help}
        for tool in tools.all():
            tool.locator("summary").click()
            skill = by_title[tool.locator("summary span").first.inner_text()]
            expect(tool.get_by_role("listitem")).to_have_text(list(skill.steps))


def test_no_screen_on_the_way_has_a_violation(phone):
    sign_in(phone, "leo")
    found, wide, small = [], [], []

    def check() -> None:
        nonlocal found, wide, small
        found += look_at(phone)
        wide += phone.evaluate(OVERFLOW)
        small += phone.evaluate(SMALL, SIZES)

    phone.goto("/skills?need=sleep")
    expect(phone.get_by_role("link", name="Open")).to_be_visible()
    check()
    phone.goto("/skills/gr-coolwarm")
    for press_next in ("Begin", "Next", "Next", "Stop here", "Next", "Next"):
        press(phone, press_next)
        check()
    press(phone, "Add a note")
    check()
    phone.goto("/skills/helped")
    expect(phone.get_by_role("region", name="Cool, then warm")).to_be_visible()
    check()
    assert found == []
    assert wide == []
    assert small == []
