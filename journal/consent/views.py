"""See consent and pause it. What puts things under it, or takes them away, is in `sharing`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_login import current_user
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.consent import asking, pausing, service
from journal.consent import receipt as receipts
from journal.consent.models import Grant, Happened
from journal.consent.offers import Offer
from journal.consent.receipt_shape import ReceiptOfConsent
from journal.consent.schemas import Asked, AskSchema, GoingOn, GrantSchema
from journal.content import library
from journal.errors import Invalid
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import at, session

bp = Blueprint("consent", __name__, url_prefix="/api", description="Standing consent")

USUAL = timedelta(days=90)
LONGEST = timedelta(days=366)
"""Consent always ends; who wants to go on gives it anew."""


@bp.get("/grants")
@endpoint(Role.PATIENT)
@bp.response(200, GrantSchema(many=True))
def grants() -> list[dict[str, Any]]:
    """Every consent given, newest first."""
    return wires(session(), service.all_of(session(), patient()), at())


@bp.get("/grants/<uuid:grant_id>/receipt")
@endpoint(Role.PATIENT)
@bp.response(200, ReceiptOfConsent)
def receipt(grant_id: UUID) -> dict[str, Any]:
    """What was agreed to, with whom, and all that became of it: to keep."""
    state = _state(service.mine(session(), patient(), grant_id), at())
    zone = current_user.zone
    return receipts.receipt(session(), patient(), grant_id, zone=zone, state=state, at=at())


@bp.post("/grants/<uuid:grant_id>/pause")
@endpoint(Role.PATIENT)
@bp.response(200, GrantSchema)
def pause(grant_id: UUID) -> dict[str, Any]:
    """Close what one therapist can read, at once, until the patient goes on."""
    return _one(pausing.pause(session(), patient(), grant_id, at=at()))


@bp.post("/grants/<uuid:grant_id>/resume")
@endpoint(Role.PATIENT)
@bp.arguments(GoingOn)
@bp.response(200, GrantSchema)
@bp.alt_response(409, description="A dose is not yet over, or it ended or was paused again since")
def resume(sent: dict[str, Any], grant_id: UUID) -> dict[str, Any]:
    """Go on after a pause, named by the number it has in the grant."""
    return _one(pausing.resume(session(), patient(), grant_id, sent["pause"], at=at()))


@bp.post("/pause-everything")
@endpoint(Role.PATIENT)
@bp.response(204)
def pause_everything() -> None:
    """Close what anybody can read, at once."""
    pausing.pause_everything(session(), patient(), at=at())


@bp.get("/patients/<uuid:patient_id>/ask")
@endpoint(Role.THERAPIST)
@bp.response(200, Asked)
def asked(patient_id: UUID) -> dict[str, Any]:
    """Whether this therapist has asked this patient to share. Never what became of it."""
    return {"asked_at": asking.asked(session(), therapist(), patient_id)}


@bp.post("/patients/<uuid:patient_id>/ask")
@endpoint(Role.THERAPIST)
@bp.response(200, Asked)
def ask(patient_id: UUID) -> dict[str, Any]:
    """Ask a patient to share, once. Asked again, it answers with the first time."""
    return {"asked_at": asking.ask(session(), therapist(), patient_id, at=at())}


@bp.get("/asks")
@endpoint(Role.PATIENT)
@bp.response(200, AskSchema(many=True))
def asks() -> list[dict[str, Any]]:
    """Who asks to be shared with and has no answer yet, oldest first."""
    found = asking.open_asks(session(), patient(), at=at())
    called = accounts.names(session(), {one.therapist_id for one in found})
    return [
        {
            "id": one.link_id,
            "therapist": {"id": one.therapist_id, "name": called.get(one.therapist_id, "")},
            "asked_at": one.asked_at,
        }
        for one in found
    ]


@bp.post("/asks/<uuid:ask_id>/set-aside")
@endpoint(Role.PATIENT)
@bp.response(204)
def set_aside(ask_id: UUID) -> None:
    """Let an ask lie for good. The one who asked is told nothing."""
    asking.set_aside(session(), patient(), ask_id, at=at())


def offered(sent: dict[str, Any], therapist_id: UUID) -> Offer:
    """What a patient offers, from what was sent: a `NewGrant`, or a `Renewal`."""
    return Offer(
        id=sent["id"],
        therapist_id=therapist_id,
        agreement=sent["agreement"]["id"],
        edition=sent["agreement"]["edition"],
        sha256=sent["agreement"]["sha256"],
        categories=frozenset(sent["categories"]),
        ends_at=_end(sent["ends_on"], current_user.zone, at()),
        release_in_morning=sent["release_in_morning"],
        usual_end=sent["ends_on"] is None,
        resumes=sent["pause"] if sent.get("resume") else None,
    )


def wires(opened: Session, found: Sequence[Grant], moment: datetime) -> list[dict[str, Any]]:
    """Grants as the patient sees them."""
    called = accounts.names(opened, {grant.therapist_id for grant in found})
    allowed = service.categories_of(opened, [grant.id for grant in found])
    because = pausing.reasons(opened, [grant.id for grant in found if grant.pause])
    return [
        {
            "id": grant.id,
            "therapist": {"id": grant.therapist_id, "name": called.get(grant.therapist_id, "")},
            "categories": sorted(allowed.get(grant.id, ())),
            "given_at": grant.given_at,
            "ends_at": grant.ends_at,
            "ended_at": grant.ended_at,
            "state": _state(grant, moment),
            "paused_at": grant.paused_at,
            "pause": grant.pause,
            "paused_because": because.get(grant.id),
            "release_in_morning": grant.release_in_morning,
            "agreement": {
                "id": grant.agreement,
                "edition": grant.agreement_edition,
                "sha256": grant.agreement_sha256,
            },
            "locale": grant.locale,
        }
        for grant in found
    ]


def _one(grant: Grant) -> dict[str, Any]:
    return wires(session(), [grant], at())[0]


def _state(grant: Grant, moment: datetime) -> str:
    if grant.ended_by is Happened.WITHDRAWN:
        return "withdrawn"
    if grant.ended_at or grant.ends_at <= moment:
        return "ended"
    if grant.agreement_edition < library.load().agreed_since:
        return "agree_again"
    return "in_force" if grant.pause is None else "paused"


def _end(day: date | None, zone: str, moment: datetime) -> datetime:
    """The end of a day in the patient's zone; ninety days ahead when they choose none."""
    here = ZoneInfo(zone)
    last = day or (moment + USUAL).astimezone(here).date()
    ends = datetime.combine(last + timedelta(days=1), time(), here).astimezone(UTC)
    if ends > moment + LONGEST:
        raise Invalid.at("/ends_on", "Choose a day within a year.")
    return ends
