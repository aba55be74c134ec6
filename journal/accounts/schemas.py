"""What signing in takes and gives."""

from marshmallow import fields, validate

from journal.accounts.models import Kind
from journal.accounts.principals import Role
from journal.web.wire import Text, WireSchema


class SignIn(WireSchema):
    """An address or a name to sign in with, a password, and what makes it whole."""

    email = Text(required=True, validate=validate.Length(1, 320))
    password = Text(required=True, validate=validate.Length(1, 2048), load_only=True)
    code = Text(validate=validate.Length(1, 64), load_only=True)
    recovery_code = Text(validate=validate.Length(1, 64), load_only=True)
    kept = fields.Boolean(load_default=False)
    """The patient's app says of itself that it has a lock, or is on the home screen."""


class Person(WireSchema):
    """Somebody, by the name they are called."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class Me(WireSchema):
    """Who is signed in, and what limits this session."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    name = fields.String(required=True)
    zone = fields.String(required=True)
    signed_in_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    session_id = fields.UUID(required=True)
    idle_seconds = fields.Integer(required=True, allow_none=True)
    """After so long without anything done it ends; null: never for that."""
    fresh_until = fields.AwareDateTime(required=True)
    kept = fields.Boolean(required=True)


class Keeping(WireSchema):
    """Whether the phone has a lock of its own."""

    kept = fields.Boolean(required=True)


class SignedIn(WireSchema):
    """One device that is signed in."""

    id = fields.UUID(required=True)
    device = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True)
    kept = fields.Boolean(required=True)
    here = fields.Boolean(required=True)


class AccountNotice(WireSchema):
    """Something that happened to one's account."""

    id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    at = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)
