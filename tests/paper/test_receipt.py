"""The receipt of a consent as a file: the whole agreement as it was shown, and every event."""

from flask import Flask

from journal.consent.models import Happened
from journal.content import library
from journal.paper import receipt
from tests.acts import give, signed_in
from tests.paper.reading import pages
from tests.worlds import World


def test_every_part_of_the_agreement_stands_in_it_filled_in(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-05-01")
    read = pages(phone.get(f"/api/grants/{grant}/receipt.pdf").data)
    said = " ".join(page.rpartition(" Consent of Maya to Dr Ana Reyes. Made ")[0] for page in read)
    filled = {
        "therapist": "Dr Ana Reyes",
        "clinic": "Harbour Clinic",
        "ends_on": "1 May 2026",
    }
    sections = library.load().agreement.sections
    assert len(sections) == 14
    whole = " ".join(
        f"{part.title.format(**filled)} {part.text.format(**filled)}" for part in sections
    )
    assert " ".join(whole.split()) in said
    assert "{" not in said


def test_every_event_and_state_has_its_words() -> None:
    assert set(receipt.HAPPENED) == {one.value for one in Happened}
