"""What a patient chose to hand over of one entry."""

from dataclasses import dataclass, field

from journal.sharing.models import What


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a patient marked: the whole entry, some answers, or a passage of one answer.

    `media` names recordings, photos and drawings that go along; without `words` they go alone.
    """

    what: What
    items: tuple[str, ...] = ()
    part: str = ""
    start: int = 0
    end: int = 0
    quote: str = field(default="", repr=False)
    media: tuple[str, ...] = ()
    words: bool = True
