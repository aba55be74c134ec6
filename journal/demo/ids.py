"""Ids that are the same in every demo clinic, so that it is known again."""

from uuid import UUID, uuid5

NAMESPACE = UUID("5a1f4d0e-8c43-4a0a-9d5b-2f6f1c7be1d0")


def made_id(*names: str) -> UUID:
    """The id of what these names lead to."""
    return uuid5(NAMESPACE, "/".join(names))


CLINIC_ID = made_id("clinic")
