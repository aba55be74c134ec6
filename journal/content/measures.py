"""Measures: how a questionnaire with published wording is scored."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """How a measure is added up."""

    SUM = "sum"
    MEAN = "mean"


class Needs(StrEnum):
    """What has to be there before a measure is offered."""

    RESPONSE_PLAN = "response-plan"
    ASSIGNED = "assigned"


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published boundary: from this total on. A reference for therapists, never a finding."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items of a measure that are also added up on their own."""

    id: str
    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a measure is scored and how often it may be taken."""

    rule: Rule
    items: tuple[str, ...]
    most: int
    cutoffs: tuple[Cutoff, ...]
    clusters: tuple[Cluster, ...]
    days_between: int
    hours_after_dose: int
    needs: Needs | None
    about_change: str | None
