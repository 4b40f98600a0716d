"""Mentions: the words of a text that point at actors, places and times.

``find`` is the stage's one entry; it knows the analysis and the knowledge tables, not who or when is meant.
"""

from dragoman.knowledge import Knowledge
from dragoman.mentions.actors import find_actors
from dragoman.mentions.hits import find_hits
from dragoman.mentions.places import find_places
from dragoman.mentions.times import find_times
from dragoman.types import Analysis, Mention


def find(analysis: Analysis, knowledge: Knowledge) -> tuple[Mention, ...]:
    """All mentions of a text: actors, then places, then times, each kind in the order of the text."""
    hits = find_hits(analysis, knowledge)
    return (*find_actors(analysis, knowledge, hits), *find_places(analysis, hits), *find_times(analysis))
