"""How things are named: every id is a hash of what the thing is, so that the same thing has the same id on any machine.

One place for the rules; claims are named by the extractors that make them. Knows no file.
"""

import dataclasses
import hashlib

from dragoman import jsonform
from dragoman.types import Judgement, Run


def sha256(content: str | bytes) -> str:
    """SHA-256 (hex) of bytes, or of a string in UTF-8. That of its content is a text's id."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content).hexdigest()


def report_id(text: str, document: str, outlet: str, published_at: str, url: str) -> str:
    """The id of a report (32 hex digits); ``text`` is the text's id."""
    return sha256("\x1f".join((text, document, outlet, published_at, url)))[:32]


def event_id(claim: str) -> str:
    """The id of the event whose earliest claim is the one with this id: "e" and 16 hex digits."""
    return "e" + sha256(claim)[:16]


def judgement_id(judgement: Judgement) -> str:
    """The id (32 hex digits) of a judgement with this content, whatever its ``id`` is now."""
    return sha256(jsonform.dumps(dataclasses.replace(judgement, id="")))[:32]


def run_id(run: Run) -> str:
    """The id (32 hex digits) of a run with this content, whatever its ``id`` is now."""
    return sha256(jsonform.dumps(dataclasses.replace(run, id="")))[:32]
