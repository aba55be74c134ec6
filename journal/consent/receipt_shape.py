"""The shape of a consent receipt: ISO/IEC TS 27560:2023, with its own names where it has some."""

from marshmallow import fields, validate

from journal.web.wire import WireSchema

STATES = ["given", "paused", "replaced", "withdrawn", "expired", "ended"]


class NoticeSchema(WireSchema):
    """The exact text that was agreed to; `sha256` is of `text` in UTF-8."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    text = fields.String(required=True)


class PiiSchema(WireSchema):
    """One kind of thing that may be handed over. All of it is about health, none has to be."""

    pii_type = fields.String(required=True)
    label = fields.String(required=True)
    pii_optional = fields.Boolean(required=True)
    special_pii_category = fields.Boolean(required=True)


class PurposeSchema(WireSchema):
    """What for, from when, until when; in the words of the agreement where it has some."""

    lawful_basis = fields.String(required=True)
    consent_type = fields.String(required=True)
    collection_method = fields.String(required=True)
    pii_controllers = fields.List(fields.String(), required=True)
    recipients = fields.List(fields.String(), required=True)
    valid_from = fields.AwareDateTime(required=True)
    valid_until = fields.AwareDateTime(required=True)
    release_in_morning = fields.Boolean(required=True)
    pii_information = fields.List(fields.Nested(PiiSchema), required=True)
    purpose = fields.String()
    retention_period = fields.String()
    withdrawal_method = fields.String()
    storage = fields.String()
    privacy_rights = fields.String()
    recipient_third_parties = fields.String()


class ProcessingSchema(WireSchema):
    """The text, its language, and what it is for."""

    privacy_notice = fields.Nested(NoticeSchema, required=True)
    language = fields.String(required=True)
    purposes = fields.List(fields.Nested(PurposeSchema), required=True)


class PartySchema(WireSchema):
    """Who takes part: the patient, who may read, the clinic."""

    party_role = fields.String(
        required=True, validate=validate.OneOf(["pii_principal", "recipient", "pii_controller"])
    )
    party_id = fields.UUID(required=True, allow_none=True)
    party_name = fields.String(required=True)


class EventSchema(WireSchema):
    """One thing that happened to this consent, with its number and hash in the ledger.

    `event_because`: why, where it was not the patient's own doing.
    """

    n = fields.Integer(required=True)
    event_time = fields.AwareDateTime(required=True)
    event_type = fields.String(required=True)
    event_state = fields.String(required=True, validate=validate.OneOf(STATES))
    event_because = fields.String(required=True, allow_none=True)
    pii_types = fields.List(fields.String(), required=True, allow_none=True)
    sha256 = fields.String(required=True)


class LedgerSchema(WireSchema):
    """How far the patient's ledger went when the receipt was made, and its newest hash."""

    n = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class ReceiptOfConsent(WireSchema):
    """The receipt of one consent."""

    schema_version = fields.String(required=True)
    receipt_id = fields.UUID(required=True)
    record_id = fields.UUID(required=True)
    pii_principal_id = fields.UUID(required=True)
    issued_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    pii_processing = fields.Nested(ProcessingSchema, required=True)
    party_identification = fields.List(fields.Nested(PartySchema), required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)
    ledger = fields.Nested(LedgerSchema, required=True)
