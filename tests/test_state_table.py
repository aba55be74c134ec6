"""What everybody gets of one thing handed over: route by route, in every state it can be in.

A twin of the patient goes through the same and never hands anything over: a page without the thing
is the twin's page, byte for byte. What is not there is one answer, byte for byte, whatever it was.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.accounts.principals import Therapist
from journal.db import Database
from tests.acts import WHOLE, Written, handing, offer, told, words
from tests.factories import new_id
from tests.got import ABSENT, ELSE, OWN, REFUSED, SIGN_IN, THERE, WITHOUT, Gets, Row, got
from tests.handed import PIN, STATES, TEXT, set_up
from tests.media.sending import photo
from tests.worlds import MovableTime, World

OUT = {"account disabled": SIGN_IN}
PAGE = OUT | {"in force": THERE, "link ended": ABSENT, ELSE: WITHOUT}
LIST = OUT | {"in force": THERE, ELSE: WITHOUT}
ITEM = OUT | {"in force": THERE, ELSE: ABSENT}
CARE = OUT | {"link ended": ABSENT, ELSE: WITHOUT}
PAGE_FOR_PATIENT = PAGE | {"account disabled": ABSENT}
ITEM_FOR_PATIENT = ITEM | {"account disabled": ABSENT}
NEVER, MINE = {ELSE: ABSENT}, {ELSE: OWN}
THEIRS = MINE | {"account disabled": ABSENT}


def desk(call: str, gets: Gets, colleague: str, send: Any = None, *, holds: str = "") -> Row:
    """A therapist's route. The colleague sees the same patient, the foreigner sees neither."""
    foreigner = ABSENT if "{patient}" in call else WITHOUT
    people = {"therapist": gets, "colleague": {ELSE: colleague}, "foreigner": {ELSE: foreigner}}
    refused = {who: {ELSE: REFUSED} for who in ("author", "other patient", "admin")}
    return Row(call, people | refused, send, holds=holds)


def phone(call: str, send: Any = None, *, other: Gets = NEVER) -> Row:
    """A patient's route: nobody who treats or manages has a way in, in any state."""
    refused = {who: {ELSE: REFUSED} for who in ("colleague", "foreigner", "admin")}
    people = {"therapist": OUT | {ELSE: REFUSED}, "other patient": other}
    return Row(call, {**refused, **people}, send)


def preview(row: Row, author: Gets, holds: str = "") -> Row:
    """What NAME can see, for the patient: neither more nor less."""
    return replace(row, gets={**row.gets, "author": author}, holds=holds)


ABOUT, EXCERPT = "/api/patients/{patient}", "/api/patients/{patient}/excerpts/{excerpt}"
ORDER = {"agenda": "{excerpt}", "bring": ["{excerpt}"], "first": 1}
CUT = {"id": "{fresh}", "item": 0, "line": 0, "start": 0, "end": 3, "quote": TEXT[:3]}
SKILL = {"id": "{fresh}", "kind": "skill", "ref": "an-breath"}
RENEWAL = offer(Therapist(UUID(int=0)), id="{fresh}", pause=None)
del RENEWAL["therapist_id"]
HANDING = {**handing("{grant}", Written("{entry}", "{revision}"), WHOLE), "id": "{fresh}"}

TABLE = {
    # First what closes no end that it meets: the rule alone decides.
    "brief.today": desk("GET /api/today", LIST, WITHOUT),
    "events.events": desk("GET /api/events", LIST | {"link ended": THERE}, WITHOUT),
    "brief.mark": desk(f"PUT {EXCERPT}/marks/read", ITEM, ABSENT),
    "brief.unmark": desk(f"DELETE {EXCERPT}/marks/read", ITEM, ABSENT),
    "brief.what_they_can_see": preview(
        phone("GET /api/therapists/{therapist}/page", other=THEIRS), PAGE_FOR_PATIENT, TEXT
    ),
    "along.media_they_can_see": preview(
        phone("GET /api/therapists/{therapist}/media/{copy}"), ITEM_FOR_PATIENT, "JFIF"
    ),
    # What closes it.
    "search.search": desk("POST /api/search", LIST, WITHOUT, {"text": TEXT}, holds=TEXT),
    "brief.therapists_page": desk(f"GET {ABOUT}/page", PAGE, WITHOUT, holds=TEXT),
    "sharing.pulse": desk(f"GET {ABOUT}/new", PAGE, WITHOUT, holds="{excerpt}"),
    "along.therapists_media": desk(f"GET {ABOUT}/media/{{copy}}", ITEM, ABSENT, holds="JFIF"),
    "paper.page_pdf": desk(f"POST {ABOUT}/pdf", ITEM, WITHOUT, holds="%PDF"),
    "brief.read_all": desk(f"POST {ABOUT}/read", CARE, WITHOUT),
    "consent.asked": desk(f"GET {ABOUT}/ask", CARE, WITHOUT),
    "consent.ask": desk(f"POST {ABOUT}/ask", CARE, WITHOUT),
    "care.own_notes": desk(f"GET {ABOUT}/notes", CARE, WITHOUT),
    "care.keep_note": desk(f"PUT {ABOUT}/notes/{{fresh}}", CARE, WITHOUT, {"text": "Mine."}),
    "care.remove_note": desk(f"DELETE {ABOUT}/notes/{{note}}", CARE, ABSENT),
    "suggestions.suggestions": desk(f"GET {ABOUT}/suggestions", CARE, WITHOUT),
    "suggestions.suggest": desk(f"POST {ABOUT}/suggestions", CARE, WITHOUT, SKILL),
    "suggestions.end": desk(f"DELETE {ABOUT}/suggestions/{{suggestion}}", CARE, ABSENT),
    "brief.release": phone("PUT /api/therapists/{therapist}/brief", ORDER, other=THEIRS),
    "brief.take_release_back": phone("DELETE /api/therapists/{therapist}/brief", other=THEIRS),
    "sharing.release": phone("POST /api/excerpts/{excerpt}/release"),
    "sharing.cut": phone("POST /api/excerpts/{excerpt}/cut", CUT),
    "sharing.take_back": phone("DELETE /api/excerpts/{excerpt}"),
    "sharing.excerpts": phone("GET /api/excerpts", other=MINE),
    "sharing.receipts": phone("GET /api/receipts", other=MINE),
    "sharing.withdraw": phone("POST /api/grants/{grant}/withdraw"),
    "sharing.narrow": phone("POST /api/grants/{grant}/narrow", {"categories": []}),
    "sharing.renew": phone("POST /api/grants/{grant}/renew", RENEWAL),
    "consent.receipt": phone("GET /api/grants/{grant}/receipt"),
    "consent.pause": phone("POST /api/grants/{grant}/pause"),
    "consent.resume": phone("POST /api/grants/{grant}/resume", {"pause": 1}),
    "consent.set_aside": phone("POST /api/asks/{fresh}/set-aside"),
    "paper.receipt_pdf": phone("GET /api/grants/{grant}/receipt.pdf"),
    "suggestions.set_aside": phone("POST /api/suggestions/{suggestion}/set-aside"),
    "handover.hand_over": phone("POST /api/handovers", HANDING),
    "handover.delete_entry": phone("DELETE /api/entries/{entry}"),
    "entries.entry": phone("GET /api/entries/{entry}"),
    "entries.revisions": phone("GET /api/entries/{entry}/revisions"),
    "entries.save": phone("PUT /api/entries/{entry}", words(revision="{fresh}"), other=MINE),
    "media.medium": phone("GET /api/media/{medium}"),
    "media.content": phone("GET /api/media/{medium}/content"),
    "media.piece": phone("PUT /api/media/{medium}/pieces/0"),
    "media.complete": phone("POST /api/media/{medium}/complete"),
    "media.announce": phone("PUT /api/media/{medium}", photo().told(entry="{entry}"), other=MINE),
    "phones.lock": phone("PUT /api/phones/{lock}", PIN),
    "phones.phone_key": phone("GET /api/phones/{lock}/key"),
    "phones.unlock": phone("DELETE /api/phones/{lock}", other=MINE),
}
NOTHING_HANDED_OVER = {
    "phones.open_phone",  # for who is not signed in: no state changes it
    # One's own ways in, and what was done about oneself.
    "proofs.remove_passkey",
    "roster.put_away",
    "sessions.see",
    "sessions.sign_out_one",
}


def test_every_route_that_could_tell_of_it_has_a_row(app: Flask) -> None:
    """Those of the admin are looked at in tests/roster/test_no_words.py."""
    told_of = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        for audience in (app.view_functions[rule.endpoint].audience,)
        if audience == {"therapist"} or ("<uuid:" in rule.rule and audience != {"admin"})
    }
    own = {"sharing.excerpts", "sharing.receipts", "handover.hand_over"}
    assert told_of | own == TABLE.keys() | NOTHING_HANDED_OVER


def kept(author: FlaskClient, ids: dict[str, str]) -> list[Any]:
    """What only the author may change."""
    own = ("/api/media/{medium}/content", "/api/entries/{entry}", "/api/entries/{entry}/revisions")
    return [told(author.get(path.format(**ids))) for path in own]


@pytest.mark.parametrize("state", STATES)
def test_each_gets_what_the_table_says(
    app: Flask, database: Database, lived_in: World, time: MovableTime, state: str
) -> None:
    stage = set_up(app, database, lived_in, time, STATES[state])
    people = stage.people
    fixed = {
        ABSENT: told(people["colleague"].get(f"/api/patients/{new_id()}/page")),
        REFUSED: told(people["admin"].get("/api/today")),
        SIGN_IN: told(app.test_client().get("/api/today")),
    }
    assert [one[0] for one in fixed.values()] == [404, 403, 401]
    before = kept(people["author"], stage.giver.ids)
    expected, found = {}, {}
    for endpoint, row in TABLE.items():
        for who, gets in row.gets.items():
            expected[endpoint, who] = gets.get(state, gets[ELSE])
            found[endpoint, who] = got(stage, who, row, fixed)
    wrong = {each: (found[each], expected[each]) for each in found if found[each] != expected[each]}
    assert wrong == {}
    assert kept(people["author"], stage.giver.ids) == before
