"""Bugs that people have made elsewhere, put in one at a time: the machine finds each of them.

A proof that finds nothing may be blind. These are the seeded bugs of the consent engine, and some
more; each is patched into the running product, and the same examples that pass without it fail.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, event

from journal import audit
from journal.care import service as care
from journal.consent import asking, ledger, offers, pausing, successors
from journal.consent import service as consent
from journal.consent.models import Grant, Happened
from journal.content.library import Library
from journal.handover import service as handover
from journal.sharing import ending, gate, leaving, listed
from journal.sharing import service as sharing
from journal.vault import keys
from tests.sharing.machine import GUIDES, Stage, run

Patch = pytest.MonkeyPatch
Bug = Callable[[Stage, Patch], None]

LONG = bool(os.environ.get("JOURNAL_LONG"))
MOST = 30
"""Examples to find one in; most take fewer than five."""


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """Which bugs are found does not depend on the database: one kind is enough here."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'journal.db')}"


def says(old: str, new: str) -> Bug:
    """The words of a statement are others. It has to be a statement that is really made."""

    def put_in(stage: Stage, patch: Patch) -> None:
        def change(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> Any:
            return statement.replace(old, new), values

        event.listen(stage.database.engine, "before_cursor_execute", change, retval=True)

    return put_in


def instead(where: Any, name: str, other: Any) -> Bug:
    """Something else is done."""
    return lambda stage, patch: patch.setattr(where, name, other)


def around(where: Any, name: str, wrap: Callable[..., Any]) -> Bug:
    """Something is done otherwise: `wrap` gets what is done, and then its arguments."""

    def put_in(stage: Stage, patch: Patch) -> None:
        done = getattr(where, name)
        patch.setattr(where, name, lambda *sent, **named: wrap(done, *sent, **named))

    return put_in


def both(*bugs: Bug) -> Bug:
    def put_in(stage: Stage, patch: Patch) -> None:
        for bug in bugs:
            bug(stage, patch)

    return put_in


def nothing(*_: Any, **__: Any) -> None:
    return None


def kept_for_a_while(stage: Stage, patch: Patch) -> None:
    kept: dict[Any, Any] = {}
    fetch = gate._fetch

    def cached(session: Any, patient: Any, therapist: Any, at: Any) -> Any:
        when, found = kept.get((patient, therapist), (None, None))
        if when is None or not timedelta() <= at - when < timedelta(minutes=5):
            when, found = kept[patient, therapist] = at, fetch(session, patient, therapist, at)
        return found

    patch.setattr(gate, "_fetch", cached)


def not_when(happened: Happened) -> Callable[..., Any]:
    def wrap(done: Any, *sent: Any, **named: Any) -> Any:
        how = named.get("happened", Happened.WITHDRAWN)
        return None if how is happened else done(*sent, **named)

    return wrap


def without_event(done: Any, *sent: Any, **at: Any) -> Any:
    return None if Happened.NARROWED in sent else done(*sent, **at)


def all_but_one(session: Any, patient: Any, *, at: Any) -> None:
    alive = [one for one in consent.all_of(session, patient) if one.ended_at is None]
    for grant in alive[1:]:
        pausing.pause(session, patient, grant.id, at=at)


def any_pause(done: Any, session: Any, patient: Any, grant_id: Any, n: int, *, at: Any) -> Any:
    now = consent.mine(session, patient, grant_id).pause
    return done(session, patient, grant_id, now or n, at=at)


def whatever_pause(done: Any, session: Any, author: Any, old: Any, *sent: Any, at: Any) -> Any:
    offer, _ = sent
    return done(session, author, old, offer, old.pause, at=at)


def without_the_pause(done: Any, session: Any, author: Any, old: Any, *sent: Any, at: Any) -> Any:
    offer, pause = sent
    return done(session, author, old, replace(offer, resumes=pause), pause, at=at)


def told_when_set_aside(done: Any, session: Any, asker: Any, patient_id: Any) -> Any:
    when = done(session, asker, patient_id)
    row = session.get(asking.Ask, asking.link_of(session, patient_id, asker.id))
    return None if row and row.set_aside_at else when


OF_ANYBODY = listed._ids.where(Grant.therapist_id == bindparam("therapist")).add_columns(
    listed.FRESH
)
NO_NOTICE = instead(consent, "close_ended", lambda *_, **__: [])

BUGS: dict[str, Bug] = {
    "a cache of five minutes": kept_for_a_while,
    "narrowing takes nothing away": both(
        says("DELETE FROM grant_category WHERE", "DELETE FROM grant_category WHERE 1=0 AND"),
        around(consent, "narrow", lambda done, *sent, **at: (done(*sent, **at)[0], frozenset())),
    ),
    "Today counts what may not be read": instead(listed, "IDS_OF_ALL", OF_ANYBODY),
    "what is held or waits is read": says("excerpt.release_at <= ?", "(? IS NOT NULL)"),
    "reading is recorded afterwards, if at all": instead(audit, "record", nothing),
    "one receipt for a whole page": around(
        audit, "record", lambda done, s, p, r, read, **at: done(s, p, r, read[:1], **at)
    ),
    "withdrawing is left to a job": both(
        around(consent, "end", not_when(Happened.WITHDRAWN)), instead(ending, "remove", nothing)
    ),
    "ends are left to a job": both(NO_NOTICE, says("? < grant.ends_at", "(? IS NOT NULL)")),
    "an end is no fact: the clock brings it back": NO_NOTICE,
    "coming back restores": instead(leaving, "_close", nothing),
    "another therapist inherits": says("grant.therapist_id = ?", "(? IS NOT NULL)"),
    "a pause is not looked at": says("grant.pause IS NULL", "1=1"),
    "a late copy of going on undoes a new pause": around(pausing, "resume", any_pause),
    "pausing everything forgets one": instead(pausing, "pause_everything", all_but_one),
    "the new text is not looked at": instead(Library, "agreed_since", 1),
    "widening does not wait for a clear head": instead(offers, "require_clear", nothing),
    "what is handed over on the day goes out at once": instead(
        handover, "_release_at", lambda session, author, grant, at: at
    ),
    "a late renewal undoes a new pause": around(ending, "renew", whatever_pause),
    "renewing ends a pause that nobody named": around(ending, "renew", without_the_pause),
    "what takes away does not find the renewed one": instead(
        successors, "living", lambda session, grant: grant
    ),
    "renewing leaves the old one": around(consent, "end", not_when(Happened.RENEWED)),
    "renewing takes along what it does not allow": around(
        ending, "_carry", lambda done, s, old, new, _: done(s, old, new, frozenset(GUIDES))
    ),
    "renewing loses what was handed over": instead(ending, "_carry", nothing),
    "taking back does nothing": instead(sharing, "take_back", nothing),
    "deleting leaves the copies": instead(sharing, "take_back_entry", nothing),
    "an event is left out of the ledger": around(ledger, "append", without_event),
    "not yours is told from not there": instead(care, "require_link", nothing),
    "the one who asked is told": around(asking, "asked", told_when_set_aside),
    "the gate's clock is half an hour late": around(
        gate, "_fetch", lambda done, s, p, t, at: done(s, p, t, at - timedelta(minutes=30))
    ),
}


RARE = frozenset(
    {
        "the one who asked is told",
        "an event is left out of the ledger",
        "renewing takes along what it does not allow",
        "renewing leaves the old one",
        "renewing loses what was handed over",
        "renewing ends a pause that nobody named",
        "a late renewal undoes a new pause",
        "what takes away does not find the renewed one",
        "pausing everything forgets one",
        "taking back does nothing",
    }
)
"""It takes the machine so long to meet these that only a long run waits for it."""

SOON = {
    "withdrawing is left to a job": 2,
    "a pause is not looked at": 5,
    "the new text is not looked at": 3,
    "what is held or waits is read": 2,
    "narrowing takes nothing away": 2,
    "widening does not wait for a clear head": 2,
    "what is handed over on the day goes out at once": 1,
    "a cache of five minutes": 4,
}
"""Which examples meet a bug at once; another seed meets it as well, but later."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("bug", [bug for bug in BUGS if LONG or bug not in RARE])
def test_the_machine_finds(stage: Stage, monkeypatch: Patch, bug: str) -> None:
    BUGS[bug](stage, monkeypatch)
    with pytest.raises((AssertionError, keys.KeyDestroyed)):
        run(stage, MOST, part=SOON.get(bug, 0))
