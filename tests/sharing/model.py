"""A naive model of consent: plain lists and one rule, to compare the server with.

People are named by number. Times are the model's own; nothing here knows a database or HTTP. Each
act answers with the status that the server has to give.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

OK, MADE, DONE, ABSENT, CONFLICT, UNFIT = 200, 201, 204, 404, 409, 422


@dataclass
class Given:
    """A grant."""

    patient: int
    therapist: int
    categories: frozenset[str]
    given_at: datetime
    ends_at: datetime
    edition: int
    in_morning: bool
    pause: int | None = None
    by: str | None = None
    """The grant that took its place."""
    ended: str | None = None
    ended_at: datetime | None = None


@dataclass
class Out:
    """An excerpt."""

    grant: str
    entry: str
    category: str
    text: str
    handed_at: datetime
    release_at: datetime | None
    gone: bool = False


@dataclass(frozen=True)
class Terms:
    """What a patient offers."""

    id: str
    categories: frozenset[str]
    ends_at: datetime
    edition: int
    in_morning: bool
    pause: int | None = None
    """Which pause they saw, when they renew."""
    resume: bool = False


@dataclass
class Model:
    """Two patients, who sees them, and all that they did."""

    at: datetime
    links: dict[tuple[int, int], datetime]
    edition: int = 1
    agreed_since: int = 1
    grants: dict[str, Given] = field(default_factory=dict)
    outs: dict[str, Out] = field(default_factory=dict)
    handovers: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """Patient, category and text of each entry that is there."""
    doses: list[tuple[int, datetime, datetime]] = field(default_factory=list)
    asks: dict[tuple[int, int], tuple[datetime, bool]] = field(default_factory=dict)
    events: Counter[int] = field(default_factory=Counter)
    readings: list[tuple[int, int, str]] = field(default_factory=list)

    # what holds

    def clear_at(self, patient: int) -> datetime | None:
        """When decisions count again, if they do not now."""
        return max(
            (
                clear
                for who, begun, clear in self.doses
                if who == patient and begun <= self.at < clear
            ),
            default=None,
        )

    def stands(self, grant: Given) -> bool:
        return grant.given_at <= self.at < grant.ends_at and grant.ended is None

    def open(self, grant: Given) -> bool:
        """The rule of the grant: it stands, is not paused, its text still holds."""
        return self.stands(grant) and grant.pause is None and grant.edition >= self.agreed_since

    def sees(self, grant: Given) -> bool:
        since = self.links.get((grant.patient, grant.therapist))
        return since is not None and since <= grant.given_at

    def goes_out(self, out: Out) -> datetime | None:
        planned, who = out.release_at, self.grants[out.grant].patient
        if planned is None or planned <= out.handed_at:
            return planned
        met = [clear for one, begun, clear in self.doses if one == who and begun <= planned < clear]
        return max([planned, *met])

    def readable(self, patient: int, therapist: int) -> list[str]:
        """The whole rule: what this therapist may read of this patient now, newest first."""
        found = []
        for id, out in self.outs.items():
            grant, goes = self.grants[out.grant], self.goes_out(out)
            if (
                (grant.patient, grant.therapist) == (patient, therapist)
                and self.sees(grant)
                and self.open(grant)
                and out.category in grant.categories
                and not out.gone
                and goes is not None
                and goes <= self.at
            ):
                found.append(id)
        return sorted(found, key=lambda id: (self.outs[id].handed_at, id), reverse=True)

    def kept_out(self, patient: int) -> dict[str, str]:
        """What a patient has out or waiting, with its state."""
        found = {}
        for id, out in self.outs.items():
            grant = self.grants[out.grant]
            if grant.patient == patient and not out.gone and self.stands(grant):
                goes = self.goes_out(out)
                late = "handed" if goes and goes <= self.at else "held"
                found[id] = late if goes else "waiting"
        return found

    def state(self, grant: Given) -> str:
        if grant.ended == "withdrawn":
            return "withdrawn"
        if grant.ended or grant.ends_at <= self.at:
            return "ended"
        if grant.edition < self.agreed_since:
            return "agree_again"
        return "in_force" if grant.pause is None else "paused"

    def of(self, patient: int) -> dict[str, Given]:
        return {id: one for id, one in self.grants.items() if one.patient == patient}

    # what people do

    def end(self, id: str, how: str) -> None:
        self.grants[id].ended, self.grants[id].ended_at = how, self.at
        self.events[self.grants[id].patient] += 1
        self.take(lambda out: out.grant == id)

    def take(self, which) -> None:
        for out in self.outs.values():
            out.gone = out.gone or which(out)

    def notice(self, patient: int) -> None:
        """Every end that was reached becomes a fact."""
        for id, grant in self.of(patient).items():
            if self.is_over(grant):
                self.end(id, "expired" if grant.ends_at <= self.at else "left")

    def meets(self, therapist: int) -> None:
        """A therapist's request makes a fact of every end that it meets."""
        some = [one for one in self.grants.values() if one.therapist == therapist]
        for patient in {one.patient for one in some if self.is_over(one)}:
            self.notice(patient)

    def is_over(self, grant: Given) -> bool:
        """Not ended yet, and its end was reached."""
        return grant.ended is None and (grant.ends_at <= self.at or not self.sees(grant))

    def give(self, patient: int, therapist: int, terms: Terms) -> int:
        if terms.id in self.grants:
            return MADE
        if refused := self.refuses(patient, therapist, terms):
            return refused
        if any(
            one.therapist == therapist and self.stands(one) and self.sees(one)
            for one in self.of(patient).values()
        ):
            return CONFLICT
        self.notice(patient)
        self.begin(patient, therapist, terms)
        return MADE

    def renew(self, patient: int, old: str, terms: Terms) -> int:
        if terms.id in self.grants:
            return MADE
        before = self.grants[old]
        if not self.stands(before) or not self.sees(before):
            return CONFLICT
        if before.pause != terms.pause:
            return CONFLICT
        if refused := self.refuses(patient, before.therapist, terms):
            return refused
        self.notice(patient)
        self.begin(patient, before.therapist, terms)
        if terms.pause is not None and not terms.resume:
            self.pause(terms.id)
        for out in self.outs.values():
            if out.grant == old and not out.gone and out.category in terms.categories:
                out.grant = terms.id
        self.end(old, "renewed")
        before.by = terms.id
        return MADE

    def refuses(self, patient: int, therapist: int, terms: Terms) -> int | None:
        if self.clear_at(patient):
            return CONFLICT
        fits = (
            (patient, therapist) in self.links
            and terms.edition == self.edition
            and terms.ends_at > self.at
        )
        return None if fits else UNFIT

    def begin(self, patient: int, therapist: int, terms: Terms) -> None:
        self.grants[terms.id] = Given(
            patient,
            therapist,
            terms.categories,
            self.at,
            terms.ends_at,
            terms.edition,
            terms.in_morning,
        )
        self.events[patient] += 1

    def living(self, id: str) -> str:
        """What takes away reaches the grant that stands for the named one today."""
        while by := self.grants[id].by:
            id = by
        return id

    def narrow(self, id: str, keep: frozenset[str]) -> int:
        if keep - self.grants[id].categories:
            return UNFIT
        id = self.living(id)
        grant = self.grants[id]
        if grant.ended is None and grant.categories - keep:
            grant.categories &= keep
            self.events[grant.patient] += 1
            self.take(lambda out: out.grant == id and out.category not in keep)
        return OK

    def pause(self, id: str) -> int:
        grant = self.grants[self.living(id)]
        if grant.ended is None and grant.pause is None:
            self.events[grant.patient] += 1
            grant.pause = self.events[grant.patient]
        return OK

    def pause_everything(self, patient: int) -> int:
        alive = [id for id, grant in self.of(patient).items() if grant.ended is None]
        for id in sorted(alive, key=lambda id: (self.grants[id].given_at, id), reverse=True):
            self.pause(id)
        return DONE

    def resume(self, id: str, pause: int) -> int:
        grant = self.grants[id]
        if not self.stands(grant):
            return CONFLICT
        if grant.pause is None:
            return OK
        if grant.pause != pause or self.clear_at(grant.patient):
            return CONFLICT
        grant.pause = None
        self.events[grant.patient] += 1
        return OK

    def withdraw(self, id: str) -> int:
        id = self.living(id)
        if self.grants[id].ended is None:
            self.end(id, "withdrawn")
        return OK

    def withdraw_everything(self, patient: int) -> int:
        for id in self.of(patient):
            self.withdraw(id)
        return DONE

    def hand_over(self, id: str, grant_id: str, entry: str) -> int:
        """`hand_over` only says whether; `handed` adds what the server called it."""
        grant = self.grants[grant_id]
        if id in self.handovers:
            return MADE
        if (grant.patient, grant.therapist) not in self.links or not self.open(grant):
            return CONFLICT
        if entry not in self.entries:
            return ABSENT
        return MADE if self.entries[entry][1] in grant.categories else CONFLICT

    def handed(self, id: str, grant_id: str, entry: str, names: list[str]) -> None:
        if id in self.handovers:
            return
        grant, (patient, category, text) = self.grants[grant_id], self.entries[entry]
        clear = self.clear_at(patient)
        release = self.at if clear is None else clear if grant.in_morning else None
        self.handovers[id] = names
        for name in names:
            self.outs[name] = Out(grant_id, entry, category, text, self.at, release)

    def release(self, id: str) -> int:
        out = self.outs[id]
        grant = self.grants[out.grant]
        if out.gone or not self.stands(grant):
            return ABSENT
        goes = self.goes_out(out)
        if goes is None or goes > self.at:
            if self.clear_at(grant.patient):
                return CONFLICT
            out.release_at = self.at
        return OK

    def take_back(self, id: str) -> int:
        self.outs[id].gone = True
        return DONE

    def delete(self, entry: str) -> int:
        self.entries.pop(entry, None)
        self.take(lambda out: out.entry == entry)
        return DONE

    def link(self, patient: int, therapist: int) -> None:
        self.links[patient, therapist] = self.at
        # They see each other anew: nothing of an earlier ask is left.
        self.asks.pop((patient, therapist), None)

    def ask(self, therapist: int, patient: int) -> datetime | None:
        """When it was asked, if they see each other."""
        if (patient, therapist) not in self.links:
            return None
        return self.asks.setdefault((patient, therapist), (self.at, False))[0]

    def asked(self, therapist: int, patient: int) -> datetime | None:
        known = self.asks.get((patient, therapist))
        return known[0] if known and (patient, therapist) in self.links else None

    def set_aside(self, therapist: int, patient: int) -> None:
        self.asks[patient, therapist] = (self.asks[patient, therapist][0], True)

    def waiting(self, patient: int) -> set[int]:
        """Which therapists wait for an answer, as the patient is told."""
        if self.clear_at(patient):
            return set()
        return {
            therapist
            for (who, therapist), (asked, aside) in self.asks.items()
            if who == patient
            and not aside
            and (patient, therapist) in self.links
            and not any(
                one.therapist == therapist
                and min(one.ends_at, one.ended_at or one.ends_at) >= asked
                for one in self.of(patient).values()
            )
        }
