"""Phrases by which the demo's words are known wherever they turn up."""

import re
from collections.abc import Iterator

from journal.content import library
from journal.content.shown import shown
from journal.demo.shapes import Answers, Demo

PLAIN = re.compile(r"[A-Za-z][A-Za-z ,]*[A-Za-z]")
"""No quote marks or line ends: a phrase looks the same in JSON, in SQL and in a log."""

SHORTEST, LONGEST = 9, 60  # characters


def of(demo: Demo) -> list[str]:
    """A phrase from each text of each entry, in the order of the files."""
    found = (
        phrase(written.guide, text)
        for story in demo.stories
        for written in story.entries
        for text in (written.answers, *(edit.answers for edit in written.edits))
    )
    return list(dict.fromkeys(filter(None, found)))  # a later text may begin as the earlier one did


def phrase(guide: str, answers: Answers) -> str:
    """The longest plain run of the person's own words, cut at a word; "" if none stands out."""
    runs = [run for words in _own(guide, answers) for run in PLAIN.findall(words)]
    longest: str = max(runs, key=len, default="")
    if len(longest) < SHORTEST:
        return ""
    if len(longest) <= LONGEST:
        return longest
    return longest[: LONGEST + 1].rpartition(" ")[0].rstrip(" ,")


def _own(guide: str, answers: Answers) -> Iterator[str]:
    items = [item.id for item in library.load().guide(guide).items]
    for answered in shown(library.load().guide(guide), answers, items):
        yield from (line["value"] for line in answered["answer"]["lines"] if line["own"])
