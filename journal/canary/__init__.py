"""Before a server takes traffic it asks itself, on every path, for words that nobody may read.

A patient who does not exist writes an entry, hands it to a therapist and pauses. Then everybody
who must not read it asks this very application, on this very database: somebody who is not signed
in asks every route, the others each route that says it is for them or says nothing. If one answer
holds the words, the server does not start: a rule that was left out of the wiring, a cache in
front of the gate or a lock that was taken off shows here, and not in somebody's life.

All of it happens in one transaction that is never committed: there is no row to be counted, no
chain to be longer, nothing to clean up after a crash. What proves that the search would find
something comes first: the author and, before the pause, the reader must be answered the words.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from journal.accounts.principals import Role
from journal.app import create_app
from journal.canary.people import AUTHOR, READER, ROLES, Bird, release
from journal.config import Settings
from journal.db.unkept import Unkept
from journal.web.endpoint import Public
from journal.web.logs import REQUESTS
from journal.web.session import EXTENSION

BODIES: dict[str, Callable[[Bird], dict[str, Any]]] = {
    "search.search": lambda bird: {"text": bird.words},
}
"""What a route must be sent to get as far as words; the others are sent nothing."""

WORDLESS = {"openapi.document"}
"""Made of the routes alone, and slowly."""


class Escaped(RuntimeError):
    """Somebody was answered words that nobody may read, or the search itself does not work."""


def check(settings: Settings, *, at: datetime, make: Callable[..., Flask] = create_app) -> int:
    """Ask on every path; return how many answers were looked at.

    :raises Escaped: an answer holds the words; it names the routes, and no words.
    """
    app = make(settings, now=lambda: at)
    kept = app.extensions[EXTENSION]
    database = app.extensions[EXTENSION] = Unkept(kept)
    quiet = logging.getLogger(REQUESTS)
    before, quiet.disabled = quiet.disabled, True
    try:
        with database.opened():
            return _search(app, database, settings, at)
    finally:
        quiet.disabled = before
        kept.dispose()


def _search(app: Flask, database: Unkept, settings: Settings, at: datetime) -> int:
    with database.session(writing=True) as session:
        bird, pause = release(session, settings.secret_key, at=at)
    for who in bird.tokens:
        # Somebody who is not signed in is answered nothing, whatever is wrong.
        if not _is_in(app, database, settings.public_url, bird.tokens[who]):
            raise Escaped(f"the canary's {who} is not signed in: the search proves nothing")
    ask = _asking(app, database, settings.public_url, bird)
    paths = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in WORDLESS
        for method in _methods(rule)
    ]
    for who in (AUTHOR, READER):
        if not any(ask(who, rule, method) for rule, method in paths if method == "GET"):
            raise Escaped(f"the canary cannot be found by its {who}: the search proves nothing")
    with database.session(writing=True) as session:
        pause(session)
    questions = [
        (who, rule, method)
        for who in (None, *(who for who in bird.tokens if who != AUTHOR))
        for rule, method in paths
        if who is None or _is_for(app, rule, ROLES[who])
    ]
    found = [
        f"{method} {rule.rule} as {who or 'nobody'}"
        for who, rule, method in questions
        if ask(who, rule, method)
    ]
    if found:
        raise Escaped(f"words that nobody may read were answered: {'; '.join(found)}")
    return len(questions)


def _is_for(app: Flask, rule: Rule, role: Role) -> bool:
    """Whether a route answers this role at all; the others are refused before the route runs."""
    audience = getattr(app.view_functions[rule.endpoint], "audience", None)
    return not audience or bool(audience & {role, Public.ANYONE})


def _methods(rule: Rule) -> set[str]:
    """GET, and POST with its bodies: the answers to the others repeat at most what was sent."""
    return (rule.methods or set()) & {"GET", "POST"}


def _asking(
    app: Flask, database: Unkept, public_url: str, bird: Bird
) -> Callable[[str | None, Rule, str], bool]:
    """A way to ask one route as somebody: whether the answer holds the words."""
    browsers = {who: _browser(app, token) for who, token in bird.tokens.items()}
    urls = app.url_map.bind("")

    def ask(who: str | None, rule: Rule, method: str) -> bool:
        kinds = {"IntegerConverter": 1, "UUIDConverter": bird.ids["entry_id"]}
        names = {
            name: bird.ids.get(name, kinds.get(type(kind).__name__, "refl"))
            for name, kind in rule._converters.items()
        }
        body = BODIES.get(rule.endpoint)
        browser = browsers[who] if who else app.test_client()
        # Whatever it changes is taken back before the next one asks.
        with database.tried():
            answer = browser.open(
                urls.build(rule.endpoint, names, method),
                method=method,
                base_url=public_url,
                headers={"Origin": public_url.rstrip("/")},
                json=None if method == "GET" else body(bird) if body else {},
            )
            said = answer.get_data() + str(answer.headers).encode()
            answer.close()
        return bird.words.encode() in said

    return ask


def _is_in(app: Flask, database: Unkept, public_url: str, token: str) -> bool:
    with database.tried():
        answer = _browser(app, token).get("/api/session", base_url=public_url)
    return answer.status_code == 200


def _browser(app: Flask, token: str) -> FlaskClient:
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    return browser
