"""Who tries links that do not open waits longer each time. A link that opens is never slowed."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from journal.accounts import throttle
from journal.accounts.throttle import Key


def count(session: Session, address: str | None, *, at: datetime) -> None:
    """Count a link that did not open, for the network it was tried from.

    There is no count of all networks together: a stranger could stop everybody's joining by it.

    :param address: the other end of the connection.
    :raises TooSoon: there were too many lately.
    """
    network = throttle.network(address).encode()
    throttle.ask(session, Key(hashlib.sha256(b"invitation" + network).digest(), None), at=at)
