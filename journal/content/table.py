"""The content as one table, for those who review it: what is asked, how, from where."""

from collections.abc import Iterator

from journal.content.guides import Part
from journal.content.library import Library
from journal.content.measures import Measure
from journal.content.shapes import Skill

HEAD = """# What is asked, and where it comes from

Written by `journal content table > docs/content.md` from the files in `journal/content/data`; a
test fails when it is stale. Ours is original wording under the licence of this repository; a
measure keeps its published wording, and its own licence.
"""


def table(library: Library) -> str:
    """Every guide, item and skill in Markdown."""
    return "\n".join([HEAD, *_summary(library), *_guides(library), *_skills(library.skills)])


def _summary(library: Library) -> Iterator[str]:
    yield from _rows("Guide", "Kind", "Edition", "Items", "Licence", "Source")
    for guide in library.guides:
        yield _row(
            f"{guide.title} (`{guide.id}`)",
            guide.kind,
            str(guide.edition),
            str(len(guide.items)),
            guide.licence,
            guide.source or "",
        )
    yield ""


def _guides(library: Library) -> Iterator[str]:
    for guide in library.guides:
        yield f"## {guide.title} (`{guide.id}`)\n"
        if guide.measure:
            yield _scoring(guide.measure)
        yield from _rows("Item", "Question", "Answer", "Asked", "Shared", "Source")
        for item in guide.items:
            yield _row(
                f"`{item.id}`",
                item.text,
                " + ".join(map(_type, item.parts)),
                item.tier,
                f"{item.share}, {guide.category_of(item)}",
                item.source,
            )
        yield ""


def _scoring(measure: Measure) -> str:
    said = [
        f"Scored: {measure.rule} of {len(measure.items)} items, at most {measure.most}",
        f"at most every {measure.days_between} days",
        f"not within {measure.hours_after_dose} hours of a dose",
    ]
    if measure.needs:
        said.append(f"needs: {measure.needs}")
    return f"{'; '.join(said)}.\n"


def _type(part: Part) -> str:
    said = str(part.kind)
    if part.lines:
        said = f"{part.lines} text"
    if part.options:
        said += f" of {len(part.options)}"
    if part.max:
        said += f", up to {part.max}"
    return said + (", or own words" if part.other else "")


def _skills(skills: tuple[Skill, ...]) -> Iterator[str]:
    yield "## Skills\n"
    yield from _rows("Skill", "Need", "Edition", "Level", "Hours after a dose", "Source")
    for skill in sorted(skills, key=lambda skill: (skill.need, skill.id)):
        yield _row(
            f"{skill.title} (`{skill.id}`)",
            skill.need,
            str(skill.edition),
            str(skill.level),
            "yes" if skill.dose_day else "no",
            skill.source,
        )
    yield ""


def _rows(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
