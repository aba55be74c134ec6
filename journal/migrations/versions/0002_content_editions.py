"""A clinic's own editions, and guides given to one patient."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A clinic's own editions, and guides given to one patient."""
    op.create_table(
        "content_edition",
        sa.Column(
            "kind",
            sa.Enum("guide", "skill", "texts", name="contentkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_content_edition_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_content_edition_made_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_content_edition_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("kind", "id", "edition", name=op.f("pk_content_edition")),
    )
    with op.batch_alter_table("content_edition", schema=None) as batch_op:
        batch_op.create_index(
            "ix_content_edition_clinic", ["clinic_id", "patient_id"], unique=False
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_appointment_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["before_appointment_id"],
            ["appointment.id"],
            name=op.f("fk_assignment_before_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_assignment_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_assignment_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_therapist_id"), ["therapist_id"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_patient_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("content_edition", schema=None) as batch_op:
        batch_op.drop_index("ix_content_edition_clinic")

    op.drop_table("content_edition")
