"""Real Chromium against the real server.

`live` is a server with a demo clinic of its own for each file of tests. `phone` and `desk` are
pages at the two sizes; `open_page` opens further ones, each in a browser profile of its own.
Every test fails on a request to another origin and on an error in the console, except those
named by `@pytest.mark.console_errors("pattern", …)`.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, Playwright, expect

from journal.demo.people import CODE, PASSWORD
from tests.e2e import engine as harness
from tests.e2e.browsing import Watch
from tests.e2e.live import ROOT, Live
from tests.e2e.straight import straight_to_the_screens
from tools import chromium

# Without it Playwright keeps the service worker's requests to itself.
os.environ.setdefault("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")

BROWSER_TESTS = Path(__file__).parent
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PATIENCE = 20_000  # ms for one act or one sight, on a busy machine; longer is broken
HERE = {"timezone_id": "Europe/London", "locale": "en-GB"}  # where the demo clinic is
FLAGS = [
    "--no-sandbox",  # Chromium as root, and in most containers, starts only so
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=StaticStorageQuota",  # says how much room there is, and not a round number
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each browser test one more try, on a fresh clinic (decision 0021). It says so: `R`.

    They come before all others: in several processes, the short ones fill what is left at the end.
    """
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER_TESTS))
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.timeout(240))  # both tries run under one clock: 2 x 120 s


OpenPage = Callable[..., Page]
Api = Callable[[str], APIRequestContext]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": FLAGS}


@pytest.fixture(scope="session")
def demo_clinic(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """A demo clinic to copy; its server is not running. One for all processes of a run."""
    ours = tmp_path_factory.getbasetemp()
    run = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    whole = run / "demo"
    with (run / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when it is closed, or its process ends
        if not whole.exists():
            make_demo_clinic(tmp_path_factory.mktemp("demo")).rename(whole)
    return Live(whole)


def make_demo_clinic(folder: Path) -> Path:
    """Make the clinic that `make run` shows, with the pages as they are built now."""
    built = ROOT / "journal" / "static"
    if not (built / "sw.js").exists():
        pytest.fail("the pages are not built: run `make unit`")
    clinic = Live(folder)
    shutil.copytree(built, folder / "static")  # a new build would pull them away
    for command in ("init", "upgrade", "demo"):
        clinic.journal(command)
    return folder


@pytest.fixture(scope="module")
def clinic_of_file(demo_clinic: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running server with a demo clinic that the tests of one file share."""
    server = demo_clinic.copied_to(tmp_path_factory.mktemp("live")).start()
    yield server
    server.stop()


@pytest.fixture
def live(
    request: pytest.FixtureRequest,
    clinic_of_file: Live,
    demo_clinic: Live,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Live]:
    """The clinic of this file; for a second try one that nobody has written in."""
    if getattr(request.node, "execution_count", 1) == 1:
        yield clinic_of_file
        return
    fresh = demo_clinic.copied_to(tmp_path_factory.mktemp("again")).start()
    yield fresh
    fresh.stop()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data and sync layer of the app, built as a page of its own: see `tests/e2e/engine.py`."""
    return harness.build(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def watch(request: pytest.FixtureRequest, live: Live) -> Iterator[Watch]:
    """What the browsers of this test do that they may not; it fails the test at its end."""
    marks = request.node.iter_markers("console_errors")
    watch = Watch(live.url, allowed=[pattern for mark in marks for pattern in mark.args])
    yield watch
    watch.verify()


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, browser: Browser, live: Live, watch: Watch
) -> Iterator[OpenPage]:
    """`open_page(PHONE, color_scheme="dark")`: a page in a new, watched browser profile."""
    contexts: list[BrowserContext] = []
    marked = request.node.get_closest_marker
    straight = marked("screens") and not marked("whole")

    def opened(viewport: dict[str, int], **options: object) -> Page:
        touch = {"has_touch": True, "is_mobile": True} if viewport == PHONE else {}
        context = browser.new_context(
            base_url=live.url,
            viewport=viewport,
            service_workers="allow",
            **(HERE | touch | options),
        )
        contexts.append(context)
        if straight:
            straight_to_the_screens(context, live.url)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A patient's phone."""
    return open_page(PHONE)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """A therapist's laptop."""
    return open_page(DESK)


@pytest.fixture
def api(playwright: Playwright, live: Live) -> Iterator[Api]:
    """`api("leo")`: another device of that person, without a screen."""
    devices: list[APIRequestContext] = []

    def signed_in(who: str) -> APIRequestContext:
        device = playwright.request.new_context(
            base_url=live.url, extra_http_headers={"Origin": live.url}
        )
        devices.append(device)
        me = {"email": f"{who}@example.org", "password": PASSWORD, "code": CODE}
        assert device.post("/api/session", data=me).ok
        return device

    yield signed_in
    for device in devices:
        device.dispose()
