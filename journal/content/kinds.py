"""The kinds of part a question is made of."""

from enum import StrEnum


class Kind(StrEnum):
    """How a part is answered."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    WORDS = "words"
    PLACES = "places"
    CONTACTS = "contacts"
    STEP = "step"
    EFFECTS = "effects"
    ENTRIES = "entries"
    SKILLS = "skills"
    LIST = "list"
    DATE = "date"
    PICTURE = "picture"
    RECORDINGS = "recordings"
    DRAWING = "drawing"
    PHOTOS = "photos"
