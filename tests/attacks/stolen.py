"""R18: a session that was put there, copied, replayed, or mixed with another's."""

import threading
from collections import Counter

from tests.acts import words
from tests.attacks.rig import Target
from tests.entering import enter
from tests.factories import new_id
from tests.serving import Browser

ME = "/api/session"
SAVES = 40


def attack(on: Target) -> dict[str, str | int | float]:
    """Each way in turn; any that opens something fails."""
    return {
        "put there before": _fixed(on),
        "replayed after signing out": _replayed(on),
        "replayed after signing out everywhere": _everywhere(on),
        "changed by a letter": _changed(on),
        "two cookies of one name": _tossed(on),
        "saves under way while signing out": _raced(on),
    }


def _copy(browser: Browser, cookie: str | None = None) -> Browser:
    """A thief's browser: with all of its cookies, or with this one alone."""
    name, _, value = (cookie or "").partition("=")
    return Browser(browser.server, {name: value} if cookie else dict(browser.cookies))


def _token(browser: Browser) -> str:
    """The cookie of the session alone."""
    return next(one for one in browser.cookie.split("; ") if one.startswith("journal="))


def _refused(browser: Browser) -> None:
    status, _ = browser.send("GET", ME)
    assert status == 401, status


def _fixed(on: Target) -> str:
    """Somebody signs in with a cookie that an attacker put there, and knows."""
    for planted in ("journal=planted", _token(on.browser(on.world.other_patient.id))):
        victim = on.browser(on.world.patient.id)
        before = _token(victim)
        known = _copy(victim, planted)
        enter(
            lambda path, body, known=known: known.send("POST", path, body),
            on.world.patient.id,
            origin=on.server.origin,
        )
        assert _token(known) not in {planted, before}
        _refused(_copy(victim, planted))
    return "2 of 2 refused"


def _replayed(on: Target) -> str:
    browser = on.browser(on.world.patient.id)
    thief = _copy(browser)
    assert thief.send("GET", ME)[0] == 200
    assert browser.send("DELETE", ME)[0] == 204
    _refused(thief)
    return "refused"


def _everywhere(on: Target) -> str:
    first, second = (on.browser(on.world.patient.id) for _ in range(2))
    thieves = [_copy(first), _copy(second)]
    assert first.send("DELETE", "/api/sessions")[0] == 204
    for thief in thieves:
        _refused(thief)
    return "2 of 2 refused"


def _changed(on: Target) -> str:
    browser = on.browser(on.world.patient.id)
    token = _token(browser)
    places = range(len("journal="), len(token) - 1, 7)
    for place in places:
        other = "A" if token[place] != "A" else "B"
        _refused(_copy(browser, token[:place] + other + token[place + 1 :]))
    assert browser.send("GET", ME)[0] == 200
    return f"{len(places)} of {len(places)} refused"


def _tossed(on: Target) -> str:
    """A second cookie beside the real one: nobody may be taken for two."""
    victim, thief = (_token(on.browser(one.id)) for one in (on.world.patient, on.world.therapist))
    mixed = [f"{thief}; {victim}", f"{victim}; {thief}", f"journal=x; {victim}"]
    for cookie in mixed:
        sent = {"X-Journal-Account": str(on.world.patient.id), "Cookie": cookie}
        status, me = Browser(on.server).send("GET", ME, None, sent)
        assert status == 401 or me["id"] == str(on.world.patient.id), status
    return f"{len(mixed)} tried, nobody taken for another"


def _raced(on: Target) -> str:
    """Saves are under way while the session ends: none begins it anew."""
    browser = on.browser(on.world.patient.id)
    thieves = [_copy(browser) for _ in range(4)]
    statuses: Counter[int] = Counter()

    def save(thief: Browser) -> None:
        for _ in range(SAVES // 4):
            path, sent = f"/api/entries/{new_id()}", words()
            statuses[thief.send("PUT", path, sent, {"If-None-Match": "*"})[0]] += 1

    threads = [threading.Thread(target=save, args=[thief]) for thief in thieves]
    for thread in threads:
        thread.start()
    assert browser.send("DELETE", ME)[0] == 204
    for thread in threads:
        thread.join()
    assert set(statuses) <= {201, 401}, statuses
    for thief in thieves:
        _refused(thief)
    return f"{dict(sorted(statuses.items()))}, then refused"
