"""The receipt of a consent, as PDF: the agreement as it was shown, and all that became of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from journal.paper.days import last_day, time

STANDS = {
    "in_force": "In force",
    "paused": "Paused",
    "agree_again": "Waits for the newer text",
    "ended": "Ended",
    "withdrawn": "You stopped it",
}
HAPPENED = {
    "given": "You agreed.",
    "narrowed": "You took kinds of things away.",
    "paused": "You paused.",
    "resumed": "You went on.",
    "renewed": "You renewed: another consent took its place.",
    "withdrawn": "You stopped sharing.",
    "expired": "It ended by itself.",
    "left": "It ended: the two of you are no longer linked here.",
}
BECAUSE = {
    "dose": "Paused: your clinic wrote down a session for that day.",
}
"""What is said instead where it was not the patient's own doing."""
MORNING = {
    True: "What is handed over waits until the next morning, and then goes out.",
    False: "What is handed over waits, and you are asked again in the morning.",
}


def render(receipt: Mapping[str, Any], parts: Mapping[str, tuple[str, str]], *, zone: str) -> bytes:
    """Set a receipt as PDF.

    :param receipt: what `consent.receipt.receipt` gives.
    :param parts: what `consent.receipt.said` gives: title and text of each part of the agreement.
    :param zone: of the patient.
    """
    # Loading it takes memory that most workers never need.
    from journal.typeset import sheet as typeset  # noqa: PLC0415

    called = {one["party_role"]: one["party_name"] for one in receipt["party_identification"]}
    made = f"Made {time(receipt['issued_at'], zone)} ({zone})."
    patient, reader = called["pii_principal"], called["recipient"]
    sheet = typeset.Sheet(f"Consent of {patient} to {reader}. {made}")
    sheet.write("What you agreed to", typeset.TITLE)
    sheet.gap(6)
    sheet.write(
        f"The receipt of your consent to {reader}. It is yours to keep. {made}", typeset.SMALL
    )
    sheet.gap(10)
    for label, value in _facts(receipt, called, zone):
        sheet.fact(label, value)
    sheet.write("The whole agreement", typeset.SECTION)
    for title, text in parts.values():
        sheet.write(title, typeset.HEADING)
        sheet.write(text, typeset.PLAIN)
    sheet.write("What became of it", typeset.SECTION)
    for event in receipt["events"]:
        sheet.fact(time(event["event_time"], zone), _happened(event))
    sheet.write("Marks for checking", typeset.SECTION)
    for label, value in _marks(receipt):
        sheet.write(label, typeset.ASKED)
        sheet.write(value, typeset.SMALL)
    return sheet.finish()


def _happened(event: Mapping[str, Any]) -> str:
    kind = event["event_type"]
    return BECAUSE.get(event["event_because"]) or HAPPENED.get(kind, kind)


def _facts(
    receipt: Mapping[str, Any], called: Mapping[str, str], zone: str
) -> Iterator[tuple[str, str]]:
    yield "Who gave it", called["pii_principal"]
    yield "Who it is for", called["recipient"]
    yield "Clinic", called["pii_controller"]
    for purpose in receipt["pii_processing"]["purposes"]:
        yield (
            "What may be handed over",
            ", ".join(one["label"] for one in purpose["pii_information"]),
        )
        yield "Given", time(purpose["valid_from"], zone)
        yield "Last day", last_day(purpose["valid_until"], zone)
        yield "On the day of a session", MORNING[purpose["release_in_morning"]]
    yield "How it stands", STANDS.get(receipt["state"], receipt["state"])


def _marks(receipt: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    notice, ledger = receipt["pii_processing"]["privacy_notice"], receipt["ledger"]
    yield "Consent", str(receipt["record_id"])
    yield f"Text {notice['id']}/{notice['edition']}, SHA-256", notice["sha256"]
    yield f"Record of your consents up to line {ledger['n']}, SHA-256", ledger["sha256"]
