"""What of an act is compared, kept with it on the shelf; and the days on which events may be tied to others.

Written out and frozen. The shelf is emptied, so that events are computed again when the record is next used.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Empty the shelf's acts and ties, and add their columns."""
    op.execute("DELETE FROM meta WHERE key IN ('shelf', 'reduced')")
    op.execute("DELETE FROM shelf_acts")
    op.add_column("shelf_acts", sa.Column("traits", sa.Text(), nullable=False, server_default=""))
    op.execute("DELETE FROM shelf_ties")
    for name in ("first", "last"):
        op.add_column("shelf_ties", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
