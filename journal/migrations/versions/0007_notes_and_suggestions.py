"""What therapists note for themselves, and skills among what they suggest."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What therapists note for themselves, and skills among what they suggest."""
    op.create_table(
        "therapist_note",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_therapist_note_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_therapist_note_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "therapist_id", "id", name=op.f("pk_therapist_note")),
    )
    op.execute("ALTER TABLE assignment RENAME COLUMN guide TO ref")
    op.add_column(
        "assignment", sa.Column("kind", sa.String(40), nullable=False, server_default="guide")
    )
    _know_the_questions()
    op.add_column(
        "assignment", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True)
    )


def _know_the_questions() -> None:
    """A question is named after its own id; a clinic may have called a guide q-something."""
    given = sa.table("assignment", sa.column("ref"), sa.column("kind"))
    connection = op.get_bind()
    named = sa.select(given.c.ref).where(given.c.ref.like("q-%")).distinct()
    for ref in connection.scalars(named).all():
        if re.fullmatch("q-[0-9a-f]{32}", ref):
            asked = sa.update(given).where(given.c.ref == ref)
            connection.execute(asked.values(kind="question"))


def downgrade() -> None:
    """Take it back. The notes go with it, and the skills that were suggested."""
    op.execute("DELETE FROM assignment WHERE kind = 'skill'")
    op.drop_column("assignment", "set_aside_at")
    op.drop_column("assignment", "kind")
    op.execute("ALTER TABLE assignment RENAME COLUMN ref TO guide")
    op.drop_table("therapist_note")
