"""The rest of the content: skills, words, notes and crisis lines, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One coping strategy. `level` 1 is well studied, 2 part of studied care, 3 common practice."""

    id: str
    edition: int
    need: str
    title: str
    when: str
    steps: tuple[str, ...]
    minutes: int
    caution: str
    level: int
    dose_day: bool
    from_help: bool
    source: str


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of thing a person can choose to share."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a body may feel after a dose, and the plain rule for a note beside it.

    `common` ones are shown first in the hours after a dose; `card` opens the Help card.
    """

    code: str
    label: str
    window: str
    rule: str
    common: bool
    card: bool


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The places of the body and what can be said about each."""

    places: tuple[str, ...]
    kinds: tuple[str, ...]
    qualities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Emotion words by group, and the body map."""

    emotion_words: Mapping[str, tuple[str, ...]]
    body_map: BodyMap


@dataclass(frozen=True, slots=True)
class NotMonitored:
    """That nobody watches, said short, long, and to therapists."""

    short: str
    long: str
    therapist: str


@dataclass(frozen=True, slots=True)
class RedFlags:
    """What to do about the strongest effects, the same for everyone."""

    now: tuple[str, ...]
    today: tuple[str, ...]
    next_visit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words after which the Help card is offered, on the phone and if the person wants it.

    `intent_only` alone counts in the hours and days after a dose.
    """

    version: int
    any: tuple[str, ...]
    intent_only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Fixed texts that a plain rule shows."""

    after_dose: tuple[str, ...]
    red_flags: RedFlags
    not_monitored: NotMonitored
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResponsePlan:
    """Who at a clinic looks at PHQ-9 answers that were shared. In the clinic's own words."""

    who: str
    days: str
    within: str
    what: str
    backup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLine:
    """One line to call or text. `how` is ready to read, `call` and `text` to dial.

    `to_check` is for those who keep the list: it is never shown.
    """

    name: str
    call: str | None
    text: str | None
    text_body: str | None
    how: str
    hours: str | None
    note: str | None
    to_check: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisRegion:
    """A region's emergency number and lines; `*` is everywhere else."""

    region: str
    emergency: str
    note: str | None
    source: str
    verified_on: date | None
    lines: tuple[CrisisLine, ...]
