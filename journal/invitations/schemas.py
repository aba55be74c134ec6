"""What inviting and joining take and give."""

from marshmallow import fields, validate

from journal.accounts.naming import LONGEST_NAME
from journal.accounts.principals import Role
from journal.accounts.proof_schemas import Offered
from journal.accounts.schemas import Me, Person
from journal.invitations.states import State
from journal.web.wire import Text, WireSchema

LONGEST_TOKEN = 200  # characters; ours have 43
NAME = validate.Length(1, LONGEST_NAME)


def _token() -> Text:
    return Text(required=True, validate=validate.Length(1, LONGEST_TOKEN), load_only=True)


class NewInvitation(WireSchema):
    """Whom to invite. The id is made by the page: sent again, it is one invitation."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    name = Text(required=True, validate=NAME)
    therapist_id = fields.UUID(load_default=None, allow_none=True)


class MadeInvitation(WireSchema):
    """The link to give away. It is never shown again."""

    id = fields.UUID(required=True)
    link = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class InvitationSchema(WireSchema):
    """An invitation as the clinic sees it later."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    name = fields.String(required=True)
    therapist = fields.Nested(Person, required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    over_at = fields.AwareDateTime(required=True, allow_none=True)


class InvitationsSchema(WireSchema):
    """The clinic's invitations, and whom a patient can be invited to see."""

    clinic = fields.String(required=True)
    invitations = fields.List(fields.Nested(InvitationSchema), required=True)
    therapists = fields.List(fields.Nested(Person), required=True)


class TokenSchema(WireSchema):
    """The part of the link after `#`."""

    token = _token()


class WelcomeSchema(WireSchema):
    """What an open link says to whoever holds it."""

    role = fields.Enum(Role, by_value=True, required=True)
    clinic = fields.String(required=True)
    name = fields.String(required=True)
    therapist = fields.String(required=True, allow_none=True)


class AskPasskey(WireSchema):
    """Who is going to make a passkey."""

    token = _token()
    name = Text(load_default=None, validate=NAME)


class Joining(Offered):
    """The person and their way to sign in. The role is the invitation's: it cannot be sent."""

    token = _token()
    name = Text(load_default=None, validate=NAME)
    zone = Text(required=True, validate=validate.Length(1, 64))


class JoinedSchema(WireSchema):
    """Who is signed in now, and what to keep: shown once."""

    me = fields.Nested(Me, required=True)
    sign_in_name = fields.String(required=True)
    recovery_code = fields.String(required=True)


class CalledSchema(WireSchema):
    """What a patient wants to be called, and where they live by the clock."""

    name = Text(required=True, validate=NAME)
    zone = Text(required=True, validate=validate.Length(1, 64))
