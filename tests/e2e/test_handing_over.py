"""A patient hands over, looks at what the other side sees, takes back, withdraws."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import ONLY_YOU, sign_in, state, write_freely

pytestmark = pytest.mark.screens

REYES = "Dr Ana Reyes"
THREE = "The oboe came first. Then I lost count. Nobody minded at all."
READS = f"{REYES} can read what you handed over."


@pytest.fixture
def leo(phone):
    sign_in(phone, "leo")
    return phone


def hand_over(page: Page, how: str) -> None:
    """Open the screen from the entry and choose how much."""
    page.get_by_role("link", name="Hand over").click()
    expect(page.get_by_text("Only you can read this now.")).to_be_visible()
    page.get_by_role("radio", name=how).check()


def preview(page: Page) -> Locator:
    return page.get_by_role("region", name=f"{REYES} will see")


def confirm(page: Page) -> None:
    """The line says who will be able to read it, then it is done, and the entry says so."""
    expect(page.get_by_text(f"Then {REYES} can read this until")).to_be_visible()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Handed to {REYES}.")
    page.get_by_role("link", name="Back to what you wrote").click()
    expect(state(page)).to_contain_text(READS)


def on_the_page(page: Page) -> Locator:
    """Go and see what the therapist sees."""
    page.goto("/sharing")
    page.get_by_role("link", name=f"See what {REYES} sees").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"What {REYES} can see")
    return page.get_by_role("article")


def test_a_whole_entry_is_handed_over(leo, api):
    words = "A whole page about rosin.\n\nAnd a second paragraph."
    write_freely(leo, words)
    expect(state(leo)).to_contain_text(ONLY_YOU)
    hand_over(leo, "All of it")
    expect(preview(leo)).to_contain_text("And a second paragraph.")
    confirm(leo)
    expect(on_the_page(leo)).to_contain_text("A whole page about rosin.")
    assert_same_bytes(api, "leo")


def assert_same_bytes(api, who: str) -> None:
    """What the patient looks at and what the therapist gets are the same answer."""
    patient, therapist = api(who), api("reyes")
    name = patient.get("/api/session").json()["name"]
    rows = therapist.get("/api/today").json()["patients"]
    [id] = [row["patient"]["id"] for row in rows if row["patient"]["name"] == name]
    me = therapist.get("/api/session").json()["id"]
    theirs = therapist.get(f"/api/patients/{id}/page").body()
    mine = patient.get(f"/api/therapists/{me}/page").body()
    # All but the moment each asked at, which is what a page begins with.
    assert mine.startswith(b'{"at":')
    assert mine.partition(b",")[2] == theirs.partition(b",")[2]


def test_some_answers_are_handed_over_and_the_others_stay(leo):
    leo.goto("/journal")
    leo.get_by_role("link", name=re.compile("Getting ready.*Back inside the bass")).click()
    hand_over(leo, "Some answers")
    expect(preview(leo)).to_contain_text("Nothing is chosen yet.")
    leo.get_by_role("checkbox", name=re.compile("Write your intention in one line")).check()
    expect(preview(leo)).to_contain_text("Back inside the bass please, if it is free.")
    expect(preview(leo)).not_to_contain_text("nice chair")
    confirm(leo)
    page = on_the_page(leo)
    expect(page).to_contain_text("Back inside the bass please, if it is free.")
    expect(page).not_to_contain_text("nice chair")


def test_a_passage_is_chosen_with_the_keyboard(leo):
    write_freely(leo, f"Keyboard. {THREE}")
    hand_over(leo, "A passage")
    sentences = leo.get_by_role("listbox", name="Your words, by sentences").get_by_role("option")
    expect(sentences).to_have_count(4)
    sentences.first.focus()
    leo.keyboard.press("ArrowDown")
    leo.keyboard.press("Enter")
    leo.keyboard.press("Shift+ArrowDown")
    expect(preview(leo)).to_contain_text("“The oboe came first. Then I lost count.”")
    leo.get_by_role("group", name="Where it ends").get_by_role("button", name="earlier").press(
        "Enter"
    )
    expect(preview(leo)).to_contain_text("“The oboe came first. Then I lost”")
    confirm(leo)
    expect(on_the_page(leo)).to_contain_text("“The oboe came first. Then I lost”")


def test_a_passage_is_chosen_with_a_finger(leo):
    write_freely(leo, f"Finger. {THREE}")
    hand_over(leo, "A passage")
    leo.get_by_role("option", name="Then I lost count.").tap()
    expect(preview(leo)).to_contain_text("“Then I lost count.”")
    leo.get_by_role("option", name="Nobody minded at all.").tap()
    expect(preview(leo)).to_contain_text("“Then I lost count. Nobody minded at all.”")
    confirm(leo)
    expect(on_the_page(leo)).to_contain_text("“Then I lost count. Nobody minded at all.”")


def test_a_passage_is_swept_over_with_a_mouse(desk):
    sign_in(desk, "leo")
    write_freely(desk, f"Mouse 🎻. {THREE}")
    hand_over(desk, "A passage")
    start, end = place_of(desk, "came first"), place_of(desk, "I lost")
    desk.mouse.move(start["left"] + 1, start["middle"])
    desk.mouse.down()
    desk.mouse.move(end["left"] + 5, end["middle"], steps=5)
    desk.mouse.move(end["right"] - 1, end["middle"], steps=5)
    desk.mouse.up()
    expect(preview(desk)).to_contain_text("“came first. Then I lost”")
    confirm(desk)
    expect(on_the_page(desk)).to_contain_text("“came first. Then I lost”")


def place_of(page: Page, words: str) -> dict[str, float]:
    """Where these words stand in the text that a passage is chosen from."""
    return (
        page.get_by_role("option")
        .filter(has_text=words)
        .evaluate(
            """(sentence, words) => {
          const text = sentence.firstChild;
          const range = document.createRange();
          range.setStart(text, text.data.indexOf(words));
          range.setEnd(text, text.data.indexOf(words) + words.length);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return { left, right, middle: (top + bottom) / 2 };
        }""",
            words,
        )
    )


def test_one_thing_is_taken_back(leo):
    leo.goto("/sharing")
    leo.get_by_role("button", name="Take back: I check whether I am checking.").click()
    expect(leo.get_by_text(f"Taken back. {REYES} can’t open it any more.")).to_be_visible()
    page = on_the_page(leo)
    expect(page).to_contain_text("Forty bars of rest")
    expect(page).not_to_contain_text("I check whether I am checking.")


def test_what_was_read_is_told_in_words(phone):
    sign_in(phone, "ruth")
    phone.goto("/sharing")
    phone.get_by_role("link", name="Who read what").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Who read what")
    lines = phone.get_by_role("listitem")
    expect(lines.first).to_contain_text(
        re.compile(rf"{REYES} read ((answers|a passage) from )?“.+”\s*\d+:\d\d")
    )


def test_everything_is_withdrawn_in_two_taps(phone, api):
    sign_in(phone, "ruth")
    phone.get_by_role("link", name="Sharing").click()
    expect(phone.get_by_text(re.compile(r"Can read \w+ things you handed over"))).to_be_visible()
    phone.evaluate(
        "() => addEventListener('click', () => (window.taps = (window.taps ?? 0) + 1), true)"
    )
    phone.get_by_role("button", name="Withdraw everything").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Withdraw everything").tap()
    expect(
        phone.get_by_text("All sharing has stopped. Only you can read your journal.")
    ).to_be_visible()
    assert phone.evaluate("() => window.taps") == 2
    expect(phone.get_by_text("Can read nothing of yours.")).to_be_visible()
    expect(phone.get_by_role("button", name="Withdraw everything")).to_have_count(0)
    assert {grant["state"] for grant in api("ruth").get("/api/grants").json()} <= {
        "withdrawn",
        "ended",
    }
    assert api("ruth").get("/api/excerpts").json() == []


def test_sharing_begins_with_an_explicit_yes(phone):
    sign_in(phone, "kasia")
    phone.goto("/sharing")
    phone.get_by_role("link", name="Share with Tom Okafor").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(0)
    give = phone.get_by_role("button", name="Share with Tom Okafor")
    give.click()
    expect(phone.get_by_role("alert")).to_have_text("Pick at least one kind of thing.")
    phone.get_by_role("checkbox", name="Reflections").check()
    give.click()
    expect(phone.get_by_text("Nothing is handed over yet.")).to_be_visible()
