"""What one process remembers of clinics' editions, which never change; nothing about a person."""

from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from journal.catalog.shelf import State
from journal.content.guides import Guide
from journal.content.library import Library

INFO = "catalog"
"""Where a session carries it (`Session.info`)."""

K = TypeVar("K")
V = TypeVar("V")


class Few(Generic[K, V]):
    """Values by key. Full, it forgets all of them: they are there to be read again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """What is known under this key."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        """Remember a value; return it."""
        if len(self._values) >= self._most:
            self._values = {}
        self._values[key] = value
        return value


class Remembered:
    """One database's editions, as this process knows them."""

    def __init__(self) -> None:
        self.guides: Few[tuple[str, int], Guide] = Few(512)
        self.libraries: Few[tuple[UUID | None, State], Library] = Few(64)
        self.bodies: Few[tuple[UUID | None, State], tuple[bytes, str]] = Few(16)


def remembered(session: Session) -> Remembered:
    """What this process remembers of the session's database."""
    found: Remembered = session.info.setdefault(INFO, Remembered())
    return found
