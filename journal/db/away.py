"""Which faults are the database's own, and pass: it is away, full, or has no time."""

from sqlalchemy.exc import DBAPIError, OperationalError

SQLITE = {
    5,  # busy
    6,  # locked
    7,  # no memory
    8,  # it can only be read
    10,  # the disk fails
    13,  # the disk is full
    14,  # it cannot be opened
}
"""Primary result codes (https://sqlite.org/rescode.html)."""

POSTGRESQL = ("08", "40", "53", "57", "58")
"""Classes of SQLSTATE: the connection, a deadlock, no room or memory, an operator, the system."""


def is_away(error: DBAPIError) -> bool:
    """Whether trying again later can help. A statement that is wrong stays wrong."""
    if error.connection_invalidated:
        return True
    sqlite = getattr(error.orig, "sqlite_errorcode", None)
    if sqlite is not None:
        return sqlite & 0xFF in SQLITE
    state = getattr(error.orig, "sqlstate", "")
    # Whoever could not connect at all was told no state.
    return isinstance(error, OperationalError) and (state is None or state.startswith(POSTGRESQL))
