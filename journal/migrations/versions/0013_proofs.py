"""Passkeys, one-time codes, recovery codes, recovery."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name)


def _when(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Add the tables; nobody has such a proof yet."""
    _passkeys()
    _codes()
    _recovery()


def _passkeys() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        _when("since"),
        _when("used_at", nullable=True),
        _account("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_table(
        "spent_ask",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        _when("ends_at"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_ask")),
    )
    op.create_index(op.f("ix_spent_ask_ends_at"), "spent_ask", ["ends_at"])


def _codes() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        _when("pending_at", nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        _account("one_time_code"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_one_time_code")),
    )
    op.create_table(
        "demo_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        _account("demo_code"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_demo_code")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _when("made_at"),
        _when("used_at", nullable=True),
        _account("recovery_code"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_recovery_code")),
    )


def _recovery() -> None:
    op.create_table(
        "recovery_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _when("made_at"),
        _when("expires_at"),
        _when("ended_at", nullable=True),
        _account("recovery_link"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_recovery_link")),
    )
    op.create_index(op.f("ix_recovery_link_account_id"), "recovery_link", ["account_id"])
    op.create_table(
        "recovery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        _when("asked_at"),
        _when("opens_at"),
        _when("expires_at"),
        _when("ended_at", nullable=True),
        _when("done_at", nullable=True),
        _account("recovery"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_recovery_token_hash")),
    )
    op.create_index(op.f("ix_recovery_account_id"), "recovery", ["account_id"])


def downgrade() -> None:
    """Take it back. Who has no password (an empty hash) signs in no more."""
    for table in (
        "recovery",
        "recovery_link",
        "recovery_code",
        "demo_code",
        "one_time_code",
        "spent_ask",
        "passkey",
    ):
        op.drop_table(table)
