"""Browsers for tests of screens: they begin behind the door, and without a worker (decision 0036).

Signing in by hand and installing the worker are tried in tests of their own, and in each that is
marked `whole`; for all others they were half of what a test cost.
"""

from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Page

REFUSES = """if (globalThis.ServiceWorkerContainer) {
  ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error("none here"));
}"""
NOBODY_YET: WeakKeyDictionary[BrowserContext, str] = WeakKeyDictionary()
"""Browsers in which the first who signs in has a session already, and the address of the app."""
WORKERLESS: WeakSet[BrowserContext] = WeakSet()


def straight_to_the_screens(context: BrowserContext, url: str) -> None:
    """Spare a new browser profile what a test of screens is not about (decision 0036).

    No worker is installed in it, as in browsers that have none, and the first person who signs in
    has a session already.
    """
    context.add_init_script(REFUSES)
    NOBODY_YET[context] = url
    WORKERLESS.add(context)


def whole(page: Page) -> None:
    """Stop a test of screens that would find nothing kept only for want of a worker to keep it."""
    assert page.context not in WORKERLESS, "mark this test `whole`"
