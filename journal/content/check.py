"""The rules of wording and structure that content keeps. Nothing here runs while serving."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from journal.content.editions import lock_faults
from journal.content.guides import Guide, Item, Lines, Share, Tier
from journal.content.library import DATA, Library, read
from journal.content.prose import Said, everything
from journal.content.reading import grade

SET_GRADE, TEXT_GRADE = 6.0, 8.0
SOFT_WORDS = 12  # words in a question of the hours after a dose

BANNED = re.compile(
    r"\b(?:why|cur(?:e|es|ed|ing)|fix(?:es|ed|ing)?|heal(?:s|ed|ing)?|breakthroughs?|journeys?"
    r"|transform\w*|miracles?|unlock\w*|rewir\w+|catalysts?|new beginnings?|abus\w+|relaps\w+"
    r"|clean|dirty|committed suicide|in your head|spirit guides?|ceremon\w+|weigh(?:t|s)?"
    r"|calories?|well done|good job|great job|congratulations|streaks?"
    r"|(?:someone|we|they) (?:is|are) watching|always|just|only)\b|!",
    re.IGNORECASE,
)
ORDERS = re.compile(r"\b(?:should|must|never)\b", re.IGNORECASE)
"""Not said to a person, but a note that keeps somebody safe may."""
MEANING = re.compile(r"\b(?:mean(?:s|t|ing)?|message|symbol\w*|stands? for)\b", re.IGNORECASE)
REVIEWED = re.compile(
    r"\bonly you\b"  # names the one reader, and makes nothing small
    r"|^yes, just note it$"  # offers less, as refl-05 means to
    r"|^yes, keep it just for me$"  # names the one reader
    r"|\bthe only one caring\b"  # alone with a child
    r"|\bonly half way\b|\buse cool only\b"  # less strain, for a body's sake
    r"|\bhold your weight\b|\bsore or healing\b"  # what a seat does; how a joint is
    r"|\bjust facts\b|\bthe word 'only'"  # facts and nothing else; the word itself
    r"|\bread only what helps\b",  # asks a therapist to leave the rest
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that breaks a rule: where, the sentence, and the rule."""

    file: str
    id: str
    sentence: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.rule}: {self.sentence}"


def check(folder: Path = DATA) -> list[Finding]:
    """Check a content folder against every rule.

    :raises BadContent: a file cannot be read at all.
    """
    library = read(folder)
    found = [Finding(file, "", fault, "edition") for file, fault in lock_faults(folder)]
    for said in everything(library):
        found += wording(said)
    found += reading_grades(library)
    for guide in library.guide_editions.every.values():
        found += structure(guide)
    found += crisis_rows(library)
    return found


def wording(said: Said) -> Iterator[Finding]:
    """Words that are not used, whatever the sentence."""
    text = REVIEWED.sub("", said.text)
    for word in BANNED.findall(text):
        yield Finding(said.file, said.id, said.text, f"the word {word!r}")
    for word in [] if said.safety else ORDERS.findall(text):
        yield Finding(said.file, said.id, said.text, f"the word {word!r}")


def reading_grades(library: Library) -> Iterator[Finding]:
    """A file reads at grade 6 or below, and a single text in it at grade 8 or below.

    The second is not asked of safety notes: what they name cannot be said in shorter words.
    """
    files: dict[str, list[Said]] = defaultdict(list)
    for said in everything(library):
        if not said.label:
            files[said.file].append(said)
    for file, texts in files.items():
        hardest = max(texts, key=lambda said: grade(said.text))
        whole = grade(" ".join(said.text for said in texts))
        if whole > SET_GRADE:
            yield Finding(file, hardest.id, hardest.text, f"the file reads at grade {whole:.1f}")
        for said in texts:
            if (own := grade(said.text)) > TEXT_GRADE and not said.safety:
                yield Finding(file, said.id, said.text, f"reads at grade {own:.1f}")


def structure(guide: Guide) -> Iterator[Finding]:
    """What the guides of a stage, and the hours after a dose, may hold."""
    file = guide.file
    core = sum(item.tier is Tier.CORE for item in guide.items)
    if guide.stage and not (6 <= len(guide.items) <= 10 and 3 <= core <= 6):
        yield Finding(file, guide.id, guide.title, "6 to 10 items, 3 to 6 of them core")
    if guide.stage == "day":
        for item in guide.items:
            for rule in _too_much_for_the_day(item, guide.category_of(item)):
                yield Finding(file, item.id, item.text, rule)


def _too_much_for_the_day(item: Item, category: str) -> Iterator[str]:
    if MEANING.search(item.text):
        yield "asks for a meaning on the day"
    if len(item.text.split()) > SOFT_WORDS:
        yield f"more than {SOFT_WORDS} words on the day"
    if item.share is Share.NEVER:
        yield "cannot be shared, asked on the day"
    if category == "measures":
        yield "a measure on the day"
    if any(part.lines is Lines.LONG for part in item.parts):
        yield "long writing on the day"


def crisis_rows(library: Library) -> Iterator[Finding]:
    """Every region has an emergency number, and the row for everywhere else is there."""
    file = "crisis/regions.toml"
    for row in library.regions:
        if not re.fullmatch(r"[0-9]{2,5}", row.emergency):
            yield Finding(file, row.region, row.emergency, "no emergency number")
    if "*" not in {row.region for row in library.regions}:
        yield Finding(file, "*", "", "no row for all other regions")


def unverified(library: Library) -> list[str]:
    """The crisis regions that no person has checked at their source yet."""
    return [row.region for row in library.regions if row.verified_on is None]
