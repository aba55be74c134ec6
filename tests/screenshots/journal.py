"""The screens of a journal, and of the therapist who reads what was handed over."""

from playwright.sync_api import Page

from tests.screenshots.stage import Stage, press


def anyone(stage: Stage) -> None:
    stage.tour(stage.page(), "anyone", help="/help")


def maya(stage: Stage) -> None:
    page = stage.page("maya")
    stage.tour(page, "maya", home="/", capture="/capture", question="/guide/day")
    stage.tour(page, "maya", sharing="/sharing")
    _under_entry(page, "/hand-over")
    stage.take(page, "maya-hand-over")


def desmond(stage: Stage) -> None:
    page = stage.page("desmond")
    stage.tour(page, "desmond", home="/", question="/guide/refl", journal="/journal")
    page.goto("/month")
    page.locator("button.date:has(.written)").first.click()
    stage.take(page, "desmond-month")
    page.goto("/journal")
    page.locator("a[href^='/session/']").first.click()
    stage.take(page, "desmond-session")
    page.goto("/search")
    page.get_by_role("searchbox").fill("kettle")
    stage.take(page, "desmond-search")
    stage.tour(page, "desmond", before="/before", install="/install", sharing="/sharing")


def hannah(stage: Stage) -> None:
    page = stage.page("hannah")
    stage.tour(page, "hannah", journal="/journal")
    _first_entry(page)
    stage.take(page, "hannah-entry")
    page.goto("/journal")
    page.get_by_text("See both").first.click()
    stage.take(page, "hannah-two-versions")


def leo(stage: Stage) -> None:
    page = stage.page("leo")
    stage.tour(page, "leo", home="/")
    _first_entry(page)
    stage.take(page, "leo-entry")
    for step in ("earlier", "edit", "hand-over"):
        _under_entry(page, f"/{step}")
        stage.take(page, f"leo-{step}")
    stage.tour(page, "leo", sharing="/sharing")
    page.locator("a[href$='/sees']").first.click()
    stage.take(page, "leo-sees")
    stage.tour(
        page,
        "leo",
        receipts="/receipts",
        write="/write",
        skills="/skills",
        skill_suggested="/skills?need=anxiety",
        skill="/skills/gr-room",
        skill_step="/skills/gr-room?at=1",
        skills_helped="/skills/helped",
        skills_own="/skills/own",
        look="/look",
    )


def owen(stage: Stage) -> None:
    page = stage.page("owen")
    stage.tour(page, "owen", home="/", question="/guide/prep", questions="/questions")


def reyes(stage: Stage) -> None:
    page = stage.page("reyes")
    stage.tour(page, "reyes", today="/desk")
    page.get_by_role("button", name="Leo").click()
    page.get_by_role("button", name="Close these notes").click()
    page.evaluate("() => scrollTo(0, 0)")
    stage.take(page, "reyes-page")
    page.get_by_role("button", name="As a table").click()
    stage.take(page, "reyes-page-table")
    page.locator("article > details > summary").click()
    stage.take(page, "reyes-page-all")
    page.goto("/desk")
    press(page, "Search")
    page.get_by_role("searchbox").fill("listen")
    page.keyboard.press("Enter")
    stage.take(page, "reyes-search")


def okafor(stage: Stage) -> None:
    page = stage.page("okafor")
    page.get_by_text("Kasia", exact=False).first.click()
    stage.take(page, "okafor-nothing")


def _first_entry(page: Page) -> None:
    page.goto("/journal")
    page.locator("a[href^='/entry/']").first.click()


def _under_entry(page: Page, step: str) -> None:
    _first_entry(page)
    page.wait_for_timeout(500)
    page.goto(page.evaluate("() => location.pathname") + step)
