"""Changed texts: their acts are put into blocks and compared with what lies there; their stances are filed.

Notes for the next steps: claims whose events must be found again, silences, stances, pairs in doubt.
"""

import json
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from dragoman.reconcile import block, copies, positions, statements, traits
from dragoman.reconcile.merging import Whole
from dragoman.reconcile.views import View
from dragoman.stepwise import beside, copying
from dragoman.stepwise.beside import Pair
from dragoman.stepwise.hand import Hand, Rules
from dragoman.storage import schema, shelf, shelf_acts, shelf_events, shelf_pairs
from dragoman.storage.shelf_acts import Row


def pair(hand: Hand, texts: Sequence[str]) -> None:
    """Take changed texts in: all that the shelf has of their claims is replaced."""
    connection, rules = hand.connection, hand.rules
    threshold = rules.setting("threshold")
    partners, doubtful = shelf_pairs.partners(connection, shelf_acts.numbers_in(connection, texts), threshold)
    left = shelf_acts.take_out(connection, texts)
    printed = shelf.copies_of(connection, texts)
    hand.fetch(texts)
    claims = [claim for text in texts for claim in hand.claims[text]]
    made = [hand.views[claim.id] for claim in claims if claim.id in hand.views]
    near, heard = _compared(hand, made)
    shelf_pairs.keep(connection, near)
    shelf_acts.keep_silences(connection, heard)
    _file_stances(hand, texts)
    stale = shelf_events.doubtful_links(connection, left.claims.union(view.claim.id for view in made))
    shelf_events.write(connection, schema.model_links, (), stale.values())
    sketched = {text: _sketched(hand, text) if hand.claims[text] else None for text in texts}
    otherwise = [text for text, sketch in sketched.items() if shelf.known_text(connection, text, sketch)]
    silent = {view.claim.id for view in made if statements.is_statement(view.claim)}
    doubted = set(near[near[:, 2] < threshold, :2].ravel().tolist())
    claims_of = shelf_acts.claims_of(connection, doubted.union(n for n, _, _ in heard))
    silent |= {claims_of[n][0] for n, _, _ in heard}
    touched = {view.claim.id for view in made} - silent
    both = {claims_of[n][0] for n in doubted}
    # What people linked to a claim that went may now be joined or held apart otherwise
    spoken = {end for pair in hand.links if not left.claims.isdisjoint(pair) for end in pair}
    shelf.note(connection, "claim", touched | partners | spoken)
    shelf.note(connection, "silence", silent | left.silent)
    shelf.note(connection, "event", left.events)
    shelf.note(connection, "doubt", left.claims | doubtful | both)
    shelf.note(connection, "text of copies", {copy for some in printed.values() for copy in some} | set(texts))
    shelf.note(connection, "text of copies", [copying.ALL] if otherwise else [])
    shelf.done(connection, "text", texts)


def _compared(hand: Hand, made: Sequence[View]) -> tuple[Whole, list[Pair]]:
    """The pairs of these acts worth keeping (three columns), and those of silences, the silent act first."""
    if not made:
        return np.zeros((0, 3), np.int64), []
    connection = hand.connection
    first = shelf_acts.put(connection, [_row(view, hand.rules) for view in made])
    met = beside.met(shelf_acts.meeting(connection, first))
    hand.beside.fetch(connection, set(range(first, first + len(made))).union(met[1].tolist()))
    return hand.beside.pairs(met, dict(enumerate(made, first)))


def _row(view: View, rules: Rules) -> Row:
    first, last = block.window(view, dict(rules.table.settings))
    occasion = view.kind.manner == "occasion"
    return Row(
        claim=view.claim.id,
        text=view.claim.text,
        silent=statements.is_statement(view.claim),
        published=view.published.isoformat() if view.published else None,
        start=view.claim.evidence.start,
        traits=traits.written(view.stated),
        blocks=tuple(sorted(_written(key) for key in block.keys(view))),
        first=first,
        last=last,
        acting=0 if occasion else _bits(view.actor_codes),
        receiving=0 if occasion else _bits(view.recipient_codes),
    )


def _written(key: block.Key) -> str:
    return "\x1f".join(key)


def _bits(codes: Iterable[str]) -> int:
    """A bit for each code, of 62 that many share: two sets without a bit in common have no code in common."""
    bits = 0
    for code in codes:
        bits |= 1 << (zlib.crc32(code.encode()) % 62)
    return bits


def _file_stances(hand: Hand, texts: Sequence[str]) -> None:
    filed = []
    for text in texts:
        for claim in hand.claims[text]:
            key = positions.held_by(claim, hand.rules.table, hand.rules.knowledge)
            if key:
                filed.append((claim.id, text, json.dumps(key)))
    shelf.note(hand.connection, "held", shelf_events.put_stances(hand.connection, texts, filed))


def _sketched(hand: Hand, text: str) -> shelf.Sketched:
    printed = copies.as_printed(hand.texts[text], hand.reports.get(text, ()))
    found = copies.sketch(printed, copies.runs(printed))
    return found.size, found.day, np.array(found.runs, "<u8").tobytes()
