"""What the wording rules of the product notice in a clinic's own words. It never blocks a save."""

from dataclasses import astuple, replace
from typing import TypedDict

from journal.catalog.texts import ClinicTexts
from journal.content import check, prose
from journal.content.editions import Editions
from journal.content.guides import Guide
from journal.content.library import Library, load
from journal.content.shapes import Skill


class Advice(TypedDict):
    """One thing noticed: the question it is in, the words, and the rule."""

    where: str
    text: str
    rule: str


def on_guide(guide: Guide) -> list[Advice]:
    """What the rules notice in a guide."""
    alone = _alone(guides={(guide.id, guide.edition): guide})
    found = [*_about(alone, guide.file), *check.structure(guide)]
    return [_row(finding) for finding in found]


def on_skill(skill: Skill) -> list[Advice]:
    """What the rules notice in a skill."""
    file = f"skills/{skill.id}.{skill.edition}.toml"
    return [
        _row(found) for found in _about(_alone(skills={(skill.id, skill.edition): skill}), file)
    ]


def on_texts(texts: ClinicTexts) -> list[Advice]:
    """What the rules notice in a clinic's texts. They keep a body safe, so they may give orders."""
    said = [("after_dose", line) for line in texts.after_dose]
    if texts.response_plan is not None:
        said += [("response_plan", line) for line in astuple(texts.response_plan)]
    rows = (prose.Said(file="texts", id=where, text=text, safety=True) for where, text in said)
    return [_row(finding) for row in rows for finding in check.wording(row)]


def _alone(
    *,
    guides: dict[tuple[str, int], Guide] | None = None,
    skills: dict[tuple[str, int], Skill] | None = None,
) -> Library:
    """The product's lists with this one text among them, as the rules want to see it."""
    return replace(
        load(),
        guide_editions=Editions(guides or {}),
        skill_editions=Editions(skills or {}),
        agreement_editions=Editions({}),
    )


def _about(library: Library, file: str) -> list[check.Finding]:
    said = [one for one in prose.everything(library) if one.file == file]
    found = [finding for one in said for finding in check.wording(one)]
    return found + [one for one in check.reading_grades(library) if one.file == file]


def _row(finding: check.Finding) -> Advice:
    return Advice(where=finding.id, text=finding.sentence, rule=finding.rule)
