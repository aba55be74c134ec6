"""Media and their pieces' names, drop keys, and the locks of phones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Media and their pieces' names, drop keys, and the locks of phones."""
    _media()
    _phones()


def _media() -> None:
    op.create_table(
        "media_shelf",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        _of_patient("media_shelf"),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_media_shelf")),
    )
    op.create_table(
        "media_closed_entry",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        _of_patient("media_closed_entry"),
        sa.PrimaryKeyConstraint("patient_id", "entry_id", name=op.f("pk_media_closed_entry")),
    )
    op.create_table(
        "medium",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("recording", "photo", name="mediumkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        _of_patient("medium"),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_medium")),
        sa.UniqueConstraint("blob", name=op.f("uq_medium_blob")),
    )
    op.create_index("ix_medium_entry", "medium", ["patient_id", "entry_id"], unique=False)


def _phones() -> None:
    op.create_table(
        "drop_key",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _of_patient("drop_key"),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_drop_key")),
    )
    op.create_table(
        "phone_lock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("share", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _of_patient("phone_lock"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_lock")),
    )
    op.create_index(op.f("ix_phone_lock_patient_id"), "phone_lock", ["patient_id"], unique=False)


def _of_patient(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["patient_id"], ["account.id"], name=op.f(f"fk_{table}_patient_id_account")
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("phone_lock", "drop_key", "medium", "media_closed_entry", "media_shelf"):
        op.drop_table(table)
