"""The safety plan: seven sections to read and to call from, whatever else does not work."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import (
    entries_with,
    offline,
    ready_for_offline,
    revisions,
    sign_in,
)
from tests.e2e.plans import PICTURED, PLAN, here_too, open_at, written

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
SECTIONS = [
    "How I know it is getting hard",
    "What I can do on my own",
    "Where I can go and who lifts me",
    "Who I can tell",
    "Professionals and lines",
    "Making my space safer",
    "What matters to me",
]


@OFFLINE
def test_a_plan_is_begun_and_changed_without_a_network(phone, api):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    phone.goto("/plan")
    with offline(phone):
        expect(phone.get_by_text("Your plan is still blank.")).to_be_visible()
        phone.get_by_role("link", name="Begin my plan").tap()
        expect(phone.get_by_role("heading", name=SECTIONS[0])).to_be_visible()
        phone.get_by_role("textbox").first.fill("I stop singing.")
        phone.get_by_role("button", name="Done for now").tap()
        phone.wait_for_url("**/")
        open_at(phone, "/plan", "My safety plan")
        expect(phone.get_by_text("I stop singing.")).to_be_visible()
        expect(phone.get_by_text("still on this phone")).to_be_visible()
        phone.get_by_role("link", name=re.compile(f"^Change.*{SECTIONS[6]}")).tap()
        expect(phone.get_by_role("heading", name=SECTIONS[6])).to_be_visible()
        phone.get_by_role("textbox").first.fill("My sister.")
        phone.get_by_role("button", name="Done for now").tap()
        expect(phone.get_by_text("My sister.")).to_be_visible()
        phone.reload()
        expect(phone.get_by_text("My sister.")).to_be_visible()
        expect(phone.get_by_text("I stop singing.")).to_be_visible()
    expect(phone.get_by_text("still on this phone")).to_have_count(0)
    [entry] = entries_with(api("kasia"), "I stop singing.")
    assert entry["guide"] == "plan"
    assert "My sister." in str(entry["answers"])


def test_the_seven_sections_stand_in_order_with_what_the_app_fills_in(phone, api):
    here = written(api("leo"), "plan", PICTURED)
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, "/plan", "My safety plan")
    headings = phone.get_by_role("main").get_by_role("heading", level=2).all_inner_texts()
    said = [re.sub(r"^(\d)\. ", r"\1 ", heading) for heading in headings]
    assert [each[0] for each in said] == list("1234567")
    assert all(title in each for title, each in zip(SECTIONS, said, strict=True))
    expect(phone.get_by_text(re.compile("^Last changed"))).to_be_visible()
    expect(phone.get_by_text("informed by published safety-planning research")).to_be_visible()

    calls = {
        "Call Nadia": "tel:07700900123",
        "Call The surgery": "tel:02079460538",
        "Call 116 123": "tel:116123",
        "Call 999": "tel:999",
    }
    for name, number in calls.items():
        expect(phone.get_by_role("link", name=name)).to_have_attribute("href", number)
    expect(phone.get_by_text("My ketamine or other medicine is locked")).to_be_visible()

    picture = phone.get_by_role("img", name="The plan I made with my clinician")
    expect(picture).to_be_visible()
    assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 192
    first = phone.get_by_role("heading", level=2).first.bounding_box()
    assert picture.bounding_box()["y"] < first["y"]


def test_starred_skills_stand_in_its_second_section(phone, api):
    here = written(api("leo"), "plan", PLAN)
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, "/skills/an-breath", re.compile("."))
    phone.get_by_role("main").locator("summary").last.tap()
    phone.get_by_role("button", name="Star it").tap()
    expect(phone.get_by_text("Take the star off")).to_be_visible()
    title = phone.get_by_role("heading", level=1).inner_text()
    open_at(phone, "/plan", "My safety plan")
    section = phone.get_by_role("region", name=SECTIONS[1])
    expect(section.get_by_text("Skills you starred")).to_be_visible()
    expect(section.get_by_text(title)).to_be_visible()


def test_an_earlier_text_of_the_plan_stays_readable(phone, api):
    device = api("leo")
    here = written(device, "plan", PLAN)
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, "/plan", "My safety plan")
    phone.get_by_role("link", name=re.compile(f"^Change.*{SECTIONS[0]}")).tap()
    phone.get_by_role("textbox").first.fill("I stop cooking.")
    phone.get_by_role("button", name="Done for now").tap()
    expect(phone.get_by_text("I stop cooking.")).to_be_visible()
    expect(phone.get_by_text("still on this phone")).to_have_count(0)
    assert len(revisions(device, here)) == 2
    phone.get_by_role("link", name="Earlier versions").tap()
    expect(phone.get_by_text("I stop answering messages.")).to_be_visible()


def test_in_the_hours_after_a_dose_it_is_read_and_not_changed(phone, api):
    here = written(api("maya"), "plan", PLAN)
    sign_in(phone, "maya")
    here_too(phone, here)
    open_at(phone, "/plan", "My safety plan")
    expect(phone.get_by_role("link", name="Call Nadia")).to_be_visible()
    expect(phone.get_by_text("Changing it can wait until tomorrow.")).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("^Change"))).to_have_count(0)
    for path in ("/guide/plan", f"/guide/plan/{here}", f"/entry/{here}/edit?at=plan-01"):
        phone.goto(path)
        phone.wait_for_url("**/plan")
        expect(phone.get_by_role("link", name="Call Nadia")).to_be_visible()


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "status of 401")
def test_it_is_one_tap_from_help_offline_and_when_the_session_has_ended(phone, api, live):
    here = written(api("desmond"), "plan", PLAN)
    sign_in(phone, "desmond")
    here_too(phone, here)
    ready_for_offline(phone)
    phone.context.clear_cookies()
    with offline(phone):
        phone.goto("/help")
        phone.get_by_role("link", name="Open my safety plan").tap()
        expect(phone.get_by_role("link", name="Call Nadia")).to_be_visible()


@pytest.mark.console_errors("status of 401")
def test_it_opens_when_the_server_wants_a_new_sign_in(phone, api):
    here = written(api("ruth"), "plan", PLAN)
    sign_in(phone, "ruth")
    here_too(phone, here)
    phone.context.clear_cookies()
    open_at(phone, "/plan", "My safety plan")
    expect(phone.get_by_text("Signed out. Writing still works.")).to_be_visible()
    expect(phone.get_by_role("link", name="Call Nadia")).to_be_visible()


def test_on_paper_it_is_black_on_white_on_one_page(phone, api):
    here = written(api("leo"), "plan", PLAN)
    sign_in(phone, "leo")
    here_too(phone, here)
    phone.emulate_media(color_scheme="dark")
    open_at(phone, "/plan", "My safety plan")
    expect(phone.get_by_role("link", name="Call 116 123")).to_be_visible()
    sheet = phone.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    phone.emulate_media(media="print", color_scheme="dark")
    ink, paper = phone.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; }"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    expect(phone.get_by_role("link", name="Help")).to_be_hidden()
    expect(phone.get_by_role("button", name="Print it")).to_be_hidden()
    expect(phone.get_by_role("link", name="Call Nadia")).to_be_hidden()
    expect(phone.get_by_text("07700 900123")).to_be_visible()
    expect(phone.get_by_text("Samaritans: call 116 123")).to_be_visible()
