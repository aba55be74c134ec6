"""What of a question stays word for word, because somebody's safety or trust hangs on it."""

from collections.abc import Iterator

from journal.content.guides import Item, NoteRule, Share
from journal.content.library import HELP_CARD

Fault = tuple[str, str]

ASKED_ALIKE = "It asks about the clinic itself, so it stays as it is at every clinic."
LEADS_ON = "What leads to help or to the page about care stays as it is."
CARD = "Picking one of these brings the Help card, so the answers stay as they are."

WORDS = ("text", "help", "nothing")


def faults(old: Item, new: Item, *, product: bool) -> Iterator[Fault]:
    """Why a question of before cannot be worded or ruled like this.

    `product`: it is not one the clinic added. What can never be handed over keeps all its words:
    it may be about the people who would change them.
    """
    locked = product and old.share is Share.NEVER
    if locked:
        for name in WORDS:
            if getattr(new, name) != getattr(old, name):
                yield f"/{name}", ASKED_ALIKE
    # All rules of such a question: one more in front of the others could change what they do.
    if (locked or any(_leads_on(rule) for rule in old.notes)) and new.notes != old.notes:
        yield "/notes", LEADS_ON
    if locked:
        yield from _parts(old, new, ASKED_ALIKE)
    elif any(rule.note == HELP_CARD for rule in old.notes):
        yield from _options(old, new, CARD)


def _leads_on(rule: NoteRule) -> bool:
    return rule.note == HELP_CARD or rule.to in {"help", "concern"}


def _parts(old: Item, new: Item, why: str) -> Iterator[Fault]:
    for place, (was, part) in enumerate(zip(old.parts, new.parts, strict=False)):
        if part.label != was.label:
            yield f"/parts/{place}/label", why
    yield from _options(old, new, why)


def _options(old: Item, new: Item, why: str) -> Iterator[Fault]:
    """Each option with its label and in its place, and none besides."""
    for place, (was, part) in enumerate(zip(old.parts, new.parts, strict=False)):
        labels = {option.id: option.label for option in was.options}
        for at, option in enumerate(part.options):
            if labels.get(option.id) != option.label:
                yield f"/parts/{place}/options/{at}/label", why
        if [option.id for option in part.options] != [option.id for option in was.options]:
            yield f"/parts/{place}/options", why
