"""How things are named: every id is a hash of what the thing is, so that the same thing has the same id on any machine.

One place for the rules; claims are named by the extractors that make them. Knows no file.
"""

import dataclasses
import hashlib
from collections.abc import Sequence

from dragoman import jsonform
from dragoman.types import Claim, Judgement, Link, Run


def sha256(content: str | bytes) -> str:
    """SHA-256 (hex) of bytes, or of a string in UTF-8. That of its content is a text's id."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content).hexdigest()


def report_id(text: str, document: str, outlet: str, published_at: str, url: str) -> str:
    """The id of a report (32 hex digits); ``text`` is the text's id."""
    return sha256("\x1f".join((text, document, outlet, published_at, url)))[:32]


def event_id(claim: str) -> str:
    """The id of the event whose earliest claim is the one with this id: "e" and 16 hex digits."""
    return "e" + sha256(claim)[:16]


def founder(event: str, claims: Sequence[str]) -> str:
    """The claim that an event with these claims is named for, its earliest; the first where it is none of them."""
    return next((claim for claim in claims if event_id(claim) == event), claims[0])


def own_claim_id(claim: Claim) -> str:
    """The id ("own" and 16 hex digits) of a person's own claim with this content, whatever its ``id`` is now."""
    return "own" + sha256(jsonform.dumps(dataclasses.replace(claim, id="")))[:16]


def link_id(link: Link) -> str:
    """The id (64 hex digits) of a link: the hash of its JSON form, so that the same word twice is one."""
    return sha256(jsonform.dumps(link))


def judgement_id(judgement: Judgement) -> str:
    """The id (32 hex digits) of a judgement with this content, whatever its ``id`` is now."""
    return sha256(jsonform.dumps(dataclasses.replace(judgement, id="")))[:32]


def run_id(run: Run) -> str:
    """The id (32 hex digits) of a run with this content, whatever its ``id`` is now."""
    return sha256(jsonform.dumps(dataclasses.replace(run, id="")))[:32]
