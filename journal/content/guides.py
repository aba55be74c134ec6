"""Guides: ordered questions, each made of parts, in editions that are never edited."""

from dataclasses import dataclass
from enum import StrEnum

from journal.content.kinds import Kind as Kind
from journal.content.measures import Measure
from journal.errors import JournalError

STAGES = ("prep", "day", "refl", "week", "prac", "pre", "end")


class UnknownItem(JournalError):
    """The guide has no such item."""

    status = 422
    title = "This question is not part of the guide"


class GuideKind(StrEnum):
    """What a guide is for."""

    REFLECTION = "reflection"
    CHECK_IN = "check-in"
    MEASURE = "measure"
    LOG = "log"
    PLAN = "plan"
    EXTRA = "extra"
    OWN = "own"
    CONCERN = "concern"
    WRITING = "writing"


class Lines(StrEnum):
    """How much room a text has."""

    SHORT = "short"
    LONG = "long"

    @property
    def limit(self) -> int:
        """The longest text, in characters."""
        return 2_000 if self is Lines.SHORT else 200_000


class Tier(StrEnum):
    """Whether an item is asked, or waits behind "a little more"."""

    CORE = "core"
    MORE = "more"


class Share(StrEnum):
    """Whether handing an answer over is offered, waits to be picked, or is never possible."""

    ASK = "ask"
    PRIVATE = "private"
    NEVER = "never"


class State(StrEnum):
    """An answer without words; all three are full answers."""

    SKIPPED = "skipped"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. A measure's option has a score."""

    id: str
    label: str
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of an item. What a kind does not use stays empty."""

    name: str
    kind: Kind
    label: str | None = None
    lines: Lines | None = None
    options: tuple[Option, ...] = ()
    max: int | None = None
    other: bool = False
    low: str | None = None
    high: str | None = None
    windows: tuple[str, ...] = ()

    @property
    def most(self) -> int | None:
        """The most there can be of it: characters of a text, picks of a list."""
        return self.lines.limit if self.lines else self.max

    @property
    def other_name(self) -> str:
        """The key of the person's own words beside the options."""
        return f"{self.name}_other"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRule:
    """When a fixed note stands under an answer: one of its options, or a number on a scale.

    `times` and `days`: it holds on so many entries in so many days, this one included. `note` is
    a key of the notes, or `help-card`.
    """

    part: str
    note: str
    to: str
    any: tuple[str, ...] = ()
    at_most: int | None = None
    at_least: int | None = None
    times: int = 1
    days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `nothing` is the label of the button for an answer of "nothing came".

    `shows` is an item whose latest answer is shown back above the question; `source` says which
    publication the question comes from.
    """

    id: str
    text: str
    help: str | None
    tier: Tier
    share: Share
    category: str | None
    nothing: str | None
    source: str
    shows: str | None
    notes: tuple[NoteRule, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guide:
    """One edition of an ordered list of items. Equal to itself alone, so it is quick to look up.

    `ask` is how many questions are asked at one visit; None asks all.
    """

    id: str
    edition: int
    kind: GuideKind
    title: str
    intro: str
    stage: str | None
    category: str
    about: str
    closing: str
    licence: str
    source: str | None
    ask: int | None
    measure: Measure | None
    items: tuple[Item, ...]

    @property
    def file(self) -> str:
        """The file it comes from."""
        return f"guides/{self.id}.{self.edition}.toml"

    def item(self, id: str) -> Item:
        """Find an item by its id.

        :raises UnknownItem: it is not in this edition.
        """
        for item in self.items:
            if item.id == id:
                return item
        raise UnknownItem

    def category_of(self, item: Item) -> str:
        """The category an answer to this item is shared under."""
        return item.category or self.category
