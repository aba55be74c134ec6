"""Reading the demo's data files: their schemas, and errors that name the file and the field."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates, validates_schema

from journal.accounts.principals import Role
from journal.care.models import Route
from journal.content import answers as content_answers
from journal.content import library
from journal.content.files import BadContent, FileSchema, Id, Line, Rows, read
from journal.demo import shapes
from journal.demo.part_files import OfOne, Said, StartFile, WhenFile, several
from journal.sharing.models import Marking

DATA = Path(__file__).with_name("data")


@cache
def load() -> shapes.Demo:
    """The demo of this package.

    :raises BadContent: a file of it cannot be used.
    """
    house: shapes.House = read(DATA, "clinic.toml", HouseFile())
    return shapes.Demo(house=house, stories=tuple(_story(key) for key in house.patients))


def _story(key: str) -> shapes.Story:
    """A patient's own file, and more of their entries from the files named `<patient>.….toml`."""
    story: shapes.Story = read(DATA, f"{key}.toml", StoryFile(key))
    for path in sorted(DATA.glob(f"{key}.*.toml")):
        more = read(DATA, path.name, MoreFile(key))["entries"]
        story = replace(story, entries=(*story.entries, *more))
    if len({written.key for written in story.entries}) < len(story.entries):
        raise BadContent(f"{key}.*.toml: entries: two of them have the same key")
    return story


class DoseFile(FileSchema):
    """`[[doses]]`."""

    makes = shapes.Dose
    number = fields.Integer(required=True, strict=True)
    starts = fields.Nested(StartFile, required=True)
    route = fields.Enum(Route, by_value=True, required=True)


class VisitFile(FileSchema):
    """`[[visits]]` and `[[readings]]`."""

    makes = shapes.Visit
    to = Id()
    when = fields.Nested(WhenFile, required=True)


class NarrowedFile(FileSchema):
    """A row of `narrowed` in a grant."""

    makes = shapes.Narrowed
    when = fields.Nested(WhenFile, required=True)
    keep = Rows(Id(), required=True)


class GivenFile(FileSchema):
    """`[[grants]]`."""

    makes = shapes.Given
    to = Id()
    when = fields.Nested(WhenFile, required=True)
    categories = Rows(Id(), required=True)
    morning = fields.Boolean(required=True)
    narrowed = several(NarrowedFile())
    withdrawn = fields.Nested(WhenFile)


class HandedFile(FileSchema):
    """A row of `handed` in an entry."""

    makes = shapes.Handed
    to = Id()
    when = fields.Nested(WhenFile, required=True)
    items = several(Id())
    quote = Line()
    taken_back = fields.Nested(WhenFile)


class EditFile(FileSchema):
    """`[[entries.edits]]`."""

    makes = shapes.Edit
    when = fields.Nested(WhenFile, required=True)
    answers = Said(required=True)
    elsewhere = fields.Boolean()


class WrittenFile(FileSchema):
    """`[[entries]]`."""

    makes = shapes.Written
    key = Id()
    guide = Id()
    when = fields.Nested(WhenFile, required=True)
    answers = Said(required=True)
    edits = several(EditFile())
    handed = several(HandedFile())

    @validates_schema
    def answers_fit(self, data: dict[str, Any], **_: Any) -> None:
        """What a person could not send, the demo does not say either."""
        guide = library.load().guide(data["guide"])
        for answers in (data["answers"], *(edit.answers for edit in data["edits"])):
            content_answers.check(guide, answers)


class ReleaseFile(FileSchema):
    """`[[releases]]`."""

    makes = shapes.Release
    to = Id()
    when = fields.Nested(WhenFile, required=True)
    agenda = Line()
    bring = several(Id())
    first = fields.Integer(strict=True)


class MarkedFile(FileSchema):
    """`[[marks]]`."""

    makes = shapes.Marked
    to = Id()
    when = fields.Nested(WhenFile, required=True)
    entry = Id()
    mark = fields.Enum(Marking, by_value=True, required=True)


class MoreFile(OfOne):
    """`<patient>.<what>.toml`: more entries of theirs."""

    makes = dict
    entries = Rows(WrittenFile(), unique="key", required=True)


class StoryFile(OfOne):
    """`<patient>.toml`. A story is called as its file is."""

    makes = shapes.Story
    name = Line(required=True)
    email = fields.Email(required=True)
    zone = Line(required=True)
    tries = Line(required=True, data_key="try")
    joined = fields.Integer(required=True, strict=True, validate=validate.Range(max=-1))
    therapists = Rows(Id(), required=True)
    doses = Rows(DoseFile(), unique="number", required=True)
    visits = several(VisitFile())
    grants = several(GivenFile())
    readings = several(VisitFile())
    releases = several(ReleaseFile())
    marks = several(MarkedFile())
    entries = Rows(WrittenFile(), unique="key", required=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> shapes.Story:
        """Name the story."""
        return shapes.Story(key=self.called, **data)


class StaffFile(FileSchema):
    """`[[staff]]`."""

    makes = shapes.Staff
    key = Id()
    role = fields.Enum(Role, by_value=True, required=True)
    name = Line(required=True)
    email = fields.Email(required=True)
    tries = Line(required=True, data_key="try")


class HouseFile(FileSchema):
    """`clinic.toml`."""

    makes = shapes.House
    name = Line(required=True)
    region = Line(required=True)
    zone = Line(required=True)
    clear_time = Line(required=True)
    numbers = Rows(fields.Dict(keys=Line(), values=Line()), required=True)
    patients = Rows(Id(), required=True)
    staff = Rows(StaffFile(), unique="key", required=True)

    @validates("name")
    def marked(self, name: str, data_key: str) -> None:
        """Nobody may take it for a real clinic."""
        if "(demo)" not in name:
            raise ValidationError("Needs '(demo)' in it.")
