"""Where this runs, as proofs of who somebody is need to know it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

INFO = "site"
"""Where a session carries its site (`Session.info`)."""

LOCAL = {"localhost"}


@dataclass(frozen=True, slots=True)
class Site:
    """The address people see, and the secret that keys what lies in the database as a hash."""

    public_url: str
    secret_key: str = field(repr=False)
    about: Callable[[Session, UUID], Iterable[str]] = field(default=lambda _, __: (), repr=False)
    """Names around an account that its password must not be made of."""

    @property
    def host(self) -> str:
        """What passkeys are bound to (`rpId`)."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def origin(self) -> str:
        """Where our pages come from, as a browser says it."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def local(self) -> bool:
        """Whether only this machine's own browser reaches it: what is for trying out works."""
        return self.host in LOCAL


def of(session: Session) -> Site:
    """The site that this session carries."""
    return cast(Site, session.info[INFO])
