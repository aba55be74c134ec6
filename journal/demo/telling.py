"""A patient's story told to the services, in the order it happened."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from operator import itemgetter
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.brief import service as brief
from journal.consent import service as consent
from journal.consent.offers import Offer
from journal.content import library
from journal.demo import recording
from journal.demo.calendar import Calendar
from journal.demo.ids import made_id
from journal.demo.shapes import Edit, Given, Handed, Marked, Release, Story, Written
from journal.entries import service as entries
from journal.entries.rows import Draft
from journal.handover import service as handover
from journal.handover.choice import Choice
from journal.sharing import briefs, ending, marks
from journal.sharing import service as sharing
from journal.sharing.models import What

Act = Callable[[datetime], None]


class Telling:
    """One patient acting on their own behalf, and therapists reading, at times in the past."""

    def __init__(
        self,
        session: Session,
        author: Patient,
        story: Story,
        calendar: Calendar,
        staff: Mapping[str, UUID],
    ) -> None:
        self._session = session
        self._author = author
        self._story = story
        self._calendar = calendar
        self._staff = staff
        self._texts: dict[str, list[Draft]] = {}
        """The texts of each entry that followed one another; the last is its head."""

    def tell(self) -> None:
        """Do everything that has happened by now."""
        for moment, act in sorted(self.acts(), key=itemgetter(0)):
            if moment <= self._calendar.at:
                act(moment)

    def acts(self) -> Iterator[tuple[datetime, Act]]:
        """Everything in the story with its moment, in no order."""
        moment = self._calendar.moment
        for number, given in enumerate(self._story.grants, start=1):
            grant_id = made_id(self._story.key, "grant", str(number))
            yield moment(given.when), partial(self._give, grant_id, given)
            for less in given.narrowed:
                keep = frozenset(less.keep)
                yield moment(less.when), partial(self._narrow, grant_id, keep)
            if given.withdrawn:
                yield moment(given.withdrawn), partial(self._withdraw, grant_id)
        for reading in self._story.readings:
            yield moment(reading.when), partial(self._read, self._staff[reading.to])
        for released in self._story.releases:
            yield moment(released.when), partial(self._release, released)
        for marked in self._story.marks:
            yield moment(marked.when), partial(self._mark, marked)
        for written in self._story.entries:
            yield from self._life_of(written)

    def _life_of(self, written: Written) -> Iterator[tuple[datetime, Act]]:
        moment = self._calendar.moment
        first = Edit(when=written.when, answers=written.answers)
        for number, text in enumerate((first, *written.edits), start=1):
            yield moment(text.when), partial(self._write, written, number, text)
        for number, handed in enumerate(written.handed, start=1):
            id = made_id(self._story.key, written.key, "handed", str(number))
            yield moment(handed.when), partial(self._hand_over, id, written, handed)
            if handed.taken_back:
                yield moment(handed.taken_back), partial(self._take_back, id)

    def _write(self, written: Written, number: int, text: Edit, at: datetime) -> None:
        """Save one text of an entry; answers it does not name stay as they were."""
        line = self._texts.setdefault(written.key, [])
        parent = line[-2 if text.elsewhere else -1] if line else None
        draft = Draft(
            id=made_id(self._story.key, written.key),
            revision=made_id(self._story.key, written.key, "text", str(number)),
            parent=parent.revision if parent else None,
            guide=written.guide,
            edition=library.load().guide(written.guide).edition,
            occurred_at=self._calendar.moment(written.when),
            zone=self._story.zone,
            answers={**(parent.answers if parent else {}), **text.answers},
        )
        entries.write(self._session, entries.take_pen(self._session, self._author), draft, at=at)
        recording.send_all(self._session, self._author, draft, at=at)
        if not text.elsewhere:
            line.append(draft)

    def _hand_over(self, id: UUID, written: Written, handed: Handed, at: datetime) -> None:
        """Hand over to whoever the patient shares with at that time."""
        reader = self._staff[handed.to]
        (grant,) = consent.in_force(self._session, self._author, at, therapist_id=reader)
        head = self._texts[written.key][-1]
        handover.hand_over(
            self._session,
            self._author,
            id=id,
            grant_id=grant.id,
            entry_id=head.id,
            revision=head.revision,
            choice=_choice(head, handed),
            at=at,
        )

    def _take_back(self, handover_id: UUID, at: datetime) -> None:
        for excerpt in sharing.of_handover(self._session, self._author, handover_id):
            sharing.take_back(self._session, self._author, excerpt.id, at=at)

    def _read(self, reader: UUID, at: datetime) -> None:
        brief.for_therapist(self._session, Therapist(reader), self._author.id, at=at)

    def _release(self, released: Release, at: datetime) -> None:
        briefs.release(
            self._session,
            self._author,
            self._staff[released.to],
            agenda=self._excerpt(released.agenda) if released.agenda else None,
            bring=[self._excerpt(key) for key in released.bring],
            first=released.first,
            at=at,
        )

    def _mark(self, marked: Marked, at: datetime) -> None:
        reader, excerpt = Therapist(self._staff[marked.to]), self._excerpt(marked.entry)
        marks.put(self._session, reader, self._author.id, excerpt, marked.mark, at=at)

    def _excerpt(self, key: str) -> UUID:
        """What was first handed over of an entry."""
        handover_id = made_id(self._story.key, key, "handed", "1")
        return sharing.of_handover(self._session, self._author, handover_id)[0].id

    def _give(self, grant_id: UUID, given: Given, at: datetime) -> None:
        shown = library.load().agreement
        offer = Offer(
            id=grant_id,
            therapist_id=self._staff[given.to],
            agreement=shown.id,
            edition=shown.edition,
            sha256=shown.sha256,
            categories=frozenset(given.categories),
            ends_at=self._calendar.grant_end(at),
            release_in_morning=given.morning,
        )
        consent.give(self._session, self._author, offer, at=at)

    def _narrow(self, grant_id: UUID, keep: frozenset[str], at: datetime) -> None:
        ending.narrow(self._session, self._author, grant_id, keep, at=at)

    def _withdraw(self, grant_id: UUID, at: datetime) -> None:
        ending.withdraw(self._session, self._author, grant_id, at=at)


def _choice(text: Draft, handed: Handed) -> Choice:
    if handed.quote is None:
        what = What.ANSWERS if handed.items else What.WHOLE
        return Choice(what=what, items=handed.items)
    (item,) = handed.items
    start = text.answers[item]["text"].index(handed.quote)
    return Choice(
        what=What.PASSAGE,
        items=handed.items,
        part="text",
        start=start,
        end=start + len(handed.quote),
        quote=handed.quote,
    )
