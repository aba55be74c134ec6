"""The agreement over HTTP. It holds nothing of any person, so anybody may read it."""

from journal.content.agreement import Agreement
from journal.content.library import UnknownAgreement, load
from journal.content.schemas import AgreementSchema
from journal.errors import NotFound
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint

bp = Blueprint("content", __name__, url_prefix="/api", description="Agreements")


@bp.get("/agreements/<string:id>/<int:edition>")
@endpoint(Public.ANYONE, database=False)
@bp.response(200, AgreementSchema)
def agreement(id: str, edition: int) -> Agreement:
    """One edition of the agreement: the exact text a grant was given under."""
    try:
        return load().agreement_edition(id, edition)
    except UnknownAgreement:
        raise NotFound from None
