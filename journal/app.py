"""Put the application together: the only module that knows every feature."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask, Response
from sqlalchemy import text

from journal import clock, migrations
from journal.accounts import (
    codes,
    entering_views,
    limits,
    proof_views,
    recovery_views,
    session_views,
    site,
)
from journal.accounts import views as accounts
from journal.along import views as along
from journal.brief import views as brief
from journal.care import links as care_links
from journal.care import views as care
from journal.catalog import kept as catalog_kept
from journal.catalog import views as catalog
from journal.config import Settings
from journal.consent import views as consent
from journal.content import library
from journal.content import views as content
from journal.db import Database, rows
from journal.db.rows import Guard
from journal.entries import views as entries
from journal.events import views as events
from journal.handover import views as handover
from journal.invitations import views as invitations
from journal.media import opened as media_opened
from journal.media import store as media_store
from journal.media import views as media
from journal.paper import views as paper
from journal.phones import views as phones
from journal.reception import views as reception
from journal.roster import views as roster
from journal.search import views as search
from journal.sharing import views as sharing
from journal.suggestions import views as suggestions
from journal.vault.keys import INFO, KeyRing
from journal.web import edition, logs, openapi, pages, problems, reports, shield
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import CLOCK, EXTENSION, session
from journal.web.wire import FastJSON, json_bytes

VERSION = "0.1.0"

FEATURES: tuple[Blueprint, ...] = (
    content.bp,
    catalog.bp,
    suggestions.bp,
    care.bp,
    accounts.bp,
    session_views.bp,
    entering_views.bp,
    proof_views.bp,
    recovery_views.bp,
    entries.bp,
    media.bp,
    phones.bp,
    consent.bp,
    sharing.bp,
    along.bp,
    handover.bp,
    brief.bp,
    events.bp,
    search.bp,
    paper.bp,
    roster.bp,
    reception.bp,
    invitations.bp,
)


def create_app(settings: Settings, *, now: Callable[[], datetime] = clock.now) -> Flask:
    """Make the application.

    :param now: what time it is, in UTC; asked once for each request.

    :raises RuntimeError: the database is not at the schema of this version, SQLite is unsafe, the
        demo's people are in it and this is not localhost, or a route has no declared audience.
    """
    library.load()  # a broken guide stops the start, not a patient
    database = open_database(settings, guard=Guard(lambda: library.load().agreed_since))
    if not migrations.is_current(database):
        database.dispose()
        raise RuntimeError("the database is not up to date: run `journal upgrade`")
    _refuse_a_demo_elsewhere(database)
    _warn_of_an_open_lock(database)
    app = Flask(__name__, static_folder=None)
    app.json = FastJSON(app)
    app.config.update(SECRET_KEY=settings.secret_key, **_cookies(settings))
    app.extensions[EXTENSION] = database
    app.extensions[CLOCK] = now
    logs.init_app(app)
    shield.init_app(app, settings.public_url)
    edition.init_app(app, settings.minimum_app)
    accounts.init_app(app)
    openapi.init_app(app, title="Integration Journal", version=VERSION, features=FEATURES)
    pages.init_app(app, settings.static_folder, settings.public_url)
    app.register_blueprint(reports.bp)
    app.add_url_rule("/healthz", view_func=healthz)
    problems.init_app(app)
    roster.count_troubles(app)
    _require_audiences(app)
    return app


def _cookies(settings: Settings) -> dict[str, object]:
    host = "__Host-" if settings.secure_cookies else ""
    return {
        "SESSION_COOKIE_NAME": f"{host}journal",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "DEVICE_COOKIE_NAME": f"{host}journal-device",
    }


def open_database(settings: Settings, *, guard: Guard | None = None) -> Database:
    """Open the database of these settings with its key ring, its media store, what is kept of its
    editions and on how many devices people may be.

    :param guard: for a server, whose requests each say for whom they act.
    """
    media = settings.media
    carried = {
        INFO: KeyRing(settings.master_keys),
        site.INFO: site.Site(settings.public_url, settings.secret_key, care_links.names_around),
        catalog_kept.INFO: catalog_kept.Remembered(),
        media_opened.INFO: media_opened.Room(media_store.open_store(media), media.quota),
        limits.INFO: settings.devices,
    }
    return Database(settings.database_url, info=carried, guard=guard)


@endpoint(Public.ANYONE)
def healthz() -> Response:
    """Whether the server and its database answer."""
    session().execute(text("SELECT 1"))
    return json_bytes(b'{"ok":true}')


def _refuse_a_demo_elsewhere(database: Database) -> None:
    """A code that everybody knows must let nobody in where others can reach it."""
    with database.session(writing=False) as opened:
        refused = codes.has_demo(opened) and not site.of(opened).local
    if refused:
        database.dispose()
        raise RuntimeError("the demo's people are in this database: it is for localhost alone")


def _warn_of_an_open_lock(database: Database) -> None:
    """Say it when the second lock does not hold. The first one does, so the start goes on."""
    with database.session(writing=False) as opened:
        open_to_all = rows.walked_past(opened)
    if open_to_all:
        logging.getLogger("journal").warning(
            "PostgreSQL does not hold this role to its row-level security: it is a superuser or has"
            " BYPASSRLS. Give the server a role that is neither (docs/operating.md)."
        )


def _require_audiences(app: Flask) -> None:
    """Refuse to start with a route that does not say who may call it."""
    for name, view in app.view_functions.items():
        if not getattr(view, "audience", None):
            raise RuntimeError(f"{name} declares no audience")
    logging.getLogger("journal").debug("%d routes, each with its audience", len(app.view_functions))
