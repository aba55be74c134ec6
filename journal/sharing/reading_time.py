"""How long something takes to read: a count of words, and nothing about them."""

from collections.abc import Iterable, Mapping
from typing import Any

WORDS_A_MINUTE = 200


def words_in(content: Mapping[str, Any]) -> int:
    """How many words one excerpt has to read: its questions, and the lines under them."""
    texts = []
    for answered in content["items"]:
        texts.append(answered["question"])
        for line in answered["answer"]["lines"]:
            texts += [line["label"] or "", line["value"]]
    return sum(len(text.split()) for text in texts)


def minutes(counts: Iterable[int]) -> int:
    """Whole minutes for so many words, rounded up; nothing to read takes none."""
    return -(-sum(counts) // WORDS_A_MINUTE)
