"""Whether what is sent again under an id is what that id stands for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import service as consent
from journal.consent import successors
from journal.errors import Conflict
from journal.sharing.models import Excerpt, What


def require_same(
    session: Session,
    author: Patient,
    made: Sequence[Excerpt],
    grant_id: UUID,
    sent: tuple[UUID, UUID, What],
) -> None:
    """Refuse another act under an id that made these rows already.

    A renewal takes rows along: any grant that came in the place of the named one fits. Which
    answers or words were picked is sealed, and not compared.

    :param sent: the entry, its revision, and how much of it.
    :raises NotFound: no such grant of this patient.
    :raises Conflict: the id stands for something else.
    """
    line = {grant.id for grant in successors.line(session, consent.mine(session, author, grant_id))}
    was = {(row.entry_id, row.revision, row.what) for row in made}
    if was != {sent} or not line.issuperset(row.grant_id for row in made):
        raise Conflict("This id stands for something else that was handed over.")
