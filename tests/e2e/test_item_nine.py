"""The PHQ-9: the clinic's plan before it begins, and help under its ninth question."""

import re

import pytest
from playwright.sync_api import Page, expect

from journal.demo.people import CODE, PASSWORD
from tests.e2e.measuring import BANDS, answer, begin, wrong_with
from tests.e2e.people import SAVED, kept, sign_in, state

pytestmark = pytest.mark.screens

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
ABOUT_DEATH = "Thoughts that you would be better off dead or of hurting yourself in some way"
DAILY_LIFE = "If you checked off any problems"


@pytest.fixture
def response_plan(live, playwright):
    """The clinic says what it does with PHQ-9 answers; from then on it is offered."""
    admin = playwright.request.new_context(
        base_url=live.url, extra_http_headers={"Origin": live.url}
    )
    me = {"email": "sam@example.org", "password": PASSWORD, "code": CODE}
    assert admin.post("/api/session", data=me).ok
    texts = admin.get("/api/clinic/content").json()["texts"]
    edition = texts.pop("edition")
    if texts["response_plan"] != PLAN:
        sent = admin.put(
            "/api/clinic/texts/clinic",
            data=texts | {"response_plan": PLAN},
            headers={"If-Match": f'"{edition}"'},
        )
        assert sent.status == 201
    admin.dispose()


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
    for said in [*PLAN.values(), BEFORE]:
        expect(phone.get_by_text(said, exact=True)).to_be_visible()
    assert wrong_with(phone) == []
    phone.get_by_role("link", name="Begin", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Little interest or pleasure in doing things"
    )


@pytest.mark.usefixtures("response_plan")
@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("owen", "Several days"),
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
    assert wrong_with(phone) == []

    calls = card.get_by_role("link", name=re.compile("^Call "))
    go_on = card.get_by_role("button", name="Go on")
    expect(calls.first).to_be_visible()
    tall, wide = (go_on.bounding_box()[side] for side in ("height", "width"))
    for call in calls.all():
        box = call.bounding_box()
        assert (box["height"], box["width"]) == (tall, wide), "going on is as easy as calling"
    go_on.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(DAILY_LIFE)
    expect(card).to_have_count(0)


@pytest.mark.usefixtures("response_plan")
@pytest.mark.parametrize(("who", "label"), [("hannah", "Not at all"), ("kasia", None)])
def test_none_and_skipped_say_nothing_about_risk(phone, who, label):
    sign_in(phone, who)
    to_item_nine(phone)
    before = phone.get_by_role("main").inner_text()
    if label is not None:
        phone.get_by_role("radio", name=label, exact=True).check()
        kept(phone)
        expect(phone.get_by_role("region", name="Help, if you want it")).to_have_count(0)
    seen = phone.get_by_role("main").inner_text()
    assert words(seen) - words(before) <= {"on", "this", "phone", "saved"} | times(seen)
    phone.get_by_role("button", name="Next" if label else "Skip", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(DAILY_LIFE)
    expect(phone.get_by_role("region", name="Help, if you want it")).to_have_count(0)


def to_item_nine(page: Page) -> None:
    begin(page, "PHQ-9")
    for _ in range(8):
        answer(page, "Not at all")
    expect(page.get_by_role("heading", level=1)).to_have_text(ABOUT_DEATH)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9:]+", text.lower()))


def times(text: str) -> set[str]:
    return set(re.findall(r"\d+:\d\d", text))
