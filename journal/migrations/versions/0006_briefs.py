"""What a patient puts first, what a therapist marks, and how many words an excerpt has."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a patient puts first, what a therapist marks, and how many words an excerpt has."""
    op.create_table(
        "brief",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agenda", sa.Uuid(), nullable=True),
        sa.Column("bring", sa.JSON(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_brief_grant_id_grant")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_brief_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_brief_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "therapist_id", name=op.f("pk_brief")),
    )
    op.create_index(op.f("ix_brief_therapist_id"), "brief", ["therapist_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("excerpt_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum("read", "talked", "carry", name="marking", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id", "excerpt_id"],
            ["excerpt.patient_id", "excerpt.id"],
            name=op.f("fk_mark_patient_id_excerpt"),
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_mark_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint(
            "patient_id", "excerpt_id", "therapist_id", "mark", name=op.f("pk_mark")
        ),
    )
    op.create_index(op.f("ix_mark_therapist_id"), "mark", ["therapist_id"], unique=False)
    op.add_column("excerpt", sa.Column("words", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("excerpt", "words")
    op.drop_table("mark")
    op.drop_table("brief")
