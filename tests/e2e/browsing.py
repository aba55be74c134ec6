"""What every page is watched for: requests that leave for another origin, errors in the console."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

INSIDE_THE_PAGE = {"data", "blob"}
NOBODY_SIGNED_IN = r"status of 401 .*/api/session\)"  # every first visit asks who is there


@dataclass
class Watch:
    """The requests and complaints of the browser contexts of one test."""

    origin: str
    allowed: list[str] = field(default_factory=list)
    """Patterns of console errors this test expects, such as those of a refused request."""
    seen: list[str] = field(default_factory=list)
    """Every request, to know that the watch was awake."""
    left: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch a context: its pages, frames and service worker."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._uncaught)

    def verify(self) -> None:
        """Fail when something left for elsewhere or an error was not expected."""
        assert self.left == [], "requests to another origin"
        assert self.errors == [], "errors in the console"

    def _request(self, request: Request) -> None:
        self.seen.append(request.url)
        parts = urlsplit(request.url)
        own = f"{parts.scheme}://{parts.netloc}" == self.origin
        if not own and parts.scheme not in INSIDE_THE_PAGE:
            self.left.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"{message.text} ({message.location.get('url', '')})")

    def _uncaught(self, error: WebError) -> None:
        self._complain(str(error.error))

    def _complain(self, text: str) -> None:
        if not any(re.search(one, text) for one in (NOBODY_SIGNED_IN, *self.allowed)):
            self.errors.append(text)
