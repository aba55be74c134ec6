"""How long the capture screen takes to be ready, on a phone four times slower than this machine.

    python -m tests.bench_capture [--runs 5]

A demo clinic and a browser profile of their own: somebody signs in and the worker keeps the app;
then the browser is closed and, without a network, started again at `/capture` for each cold run.
Measured in the page, from the start of its navigation: when the three ways can be tapped, and when
a letter typed into "Write" stands there. A figure of this machine, and no test.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from tests.e2e.conftest import FLAGS, HERE, PHONE
from tests.e2e.live import ROOT, Live
from tests.e2e.people import ready_for_offline, sign_in
from tools import chromium

SLOWER = 4
WATCH = """addEventListener('DOMContentLoaded', () => {
  const note = (name) => { window[name] ??= performance.now(); };
  const look = () => {
    const named = (text) => [...document.querySelectorAll('button')]
      .find((each) => each.innerText.trim() === text);
    if (named('Speak') && named('Write')) {
      note('tappable');
      if (!document.querySelector('textarea')) named('Write').click();
    }
    if (document.activeElement?.tagName === 'TEXTAREA') note('typing');
    if (window.typing === undefined) requestAnimationFrame(look);
  };
  look();
})"""


@contextmanager
def clinic(folder: Path) -> Iterator[Live]:
    """A demo clinic that serves the pages as they are built now."""
    live = Live(folder)
    shutil.copytree(ROOT / "journal" / "static", folder / "static")
    for command in ("init", "upgrade", "demo"):
        live.journal(command)
    live.start()
    yield live
    live.stop()


@contextmanager
def phone(chrome: BrowserType, profile: Path, url: str) -> Iterator[BrowserContext]:
    """The browser of one phone, its disk kept from start to start."""
    context = chrome.launch_persistent_context(
        profile,
        base_url=url,
        viewport=PHONE,
        executable_path=chromium.find(),
        args=FLAGS,
        **HERE,
    )
    yield context
    context.close()


def measured(page: Page) -> tuple[float, float]:
    """Open the screen on a slow, offline phone: ms until tappable, and until typing."""
    page.context.set_offline(True)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto("/capture", wait_until="commit")
    page.wait_for_function("() => window.typing !== undefined")
    return page.evaluate("() => [window.tappable, window.typing]")


def said(found: list[float]) -> str:
    """The median of sorted figures, with the best and the worst."""
    return f"{statistics.median(found):.0f} ({found[0]:.0f}, {found[-1]:.0f})"


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chrome, profile = playwright.chromium, Path(folder) / "profile"
        with clinic(Path(folder) / "clinic") as live:
            with phone(chrome, profile, live.url) as context:
                page = context.new_page()
                sign_in(page, "leo")
                ready_for_offline(page)
            cold, warm = [], []
            for _ in range(runs):
                with phone(chrome, profile, live.url) as context:
                    cold.append(measured(context.new_page()))
                    warm.append(measured(context.new_page()))
    print(f"capture, offline, CPU {SLOWER} x slower, {runs} runs: median (best, worst) ms")
    for name, found in (("cold", cold), ("warm", warm)):
        tappable, typing = (sorted(each) for each in zip(*found, strict=True))
        print(f"  {name}: tappable {said(tappable)}, ready to type {said(typing)}")


if __name__ == "__main__":
    main()
