"""Which answers stand where on the page both read before an appointment: `page.toml`."""

from dataclasses import dataclass

from marshmallow import fields, validate

from journal.content.files import FileSchema, Id, Line, Rows


@dataclass(frozen=True, slots=True)
class Series:
    """One line of dots, of the items that ask the same."""

    id: str
    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """Where a log says which skill was used and how it went; each `item.part`."""

    skill: str
    before: str
    after: str
    helped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """Where things stand on the page. Items, guides and categories by their ids."""

    safety: tuple[str, ...]
    safety_categories: tuple[str, ...]
    red_flags: tuple[str, ...]
    visit: tuple[str, ...]
    intention: str
    plans: tuple[str, ...]
    body_categories: tuple[str, ...]
    step_categories: tuple[str, ...]
    scales: tuple[Series, ...]
    practices: tuple[Practice, ...]

    @property
    def named(self) -> frozenset[str]:
        """The items an excerpt says it holds: those a block is made of."""
        return frozenset((*self.safety, *self.visit, self.intention))

    @property
    def items(self) -> frozenset[str]:
        """Every item that a rule speaks of."""
        asked = {item for series in self.scales for item in series.items}
        return self.named | asked | self.practised

    @property
    def practised(self) -> frozenset[str]:
        """The items that are part of a log of a skill."""
        places = (
            place
            for one in self.practices
            for place in (one.skill, one.before, one.after, one.helped)
        )
        return frozenset(place.partition(".")[0] for place in places)


def _place() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9-]+\.[a-z]+\Z"))


class SeriesFile(FileSchema):
    """One line of dots."""

    makes = Series
    id = Id()
    label = Line(required=True)
    items = Rows(Id(), required=True)


class PracticeFile(FileSchema):
    """One log of a skill."""

    makes = Practice
    skill = _place()
    before = _place()
    after = _place()
    helped = _place()


class PageFile(FileSchema):
    """`page.toml`."""

    makes = PageRules
    safety = Rows(Id(), required=True)
    safety_categories = Rows(Id(), required=True)
    red_flags = Rows(Id(), required=True)
    visit = Rows(Id(), required=True)
    intention = Id()
    plans = Rows(Id(), required=True)
    body_categories = Rows(Id(), required=True)
    step_categories = Rows(Id(), required=True)
    scales = Rows(SeriesFile(), unique="id", required=True)
    practices = Rows(PracticeFile(), required=True)
