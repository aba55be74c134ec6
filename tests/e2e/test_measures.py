"""Measures on a phone: taken, added up or not scored, and not asked too often."""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from journal.accounts.principals import Therapist
from journal.app import open_database
from journal.catalog.assigning import assign
from journal.demo.people import PASSWORD
from tests.e2e.people import SAVED, entries, offline, ready_for_offline, sign_in, state

SNAPSHOT = "This is a snapshot, not a diagnosis."
PLAN = {
    "who": "Dr Ana Reyes or Tom Okafor",
    "days": "Monday to Friday",
    "within": "By the end of the next working day",
    "what": "They call you and make a plan with you",
    "backup": "The nurse on duty, at the number of the clinic",
}
BEFORE = (
    "One question asks about thoughts of death or self-harm. Nobody sees your answer right away. "
    "If you need help now, use Help at the top."
)
BANDS = re.compile(r"\b(mild|moderate|severe|cut-off|screen)\b", re.IGNORECASE)
ABOUT_DEATH = "Thoughts that you would be better off dead or of hurting yourself in some way"
PHQ9_DAILY = "If you checked off any problems"


def begin(page: Page, name: str) -> None:
    """From the list of measures to the first question."""
    page.goto("/measures")
    page.get_by_role("link", name=re.compile(re.escape(name))).click()
    page.get_by_role("link", name="Begin", exact=True).click()
    expect(page.get_by_role("radio").first).to_be_visible()


def answer(page: Page, label: str | None) -> None:
    """Answer the question that is open, or skip it, and go on to the next."""
    question = page.get_by_role("heading", level=1).inner_text()
    if label is not None:
        page.get_by_text(label, exact=True).click()
    page.get_by_role("button", name="Skip" if label is None else "Next", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(question)


def finish(page: Page) -> None:
    """From the end of a measure to its total."""
    expect(page.get_by_role("heading", level=1)).to_have_text(SNAPSHOT)
    page.get_by_role("link", name="See your answers and the total").click()
    expect(page.get_by_role("heading", name="Total")).to_be_visible()


@pytest.fixture(scope="module")
def response_plan(live, playwright):
    """The clinic says what it does with PHQ-9 answers; from then on it is offered."""
    admin = playwright.request.new_context(
        base_url=live.url, extra_http_headers={"Origin": live.url}
    )
    me = {"email": "sam@example.org", "password": PASSWORD}
    assert admin.post("/api/session", data=me).ok
    texts = admin.get("/api/clinic/content").json()["texts"]
    edition = texts.pop("edition")
    sent = admin.put(
        "/api/clinic/texts/clinic",
        data=texts | {"response_plan": PLAN},
        headers={"If-Match": f'"{edition}"'},
    )
    assert sent.status == 201
    admin.dispose()


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


@pytest.mark.parametrize("how", ["skipped", "not sure"])
def test_with_an_answer_left_out_there_is_no_total(phone, how):
    who, name, of = {"skipped": ("kasia", "PHQ-2", 2), "not sure": ("kasia", "GAD-7", 7)}[how]
    sign_in(phone, who)
    begin(phone, name)
    for _ in range(of - 1):
        answer(phone, "Nearly every day")
    if how == "not sure":
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
    phone.get_by_role("button", name="Leave the calm screen").click()
    phone.goto("/measures?of=phq8")
    expect(phone.get_by_text("when the hours after your session are over")).to_be_visible()
    expect(phone.get_by_role("link", name="Begin", exact=True)).to_have_count(0)


def test_the_phq_9_waits_for_the_clinics_plan(phone):
    sign_in(phone, "owen")
    phone.goto("/measures")
    expect(phone.get_by_role("link", name=re.compile("PHQ-8"))).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("PHQ-9"))).to_have_count(0)


@pytest.mark.usefixtures("response_plan")
def test_the_plan_and_what_to_know_stand_before_the_first_question(phone):
    sign_in(phone, "owen")
    phone.goto("/measures")
    phone.get_by_role("link", name=re.compile("PHQ-9")).click()
    for words in [*PLAN.values(), BEFORE]:
        expect(phone.get_by_text(words, exact=True)).to_be_visible()
    phone.get_by_role("link", name="Begin", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Little interest or pleasure in doing things"
    )


@pytest.mark.usefixtures("response_plan")
@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("desmond", "Several days"),
        ("ruth", "More than half the days"),
        ("leo", "Nearly every day"),
    ],
)
def test_any_answer_above_none_is_saved_and_has_help_under_it(phone, who, label):
    sign_in(phone, who)
    to_item_nine(phone)
    phone.get_by_role("radio", name=label, exact=True).check()
    card = phone.get_by_role("region", name="Help, if you want it")
    expect(card).to_be_visible()
    expect(state(phone)).to_have_text(SAVED)
    expect(phone.get_by_role("heading", level=1)).to_have_text(ABOUT_DEATH)
    assert not BANDS.search(card.inner_text()), "nothing is rated"

    calls = card.get_by_role("link", name=re.compile("^Call "))
    go_on = card.get_by_role("button", name="Go on")
    expect(calls.first).to_be_visible()
    tall, wide = (go_on.bounding_box()[side] for side in ("height", "width"))
    for call in calls.all():
        box = call.bounding_box()
        assert (box["height"], box["width"]) == (tall, wide), "going on is as easy as calling"
    go_on.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(PHQ9_DAILY)
    expect(card).to_have_count(0)


@pytest.mark.usefixtures("response_plan")
@pytest.mark.parametrize(("who", "label"), [("hannah", "Not at all"), ("kasia", None)])
def test_none_and_skipped_say_nothing_about_risk(phone, who, label):
    sign_in(phone, who)
    to_item_nine(phone)
    before = phone.get_by_role("main").inner_text()
    if label is not None:
        phone.get_by_role("radio", name=label, exact=True).check()
        expect(state(phone)).to_have_text(re.compile("Saved|On this phone"))
        expect(phone.get_by_role("region", name="Help, if you want it")).to_have_count(0)
    seen = phone.get_by_role("main").inner_text()
    assert words(seen) - words(before) <= {"on", "this", "phone", "saved"} | times(seen)
    phone.get_by_role("button", name="Next" if label else "Skip", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(PHQ9_DAILY)
    expect(phone.get_by_role("region", name="Help, if you want it")).to_have_count(0)


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


def to_item_nine(page: Page) -> None:
    begin(page, "PHQ-9")
    for _ in range(8):
        answer(page, "Not at all")
    expect(page.get_by_role("heading", level=1)).to_have_text(ABOUT_DEATH)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9:]+", text.lower()))


def times(text: str) -> set[str]:
    return set(re.findall(r"\d+:\d\d", text))


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
            guide=guide,
            at=datetime.now(UTC),
        )
    database.dispose()
