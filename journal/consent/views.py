"""See and give consent. Ending and narrowing it live with what they take back: `sharing`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_login import current_user
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import patient
from journal.consent import service
from journal.consent.models import Grant, Happened
from journal.consent.schemas import GrantSchema, NewGrant
from journal.consent.service import Offer
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


@bp.post("/grants")
@endpoint(Role.PATIENT)
@bp.arguments(NewGrant)
@bp.response(201, GrantSchema)
@bp.alt_response(409, description="A dose is not yet over, or consent is in force already")
def give(sent: dict[str, Any]) -> dict[str, Any]:
    """Let one therapist read what is handed to them, until a day."""
    offer = Offer(
        id=sent["id"],
        therapist_id=sent["therapist_id"],
        agreement=sent["agreement"]["id"],
        edition=sent["agreement"]["edition"],
        sha256=sent["agreement"]["sha256"],
        categories=frozenset(sent["categories"]),
        ends_at=_end(sent["ends_on"], current_user.zone, at()),
        release_in_morning=sent["release_in_morning"],
    )
    grant = service.give(session(), patient(), offer, at=at())
    return wires(session(), [grant], at())[0]


def wires(opened: Session, found: Sequence[Grant], moment: datetime) -> list[dict[str, Any]]:
    """Grants as the patient sees them."""
    called = accounts.names(opened, {grant.therapist_id for grant in found})
    allowed = service.categories_of(opened, [grant.id for grant in found])
    return [
        {
            "id": grant.id,
            "therapist": {"id": grant.therapist_id, "name": called.get(grant.therapist_id, "")},
            "categories": sorted(allowed.get(grant.id, ())),
            "given_at": grant.given_at,
            "ends_at": grant.ends_at,
            "ended_at": grant.ended_at,
            "state": _state(grant, moment),
            "release_in_morning": grant.release_in_morning,
            "agreement": {
                "id": grant.agreement,
                "edition": grant.agreement_edition,
                "sha256": grant.agreement_sha256,
            },
        }
        for grant in found
    ]


def _state(grant: Grant, moment: datetime) -> str:
    if grant.ended_by is Happened.WITHDRAWN:
        return "withdrawn"
    return "ended" if grant.ended_at or grant.ends_at <= moment else "in_force"


def _end(day: date | None, zone: str, moment: datetime) -> datetime:
    """The end of a day in the patient's zone; ninety days ahead when they choose none."""
    here = ZoneInfo(zone)
    last = day or (moment + USUAL).astimezone(here).date()
    ends = datetime.combine(last + timedelta(days=1), time(), here).astimezone(UTC)
    if ends > moment + LONGEST:
        raise Invalid.at("/ends_on", "Choose a day within a year.")
    return ends
