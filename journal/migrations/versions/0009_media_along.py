"""Copies of media that were handed over; what was removed from an excerpt, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Copies of media that were handed over; what was removed from an excerpt, as digests."""
    op.add_column("excerpt", sa.Column("cuts", sa.LargeBinary(), nullable=True))
    op.create_table(
        "media_copy",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("excerpt_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("recording", "photo", "drawing", name="copykind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_media_copy_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_media_copy")),
        sa.UniqueConstraint("blob", name=op.f("uq_media_copy_blob")),
    )
    op.create_index("ix_media_copy_excerpt", "media_copy", ["patient_id", "excerpt_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("media_copy")
    op.drop_column("excerpt", "cuts")
