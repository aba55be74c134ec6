"""The clinic’s half of a way back in. It chooses no secret, sees no word, opens nothing alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import recovering, site
from journal.accounts.principals import Admin
from journal.errors import Conflict
from journal.roster import acts, service
from journal.roster.models import Did


def start(session: Session, admin: Admin, id: UUID, *, at: datetime) -> tuple[str, datetime]:
    """Make one of the two proofs with which somebody gets in again; the other one is theirs.

    :return: the link, shown once, and until when it may be used.
    :raises NotFound: not of this clinic, or no longer here.
    :raises Conflict: for oneself: whoever holds a session would have half of a way in.
    """
    clinic = service.clinic_of(session, admin, lock=True)
    person = service.member(session, clinic, id)
    if person.id == admin.id:
        raise Conflict("Ask another admin of your clinic, or use your recovery code.")
    token = recovering.start_by_clinic(session, person.id, at=at)
    acts.note(session, admin, clinic, person.id, Did.RECOVERY, at=at)
    link = f"{site.of(session).public_url}/recover#{token}"
    return link, at + recovering.LINK_LASTS
