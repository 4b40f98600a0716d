"""Place mentions: names of the gazetteer, and names of states and cities, wherever a place may be meant.

Knows table hits and offsets; whether "Moscow" is the city or the government is for grounding and coding to say.
"""

from dragoman.mentions.hits import Hit, surface
from dragoman.types import Analysis, Kind, Mention, Span

PLACES = ("PLACE", "FACILITY")  # what the reader calls places


def find_places(analysis: Analysis, hits: tuple[Hit, ...]) -> tuple[Mention, ...]:
    """Every hit that can be a place or a state, and every name that the reader takes for a place, in order.

    ``normal`` is the place's key or, failing it, the state's; "" for names that the tables do not have.
    """
    mentions = []
    for hit in hits:
        key = hit.key("place") or (hit.key("actor") if hit.is_a("state") else "")
        if not key:
            continue
        span = Span(analysis.text.id, analysis.tokens[hit.first].start, analysis.tokens[hit.last].end)
        mentions.append(Mention(span, Kind.PLACE, surface(analysis, hit.first, hit.last), normal=key))
    taken = [(hit.first, hit.last) for hit in hits if hit.is_a("place", "state", "demonym", "body", "person")]
    for entity in analysis.entities:
        if entity.layer != "name" or entity.label not in PLACES:
            continue
        if any(first <= entity.last and entity.first <= last for first, last in taken):
            continue
        span = Span(analysis.text.id, analysis.tokens[entity.first].start, analysis.tokens[entity.last].end)
        mentions.append(Mention(span, Kind.PLACE, surface(analysis, entity.first, entity.last)))
    return tuple(sorted(mentions, key=lambda one: one.span))
