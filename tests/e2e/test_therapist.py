"""A therapist at a laptop: who comes, what each handed over, and nothing else."""

import re

import pytest
from playwright.sync_api import Page, expect

from journal.demo import canary
from journal.demo.files import load
from tests.e2e.people import entries, sign_in, stored, tab_to

pytestmark = pytest.mark.screens

HIDDEN = "() => document.dispatchEvent(new Event('visibilitychange'))"


def words_of(who: str) -> list[str]:
    """A phrase from each text this person wrote."""
    [story] = [one for one in load().stories if one.key == who]
    found = (canary.phrase(one.guide, one.answers) for one in story.entries)
    return [phrase for phrase in found if phrase]


def handed(page: Page) -> list[str]:
    """The titles of everything on the page, in the order they stand."""
    return page.locator("[data-excerpt] h2").evaluate_all(
        "(all) => all.map((it) => it.textContent.trim())"
    )


def open_page_of(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_today_is_in_the_order_of_the_appointments(desk):
    sign_in(desk, "reyes")
    people = desk.get_by_role("navigation", name="Today").get_by_role("listitem")
    expect(people).to_have_text(
        [
            re.compile(
                "^Leo.*Tomorrow, 10:00.*Brief released yesterday, about .*three new since last time"
            ),
            re.compile("^Desmond.*Eight things, two new since last time"),
            re.compile("^Maya.*(Brief released|things, nothing new)"),
            re.compile("^Ruth.*Five things, one new since last time"),
        ]
    )


def test_a_page_is_what_was_handed_over_and_the_patient_reads_that_it_was_read(desk, api):
    leo = api("leo")
    before = leo.get("/api/receipts").json()
    sign_in(desk, "reyes")
    open_page_of(desk, "Leo")
    titles = handed(desk)
    assert len([title for title in titles if title.endswith("new")]) == 3
    assert titles[0].startswith("Free writing")  # what he put first
    article = desk.get_by_role("article")
    expect(article).to_contain_text(re.compile(r"Handed over \w{3} \d"))
    page = desk.evaluate(
        """async () => {
          const { patients } = await (await fetch('/api/today')).json();
          const leo = patients.find(({ patient }) => patient.name === 'Leo');
          return (await fetch(`/api/patients/${leo.patient.id}/page`)).json();
        }"""
    )
    moments = [one["handed_at"] for one in page["excerpts"]]
    assert moments == sorted(moments, reverse=True)
    for one in page["excerpts"]:
        for item in one["content"]["items"]:
            for line in item["answer"]["lines"]:
                assert line["value"].strip() in article.evaluate("(it) => it.textContent")

    after = leo.get("/api/receipts").json()
    assert len(after) > len(before)
    assert {one["reader"]["name"] for one in after} == {"Dr Ana Reyes"}
    held_back = [one for one in words_of("leo") if one not in str(page)]
    assert held_back
    assert not [one for one in held_back if one in desk.content()]


def test_what_was_read_is_no_longer_new_at_the_next_sign_in(desk):
    sign_in(desk, "reyes")
    open_page_of(desk, "Ruth")
    assert [title for title in handed(desk) if title.endswith("new")]
    desk.get_by_role("button", name="Sign out", exact=True).click()
    # The words go before the server has answered: only then it is so.
    expect(desk.get_by_text("You are signed out.")).to_be_visible()
    sign_in(desk, "reyes", at="/desk")
    expect(desk.get_by_role("button", name="Ruth")).to_contain_text("nothing new since last time")


def test_nothing_hints_at_what_was_not_handed_over(desk, api):
    kept = words_of("kasia")
    assert len(kept) > 8
    assert len(entries(api("kasia"))) > 8
    heard: list[str] = []
    desk.on("response", lambda answer: "/api/" in answer.url and heard.append(answer.text()))
    sign_in(desk, "okafor")
    expect(desk.get_by_role("button", name="Kasia")).to_contain_text("Nothing handed over")
    open_page_of(desk, "Kasia")
    expect(desk.get_by_role("article")).to_contain_text("Nothing handed over.")
    assert desk.get_by_role("term").all_inner_texts() == []
    assert desk.get_by_role("heading", level=2).all_inner_texts() == ["Today", "My notes"]
    assert len(heard) >= 4
    told = "\n".join([*heard, desk.content()])
    assert not [words for words in kept if words in told]


def test_the_words_go_when_the_patient_takes_them_back(desk, api):
    sign_in(desk, "reyes")
    open_page_of(desk, "Desmond")
    words = desk.get_by_text("Ten minutes, she had me be the goat.").first
    expect(words).to_be_visible()
    desmond = api("desmond")
    [goat] = [one for one in desmond.get("/api/excerpts").json() if "the goat" in str(one)]
    assert desmond.delete(f"/api/excerpts/{goat['id']}").status == 204
    desk.evaluate(HIDDEN)  # a look away and back asks at once
    expect(words).to_have_count(0)
    expect(desk.get_by_text("Can a man wait less").first).to_be_visible()

    assert desmond.post("/api/withdraw-everything").ok
    expect(desk.get_by_text("Can a man wait less")).to_have_count(0, timeout=20_000)  # by itself
    assert not [one for one in words_of("desmond") if one in desk.content()]


@pytest.mark.whole
def test_the_desk_keeps_nothing_on_the_computer(desk):
    sign_in(desk, "okafor", at="/desk")
    open_page_of(desk, "Hannah")
    expect(desk.get_by_text("all the lost lids").first).to_be_visible()
    there = stored(desk)
    seen = [one for who in ("hannah", "owen", "maya", "kasia") for one in words_of(who)]
    assert not [words for words in [*seen, "Hannah", "Okafor"] if words in there["text"]]
    assert [name for name in there["databases"] if name != "journal-device"] == []
    assert [path for path in there["cached"] if path.startswith("/api/")] == []
    assert "/desk" in desk.url
    assert "annah" not in desk.url


def test_signing_out_leaves_no_words_on_the_screen(desk):
    sign_in(desk, "okafor", at="/desk")
    open_page_of(desk, "Hannah")
    desk.get_by_role("button", name="Sign out", exact=True).click()
    expect(desk.get_by_text("You are signed out. No words and no names were kept")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_text("all the lost lids")).to_have_count(0)
    assert not [one for one in words_of("hannah") if one in desk.content()]


def test_reading_needs_no_mouse(desk):
    desk.goto("/desk")
    desk.get_by_label("E-mail").focus()
    desk.keyboard.type("reyes@example.org")
    desk.keyboard.press("Tab")
    desk.keyboard.type("river-door-lamp-42")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("The six digits from your code app")).to_be_focused()
    desk.keyboard.type("246810")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Leo")).to_be_visible()
    tab_to(desk, "Leo")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1, name="Leo")).to_be_focused()
    tab_to(desk, "Close these notes")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Before you read")).to_have_count(0)
    tab_to(desk, "Sign out")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_way_home_of_somebody_at_the_desk_is_the_desk(desk):
    sign_in(desk, "reyes")
    for path in ("/", "/journal"):
        desk.goto(path)
        desk.wait_for_url("**/desk")
