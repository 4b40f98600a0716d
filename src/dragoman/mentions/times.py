"""Time expressions of a text -> mentions with normal forms (see :mod:`dragoman.timex`).

Three steps per sentence: the patterns find single expressions (:mod:`dragoman.mentions.times_states` those that hang
on a state: "Independence Day", "fiscal 2012"), :mod:`dragoman.mentions.times_join` puts neighbours together ("from 16
to 17 May", "early next week", "since February"), and :mod:`dragoman.tense` says which way a bare weekday or month
points. Works on the characters of a sentence, so that any tokenizer serves. Must not know the day of publication: days
are worked out by grounding.
"""

from dragoman import tense, timex
from dragoman.mentions.times_join import join
from dragoman.mentions.times_patterns import Found, scan
from dragoman.types import Analysis, Kind, Mention, Span

# A deadline lies ahead, whatever the tense of the demand ("they were told to leave by Friday")
_DEADLINES = ("BY WD:", "UNTIL WD:", "BY WE:", "UNTIL WE:")
# Verbs whose present tells of a plan ("opens on Friday"); "in three days" with the others is how long it takes
_PLANS = ("begin", "meet")
_STARTS = ("begin",)


def find_times(analysis: Analysis) -> tuple[Mention, ...]:
    """All time expressions, in order, none overlapping; ``normal`` is set on each.

    Where the sentence's verb tells past from future, bare weekdays and months point that way ("<", ">"), else they
    keep "?". Lengths, ages and repetitions are found too ("DUR:P3D", "SET:P1W"): they are not dates, others need them.
    """
    content = analysis.text.content
    mentions: list[Mention] = []
    for first, end in analysis.sentences:
        if first == end:
            continue
        start, stop = analysis.tokens[first].start, analysis.tokens[end - 1].end
        sentence = content[start:stop]
        for found in join(scan(sentence), sentence):
            span = Span(analysis.text.id, start + found.start, start + found.end)
            words = content[span.start : span.end]
            mentions.append(Mention(span, Kind.TIME, words, normal=settle(found, sentence)))
    return tuple(mentions)


def settle(found: Found, sentence: str) -> str:
    """The normal form of an expression with the direction that its sentence's tense gives."""
    if not found.otherwise and not timex.undirected(found.normal):
        return found.normal
    if not found.otherwise and found.normal.startswith(_DEADLINES):
        return timex.directed(found.normal, ">")
    plans = _STARTS if found.otherwise.startswith("DUR:") else _PLANS
    direction = tense.direction(sentence, found.start, found.end, plans)
    normal = found.otherwise if found.otherwise and direction != ">" else found.normal
    return timex.directed(normal, direction)
