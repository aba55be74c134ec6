"""The people of the demo clinic and what happens to them, as the data files tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time as clock
from typing import Any

from journal.accounts.principals import Role
from journal.care.models import Route
from journal.sharing.models import Marking

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment of a story.

    A local time some days from a dosing session, or from today where no session is named; or
    some hours after the session began.
    """

    dose: int | None = None
    day: int | None = None
    time: clock | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """When a dosing session begins, seen from now.

    At a local time some days from today; some hours ago; or (`rested`) at a local time of the
    last day whose morning after is already here.
    """

    day: int | None = None
    time: clock | None = None
    hours_ago: float | None = None
    rested: clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dosing session of a story."""

    number: int
    starts: Start
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One appointment, by days from today."""

    to: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Fewer categories from a moment on."""

    when: When
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Consent to one therapist, and what became of it."""

    to: str
    when: When
    categories: tuple[str, ...]
    morning: bool
    narrowed: tuple[Narrowed, ...] = ()
    withdrawn: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One thing handed over: all of it, some answers (`items`), or a `quote` from one answer."""

    to: str
    when: When
    items: tuple[str, ...] = ()
    quote: str | None = field(default=None, repr=False)
    taken_back: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Some answers written anew; `elsewhere` on a device that had not seen the last change."""

    when: When
    answers: Answers = field(repr=False)
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One entry, its later texts and what was handed over of it."""

    key: str
    guide: str
    when: When
    answers: Answers = field(repr=False)
    edits: tuple[Edit, ...] = ()
    handed: tuple[Handed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a patient put first for one therapist: entries by key."""

    to: str
    when: When
    agenda: str | None = None
    bring: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A therapist's mark on what was handed over of one entry."""

    to: str
    when: When
    entry: str
    mark: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One patient of the demo clinic."""

    key: str
    name: str
    email: str
    zone: str
    tries: str
    joined: int
    """Days from today."""
    therapists: tuple[str, ...]
    doses: tuple[Dose, ...]
    visits: tuple[Visit, ...]
    grants: tuple[Given, ...]
    readings: tuple[Visit, ...]
    """When a therapist read what was handed over."""
    releases: tuple[Release, ...]
    marks: tuple[Marked, ...]
    entries: tuple[Written, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A therapist or an admin."""

    key: str
    role: Role
    name: str
    email: str
    tries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The clinic and the people who work there."""

    name: str
    region: str
    zone: str
    clear_time: str
    numbers: tuple[Mapping[str, str], ...]
    patients: tuple[str, ...]
    """Their files, in the order they are shown."""
    staff: tuple[Staff, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Everything the data files hold."""

    house: House
    stories: tuple[Story, ...]
