"""What an admin did about a person, what the server counts, and when it was looked after."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "clinic_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("did", sa.String(length=40), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_clinic_act_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["account.id"], name=op.f("fk_clinic_act_person_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_clinic_act_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["account.id"], name=op.f("fk_clinic_act_other_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_act")),
    )
    op.create_index(op.f("ix_clinic_act_person_id"), "clinic_act", ["person_id"])
    op.create_table(
        "trouble",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", name=op.f("pk_trouble")),
    )
    op.create_table(
        "looked_after",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_looked_after")),
    )


def downgrade() -> None:
    """Take them away. What was done about whom is forgotten."""
    op.drop_table("looked_after")
    op.drop_table("trouble")
    op.drop_index(op.f("ix_clinic_act_person_id"), table_name="clinic_act")
    op.drop_table("clinic_act")
