"""Place mentions: names of the gazetteer, and names of states and cities, wherever a place may be meant.

Knows table hits and offsets; whether "Moscow" is the city or the government is for grounding and coding to say.
"""

from dragoman.mentions.hits import Hit, surface
from dragoman.types import Analysis, Kind, Mention, Span


def find_places(analysis: Analysis, hits: tuple[Hit, ...]) -> tuple[Mention, ...]:
    """Every hit that can be a place or a state, in order; ``normal`` is the place's key or, failing it, the state's."""
    mentions = []
    for hit in hits:
        key = hit.key("place") or (hit.key("actor") if hit.is_a("state") else "")
        if not key:
            continue
        span = Span(analysis.text.id, analysis.tokens[hit.first].start, analysis.tokens[hit.last].end)
        mentions.append(Mention(span, Kind.PLACE, surface(analysis, hit.first, hit.last), normal=key))
    return tuple(mentions)
