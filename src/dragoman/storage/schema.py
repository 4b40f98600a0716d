"""The tables of a record file, as they are at the newest format.

What sources said and what people decided (texts, raws, reports, runs, claims, links, judgements) is append-only:
triggers made by the migrations refuse any change to it. ``codings`` is the ledger of the work done, ``currents`` points
at the coding of each text that counts. Everything below "derived" is a function of the rest and may be replaced at any
time. Values live as their JSON form (:mod:`dragoman.jsonform`) in ``form``; other columns repeat what is searched by.
Knows no file and no value type; how a file gets here from an older format is in :mod:`dragoman.storage.migrations`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# The number of the newest migration: what a file must be at to be read by this program.
FORMAT = "0004"

# Refused by triggers: UPDATE and DELETE on these.
APPEND_ONLY = ("claims", "judgements", "links", "raws", "reports", "runs", "texts")

tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# ``record``: a random name given when the file is made; ``generation``: counts changes of what events are computed
# from; ``reduced``: the generation the derived tables were computed at; ``derived``: a hash of what they hold;
# ``shelf``: what the shelf was made with; ``today``: the newest day of its acts.
meta = Table("meta", tables, Column("key", String, primary_key=True), Column("value", String, nullable=False))

# What was read ------------------------------------------------------------------------------------------------------

texts = Table("texts", tables, Column("id", String, primary_key=True), Column("content", Text, nullable=False))

raws = Table(
    "raws",
    tables,
    Column("sha256", String, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),  # zlib; the hash is of the bytes before
    Column("media_type", String, nullable=False),
)

reports = Table(
    "reports",
    tables,
    Column("id", String, primary_key=True),
    Column("text", ForeignKey("texts.id"), nullable=False),
    Column("document", String, nullable=False),
    Column("outlet", String, nullable=False),
    Column("published", String),  # ISO 8601 day, or null where the source gives none
    Column("published_at", String, nullable=False),
    Column("retrieved", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", String, nullable=False),
    Column("dateline", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("language", String, nullable=False),
    Column("path", String, nullable=False),
    Column("body_at", Integer, nullable=False),
    Column("raw", ForeignKey("raws.sha256"), nullable=False),
    Column("extractor", String, nullable=False),
    Column("warnings", Text, nullable=False),  # JSON list of strings
    Column("sha256", String, nullable=False),  # of the row, so that a flipped bit is found
    Index(None, "text", "published", "id"),
)

failures = Table(
    "failures",
    tables,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("form", Text, nullable=False),
)

# What was coded -----------------------------------------------------------------------------------------------------

runs = Table("runs", tables, Column("id", String, primary_key=True), Column("form", Text, nullable=False))

codings = Table(
    "codings",
    tables,
    Column("seq", Integer, primary_key=True),
    Column("text", ForeignKey("texts.id"), nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("lead", ForeignKey("reports.id"), nullable=False),  # the report the text was read as part of
    Column("anchor", String, nullable=False),  # its day of publication, "" where unknown
    Column("state", String, nullable=False),
    Column("dating", Text),  # as read from this text alone
    Column("failures", Text, nullable=False),  # JSON list of the JSON forms
    Column("n_claims", Integer, nullable=False),
    Column("sha256", String, nullable=False),  # of the claims' forms, in the order of their ids, and the dating
    UniqueConstraint("text", "run", "lead"),
    CheckConstraint("state IN ('done', 'quarantined')", name="state"),
    sqlite_autoincrement=True,
)

currents = Table(
    "currents",
    tables,
    Column("text", ForeignKey("texts.id"), primary_key=True),
    Column("coding", ForeignKey("codings.seq"), nullable=False, index=True),
)

claims = Table(
    "claims",
    tables,
    Column("coding", ForeignKey("codings.seq"), primary_key=True),
    Column("id", String, primary_key=True, index=True),
    Column("text", ForeignKey("texts.id"), nullable=False),
    Column("form", Text, nullable=False),
)

# What people decided ------------------------------------------------------------------------------------------------

links = Table(
    "links",
    tables,
    Column("id", String, primary_key=True),
    Column("left", String, nullable=False, index=True),
    Column("right", String, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("form", Text, nullable=False),
)

judgements = Table(
    "judgements",
    tables,
    Column("id", String, primary_key=True),
    Column("claim", String, nullable=False, index=True),
    Column("decision", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("form", Text, nullable=False),
)

redirects = Table(
    "redirects", tables, Column("old", String, primary_key=True), Column("new", String, nullable=False, index=True)
)

# Derived ------------------------------------------------------------------------------------------------------------

events = Table(
    "events",
    tables,
    Column("id", String, primary_key=True),
    Column("type", String, nullable=False, index=True),
    Column("status", String, nullable=False),
    Column("first", String, index=True),  # earliest first day, ISO 8601
    Column("last", String),  # latest last day
    Column("country", String, nullable=False),
    Column("course", String, nullable=False),
    Column("form", Text, nullable=False),
)

positions = Table(
    "positions",
    tables,
    Column("id", String, primary_key=True),
    Column("party", String, nullable=False, index=True),
    Column("issue", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("first", String),
    Column("last", String),
    Column("form", Text, nullable=False),
)

processes = Table(
    "processes",
    tables,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("form", Text, nullable=False),
)

model_links = Table(
    "model_links",
    tables,
    Column("id", String, primary_key=True),
    Column("left", String, nullable=False, index=True),
    Column("right", String, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("form", Text, nullable=False),
)

datings = Table("datings", tables, Column("text", String, primary_key=True), Column("form", Text, nullable=False))

# The shelf ----------------------------------------------------------------------------------------------------------
# What computing events found on the way and need not find again: which blocks an act lies in, what pairs score, what
# is still to be looked at. A cache: may be emptied at any time, and is of no use to anybody else.

_N = "n"  # acts are numbered, so that pairs are short


def _whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=False, autoincrement=False)


shelf_texts = Table(
    "shelf_texts",
    tables,
    Column("text", String, primary_key=True),
    _whole("coding"),  # what it was when its claims were put here; 0: it has none
    _whole("reports"),  # how many it had
    Column("size", Integer),  # of what it is compared by with other texts: see dragoman.reconcile.copies
    Column("day", Integer),
    Column("sketch", LargeBinary),
    Column("leader", String, index=True),
)

shelf_shares = Table(
    "shelf_shares",
    tables,
    Column("copy", String, primary_key=True),
    Column("leader", String, primary_key=True),
    Column("share", Float, nullable=False),
    sqlite_with_rowid=False,
)

shelf_words = Table("shelf_words", tables, Column("id", String, primary_key=True))  # of people, that were taken in

shelf_acts = Table(
    "shelf_acts",
    tables,
    Column(_N, Integer, primary_key=True),
    Column("claim", String, nullable=False, unique=True),
    Column("text", String, nullable=False, index=True),
    _whole("silent"),  # 1: it says that an act is passed over
    Column("published", String),  # with text and start what orders the claims of an event
    _whole("start"),
    Column("traits", Text, nullable=False),  # what of it is compared: see dragoman.reconcile.traits
    Column("event", String, index=True),
    Column("about", String, index=True),  # of a silent one: the claim of the event it concerns
    sqlite_autoincrement=True,
)

shelf_blocks = Table(
    "shelf_blocks",
    tables,
    Column("block", String, primary_key=True),
    _whole("last", key=True),
    _whole(_N, key=True),
    _whole("first"),
    _whole("acting"),  # bits of the codes on either side, 0: any; two acts without a bit in common are two
    _whole("receiving"),
    Index(None, _N),
    sqlite_with_rowid=False,
)

shelf_pairs = Table(
    "shelf_pairs",
    tables,
    _whole(_N, key=True),
    Column("met", LargeBinary, nullable=False),  # acts of lower numbers, and points: see dragoman.storage.shelf_pairs
)

shelf_silences = Table(  # what silent acts may concern in other texts
    "shelf_silences",
    tables,
    _whole("silent", key=True),
    _whole("act", key=True),
    _whole("points"),
    Index(None, "act"),
    sqlite_with_rowid=False,
)

shelf_stances = Table(
    "shelf_stances",
    tables,
    Column("claim", String, primary_key=True),
    Column("text", String, nullable=False, index=True),
    Column("held", String, nullable=False, index=True),  # party, issue and stance
)

shelf_positions = Table(
    "shelf_positions",
    tables,
    Column("position", String, primary_key=True),
    Column("held", String, nullable=False, index=True),
)

shelf_events = Table(
    "shelf_events",
    tables,
    Column("event", String, primary_key=True),
    Column("day", String),
    Column("parties", Text, nullable=False),  # JSON list of what tells them apart
    Column("lapses", String, index=True),  # the last day on which a plan of it has not lapsed
    Column("joins", LargeBinary, nullable=False, server_default=""),  # how its acts became one: dragoman.stepwise.joins
)

shelf_ties = Table(  # by whom events may be part of, or answer, each other
    "shelf_ties",
    tables,
    Column("tie", String, primary_key=True),
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("event", String, primary_key=True, index=True),
    _whole("first"),  # day on which the event may be tied to others, and the last
    _whole("last"),
    sqlite_with_rowid=False,
)

shelf_relations = Table(
    "shelf_relations",
    tables,
    Column("left", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("right", String, primary_key=True, index=True),
    Column("form", Text, nullable=False),
)

shelf_todo = Table(  # what changed and is still to be computed with
    "shelf_todo",
    tables,
    Column("what", String, primary_key=True),
    Column("id", String, primary_key=True),
    sqlite_with_rowid=False,
)
