"""The first format: texts, reports, claims, people's word, the ledger of work, and what is derived.

Written out and frozen: it does not follow later changes of :mod:`dragoman.storage.schema`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPEND_ONLY = ("claims", "judgements", "links", "raws", "reports", "runs", "texts")


def upgrade() -> None:
    """Make the tables of an empty file."""
    op.create_table("meta", _key("key"), _word("value"))
    _read()
    _coded()
    _decided()
    _derived()
    for table in _APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are kept as they are: no {change}'); END"
            )


def _key(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(), primary_key=True)


def _word(name: str, *refers: sa.ForeignKey) -> sa.Column[str]:
    return sa.Column(name, sa.String(), *refers, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _read() -> None:
    op.create_table("texts", _key(), _text("content"))
    op.create_table("raws", _key("sha256"), sa.Column("bytes", sa.LargeBinary(), nullable=False), _word("media_type"))
    op.create_table(
        "reports",
        _key(),
        _word("text", sa.ForeignKey("texts.id")),
        _word("document"),
        _word("outlet"),
        sa.Column("published", sa.String()),
        _word("published_at"),
        _word("retrieved"),
        _text("title"),
        _word("url"),
        _word("dateline"),
        _word("agency"),
        _word("language"),
        _word("path"),
        sa.Column("body_at", sa.Integer(), nullable=False),
        _word("raw", sa.ForeignKey("raws.sha256")),
        _word("extractor"),
        _text("warnings"),
        _word("sha256"),
    )
    op.create_index("ix_reports_text", "reports", ["text", "published", "id"])
    op.create_table("failures", _key(), _word("source"), _text("form"))
    op.create_index("ix_failures_source", "failures", ["source"])


def _coded() -> None:
    op.create_table("runs", _key(), _text("form"))
    op.create_table(
        "codings",
        sa.Column("seq", sa.Integer(), primary_key=True),
        _word("text", sa.ForeignKey("texts.id")),
        _word("run", sa.ForeignKey("runs.id")),
        _word("lead", sa.ForeignKey("reports.id")),
        _word("anchor"),
        _word("state"),
        sa.Column("dating", sa.Text()),
        _text("failures"),
        sa.Column("n_claims", sa.Integer(), nullable=False),
        _word("sha256"),
        sa.UniqueConstraint("text", "run", "lead", name="uq_codings_text"),
        sa.CheckConstraint("state IN ('done', 'quarantined')", name="ck_codings_state"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "currents",
        sa.Column("text", sa.String(), sa.ForeignKey("texts.id"), primary_key=True),
        sa.Column("coding", sa.Integer(), sa.ForeignKey("codings.seq"), nullable=False),
    )
    op.create_index("ix_currents_coding", "currents", ["coding"])
    op.create_table(
        "claims",
        sa.Column("coding", sa.Integer(), sa.ForeignKey("codings.seq"), primary_key=True),
        _key(),
        _word("text", sa.ForeignKey("texts.id")),
        _text("form"),
    )
    op.create_index("ix_claims_id", "claims", ["id"])


def _decided() -> None:
    op.create_table(
        "links", _key(), _word("left"), _word("right"), _word("verdict"), _word("by"), _word("at"), _text("form")
    )
    op.create_index("ix_links_left", "links", ["left"])
    op.create_index("ix_links_right", "links", ["right"])
    op.create_table("judgements", _key(), _word("claim"), _word("decision"), _word("by"), _word("at"), _text("form"))
    op.create_index("ix_judgements_claim", "judgements", ["claim"])
    op.create_table("redirects", _key("old"), _word("new"))
    op.create_index("ix_redirects_new", "redirects", ["new"])


def _derived() -> None:
    days = [("first", sa.String()), ("last", sa.String())]
    op.create_table(
        "events",
        _key(),
        _word("type"),
        _word("status"),
        *(sa.Column(name, kind) for name, kind in days),
        _word("country"),
        _word("course"),
        _text("form"),
    )
    op.create_index("ix_events_type", "events", ["type"])
    op.create_index("ix_events_first", "events", ["first"])
    op.create_table(
        "positions",
        _key(),
        _word("party"),
        _word("issue"),
        _word("stance"),
        *(sa.Column(name, kind) for name, kind in days),
        _text("form"),
    )
    op.create_index("ix_positions_party", "positions", ["party"])
    op.create_table("processes", _key(), _word("name"), _text("form"))
    op.create_table(
        "model_links",
        _key(),
        _word("left"),
        _word("right"),
        _word("verdict"),
        sa.Column("score", sa.Float(), nullable=False),
        _text("form"),
    )
    op.create_table("datings", _key("text"), _text("form"))
