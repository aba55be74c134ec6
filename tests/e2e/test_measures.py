"""Measures on a phone: taken, added up or not scored, and not asked too often."""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from journal.accounts.principals import Therapist
from journal.app import open_database
from journal.catalog.assigning import assign
from tests.e2e.measuring import BANDS, SNAPSHOT, answer, begin, finish, wrong_with
from tests.e2e.people import SAVED, entries, offline, ready_for_offline, sign_in, state
from tests.e2e.rooms import settle
from tests.e2e.test_handing_over import assert_same_bytes, confirm, hand_over, on_the_page, preview

pytestmark = pytest.mark.screens


def test_a_measure_is_taken_and_adds_up(phone, api):
    sign_in(phone, "hannah")
    begin(phone, "PHQ-8")
    labels = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    for label in labels * 2:
        answer(phone, label)
    answer(phone, "Very difficult")
    finish(phone)

    expect(phone.get_by_text("12 of 24", exact=True)).to_be_visible()
    expect(phone.get_by_text(SNAPSHOT)).to_be_visible()
    expect(state(phone)).to_have_text(SAVED)
    main = phone.get_by_role("main")
    expect(main.get_by_text("Very difficult")).to_be_visible()
    assert not BANDS.search(main.inner_text())
    [entry] = [one for one in entries(api("hannah")) if one["guide"] == "phq8"]
    assert len(entry["answers"]) == 9


def test_it_is_not_begun_again_before_its_time_but_can_be_looked_at(phone):
    sign_in(phone, "hannah")
    phone.goto("/measures")
    row = phone.get_by_role("link", name=re.compile("PHQ-8"))
    expect(row).to_contain_text("Last taken today. It opens again on")
    row.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("PHQ-8")
    expect(phone.get_by_role("link", name="Begin", exact=True)).to_have_count(0)
    phone.get_by_text("See the questions").click()
    expect(phone.get_by_text("Poor appetite or overeating")).to_be_visible()
    expect(phone.get_by_role("row").filter(has_text="12 of 24")).to_be_visible()

    phone.goto("/guide/phq8")
    phone.wait_for_url("**/measures?of=phq8")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("PHQ-8")


@pytest.mark.parametrize(("how", "name", "of"), [("skipped", "PHQ-2", 2), ("unsure", "GAD-7", 7)])
def test_with_an_answer_left_out_there_is_no_total(phone, how, name, of):
    sign_in(phone, "kasia")
    begin(phone, name)
    for _ in range(of - 1):
        answer(phone, "Nearly every day")
    if how == "unsure":
        phone.get_by_role("button", name="Not sure").click()
        phone.get_by_role("button", name="Next", exact=True).click()
    else:
        answer(phone, None)
    finish(phone)
    expect(phone.get_by_text("Not scored", exact=True)).to_be_visible()
    expect(phone.get_by_text(f"1 of {of} questions has no answer")).to_be_visible()
    expect(phone.get_by_text(re.compile(rf"\d+ of {of * 3}\b"))).to_have_count(0)

    phone.get_by_role("link", name="Answer what is left").click()
    phone.get_by_role("radio", name="Several days", exact=True).check()
    phone.get_by_role("button", name="Done for now").click()
    expect(phone).to_have_url(re.compile(r"/entry/[0-9a-f-]+$"))
    phone.goto(phone.url.replace("/entry/", "/measures/"))
    expect(phone.get_by_text(f"{(of - 1) * 3 + 1} of {of * 3}", exact=True)).to_be_visible()


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_a_mean_has_one_decimal_and_is_taken_offline(phone):
    sign_in(phone, "leo")
    ready_for_offline(phone)
    phone.goto("/measures")
    expect(phone.get_by_role("link", name=re.compile("PEG"))).to_be_visible()
    with offline(phone):
        begin(phone, "PEG")
        for number in ("3", "4", "4"):
            answer(phone, number)
        finish(phone)
        expect(phone.get_by_text("3.7 of 10", exact=True)).to_be_visible()


def test_in_the_hours_after_a_dose_nothing_is_measured(phone):
    sign_in(phone, "maya")
    phone.goto("/measures")
    expect(phone.get_by_text("These wait until your head is clear.")).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("PHQ-8"))).to_have_count(0)

    phone.goto("/")
    leave = phone.get_by_role("button", name="Leave the calm screen")
    leave.click()
    expect(leave).to_have_count(0)
    phone.goto("/measures?of=phq8")
    expect(phone.get_by_text("when the hours after your session are over")).to_be_visible()
    expect(phone.get_by_role("link", name="Begin", exact=True)).to_have_count(0)


def test_the_pcl_5_is_there_once_a_therapist_has_given_it(phone, live, api):
    sign_in(phone, "leo")
    phone.goto("/measures")
    expect(phone.get_by_role("link", name=re.compile("PHQ-8"))).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("PCL-5"))).to_have_count(0)

    give(live, api, "pcl5", by="reyes", to="leo")
    phone.reload()
    begin(phone, "PCL-5")
    for _ in range(20):
        answer(phone, "A little bit")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(SNAPSHOT)
    expect(phone.get_by_role("link", name="Something to feel steady")).to_be_visible()
    phone.get_by_role("link", name="See your answers and the total").click()
    expect(phone.get_by_text("20 of 80", exact=True)).to_be_visible()


def test_the_total_goes_across_with_the_answers_and_no_label_does(phone, api):
    sign_in(phone, "leo")
    begin(phone, "PHQ-2")
    for _ in range(2):
        answer(phone, "More than half the days")
    finish(phone)
    phone.get_by_role("link", name="Change it or hand it over").click()
    hand_over(phone, "All of it")
    expect(preview(phone)).to_contain_text("4 of 6")
    confirm(phone)
    seen = on_the_page(phone)
    expect(seen).to_contain_text("4 of 6")
    assert not BANDS.search(seen.inner_text())
    assert_same_bytes(api, "leo")


def test_every_screen_of_the_measures_can_be_used_by_everybody(phone):
    sign_in(phone, "owen")
    begin(phone, "GAD-7")
    for _ in range(7):
        answer(phone, "Several days")
    finish(phone)
    result = phone.url
    found = []
    for path in ("/measures", "/measures?of=gad7", result):
        phone.goto(path)
        settle(phone)
        for details in phone.locator("summary").all():
            details.click()
        found += wrong_with(phone)
    assert found == []


def give(live, api, guide: str, *, by: str, to: str) -> None:
    """What a therapist does for a patient."""
    therapist, patient = (UUID(api(who).get("/api/session").json()["id"]) for who in (by, to))
    database = open_database(live.settings)
    with database.session(writing=True) as opened:
        assign(
            opened,
            Therapist(therapist),
            id=uuid4(),
            patient_id=patient,
            ref=guide,
            at=datetime.now(UTC),
        )
    database.dispose()
