"""The five minutes before an appointment: the page as a brief, and what is done with it."""

import re

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.conftest import DESK
from tests.e2e.people import sign_in, stored, tab_to
from tests.e2e.test_accessibility import SIZES, SMALL, look_at
from tests.e2e.test_therapist import open_page_of

pytestmark = pytest.mark.screens

SCREEN = {"width": 1280, "height": 1080}
MOST_WORDS = 350
GOES = 5_000  # ms: so soon the words are gone after a withdrawal, where the server says so

WORDS_BEFORE_MORE = """() => {
  const shown = document.querySelector('article').cloneNode(true);
  for (const each of shown.querySelectorAll('details, svg, .for-ears')) each.remove();
  document.body.append(shown);
  const words = shown.innerText.match(/\\S+/g).length;
  shown.remove();
  return words;
}"""
LOWEST_BEFORE_MORE = """() => {
  const parts = document.querySelectorAll('article .words > section, article aside > *');
  return Math.max(...[...parts].map((each) => each.getBoundingClientRect().bottom));
}"""


@pytest.fixture
def reyes(open_page) -> Page:
    """Leo's page on Dr Reyes's screen, the notes on reading closed."""
    desk = open_page(SCREEN)
    sign_in(desk, "reyes")
    open_leo(desk)
    # They come to whoever opens somebody for the first time, a moment after the page itself.
    desk.get_by_role("button", name="Close these notes").click()
    return desk


def open_leo(desk: Page) -> None:
    open_page_of(desk, "Leo")
    expect(desk.get_by_label("My notes")).to_be_visible()


def block(page: Page, name: str):
    return page.locator("section").filter(has=page.get_by_role("heading", name=name, exact=True))


def excerpts(device: APIRequestContext) -> list[dict]:
    return device.get("/api/excerpts").json()


def the(device: APIRequestContext, words: str) -> dict:
    [one] = [each for each in excerpts(device) if words in str(each["content"])]
    return one


def test_the_brief_is_one_screen_and_few_words(reyes):
    assert reyes.evaluate(WORDS_BEFORE_MORE) <= MOST_WORDS
    assert reyes.evaluate(LOWEST_BEFORE_MORE) <= SCREEN["height"]
    expect(reyes.get_by_text(re.compile(r"about \d min")).first).to_be_visible()


def test_it_is_in_the_order_of_the_visit(reyes):
    titles = reyes.locator("article .words > section > h2").all_inner_texts()
    assert titles == [
        "Carried from last time",
        "What Leo wants to talk about",
        "Safety",
        "What stays with Leo",
        "Intention",
    ]
    agenda = block(reyes, "What Leo wants to talk about")
    expect(agenda).to_contain_text("The forty bars of rest, and the listening in them.")
    expect(agenda).to_contain_text("Start with")
    expect(agenda).to_contain_text("Please don't bring this up first")
    expect(block(reyes, "Safety")).to_contain_text("No items shared here.")
    expect(block(reyes, "Intention")).to_contain_text("What is it like with the tab closed?")


def test_the_margin_is_arithmetic_and_each_number_leads_to_its_source(reyes):
    margin = reyes.get_by_role("complementary", name="In numbers")
    mood = margin.get_by_role("img", name=re.compile("^Mood, six numbers"))
    expect(mood.locator("circle")).to_have_count(6)
    expect(mood.locator(".session")).to_have_count(2)
    expect(margin).to_contain_text("7 → 4, 8 → 5")
    margin.get_by_role("button", name="As a table").click()
    expect(margin.get_by_role("table").first).to_contain_text("session 2")
    phq = margin.get_by_role("button", name=re.compile("^PHQ-8"))
    expect(phq).to_have_text(re.compile(r"^\d+ → \d+$"))
    phq.click()
    here = reyes.locator("[data-excerpt]").filter(has=reyes.locator(":focus"))
    expect(here).to_contain_text("PHQ-8")
    expect(here).to_be_in_viewport()


def test_since_last_time_shows_what_came_since(reyes):
    assert "PHQ-8" in reyes.get_by_role("article").inner_text()
    reyes.get_by_role("button", name=re.compile("^Since")).click()
    assert "PHQ-8" not in reyes.get_by_role("article").inner_text()
    expect(block(reyes, "Carried from last time")).to_be_visible()
    reyes.get_by_role("button", name="Everything", exact=True).click()
    expect(reyes.get_by_role("article")).to_contain_text("PHQ-8")


def test_the_patient_sees_the_same_page_without_the_tools(reyes, phone):
    sign_in(phone, "leo")
    phone.goto("/sharing")
    phone.locator("a[href$='/sees']").first.click()
    expect(phone.get_by_role("heading", name="What Leo wants to talk about")).to_be_visible()
    words = "article .words > section :is(.words, h2, h3, h4)"
    mine = phone.locator(words).all_inner_texts()
    theirs = reyes.locator(words).all_inner_texts()
    assert [one.removesuffix("\u00a0· new") for one in theirs] == mine
    for tool in ("My notes", "Keep as PDF", "Suggest something"):
        assert tool not in phone.content()
    expect(phone.get_by_role("button", name=re.compile("^(Read|Talked|Carry)"))).to_have_count(0)


def test_marks_are_seen_by_the_patient_and_taken_off(reyes, api):
    leo = api("leo")
    lead = block(reyes, "What stays with Leo").locator(".excerpt").first
    talked = lead.get_by_role("button", name=re.compile("^Talked about"))
    talked.click()
    expect(talked).to_have_attribute("aria-pressed", "true")
    assert the(leo, "count them with my whole body")["marks"]["talked"]
    talked.click()
    expect(talked).to_have_attribute("aria-pressed", "false")
    assert the(leo, "count them with my whole body")["marks"]["talked"] is None


def test_one_tap_says_it_was_read_and_when_it_is_talked_about(reyes, api):
    reyes.get_by_role("button", name="Read: we’ll talk about it tomorrow").click()
    expect(
        reyes.get_by_text("Leo sees that you read it and talk about it tomorrow.")
    ).to_be_visible()
    assert all(one["marks"]["read"] for one in excerpts(api("leo")))


def test_own_notes_are_kept_and_never_reach_the_patient(reyes, api):
    note = reyes.get_by_label("My notes")
    expect(reyes.get_by_text("Only you. Not part of what Leo sees.")).to_be_visible()
    note.fill("Ask about the windlestraw.")
    expect(reyes.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    reyes.reload()
    open_leo(reyes)
    reyes.get_by_text("Earlier notes").click()
    expect(reyes.get_by_text("Ask about the windlestraw.")).to_be_visible()
    leo = api("leo")
    me = reyes.evaluate("async () => (await (await fetch('/api/session')).json()).id")
    for path in (f"therapists/{me}/page", "excerpts", "receipts", "care", "assigned", "grants"):
        answer = leo.get(f"/api/{path}")
        assert answer.ok, path
        assert "windlestraw" not in answer.text()


def test_a_note_being_written_is_kept_when_the_page_is_left(reyes):
    reyes.get_by_label("My notes").fill("Half a thought about crottle")
    reyes.get_by_role("button", name="Desmond").click()
    expect(reyes.get_by_role("heading", level=1, name="Desmond")).to_be_visible()
    open_leo(reyes)
    reyes.get_by_text("Earlier notes").click()
    expect(reyes.get_by_text("Half a thought about crottle")).to_be_visible()


def test_a_suggestion_reaches_the_patient_and_is_taken_back(reyes, api):
    reyes.get_by_role("button", name="Suggest something").click()
    reyes.get_by_role("radio", name="A question of your own").check()
    reyes.get_by_label("Your question").fill("What did the pause sound like?")
    reyes.get_by_role("button", name="Suggest it").click()
    expect(reyes.get_by_text("Suggested: What did the pause sound like?")).to_be_visible()
    assert "What did the pause sound like?" in api("leo").get("/api/assigned").text()
    reyes.get_by_text("What you suggested").click()
    reyes.get_by_role("button", name="Take back: What did the pause sound like?").click()
    expect(reyes.get_by_role("button", name=re.compile("^Take back"))).to_have_count(0)
    assert "What did the pause sound like?" not in api("leo").get("/api/assigned").text()


def test_the_page_is_kept_as_a_file_and_the_patient_sees_that(reyes, api):
    reyes.get_by_role("button", name="Keep as PDF").click()
    expect(reyes.get_by_text("Leo sees that you kept it.")).to_be_visible()
    with reyes.expect_download() as download:
        reyes.get_by_role("button", name="Make the file").click()
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"
    assert "Leo" not in download.value.suggested_filename
    assert "pdf" in {one.get("how") for one in api("leo").get("/api/receipts").json()}


def test_the_search_finds_what_is_handed_over_and_forgets_what_is_taken_back(open_page, api):
    desk = open_page(DESK)
    sign_in(desk, "reyes")
    desk.get_by_role("button", name="Search", exact=True).click()
    desk.get_by_role("searchbox").fill("wasted afternoon")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Nothing with these words is handed over now.")).to_be_visible()
    desk.get_by_role("searchbox").fill("AIR vent")
    desk.keyboard.press("Enter")
    found = desk.get_by_role("main").get_by_role("listitem")
    expect(found).to_contain_text(["I could hear the air vent"])
    assert "vent" not in desk.url
    leo = api("leo")
    assert leo.delete(f"/api/excerpts/{the(leo, 'air vent')['id']}").status == 204
    expect(found).to_have_count(0, timeout=GOES)
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Nothing with these words is handed over now.")).to_be_visible()


def test_the_screen_is_blank_at_once_after_a_withdrawal(open_page, api):
    desk = open_page(DESK)
    sign_in(desk, "reyes")
    open_page_of(desk, "Ruth")
    words = desk.get_by_text("whistle through my teeth").first
    expect(words).to_be_visible()
    desk.wait_for_timeout(3_000)  # the stream stands
    assert api("ruth").post("/api/withdraw-everything").ok
    expect(words).to_have_count(0, timeout=GOES)
    expect(desk.get_by_text("Nothing handed over.")).to_be_visible()
    expect(desk.get_by_role("button", name="Ruth")).to_contain_text("Nothing handed over")


@pytest.mark.whole
def test_the_desk_keeps_nothing_of_the_brief(reyes):
    note = reyes.get_by_label("My notes")
    note.fill("Of the corrigendum.")
    expect(reyes.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    there = stored(reyes)
    for words in ("oboe", "corrigendum", "forty bars", "Leo"):
        assert words not in there["text"], words


def test_the_brief_needs_no_mouse(open_page):
    desk = open_page(SCREEN)
    sign_in(desk, "reyes")
    tab_to(desk, "Leo")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1, name="Leo")).to_be_focused()
    tab_to(desk, "Talked about")
    desk.keyboard.press("Space")
    expect(desk.locator(":focus")).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("Space")
    expect(desk.locator(":focus")).to_have_attribute("aria-pressed", "false")
    tab_to(desk, "As a table")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("table").first).to_be_visible()
    desk.keyboard.press("Enter")
    summary = desk.locator("article > details > summary")
    for _ in range(20):
        desk.keyboard.press("Tab")
        if summary.evaluate("(it) => it === document.activeElement"):
            break
    desk.keyboard.press("Enter")
    expect(desk.locator("details[open] [data-excerpt]").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_part_of_it_has_a_violation(open_page, scheme):
    desk = open_page(SCREEN, color_scheme=scheme)
    sign_in(desk, "reyes")
    open_leo(desk)
    found = look_at(desk)
    desk.get_by_role("button", name="As a table").click()
    desk.get_by_role("button", name="Suggest something").click()
    desk.get_by_role("button", name="Keep as PDF").click()
    desk.locator("article details summary").first.click()
    found += look_at(desk)
    found += [f"too small: {each}" for each in desk.evaluate(SMALL, SIZES)]
    desk.get_by_role("button", name="Search", exact=True).click()
    expect(desk.get_by_role("searchbox")).to_be_focused()
    found += look_at(desk)
    assert found == []
