"""Every screen there is, by who stands in it, and how to get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Api, OpenPage
from tests.e2e.live import ROOT
from tests.e2e.people import sign_in

ROUTES = ROOT / "frontend" / "src" / "App.svelte"


@dataclass(frozen=True)
class Room:
    """A screen: the route it is, and the address that opens it for one person of the demo."""

    route: str
    path: str


def routes() -> list[str]:
    """The paths in the table of the app."""
    return re.findall(r'path: "([^"]+)"', ROUTES.read_text("utf-8"))


def rooms_of_leo(page: Page) -> list[Room]:
    """All screens of a patient who shares; the ids in the addresses are read from the screens."""
    page.goto("/journal")
    row = page.locator("a[href^='/entry/']").filter(has_text="The next day or two").first
    entry = address(row)
    measured = address(page.locator("a[href^='/entry/']").filter(has_text="(PHQ-8)").first)
    free = address(page.locator("a[href^='/entry/']").filter(has_text="Seminar. Hot face").first)
    session = address(page.locator("a[href^='/session/']").first)
    page.goto("/sharing")
    sees = address(page.get_by_role("link", name="See what Dr Ana Reyes sees"))
    therapist = sees.split("/")[2]
    receipt = address(page.get_by_role("link", name="Your receipt of"))
    page.goto("/skills/own")
    page.get_by_role("textbox").first.fill("The low string, alone")
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url(re.compile(r"/skills/[0-9a-f-]{36}$"))
    own = page.url.rpartition("/")[2]
    return [
        Room("/", "/"),
        Room("/help", "/help"),
        Room("/sign-in", "/sign-in"),
        Room("/recover", "/recover"),
        Room("/security", "/security"),
        Room("/guide/:id", "/guide/refl"),
        Room("/guide/:id/:entry", f"/guide/refl/{entry.rpartition('/')[2]}"),
        Room("/write", "/write"),
        Room("/capture", "/capture"),
        Room("/questions", "/questions"),
        Room("/journal", "/journal"),
        Room("/month", "/month"),
        Room("/month/:at", "/month/2026-11-24"),
        Room("/search", "/search"),
        Room("/before", "/before"),
        Room("/session/:id", session),
        Room("/install", "/install"),
        Room("/entry/:id", entry),
        Room("/entry/:id/edit", f"{entry}/edit"),
        Room("/entry/:id/add", f"{entry}/add"),
        Room("/entry/:id/when", f"{free}/when"),
        Room("/entry/:id/earlier", f"{entry}/earlier"),
        Room("/entry/:id/hand-over", f"{entry}/hand-over"),
        Room("/skills", "/skills"),
        Room("/skills/:id", "/skills/gr-room"),
        Room("/skills/own", "/skills/own"),
        Room("/skills/own/:entry", f"/skills/own/{own}"),
        Room("/skills/helped", "/skills/helped"),
        Room("/check-in", "/check-in"),
        Room("/measures", "/measures"),
        Room("/measures/:entry", f"/measures/{measured.rpartition('/')[2]}"),
        Room("/steps", "/steps"),
        Room("/trends", "/trends"),
        Room("/extras", "/extras"),
        Room("/bin", "/bin"),
        Room("/stay-well", "/stay-well"),
        Room("/look", "/look"),
        Room("/lock", "/lock"),
        Room("/join", "/join"),
        Room("/welcome", "/welcome"),
        *(
            Room("/welcome/:step", f"/welcome/{step}")
            for step in ("sharing", "words", "lock", "home")
        ),
        Room("/you", "/you"),
        Room("/waiting", "/waiting"),
        Room("/copy", "/copy"),
        Room("/sharing", "/sharing"),
        Room("/sharing/give/:therapist", f"/sharing/give/{therapist}"),
        Room("/sharing/:therapist/sees", sees),
        Room("/bring/:therapist", f"/bring/{therapist}?saved"),
        Room("/bring/:therapist", f"/bring/{therapist}"),
        Room("/receipts", "/receipts"),
        Room("/receipts/:grant", receipt),
        Room("/plan", "/plan"),
        Room("/concern", "/concern"),
        Room("/phrases", "/phrases"),
        Room("/entry/:id/tell", f"{entry}/tell"),
    ]


def address(link) -> str:
    expect(link).to_be_visible()
    return link.get_attribute("href")


def enter(page: Page, room: Room) -> None:
    """Go there and wait until the screen stands."""
    page.goto(room.path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    settle(page)


QUIET = """() => new Promise((resolve) => {
  const done = () => { watcher.disconnect(); resolve(); };
  let timer = setTimeout(done, 200);
  const watcher = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(done, 200);
  });
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
})"""


def settle(page: Page) -> None:
    """Wait until nothing more appears."""
    expect(page.get_by_text("One moment.", exact=True)).to_have_count(0)
    page.evaluate(QUIET)


Tour = Callable[[Page], None]


def sharing_states(open_page: OpenPage, api: Api, look: Tour) -> None:
    """Call `look` where sharing is paused, where a therapist asks, and where it begins."""
    page = open_page(PHONE)
    sign_in(page, "leo")
    page.goto("/sharing")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    therapist = api("okafor")
    people = [row["patient"] for row in therapist.get("/api/today").json()["patients"]]
    [kasia] = [each["id"] for each in people if each["name"] == "Kasia"]
    therapist.post(f"/api/patients/{kasia}/ask")
    page = open_page(PHONE)
    sign_in(page, "kasia")
    page.goto("/sharing")
    expect(page.get_by_role("button", name="Not now")).to_be_visible()
    look(page)
    page.goto(address(page.get_by_role("link", name="Look at it")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Share with Tom Okafor")
    look(page)


def desk_rooms(page: Page, look: Tour) -> None:
    """Call `look` in every state of the therapist's desk."""
    page.goto("/desk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    look(page)
    sign_in(page, "okafor", at="/desk")
    for name in ("Hannah", "Kasia"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        if name == "Kasia":
            asking = re.compile("You can ask once|You asked on")
            expect(page.get_by_text(asking)).to_be_visible()
        look(page)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page)
    page.goto("/desk/account")
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    look(page)
