"""Every kind of answer, by touch and by keyboard; the larger ones are given here."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import FileChooser, Page, expect

from tests.e2e import small_ways as small
from tests.e2e.hands import Way, checked, exactly, filled, named, one_of, reach, tap, typed
from tests.e2e.live import ROOT

PICTURE = ROOT / "frontend" / "public" / "icon-192.png"


def effect_by_touch(page: Page) -> None:
    tap(page, "Dizzy or spinning", "strong", "still there")
    page.get_by_text("High blood pressure reading").tap()
    page.get_by_label("Upper number").fill("120")
    page.get_by_label("Lower number").fill("80")


def effect_by_keys(page: Page) -> None:
    named(page, "Dizzy or spinning")
    named(page, "strong")
    named(page, "still there")
    named(page, "High blood pressure reading")
    typed(page, "Upper number", "120")
    typed(page, "Lower number", "80")


def effect_there(page: Page) -> None:
    checked("strong", "still there")(page)
    expect(page.get_by_label("Upper number")).to_have_value("120")
    expect(page.get_by_text("Strong effects are worth a call to your clinic.")).to_be_visible()


def picture_by_touch(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        tap(page, "Choose or take a photo")
    chooser.value.set_files(PICTURE)
    expect(page.get_by_role("img", name="Your picture")).to_be_visible()
    page.get_by_label("In a few words, what it shows").fill("The plan")


def picture_by_keys(page: Page) -> None:
    expect(page.locator("input[type=file]")).to_be_enabled()
    asked: list[FileChooser] = []
    page.once("filechooser", lambda chooser: asked.append(chooser))
    for _ in range(5):
        # A key that comes while a screen settles may be lost; a person presses once more.
        reach(page, "input[type=file]")
        page.keyboard.press("Space")
        page.wait_for_timeout(1_000)
        if asked:
            break
    asked[0].set_files(PICTURE)
    expect(page.get_by_role("img", name="Your picture")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("The plan")


def picture_there(page: Page) -> None:
    drawn = page.get_by_role("img", name="The plan")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 192


def picture_kept(answer: dict[str, Any]) -> bool:
    picture = answer["picture"]
    return (picture["type"], picture["name"]) == ("image/jpeg", "The plan")


def entry_by_touch(page: Page) -> None:
    page.locator("main label").first.tap()
    page.get_by_role("button", name="Read it").first.tap()
    expect(page.get_by_role("button", name="Close it")).to_be_visible()


def entry_by_keys(page: Page) -> None:
    reach(page, "main input[type=checkbox]")
    page.keyboard.press("Space")
    named(page, "Read it", press="Enter")
    expect(page.get_by_role("button", name="Close it")).to_be_visible()


def skill_by_touch(page: Page) -> None:
    page.locator("summary").first.tap()
    page.locator("details[open] label").first.tap()


def skill_by_keys(page: Page) -> None:
    reach(page, "summary")
    page.keyboard.press("Enter")
    reach(page, "details[open] input")
    page.keyboard.press("Space")


def skill_there(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="Picked:")).to_be_visible()


def first_checked(page: Page) -> None:
    expect(page.get_by_role("checkbox", checked=True).first).to_be_attached()


def texts(*values: str) -> Callable[[Page], None]:
    def holds(page: Page) -> None:
        for label, value in zip(("1.", "2."), values, strict=True):
            expect(page.get_by_label(label)).to_have_value(value)

    return holds


EFFECTS = [
    {"code": "dizzy", "strength": 3, "still": True},
    {"code": "bp", "systolic": 120, "diastolic": 80},
]
STEP = {"what": "Walk to the gate", "tiny": "Put on shoes", "status": "changed"}
STEP_LABELS = {"What": STEP["what"], "A tiny version, for a hard day": STEP["tiny"]}
LINES = ["Open the window", "Ring Jo"]
CONTACT = {"Name": "Jo", "Phone": "555 0101"}

WAYS = [
    Way(
        "refl-01",
        small.text_by_touch,
        small.text_by_keys,
        small.text_there,
        exactly({"text": small.SAID}),
    ),
    Way(
        "prep-04",
        lambda page: tap(page, "nothing right now"),
        small.choice_by_keys,
        checked("nothing right now"),
        exactly({"choice": "nothing-right-now"}),
    ),
    Way(
        "prep-02",
        small.choices_by_touch,
        small.choices_by_keys,
        checked("calm", "rest"),
        exactly({"choices": ["calm", "rest"], "choices_other": "air"}),
    ),
    Way(
        "prep-05",
        lambda page: tap(page, "7"),
        small.scale_by_keys,
        checked("7"),
        exactly({"scale": 7}),
    ),
    Way(
        "day-02",
        small.words_by_touch,
        small.words_by_keys,
        small.words_there,
        lambda kept: set(kept["words"]) == {"calm", "river-ish", "no words for it"},
    ),
    Way(
        "day-05",
        small.places_by_touch,
        small.places_by_keys,
        small.places_there,
        exactly({"places": [{"place": "chest", "kind": "pain"}]}),
    ),
    Way(
        "prep-08",
        small.contact_by_touch,
        small.contact_by_keys,
        filled(CONTACT),
        exactly({"contacts": [{"name": "Jo", "phone": "555 0101"}]}),
    ),
    Way(
        "week-03",
        small.step_by_touch,
        small.step_by_keys,
        filled(STEP_LABELS),
        exactly({"step": STEP}),
    ),
    Way(
        "effects-01",
        effect_by_touch,
        effect_by_keys,
        effect_there,
        exactly({"effects": EFFECTS}),
    ),
    Way("end-05", small.list_by_touch, small.list_by_keys, texts(*LINES), exactly({"list": LINES})),
    Way(
        "end-08",
        small.date_by_touch,
        small.date_by_keys,
        filled({"A day to show it": "2027-02-02"}),
        exactly({"date": "2027-02-02"}),
    ),
    Way("plan-08", picture_by_touch, picture_by_keys, picture_there, picture_kept),
    Way("pre-08", entry_by_touch, entry_by_keys, first_checked, one_of("entries", "-")),
    Way("prep-06", skill_by_touch, skill_by_keys, skill_there, one_of("skills", "title")),
]
