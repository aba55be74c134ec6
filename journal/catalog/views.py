"""The library for anybody, and the clinic's editors."""

from typing import Any
from uuid import UUID

import orjson
from flask import request
from flask_login import current_user
from werkzeug import Response

from journal.accounts.principals import Patient, Role
from journal.accounts.views import admin
from journal.care import service as care
from journal.catalog import advice, editing, forms, service, wires
from journal.catalog.advice import Advice
from journal.catalog.editing import Made
from journal.catalog.schemas import (
    ClinicContentSchema,
    DraftSchema,
    EditedGuide,
    EditedSkill,
    EditedTexts,
    LookedOverSchema,
    MadeSchema,
    NewerEditionSchema,
)
from journal.catalog.texts import ID
from journal.content.guide_schemas import GuideSchema
from journal.content.guides import Guide
from journal.content.library import UnknownGuide
from journal.content.schemas import LibrarySchema
from journal.errors import Invalid, NotFound
from journal.web.body import Blueprint
from journal.web.editions import edited_from
from journal.web.endpoint import ACCOUNT, Public, SignInNeeded, endpoint
from journal.web.session import at, session
from journal.web.wire import json_bytes

bp = Blueprint("catalog", __name__, url_prefix="/api", description="The library, and its editors")

EDITED_FROM = [
    {
        "in": "header",
        "name": "If-Match",
        "schema": {"type": "string"},
        "description": 'the edition this was edited from, in quotes; "0" for none',
    }
]


@bp.get("/library")
@endpoint(Public.ANYONE)
@bp.response(200, LibrarySchema)
@bp.alt_response(304, description="The copy named in `If-None-Match` is the present one")
@bp.alt_response(401, description="The session is not that of `X-Journal-Account`")
def library() -> Response:
    """Everything the app says, as one's own clinic has it. Kept by the phone for use offline."""
    body, tag = wires.library(session(), _clinic_id())
    answer = json_bytes(body)
    answer.set_etag(tag)
    answer.cache_control.private = True
    answer.cache_control.no_cache = True
    answer.vary.add("Cookie")
    return answer.make_conditional(request)


@bp.get("/guides/<string:id>/<int:edition>")
@endpoint(Public.ANYONE)
@bp.response(200, GuideSchema)
def guide(id: str, edition: int) -> Guide:
    """One edition of a guide: an entry is read with the questions it was written against."""
    signed_in = _signed_in()
    me = Patient(current_user.id) if signed_in and current_user.role is Role.PATIENT else None
    try:
        return service.guide(session(), id, edition, reader=me)
    except UnknownGuide:
        raise NotFound from None


@bp.get("/clinic/content")
@endpoint(Role.ADMIN)
@bp.response(200, ClinicContentSchema)
def content() -> Response:
    """Everything the clinic's people are offered, and what of it can be edited."""
    return json_bytes(wires.content(session(), care.admins_clinic(session(), admin())))


@bp.put("/clinic/guides/<string:id>")
@endpoint(Role.ADMIN)
@bp.arguments(EditedGuide(partial=True))
@bp.response(200, MadeSchema)
@bp.alt_response(201, schema=MadeSchema, description="Made")
@bp.alt_response(409, schema=NewerEditionSchema, description="There is a newer edition")
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def save_guide(sent: Any, id: str) -> Response:
    """Make the next edition of a guide. Old answers keep the words they were asked."""
    made = forms.guide(sent, id)
    done = editing.save_guide(session(), admin(), made, edited_from=edited_from(), at=at())
    return _made(done, advice.on_guide(made))


@bp.put("/clinic/skills/<string:id>")
@endpoint(Role.ADMIN)
@bp.arguments(EditedSkill(partial=True))
@bp.response(200, MadeSchema)
@bp.alt_response(201, schema=MadeSchema, description="Made")
@bp.alt_response(409, schema=NewerEditionSchema, description="There is a newer edition")
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def save_skill(sent: Any, id: str) -> Response:
    """Make the next edition of a skill."""
    made = forms.skill(sent, id)
    done = editing.save_skill(session(), admin(), made, edited_from=edited_from(), at=at())
    return _made(done, advice.on_skill(made))


@bp.put("/clinic/texts/<string:id>")
@endpoint(Role.ADMIN)
@bp.arguments(EditedTexts(partial=True))
@bp.response(200, MadeSchema)
@bp.alt_response(201, schema=MadeSchema, description="Made")
@bp.alt_response(409, schema=NewerEditionSchema, description="There is a newer edition")
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def save_texts(sent: Any, id: str) -> Response:
    """Make the next edition of the clinic's texts. The crisis lines are not among them."""
    if id != ID:
        raise NotFound
    made = forms.texts(sent)
    done = editing.save_texts(session(), admin(), made, edited_from=edited_from(), at=at())
    return _made(done, advice.on_texts(made))


@bp.post("/clinic/check")
@endpoint(Role.ADMIN, writes=False)
@bp.arguments(DraftSchema)
@bp.response(200, LookedOverSchema)
def look_over(sent: Any) -> dict[str, list[Advice]]:
    """What the wording rules notice, before anything is saved."""
    if not isinstance(sent, dict) or len(sent) != 1 or not sent.keys() <= {"guide", "skill"}:
        raise Invalid("Send a guide or a skill.")
    [(kind, one)] = sent.items()
    id = str(one.get("id", "")) if isinstance(one, dict) else ""
    if kind == "guide":
        return {"advice": advice.on_guide(forms.guide(one, id))}
    return {"advice": advice.on_skill(forms.skill(one, id))}


def _made(done: Made, noticed: list[Advice]) -> Response:
    said = {"id": done.id, "edition": done.edition, "advice": noticed}
    answer = json_bytes(orjson.dumps(said), 201 if done.fresh else 200)
    answer.set_etag(str(done.edition))
    return answer


def _signed_in() -> bool:
    # Without a cookie nothing is looked up.
    return bool(request.cookies) and bool(current_user.is_authenticated)


def _clinic_id() -> UUID | None:
    """Whose library is asked for: one's own clinic's, or that of the only clinic here.

    :raises SignInNeeded: the page works on another account than the cookie is for.
    """
    who = str(current_user.id) if _signed_in() else ""
    if (request.headers.get(ACCOUNT) or who) != who:
        raise SignInNeeded
    clinic = care.clinic_of(session(), current_user.id) if who else care.only_clinic(session())
    return clinic.id if clinic else None
