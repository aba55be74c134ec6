"""A word, a recording, a drawing, a photo: caught at any time, and never lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.catching import (
    WAITS,
    allow_microphone,
    answer_of,
    brightest,
    content_of,
    crash,
    done,
    first_frames,
    heard_in,
    is_kept,
    jpeg,
    open_capture,
    put_down,
    read_it,
    speak,
    take,
)
from tests.e2e.conftest import PHONE
from tests.e2e.locks import PIN, lock_now, locked, no_words, press, put_on_lock
from tests.e2e.people import (
    entries_with,
    offline,
    ready_for_offline,
    saved_entry,
    sign_in,
    stored,
    tab_to,
    worker_at_the_door,
)
from tests.e2e.test_accessibility import look_at

LOST = 5  # seconds of speech that a death may cost
DARK = 40  # of 255: no part of the ground is brighter


def test_before_the_first_sign_in_it_says_so_and_help_is_there(phone):
    frames = first_frames(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This phone does not know you yet.")
    expect(phone.get_by_role("link", name="Help")).to_have_attribute("href", "/help")
    expect(phone.get_by_role("link", name="Sign in")).to_be_visible()
    assert look_at(phone) == []
    assert max(brightest(phone, frame) for frame in frames) < DARK


def test_speech_outlives_a_dead_page_and_goes_on_as_a_second_part(phone, api):
    sign_in(phone, "leo")
    allow_microphone(phone)
    open_capture(phone)
    speak(phone, LOST + 2)
    crash(phone)

    again = phone.context.new_page()
    open_capture(again)
    speak(again, 2)
    again.get_by_role("button", name="Pause").click()
    expect(again.get_by_role("heading", name="Paused. What you said is kept.")).to_be_visible()
    again.get_by_role("button", name="Go on").click()
    again.get_by_role("button", name="Stop", exact=True).click()
    again.get_by_label("A recording: in a few words").fill("the hum of it")
    assert look_at(again) == []
    done(again)

    entry = read_it(again)
    first, second = answer_of(api("leo"), entry)["recordings"]
    assert second["caption"] == "the hum of it"
    assert first["seconds"] >= 2
    for part in (first, second):
        duration, peak = heard_in(again, content_of(api("leo"), part["media"]))
        assert abs(duration - part["seconds"]) <= 1
        assert peak > 0.01
    expect(again.get_by_text("Saved to your clinic’s server.")).to_have_count(2)
    assert look_at(again) == []
    play_with_the_keyboard(again)
    assert "the hum of it" not in stored(again)["text"]


def play_with_the_keyboard(page: Page) -> None:
    part = page.get_by_role("region", name="Recording 1")
    part.get_by_role("button", name="Play").focus()
    page.keyboard.press("Enter")
    expect(part.get_by_role("button", name="Pause")).to_be_visible()
    expect(part.get_by_text(re.compile(r"^0:0[1-9] of 0:0\d"))).to_be_visible()
    part.get_by_role("button", name="Back a bit").press("Enter")
    expect(part.get_by_role("button", name="Play")).to_be_visible()  # it came to its end


def test_five_minutes_end_gently(phone, api):
    sign_in(phone, "ruth")
    allow_microphone(phone)
    phone.clock.install()
    open_capture(phone)
    phone.get_by_role("button", name="Speak", exact=True).click()
    expect(phone.get_by_role("heading", name="Speak when you like.")).to_be_visible()
    is_kept(phone)
    phone.clock.fast_forward("05:01")
    expect(phone.get_by_role("heading", name="Five minutes are kept. Go on?")).to_be_visible()
    phone.get_by_role("button", name="Stop here").click()
    done(phone)
    phone.clock.resume()
    assert len(answer_of(api("ruth"), read_it(phone))["recordings"]) == 1


# Chromium's own flag for tests says yes to every microphone.
REFUSED = """navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException('', 'NotAllowedError'))"""


def test_without_a_microphone_the_other_ways_stay(phone):
    sign_in(phone, "owen")
    phone.add_init_script(REFUSED)
    open_capture(phone)
    phone.get_by_role("button", name="Speak", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Writing and drawing work.")
    phone.get_by_role("button", name="Back").last.click()
    expect(phone.get_by_role("button", name="Draw")).to_be_enabled()
    phone.get_by_role("button", name="Not now").click()
    phone.wait_for_url("**/")


def draw(page: Page, *points: tuple[float, float]) -> None:
    """A stroke through these points, in parts of the sheet."""
    sheet = page.locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=8)
    page.mouse.up()


def test_a_drawing_is_strokes_and_every_one_can_be_undone(phone, api):
    sign_in(phone, "hannah")
    open_capture(phone)
    phone.get_by_role("button", name="Draw").click()
    expect(phone.locator("canvas")).to_be_visible()
    draw(phone, (0.1, 0.1), (0.5, 0.8), (0.9, 0.2))
    phone.get_by_text("Clay", exact=True).click()
    phone.get_by_text("Thick", exact=True).click()
    draw(phone, (0.2, 0.9), (0.8, 0.9))
    draw(phone, (0.3, 0.5), (0.4, 0.5))
    phone.get_by_role("button", name="Undo").click()
    phone.get_by_role("button", name="Clear").click()
    phone.get_by_role("button", name="Bring it back").click()
    phone.get_by_label("In a few words").fill("a valley, and a line under it")
    is_kept(phone)
    assert look_at(phone) == []
    done(phone)
    entry = read_it(phone)
    shown = phone.get_by_role("img", name="Drawing: a valley, and a line under it")
    expect(shown.locator("path")).to_have_count(2)
    assert look_at(phone) == []
    drawing = answer_of(api("hannah"), entry)["drawing"]
    assert [(one["color"], one["size"]) for one in drawing["strokes"]] == [(0, 2), (2, 3)]
    assert len(drawing["strokes"][1]["points"]) == 4  # a straight line is its two ends

    phone.get_by_role("link", name="Change it").click()
    phone.get_by_label("A drawing: in a few words").fill("a valley")
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_role("img", name="Drawing: a valley", exact=True)).to_be_visible()


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_a_photo_leaves_its_place_behind_and_joins_a_fragment(phone, api):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    photo = jpeg(phone, 2600, 1300)
    assert b"Exif" in photo
    open_capture(phone)
    put_down(phone, "long hill, no hill")
    done(phone)
    entry = read_it(phone)
    with offline(phone):
        phone.get_by_role("link", name="Add a sound, a drawing or a photo").click()
        take(phone, photo)
        phone.get_by_label("A photo: in a few words").fill("from the top")
        assert look_at(phone) == []
        done(phone)
        phone.get_by_role("link", name="To your journal").click()
        expect(phone.get_by_role("img", name="Photo: from the top")).to_be_visible()
        expect(phone.get_by_text("On this phone. It is sent when you are online.")).to_have_count(2)
    expect(phone.get_by_text("Saved to your clinic’s server.")).to_be_visible()
    answer = answer_of(api("kasia"), entry)
    assert answer["text"] == "long hill, no hill"
    [kept] = answer["photos"]
    assert (kept["width"], kept["height"]) == (2048, 1024)
    body = content_of(api("kasia"), kept["media"])
    assert not [one for one in (b"Exif", b"GPS", b"PhoneMaker") if one in body]


@pytest.mark.console_errors("status of 401")
def test_caught_without_a_session_it_is_found_once_by_its_person_alone(phone, api):
    sign_in(phone, "desmond")
    phone.context.clear_cookies()  # the session ended meanwhile
    open_capture(phone)
    put_down(phone, "rain on the window")
    done(phone)
    phone.goto("/")
    expect(phone.get_by_text("Signed out. Writing still works.")).to_be_visible()
    sign_in(phone, "desmond")
    saved_entry(phone, "rain on the window")
    sign_out(phone)

    open_capture(phone)
    put_down(phone, "lamp on, somebody humming")
    done(phone, said=WAITS)
    assert "humming" not in stored(phone)["text"]
    sign_in(phone, "kasia")
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_be_visible()
    expect(phone.get_by_text("lamp on")).to_have_count(0)
    sign_out(phone)
    assert entries_with(api("kasia"), "lamp on") == []

    sign_in(phone, "desmond")
    phone.goto("/journal")
    row = phone.locator("a[href^='/entry/']").filter(has_text="lamp on")
    expect(row).to_contain_text("Saved")
    expect(row).to_have_count(1)
    for words in ("lamp on, somebody humming", "rain on the window"):
        assert len(entries_with(api("desmond"), words)) == 1


def test_caught_at_the_lock_it_waits_sealed_and_joins_when_it_is_opened(phone, api):
    sign_in(phone, "ruth")
    put_on_lock(phone)
    lock_now(phone)
    phone.get_by_role("link", name="Save a few words").click()
    put_down(phone, "ladders in the snow")
    done(phone, said=WAITS)
    no_words(phone, "ladders in the snow")
    assert "ladders" not in stored(phone)["text"]
    phone.get_by_role("link", name="To your journal").click()
    expect(locked(phone)).to_be_visible()
    assert entries_with(api("ruth"), "ladders") == []
    press(phone, PIN)
    row = phone.locator("a[href^='/entry/']").filter(has_text="ladders in the snow")
    expect(row).to_contain_text("Saved")
    expect(row).to_have_count(1)
    assert len(entries_with(api("ruth"), "ladders in the snow")) == 1


def sign_out(page: Page) -> None:
    page.goto("/look")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in")


def large_photo(page: Page) -> None:
    """Catch a photo that is sent in several pieces."""
    photo = jpeg(page, 1200, 1000, noise=True)
    open_capture(page)
    take(page, photo)
    expect(page.get_by_label("A photo: in a few words")).to_be_visible()
    done(page)


@pytest.mark.console_errors(r"ERR_|status of 50\d|status of 401")
def test_an_upload_that_dies_at_both_ends_arrives_once(phone, api, live):
    sign_in(phone, "maya")
    large_photo(phone)
    with phone.expect_request(re.compile(r"/pieces/1$")):
        phone.get_by_role("link", name="To your journal").click()
    live.kill()
    crash(phone)
    live.start()

    again = phone.context.new_page()
    entry = read_it(again)
    expect(again.get_by_text("Saved to your clinic’s server.")).to_be_visible()
    [kept] = answer_of(api("maya"), entry)["photos"]
    assert len(content_of(api("maya"), kept["media"])) > 2 * 262_144


WAIT_FOR_THE_TURN = """() => {
  void navigator.locks.request("journal-send", () => { window.hadTheTurn = true; });
}"""


def test_whoever_waits_for_the_turn_to_send_has_it_between_two_pieces(phone):
    """As somebody does who signs in, or shows who they are: see `sync/exchange.ts`."""
    sign_in(phone, "leo")
    large_photo(phone)
    held: list[Route] = []
    phone.route("**/pieces/*", lambda route: held.append(route))
    with phone.expect_request(re.compile(r"/pieces/0$")):
        phone.get_by_role("link", name="To your journal").click()
    phone.evaluate(WAIT_FOR_THE_TURN)
    held.pop(0).continue_()
    phone.wait_for_function("() => window.hadTheTurn")
    phone.unroute("**/pieces/*")
    for piece in held:
        piece.continue_()
    read_it(phone)
    expect(phone.get_by_text("Saved to your clinic’s server.")).to_be_visible()


def test_it_is_dim_from_the_first_frame_and_the_keyboard_is_enough(open_page, api):
    page = open_page(PHONE, color_scheme="light")
    sign_in(page, "leo")
    worker_at_the_door(page)
    frames = first_frames(page)
    expect(page.get_by_role("button", name="Speak")).to_be_visible()
    assert max(brightest(page, frame) for frame in frames) < DARK
    tab_to(page, "Write")
    page.keyboard.press("Enter")
    page.keyboard.type("one bowed note")
    is_kept(page)
    tab_to(page, "Done")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert look_at(page) == []
    read_it(page)
    assert len(entries_with(api("leo"), "one bowed note")) == 1
