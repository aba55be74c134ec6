"""Phrases by which the demo's words are known wherever they turn up."""

import re
from collections.abc import Iterator
from typing import Any

from journal.demo.shapes import Answers, Demo

PLAIN = re.compile(r"[A-Za-z][A-Za-z ,]*[A-Za-z]")
"""No quote marks or line ends: a phrase looks the same in JSON, in SQL and in a log."""

LONGEST = 60  # characters


def of(demo: Demo) -> list[str]:
    """A phrase from each text of each entry, in the order of the files."""
    found = (
        phrase(text)
        for story in demo.stories
        for written in story.entries
        for text in (written.answers, *(edit.answers for edit in written.edits))
    )
    return list(dict.fromkeys(found))  # a later text may begin as the earlier one did


def phrase(answers: Answers) -> str:
    """The longest plain run of the person's own words, cut at a word."""
    runs = [run for words in _own(answers) for run in PLAIN.findall(words)]
    longest = max(runs, key=len, default="")
    if len(longest) <= LONGEST:
        return str(longest)
    return str(longest)[: LONGEST + 1].rpartition(" ")[0].rstrip(" ,")


def _own(answers: Answers) -> Iterator[str]:
    for answer in answers.values():
        for name, value in answer.items():
            if name == "text" or name.endswith("_other"):
                yield value
            elif isinstance(value, list):
                yield from _names(value)


def _names(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, dict) and "phone" in row:
            yield row["name"]
