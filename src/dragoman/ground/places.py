"""Where is meant: each place mention to a place of the tables, with the reason. Knows names, not acts."""

from dragoman.knowledge import Knowledge
from dragoman.types import Cell, Mention, Place, Precision


def resolve_places(mentions: tuple[Mention, ...], knowledge: Knowledge) -> tuple[tuple[Mention, Cell[Place]], ...]:
    """Every place mention with its place; a state's name is the place that the state covers."""
    return tuple((mention, _resolve(mention, knowledge)) for mention in mentions)


def _resolve(mention: Mention, knowledge: Knowledge) -> Cell[Place]:
    kinds = {entry.key: entry.kind for entry in knowledge.entries(mention.words)}
    if kinds.get(mention.normal) == "place":
        return Cell(knowledge.place(mention.normal), mention.span, "a name of the gazetteer")
    actor = knowledge.actor(mention.normal)
    return Cell(Place(actor.name, actor.code, precision=Precision.COUNTRY), mention.span, "a state's name, as a place")
