"""Opening hours of sites, fields and services, and daily quotas."""

import sqlalchemy as sa
from alembic import op

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.JSON(), nullable=True))
        batch_op.add_column(
            sa.Column("closed_days", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column("special_days", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(
            sa.Column("last_ticket_minutes", Key, nullable=False, server_default="0")
        )

    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.JSON(), nullable=True))

    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("daily_quota", Key, nullable=True))

    with op.batch_alter_table("number_series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("later_steps", Key, nullable=False, server_default="0"))
