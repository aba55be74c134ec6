"""The canary finds each way in that is opened on purpose, leaves no row, and stops the start."""

from dataclasses import replace
from typing import Any

import flask
import pytest
from flask import Flask, Response
from sqlalchemy import Select, func, select

from journal import canary
from journal.accounts.principals import Patient
from journal.app import create_app
from journal.canary import Escaped
from journal.canary.people import Bird
from journal.config import Settings
from journal.consent.models import Grant
from journal.db import Base, Database
from journal.sharing import gate
from journal.sharing.models import Excerpt
from journal.vault import keys
from tests.factories import NOW
from tests.worlds import World

ASKERS = 5
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def counts(database: Database) -> dict[str, int | None]:
    with database.session(writing=False) as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def test_on_an_empty_database_nobody_is_answered_the_words_and_nothing_is_left(
    settings: Settings, database: Database
) -> None:
    before = counts(database)
    assert sum(filter(None, before.values())) == 0
    assert canary.check(settings, at=NOW) > 40 * ASKERS
    assert counts(database) == before


def test_with_people_in_it_the_same(
    settings: Settings, database: Database, lived_in: World
) -> None:
    before = counts(database)
    canary.check(settings, at=NOW)
    canary.check(settings, at=NOW)
    assert counts(database) == before


@ON_SQLITE
def test_what_a_route_is_sent_and_is_left_out_names_routes_that_are_there(app: Flask) -> None:
    assert {*canary.BODIES, *canary.WORDLESS} <= set(app.view_functions)


def caught(settings: Settings, **more: Any) -> str:
    with pytest.raises(Escaped) as found:
        canary.check(settings, at=NOW, **more)
    return str(found.value)


def without_rule(statement: Select[Any]) -> Select[Any]:
    """The same select, its WHERE removed."""
    return (
        select(*statement.selected_columns)
        .select_from(Excerpt)
        .join(Grant, Grant.id == Excerpt.grant_id)
        .join(keys.DataKey, keys.belongs(Grant.id, keys.Of.GRANT))
    )


@pytest.fixture
def gate_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "WORDS", without_rule(gate.WORDS))
    monkeypatch.setattr(gate, "WORDS_OF_ALL", without_rule(gate.WORDS_OF_ALL))


@ON_SQLITE
@pytest.mark.usefixtures("gate_off")
def test_a_gate_without_its_rule_is_found(settings: Settings) -> None:
    assert "GET /api/patients/<uuid:patient_id>/page as reader" in caught(settings)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("gate_off")
def test_the_lock_below_the_gate_is_there_while_the_canary_asks(settings: Settings) -> None:
    """PostgreSQL keeps the words with the rule gone: the canary asks as any request would."""
    canary.check(settings, at=NOW)


@ON_SQLITE
def test_a_journal_that_is_anybodys_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, overheard: list[Bird]
) -> None:
    """Every patient is taken for the author: an entry's owner read off its address."""
    monkeypatch.setattr(
        "journal.entries.views.patient", lambda: Patient(overheard[0].ids["patient_id"])
    )
    assert "GET /api/entries/<uuid:entry_id> as neighbour" in caught(settings)


@ON_SQLITE
def test_a_search_that_would_find_nothing_is_refused_as_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = canary.release

    def nowhere(*args: Any, **kwargs: Any) -> tuple[Bird, Any]:
        bird, pause = release(*args, **kwargs)
        return replace(bird, words="elsewhere" * 4), pause

    monkeypatch.setattr(canary, "release", nowhere)
    assert "cannot be found by its author" in caught(settings)


@ON_SQLITE
@pytest.mark.parametrize("who", ["author", "reader", "colleague", "neighbour", "admin"])
def test_somebody_who_would_be_refused_everything_proves_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    release = canary.release

    def signed_out(*args: Any, **kwargs: Any) -> tuple[Bird, Any]:
        bird, pause = release(*args, **kwargs)
        return replace(bird, tokens={**bird.tokens, who: "over"}), pause

    monkeypatch.setattr(canary, "release", signed_out)
    assert f"the canary's {who} is not signed in" in caught(settings)


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> list[Bird]:
    """The bird of each check, for those who have its words in a way that is none of ours."""
    birds: list[Bird] = []
    release = canary.release

    def heard(*args: Any, **kwargs: Any) -> tuple[Bird, Any]:
        bird, pause = release(*args, **kwargs)
        birds.append(bird)
        return bird, pause

    monkeypatch.setattr(canary, "release", heard)
    return birds


@ON_SQLITE
def test_words_in_an_answer_or_a_header_are_found_for_everybody(
    settings: Settings, overheard: list[Bird]
) -> None:
    """A support page that somebody added in a hurry, and a header that helps with debugging."""

    def make(settings: Settings, **more: Any) -> Flask:
        app = create_app(settings, **more)
        app.add_url_rule("/api/support", "support", lambda: Response(overheard[0].words))

        @app.after_request
        def told(answer: Response) -> Response:
            if flask.request.path == "/healthz":
                answer.headers["X-Last"] = overheard[0].words
            return answer

        return app

    said = caught(settings, make=make)
    for who in ("nobody", "reader", "colleague", "neighbour", "admin"):
        assert f"GET /api/support as {who}" in said
        assert f"GET /healthz as {who}" in said
    assert said.count(" as ") == 2 * ASKERS
    assert overheard[0].words not in said


def test_the_server_does_not_start_when_it_escapes(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert journal("init").exit_code == 0
    assert journal("upgrade").exit_code == 0
    served: list[str] = []
    check = canary.check
    monkeypatch.setattr("journal.web.logs.write", lambda _to: None)  # this process has its own
    monkeypatch.setattr("journal.web.server.serve", lambda *_, **__: served.append("served"))

    def escaped(*_: Any, **__: Any) -> int:
        raise Escaped("words that nobody may read were answered: GET /x as admin")

    monkeypatch.setattr(canary, "check", escaped)
    done = journal("serve")
    assert done.exit_code == 1
    assert "GET /x as admin. Nothing is served." in done.output
    assert served == []
    monkeypatch.setattr(canary, "check", check)
    assert journal("serve").exit_code == 0
    assert served == ["served"]
