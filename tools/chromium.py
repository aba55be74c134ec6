"""Find Chromium for the browser tests, or install one and say so."""

import os
import shutil
import sys
from pathlib import Path

from tools.machine import VENV, run, say, stop

# The first is Chromium without windows: the same pages for a quarter less of the processor.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PLAYWRIGHT = VENV / "bin" / "playwright"
LAUNCHES = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
"""
NO_CHROMIUM = """The browser tests need Chromium. It was not found, Playwright's own does not
start here, and installing the distribution's needs root. Install the package `chromium`, or set
CHROMIUM=/path/to/chromium."""


def find() -> str | None:
    """Return the machine's Chromium; None where Playwright's own is the one to use."""
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        stop(f"CHROMIUM={named} cannot be run.")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Make sure that a Chromium starts; as root on Debian, the one without windows."""
    if os.environ.get("CHROMIUM") or shutil.which(NAMES[0]) or starts():
        find()
        return
    apt = shutil.which("apt-get")
    as_root = apt if apt and os.geteuid() == 0 else None
    if as_root and install(as_root, NAMES[0]):
        return
    if find():
        return
    say("No Chromium on this machine: installing Playwright's …")
    if run([PLAYWRIGHT, "install", "--only-shell", "chromium"]) and starts():
        return
    if not (as_root and install(as_root, NAMES[1])):
        stop(NO_CHROMIUM)


def install(apt: str, package: str) -> bool:
    """Install the distribution's."""
    say(f"Installing the distribution's package `{package}` …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([apt, "update", "-qq"], env=quiet)
    return run([apt, "install", "-y", "-qq", "--no-install-recommends", package], env=quiet)


def starts() -> bool:
    """Whether Playwright's own Chromium is there with all it needs."""
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    if sys.platform == "linux" and not home.exists():
        return False
    return run([VENV / "bin" / "python", "-c", LAUNCHES])


if __name__ == "__main__":
    main()
