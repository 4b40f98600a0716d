"""The shelf: what computing events need not find again; and an index on the ends of doubtful pairs.

Written out and frozen: it does not follow later changes of :mod:`dragoman.storage.schema`. What is derived is computed
again when the record is next used, since the hash over it is now another (a sum, so that a part can change).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables of the shelf, empty."""
    op.execute("DELETE FROM meta WHERE key IN ('reduced', 'derived')")
    for end in ("left", "right"):
        op.create_index(f"ix_model_links_{end}", "model_links", [end])
    _texts()
    _acts()
    _stances()
    _events()
    op.create_table("shelf_todo", _key("what"), _key("id"), sqlite_with_rowid=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), primary_key=True)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=key, nullable=False, autoincrement=False)


def _texts() -> None:
    op.create_table(
        "shelf_texts",
        _key("text"),
        _whole("coding"),
        _whole("reports"),
        sa.Column("size", sa.Integer()),
        sa.Column("day", sa.Integer()),
        sa.Column("sketch", sa.LargeBinary()),
        sa.Column("leader", sa.String()),
    )
    op.create_index("ix_shelf_texts_leader", "shelf_texts", ["leader"])
    share = sa.Column("share", sa.Float(), nullable=False)
    op.create_table("shelf_shares", _key("copy"), _key("leader"), share, sqlite_with_rowid=False)
    op.create_table("shelf_words", _key("id"))


def _acts() -> None:
    op.create_table(
        "shelf_acts",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("claim", sa.String(), nullable=False),
        _word("text"),
        _whole("silent"),
        sa.Column("published", sa.String()),
        _whole("start"),
        sa.Column("event", sa.String()),
        sa.Column("about", sa.String()),
        sa.UniqueConstraint("claim", name="uq_shelf_acts_claim"),
        sqlite_autoincrement=True,
    )
    for column in ("text", "event", "about"):
        op.create_index(f"ix_shelf_acts_{column}", "shelf_acts", [column])
    block = (_key("block"), _whole("last", key=True), _whole("n", key=True))
    held = (_whole("first"), _whole("acting"), _whole("receiving"))
    op.create_table("shelf_blocks", *block, *held, sqlite_with_rowid=False)
    op.create_index("ix_shelf_blocks_n", "shelf_blocks", ["n"])
    pair = (_whole("one", key=True), _whole("other", key=True), _whole("points"))
    op.create_table("shelf_pairs", *pair, sqlite_with_rowid=False)
    op.create_index("ix_shelf_pairs_other", "shelf_pairs", ["other"])
    near = (_whole("silent", key=True), _whole("act", key=True), _whole("points"))
    op.create_table("shelf_silences", *near, sqlite_with_rowid=False)
    op.create_index("ix_shelf_silences_act", "shelf_silences", ["act"])


def _stances() -> None:
    op.create_table("shelf_stances", _key("claim"), _word("text"), _word("held"))
    for column in ("text", "held"):
        op.create_index(f"ix_shelf_stances_{column}", "shelf_stances", [column])
    op.create_table("shelf_positions", _key("position"), _word("held"))
    op.create_index("ix_shelf_positions_held", "shelf_positions", ["held"])


def _events() -> None:
    op.create_table(
        "shelf_events",
        _key("event"),
        sa.Column("day", sa.String()),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("lapses", sa.String()),
    )
    op.create_index("ix_shelf_events_lapses", "shelf_events", ["lapses"])
    tie = (_key("tie"), _key("one"), _key("other"), _key("event"))
    op.create_table("shelf_ties", *tie, sqlite_with_rowid=False)
    op.create_index("ix_shelf_ties_event", "shelf_ties", ["event"])
    form = sa.Column("form", sa.Text(), nullable=False)
    op.create_table("shelf_relations", _key("left"), _key("kind"), _key("right"), form)
    op.create_index("ix_shelf_relations_right", "shelf_relations", ["right"])
