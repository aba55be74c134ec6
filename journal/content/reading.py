"""Reading grade: the Flesch-Kincaid formula with a simple syllable counter."""

import re

SENTENCE = re.compile(r"[.!?]+(?=[\s'\"]|$)")
WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)*|[0-9]+", re.IGNORECASE)
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[aeiouy]les?|[^aeiouyl]e|[^aeiouylscxzhg]es|[^aeiouytd]ed)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a text without a full stop is one."""
    return [part.strip() for part in SENTENCE.split(text) if WORD.search(part)]


def syllables(word: str) -> int:
    """Count groups of vowels, without the silent `e` at the end; a number counts as one."""
    letters = word.lower()
    found = len(VOWELS.findall(letters))
    if found > 1 and SILENT.search(letters):
        found -= 1
    return max(found, 1)


def grade(text: str) -> float:
    """The school grade that reads this with ease; 0 when there is nothing to read."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * spoken / len(words) - 15.59
