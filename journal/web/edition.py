"""Which edition of the app asks, and whether the server still understands it.

A phone may come back after months with an old app and a full outbox. It is told to bring the
newer app first (426), before it sends or fetches anything of the journal; its outbox waits. What
narrows, Help and signing in or out are answered to every edition.
"""

from flask import Flask, request

from journal.errors import JournalError

HEADER = "X-Journal-App"
JOURNAL = ("/api/entries", "/api/sync", "/api/changes", "/api/media", "/api/handovers")
"""What carries words; an old app could send them in a form that has changed since."""


class TooOld(JournalError):
    """The app is older than the least edition this server takes words from."""

    status = 426
    title = "A newer app is needed"


def init_app(app: Flask, least: int) -> None:
    """Refuse apps older than `least` where words travel; who names no edition is no app."""
    if least < 1:
        return

    @app.before_request
    def check() -> None:
        if request.method == "DELETE" or not request.path.startswith(JOURNAL):
            return
        sent = request.headers.get(HEADER)
        if sent is not None and _number(sent) < least:
            raise TooOld("Open the app while online and use its newer version.", least=least)


def _number(sent: str) -> int:
    """The edition that was sent; 0 for what is no number."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0
