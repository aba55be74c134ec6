"""A measure is answered in one sitting, when it is due, whatever address leads to its questions."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.measuring import answer, begin, finish
from tests.e2e.people import entries, sign_in
from tests.e2e.plans import PLAN, here_too, open_at, page_of, written
from tests.e2e.test_handing_over import assert_same_bytes

pytestmark = pytest.mark.screens

SIX = {f"gad7-0{at}": {"choice": "nearly-every-day"} for at in range(1, 7)}
UNSCORED = "It could be answered for one day. It stays not scored."


def led_to(page: Page, path: str, end: str) -> None:
    """Go there and wait until one stands somewhere else."""
    page.goto(path)
    page.wait_for_url(f"**{end}")
    expect(page.get_by_role("radio")).to_have_count(0)


def test_one_begun_weeks_ago_stays_not_scored(phone, api):
    here = written(api("hannah"), "gad7", SIX, days_ago=60)
    sign_in(phone, "hannah")
    here_too(phone, here)
    main = phone.get_by_role("main")
    expect(main.get_by_text(UNSCORED)).to_be_visible()
    expect(main.get_by_role("link", name=re.compile("^(Go on|Change)"))).to_have_count(0)
    open_at(phone, f"/measures/{here}", re.compile("GAD-7"))
    expect(main.get_by_text(UNSCORED)).to_be_visible()
    expect(main.get_by_text("Not scored", exact=True)).to_be_visible()
    expect(phone.get_by_role("link", name="Answer what is left")).to_have_count(0)
    for path in (f"/guide/gad7/{here}", f"/entry/{here}/edit?at=gad7-07"):
        led_to(phone, path, "/measures?of=gad7")
        expect(phone.get_by_role("link", name="Begin", exact=True)).to_be_visible()


def test_no_address_begins_or_goes_on_in_the_hours_after_a_dose(phone, api):
    here = written(api("maya"), "gad7", SIX)
    sign_in(phone, "maya")
    here_too(phone, here)
    main = phone.get_by_role("main")
    expect(main.get_by_text("It can be changed when your head is clear.")).to_be_visible()
    expect(main.get_by_role("link", name=re.compile("^(Go on|Change)"))).to_have_count(0)
    paths = ("/guide/phq8?begin", f"/guide/gad7/{here}", f"/entry/{here}/edit?at=gad7-07")
    for path in paths:
        led_to(phone, path, f"/measures?of={'phq8' if 'phq8' in path else 'gad7'}")
        expect(phone.get_by_text("These wait until your head is clear.")).to_be_visible()
    phone.goto("/")
    phone.get_by_role("button", name="Leave the calm screen").click()
    led_to(phone, "/guide/phq8?begin", "/measures?of=phq8")
    expect(phone.get_by_text("when the hours after your session are over")).to_be_visible()


def test_it_is_begun_once_at_a_time(phone, api):
    sign_in(phone, "kasia")
    begin(phone, "PHQ-2")
    other = phone.context.new_page()
    begin(other, "PHQ-2")
    answer(phone, "Nearly every day")
    other.wait_for_url("**/measures?of=phq2")
    expect(other.get_by_role("link", name="Go on", exact=True)).to_be_visible()
    answer(phone, "Nearly every day")
    finish(phone)
    led_to(phone, "/guide/phq2?begin", "/measures?of=phq2")
    expect(phone.get_by_text("It opens again")).to_be_visible()
    assert [one["guide"] for one in entries(api("kasia"))].count("phq2") == 1


def test_the_plan_is_not_changed_in_these_hours_at_another_guides_address(phone, api):
    here = written(api("maya"), "plan", PLAN)
    sign_in(phone, "maya")
    here_too(phone, here)
    for path in (f"/guide/day/{here}", f"/guide/plan/{here}"):
        phone.goto(path)
        phone.wait_for_url("**/plan")


def test_an_entry_opens_at_its_own_address(phone, api):
    device = api("leo")
    days = {
        "refl": written(device, "refl", {"refl-01": {"text": "A door."}}),
        "free": written(device, "free", {"free-01": {"text": "A page."}}),
    }
    sign_in(phone, "leo")
    here_too(phone, days["free"])
    phone.goto(f"/guide/day/{days['refl']}")
    phone.wait_for_url(f"**/guide/refl/{days['refl']}")
    expect(phone.get_by_role("textbox").first).to_have_value("A door.")
    phone.goto(f"/guide/day/{days['free']}")
    phone.wait_for_url(f"**/entry/{days['free']}/edit")


def excerpts(therapist: APIRequestContext) -> list[dict[str, Any]]:
    """What this therapist has of Leo's."""
    return json.loads(page_of(therapist, "Leo")[1])["excerpts"]


@pytest.mark.parametrize("item", ["gad7-02", None], ids=["one answer", "all there are"])
def test_what_is_told_is_what_was_shown(phone, api, item):
    before = {one["id"] for one in excerpts(api("reyes"))}
    states = {id: {"state": "skipped"} for id in SIX}
    here = written(api("leo"), "gad7", states | {"gad7-02": SIX["gad7-02"]})
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, f"/entry/{here}/tell{f'?item={item}' if item else ''}", re.compile("^Tell"))
    shown = phone.get_by_role("region", name="What is sent")
    expect(shown).to_contain_text("Nearly every day")
    seen = shown.inner_text().splitlines()[1:]
    phone.get_by_role("button", name="Send it to Dr Ana Reyes").tap()
    expect(phone.get_by_text(re.compile("^Handed to Dr Ana Reyes"))).to_be_visible()
    [sent] = [one for one in excerpts(api("reyes")) if one["id"] not in before]
    rows = [
        words
        for row in sent["content"]["items"]
        for words in (row["question"], *(line["value"] for line in row["answer"]["lines"]))
    ]
    assert [line for line in seen if line.strip()] == rows
    assert "Total" not in rows
    assert_same_bytes(api, "leo")
