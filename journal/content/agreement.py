"""The text a person agrees to before they share, and the hash that says which text it was."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

PLACEHOLDERS = frozenset({"therapist", "clinic", "ends_on"})
"""What the app fills in when it shows the text."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the things the agreement says."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One edition of the agreement, in one language."""

    id: str
    edition: int
    locale: str
    title: str
    sections: tuple[Section, ...]
    material: bool = True
    """Whether it says something new: who agreed to an older text is then asked again.

    It says how this edition follows another and is no part of the text, nor of its hash.
    """

    @cached_property
    def canonical(self) -> str:
        """The exact text, placeholders included, in a form that has one spelling.

        JSON with sorted names and no spaces, so that no other cut of the same words into titles
        and sections gives the same string.
        """
        said = {
            "id": self.id,
            "edition": self.edition,
            "locale": self.locale,
            "title": self.title,
            "sections": [[part.id, part.title, part.text] for part in self.sections],
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The hash a grant keeps of what its giver was shown."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()
