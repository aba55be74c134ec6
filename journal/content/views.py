"""The library over HTTP. It holds nothing of any person, so anybody may read it."""

import hashlib
from functools import cache

import orjson
from flask import request
from werkzeug import Response

from journal.content.agreement import Agreement
from journal.content.guide_schemas import GuideSchema
from journal.content.guides import Guide
from journal.content.library import UnknownAgreement, UnknownGuide, load
from journal.content.schemas import AgreementSchema, LibrarySchema
from journal.errors import NotFound
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.wire import json_bytes

bp = Blueprint("content", __name__, url_prefix="/api", description="Guides, skills, agreements")

MAX_AGE = 300  # seconds


@bp.get("/library")
@endpoint(Public.ANYONE, database=False)
@bp.response(200, LibrarySchema)
@bp.alt_response(304, description="The copy named in `If-None-Match` is the present one")
def library() -> Response:
    """Everything the app says, in its newest editions. Kept by the phone for use offline."""
    body, tag = _encoded()
    answer = json_bytes(body)
    answer.set_etag(tag)
    answer.cache_control.public = True
    answer.cache_control.max_age = MAX_AGE
    return answer.make_conditional(request)


@bp.get("/guides/<string:id>/<int:edition>")
@endpoint(Public.ANYONE, database=False)
@bp.response(200, GuideSchema)
def guide(id: str, edition: int) -> Guide:
    """One edition of a guide: an entry is read with the questions it was written against."""
    try:
        return load().guide(id, edition)
    except UnknownGuide:
        raise NotFound from None


@bp.get("/agreements/<string:id>/<int:edition>")
@endpoint(Public.ANYONE, database=False)
@bp.response(200, AgreementSchema)
def agreement(id: str, edition: int) -> Agreement:
    """One edition of the agreement: the exact text a grant was given under."""
    try:
        return load().agreement_edition(id, edition)
    except UnknownAgreement:
        raise NotFound from None


@cache
def _encoded() -> tuple[bytes, str]:
    body = orjson.dumps(LibrarySchema().dump(load()))
    return body, hashlib.sha256(body).hexdigest()[:32]
