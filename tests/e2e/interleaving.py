"""Two devices of one person and a simple model of what must become of every word.

The model knows only this: which words were written into which entry, which entries were deleted,
and where the person chose one of two texts. Everything else is the app's and the server's.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import APIRequestContext

from tests.e2e.engine import Device
from tests.e2e.people import revisions

ITEMS = {"free": ["free-01"], "refl": ["refl-01", "refl-02", "refl-04", "refl-07"]}
ROUNDS = 12


@dataclass
class Story:
    """What was done to one entry."""

    guide: str
    words: set[str] = field(default_factory=set)
    deleted: bool = False
    """Somewhere, by somebody: words written elsewhere meanwhile stay there, set aside."""
    left: bool = False
    """One of two texts was chosen: the other need only be among the earlier ones."""
    joined: bool = False


class Interleaving:
    """One random order of acts of two devices, and the question whether all is well."""

    def __init__(self, seed: str, devices: list[Device], server: APIRequestContext) -> None:
        """:param seed: repeats the same acts in the same order."""
        self.seed, self.devices, self.server = seed, devices, server
        self.dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.stories: dict[str, Story] = {}
        self.log: list[str] = []
        self._count = 0

    # ------------------------------------------------------------ acts

    def run(self) -> None:
        """Act, come to rest, and look."""
        self._new(self.devices[0])
        self._new(self.devices[0])
        if self.dice.random() < 0.8:
            for device in self.devices:
                device.sync()
        for _ in range(self.dice.randint(12, 24)):
            self.step(self.dice.choice(self.devices))
        self.rest(settle=self.dice.random() < 0.5)
        self.check()

    def step(self, device: Device) -> None:
        """One act, by the dice."""
        acts = {
            self._write: 34,
            self._write_on: 8,
            self._new: 6,
            self._plug: 14,
            self._sync: 18,
            self._go: 8,
            self._choose: 8,
            self._delete: 2,
            self._kill: 2,
        }
        [act] = self.dice.choices(list(acts), list(acts.values()))
        self.log.append(f"{device.name}: {act.__name__[1:]}")
        act(device)

    def _added(self, guide: str) -> dict[str, str]:
        self._count += 1
        return {self.dice.choice(ITEMS[guide]): f"w{self.seed}x{self._count}"}

    def _new(self, device: Device) -> None:
        guide = self.dice.choice(list(ITEMS))
        added = self._added(guide)
        [id] = device.begin(guide, [added], send=self.dice.random() < 0.7)
        self.stories[id] = Story(guide, set(added.values()))
        self.log.append(f"  {id} {added}")

    def _write(self, device: Device, *, fresh: bool = True) -> None:
        id = self.dice.choice(list(self.stories))
        story = self.stories[id]
        added = self._added(story.guide)
        if device.write(id, added, fresh=fresh, send=self.dice.random() < 0.7):
            story.words |= set(added.values())
            self.log.append(f"  {id} {added}")

    def _write_on(self, device: Device) -> None:
        self._write(device, fresh=False)

    def _plug(self, device: Device) -> None:
        device.network(on=device.offline)

    def _sync(self, device: Device) -> None:
        self.log.append(f"  {device.sync()}")

    def _go(self, device: Device) -> None:
        device.do("journal.go()")

    def _kill(self, device: Device) -> None:
        device.kill()

    def _delete(self, device: Device) -> None:
        id = self.dice.choice(list(self.stories))
        if device.look(id) != [None]:
            device.do("journal.entries.deleteEntry(given[0])", id)
            self.stories[id].deleted = True
            self.log.append(f"  {id}")

    def _choose(self, device: Device) -> None:
        for entry in device.look(*self.stories):
            if entry and entry["conflicts"]:
                return self._settle(device, entry)
        return None

    def _settle(self, device: Device, entry: dict[str, Any]) -> None:
        id, story = entry["id"], self.stories[entry["id"]]
        texts = [entry["answers"], *(one["answers"] for one in entry["conflicts"])]
        if self.dice.random() < 0.5:
            story.left = True
            chosen = self.dice.choice(texts)
        else:
            story.joined = True
            chosen = {}
            for item in {item for text in texts for item in text}:
                words = [w for text in texts for w in text.get(item, {}).get("text", "").split()]
                chosen[item] = {"text": " ".join(dict.fromkeys(words))}
        device.do("journal.entries.choose(given[0], given[1])", id, chosen)
        self.log.append(f"  {id} {chosen}")

    # ------------------------------------------------------------ rest

    def rest(self, *, settle: bool) -> None:
        """Network for both, and as many runs as it takes until nothing moves any more."""
        for device in self.devices:
            device.network(on=True)
            device.do("journal.rest()")
        quiet = 0
        for _ in range(ROUNDS):
            moved = False
            for device in self.devices:
                assert device.sync() == "done", self.told("does not come to rest")
                moved = self._tidy(device, settle=settle) or moved
            quiet = 0 if moved else quiet + 1
            if quiet == 2:
                return
        raise AssertionError(self.told("does not come to rest"))

    def _tidy(self, device: Device, *, settle: bool) -> bool:
        moved = False
        for entry in device.look(*self.stories):
            if entry and entry["problem"] == 410:
                self._keep_or_let_go(device, entry)
                moved = True
            elif entry and entry["conflicts"] and settle:
                self._settle(device, entry)
                moved = True
        # Sent at once: two devices that choose in the same breath would have to choose again.
        assert not moved or device.sync() == "done", self.told("does not come to rest")
        return moved

    def _keep_or_let_go(self, device: Device, entry: dict[str, Any]) -> None:
        id = entry["id"]
        assert self.stories[id].deleted, self.told(f"{id} was not deleted")
        if self.dice.random() < 0.5:
            device.do("journal.entries.deleteEntry(given[0])", id)
            return
        made = device.do("journal.entries.keepAsNew(given[0])", id)
        self.stories[made["id"]] = Story(self.stories[id].guide, words_of(entry["answers"]))

    # ------------------------------------------------------------ questions

    def check(self) -> None:
        """Nothing lost, nothing twice, and the same everywhere."""
        here = [device.look(*self.stories) for device in self.devices]
        for n, (id, story) in enumerate(self.stories.items()):
            answer = self.server.get(f"/api/entries/{id}")
            views = [look[n] for look in here]
            if story.deleted:
                assert answer.status == 404, self.told(f"{id} is still there")
                assert views == [None, None], self.told(f"{id} is still on a device")
                continue
            assert answer.ok, self.told(f"{id} is lost: {answer.status}")
            self._check(id, story, answer.json(), views)
        for device in self.devices:
            for store in ("outbox", "intents"):
                assert device.rows(store) == [], self.told(f"{device.name} holds {store}")

    def _check(self, id: str, story: Story, there: dict[str, Any], views: list[Any]) -> None:
        for view in views:
            assert view, self.told(f"{id} is not on a device")
            assert view["state"] == "saved", self.told(f"{id} is {view['state']}")
            assert view["revision"] == there["revision"], self.told(f"{id}: an older text")
            assert view["answers"] == there["answers"], self.told(f"{id}: another text")
            apart = ids(view["conflicts"]) ^ ids(there["conflicts"])
            told = [
                f"{where}: {one['answers']}"
                for where, texts in (("here", view["conflicts"]), ("there", there["conflicts"]))
                for one in texts
                if one["revision"] in apart
            ]
            assert not apart, self.told(f"{id}: other versions {told}")
        kept = revisions(self.server, id)
        ever = {word for one in kept for word in words_of(one["answers"])}
        assert story.words == ever, self.told(f"{id}: words {story.words ^ ever}")
        if not story.left:
            texts = [there, *there["conflicts"]]
            seen = {word for one in texts for word in words_of(one["answers"])}
            assert seen == story.words, self.told(f"{id}: out of sight {story.words - seen}")
        if not (story.left or story.joined):
            said = [str(one["answers"]) for one in kept]
            assert len(said) == len(set(said)), self.told(f"{id}: a text twice")
        for one in kept:
            for answer in one["answers"].values():
                listed = answer["text"].split()
                assert len(listed) == len(set(listed)), self.told(f"{id}: a word twice")

    def told(self, wrong: str) -> str:
        """What is wrong, and all that led to it."""
        return "\n".join([f"seed {self.seed}: {wrong}", *self.log])


def ids(texts: list[dict[str, Any]]) -> set[str]:
    return {one["revision"] for one in texts}


def words_of(answers: dict[str, Any]) -> set[str]:
    return {word for answer in answers.values() for word in answer["text"].split()}
