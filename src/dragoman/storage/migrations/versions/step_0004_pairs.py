"""Pairs of acts lie with the act that came last, all in one value; and with an event how its claims became one.

Written out and frozen. The shelf is emptied, so that events are computed again when the record is next used.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Empty the shelf of pairs and events, with tables as they are now."""
    op.execute("DELETE FROM meta WHERE key IN ('shelf', 'reduced')")
    op.drop_table("shelf_pairs")
    act = sa.Column("n", sa.Integer(), primary_key=True, nullable=False, autoincrement=False)
    op.create_table("shelf_pairs", act, sa.Column("met", sa.LargeBinary(), nullable=False))
    op.execute("DELETE FROM shelf_events")
    op.add_column("shelf_events", sa.Column("joins", sa.LargeBinary(), nullable=False, server_default=""))
