"""Who is asking, as types: the wrong person does not compile."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account is for. It never changes."""

    PATIENT = "patient"
    THERAPIST = "therapist"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody who writes, and who alone can read it until they hand something over."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Therapist:
    """Somebody who reads what was handed to them."""

    id: UUID
    fresh: bool = field(default=True, compare=False)
    """Whether they have just proved who they are: the first view of a patient needs it."""


@dataclass(frozen=True, slots=True)
class Admin:
    """Somebody who looks after a clinic. No words of a journal open for them."""

    id: UUID
