"""Who asked whom to share."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who asked whom to share."""
    op.create_table(
        "ask",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["care_link.id"], name=op.f("fk_ask_link_id_care_link")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_ask_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_ask_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_ask")),
    )
    op.create_index(op.f("ix_ask_patient_id"), "ask", ["patient_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("ask")
