"""The smaller kinds of answer, given by a finger and by a keyboard."""

from playwright.sync_api import Page, expect

from tests.e2e.hands import checked, named, reach, tap, typed

SAID = "The water was not cold."


def text_by_touch(page: Page) -> None:
    page.get_by_role("textbox").tap()
    page.get_by_role("textbox").press_sequentially(SAID)


def text_by_keys(page: Page) -> None:
    reach(page, "textarea")
    page.keyboard.type(SAID)


def text_there(page: Page) -> None:
    expect(page.get_by_role("textbox")).to_have_value(SAID)


def scale_by_keys(page: Page) -> None:
    reach(page, "input[type=radio]")
    for _ in range(7):
        page.keyboard.press("ArrowRight")


def choice_by_keys(page: Page) -> None:
    reach(page, "input[type=radio]")
    page.keyboard.press("Space")


def places_by_touch(page: Page) -> None:
    page.locator("[data-place=chest]").tap()
    expect(page.get_by_role("region", name="chest")).to_be_visible()
    tap(page, "pain")


def places_by_keys(page: Page) -> None:
    reach(page, "input[type=radio]")
    page.keyboard.press("ArrowRight")  # from the drawing to the list
    named(page, "chest")
    reach(page, "section input[type=radio]")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")  # from "not sure" to "pain"


def places_there(page: Page) -> None:
    expect(page.get_by_role("region", name="chest").get_by_label("pain")).to_be_checked()


def contact_by_touch(page: Page) -> None:
    page.get_by_label("Name").fill("Jo")
    page.get_by_label("Phone").fill("555 0101")


def contact_by_keys(page: Page) -> None:
    typed(page, "Name", "Jo")
    typed(page, "Phone", "555 0101")


def words_by_touch(page: Page) -> None:
    tap(page, "calm", "no words for it")
    page.get_by_label("Or a word of your own").fill("river-ish")
    tap(page, "Add this word")


def words_by_keys(page: Page) -> None:
    typed(page, "Or a word of your own", "river-ish")
    page.keyboard.press("Enter")
    expect(page.get_by_label("river-ish")).to_be_checked()
    for name in ("calm", "no words for it"):
        page.get_by_role("heading", level=1).focus()
        named(page, name)


def words_there(page: Page) -> None:
    checked("calm", "river-ish", "no words for it")(page)
    last = page.get_by_role("checkbox").last
    expect(last).to_have_accessible_name("something else")


def choices_by_touch(page: Page) -> None:
    tap(page, "calm", "rest")
    page.get_by_label("Something else").fill("air")


def choices_by_keys(page: Page) -> None:
    named(page, "calm")
    named(page, "rest")
    typed(page, "Something else", "air")


def step_by_touch(page: Page) -> None:
    page.get_by_label("What", exact=True).fill("Walk to the gate")
    page.get_by_label("A tiny version").fill("Put on shoes")
    tap(page, "changed it")


def step_by_keys(page: Page) -> None:
    typed(page, "What", "Walk to the gate")
    typed(page, "A tiny version", "Put on shoes")
    reach(page, "input[type=radio]:checked")
    for _ in range(3):
        page.keyboard.press("ArrowDown")


def date_by_touch(page: Page) -> None:
    page.get_by_label("A day to show it").fill("2027-02-02")


def date_by_keys(page: Page) -> None:
    reach(page, "input[type=date]")
    page.keyboard.type("02022027")  # the day and the month alike: their order is the phone's


def list_by_touch(page: Page) -> None:
    page.get_by_label("1.").fill("Ring Jo")
    tap(page, "Add a line")
    page.get_by_label("2.").fill("Open the window")
    page.get_by_role("button", name="Up line 2: Open the window").tap()
    page.get_by_role("button", name="Remove line 2: Ring Jo").tap()
    tap(page, "Bring it back")


def list_by_keys(page: Page) -> None:
    typed(page, "1.", "Ring Jo")
    named(page, "Add a line", press="Enter")
    page.keyboard.type("Open the window")  # the new line has the keyboard
    named(page, "Up line 2", press="Enter")
    expect(page.get_by_label("1.")).to_have_value("Open the window")
