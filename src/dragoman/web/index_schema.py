"""The tables of the workbench's index: what is listed, filtered, counted and searched by. No values, no queries.

Everything in it is a copy and may be thrown away; :mod:`dragoman.web.index` fills it from the record.
"""

# Raised whenever a table or what is put into one changes, so that an older index is thrown away and made anew.
VERSION = 4

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, mark TEXT, text TEXT, document TEXT, outlet TEXT, published TEXT,
    title TEXT, language TEXT, agency TEXT);
CREATE INDEX documents_text ON documents (text);
CREATE VIRTUAL TABLE document_words USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE claims (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, mark TEXT, text TEXT, kind TEXT, type TEXT, status TEXT, says TEXT,
    about TEXT, confidence REAL, start INTEGER, stop INTEGER, first TEXT, last TEXT, summary TEXT, voice TEXT,
    quote TEXT, place REAL);
CREATE INDEX claims_place ON claims (place, id);
CREATE INDEX claims_text ON claims (text, start);
CREATE VIRTUAL TABLE claim_words USING fts5 (quote, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE claim_facets (claim INTEGER, kind TEXT, value TEXT, PRIMARY KEY (kind, value, claim)) WITHOUT ROWID;
CREATE INDEX claim_facets_claim ON claim_facets (claim);
CREATE TABLE events (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, mark TEXT, type TEXT, status TEXT, course TEXT, first TEXT, last TEXT,
    day TEXT, reports INTEGER, claims INTEGER, outlets INTEGER, disputes INTEGER, doubt REAL, weight REAL,
    lane TEXT, place TEXT, country TEXT, lat REAL, lon REAL, precision TEXT, cells TEXT);
CREATE INDEX events_day ON events (day, id);
CREATE VIRTUAL TABLE event_words USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE facets (event INTEGER, kind TEXT, value TEXT, PRIMARY KEY (kind, value, event)) WITHOUT ROWID;
CREATE INDEX facets_event ON facets (event);
CREATE TABLE facet_events (kind TEXT, value TEXT, events BLOB, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE event_claims (event TEXT, claim TEXT, how TEXT, PRIMARY KEY (claim, event, how)) WITHOUT ROWID;
CREATE INDEX event_claims_event ON event_claims (event);
CREATE TABLE takes_part (
    event INTEGER, key TEXT, name TEXT, code TEXT, kind TEXT, sector TEXT, title TEXT, role TEXT);
CREATE INDEX takes_part_event ON takes_part (event);
CREATE INDEX takes_part_key ON takes_part (key);
CREATE TABLE positions (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, mark TEXT, key TEXT, name TEXT, code TEXT, kind TEXT, sector TEXT,
    title TEXT, issue TEXT, stance TEXT, object TEXT, condition TEXT, first TEXT, last TEXT, period TEXT,
    claims INTEGER);
CREATE INDEX positions_key ON positions (key);
CREATE TABLE processes (id TEXT PRIMARY KEY, name TEXT, title TEXT, parties TEXT, events INTEGER);
CREATE TABLE pairs (left TEXT, right TEXT, score REAL, spoken INTEGER, PRIMARY KEY (left, right)) WITHOUT ROWID;
CREATE INDEX pairs_right ON pairs (right);
CREATE TABLE decided (claim TEXT PRIMARY KEY, decision TEXT, by TEXT);
"""
