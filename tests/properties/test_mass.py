"""Many pairs scored at once have the points that features give one by one; what is kept of an act is all of it."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reconcile import block, features, tables, tours
from dragoman.reconcile.mass import NEVER, Lot
from dragoman.reconcile.traits import Stated, Traits, read, traits, written
from dragoman.types import ActorKind, Basis, Party, Place, Precision, Status

_TABLES = tables.load()
_MODES = {"CONSULT": ("visit", "meet", "call"), "ACCUSE": ("criticize", "allege"), "ASSAULT": ("strike", "kill")}
_TITLES = sorted(_TABLES.leaders)[:1]
_PARTIES = [
    *(Party(code, code.title(), ActorKind.STATE, code) for code in ("FRA", "POL", "TUR")),
    Party("Q1", "Ana Ruiz", ActorKind.PERSON, "FRA", title=_TITLES[0]),
    Party("", "Ruiz", ActorKind.PERSON, "FRA"),
    Party("Q2", "Jan Nowak", ActorKind.PERSON, "POL"),
    Party("", "protesters", ActorKind.GROUP, "TUR"),
    Party("", "the protesters in town", ActorKind.GROUP, "UNK"),
    Party("", "Red Cross", ActorKind.BODY, "NGO"),
    Party("", "", ActorKind.GROUP, ""),
]
_PLACES = [
    None,
    Place("Paris", "FRA", geonameid=2988507, precision=Precision.CITY),
    Place("Lyon", "FRA", "11", 45.7, 4.8, 2996944, Precision.CITY),
    Place("France", "FRA"),
    Place("Poland", "POL"),
]
_DAYS = st.integers(0, 150).map(lambda number: dt.date(2023, 1, 1) + dt.timedelta(number))
_WORDS = ("border", "summit", "grain", "envoy", "talks", "treaty", "missil", "convoy")


def _sides(most: int) -> st.SearchStrategy[tuple[Party, ...]]:
    return st.lists(st.sampled_from(_PARTIES), max_size=most, unique=True).map(tuple)


@st.composite
def stated(draw: st.DrawFn, type_: str) -> Stated:
    """Any act of a type."""
    days = draw(st.none() | st.tuples(_DAYS, st.sampled_from((0, 0, 1, 7, 20))))
    words = draw(st.lists(st.sampled_from(_WORDS), unique=True).map(sorted))
    return Stated(
        type=type_,
        modes=tuple(sorted(draw(st.sets(st.sampled_from(_MODES[type_]), max_size=2)))),
        status=draw(st.sampled_from(list(Status))),
        actors=draw(_sides(3)),
        recipients=draw(_sides(2)),
        visitors=draw(_sides(2)),
        hosts=draw(_sides(3)),
        days=(days[0], days[0] + dt.timedelta(days[1])) if days else None,
        basis=draw(st.sampled_from(list(Basis))),
        published=draw(st.none() | _DAYS),
        place=draw(st.sampled_from(_PLACES)),
        words=" ".join(words),
        stems=tuple(words[: draw(st.integers(0, len(words)))]),
        aspect=draw(st.sampled_from(("", "visit", "meeting", "call"))) if type_ == "CONSULT" else "",
    )


def _one_by_one(a: Traits, b: Traits) -> int:
    levels = {name: look(a, b) for name, look in features.FEATURES.items() if name not in {"same_text", "tour"}}  # type: ignore[arg-type]
    levels["tour"] = "stop" if tours.stop(a, b) else ""
    found = [_TABLES.weights.get(name, {}).get(level) for name, level in levels.items() if level]
    points = _TABLES.settings["base"] + sum(weight.points for weight in found if weight)
    return points if block.fitting(a, b) and points > _TABLES.settings["least"] else NEVER


@settings(max_examples=60)
@given(st.data())
def test_all_at_once_is_one_by_one(data: st.DataObject) -> None:
    """Every pair of acts of one type, the first ones asked again when more have come."""
    type_ = data.draw(st.sampled_from(sorted(_MODES)))
    acts = [traits(act, _TABLES) for act in data.draw(st.lists(stated(type_), min_size=2, max_size=12))]
    lot, count = Lot(_TABLES), 0
    for few in (acts[: len(acts) // 2], acts[len(acts) // 2 :]):
        for act in few:
            lot.add(act)
        count += len(few)
        ones, others = np.triu_indices(count, 1)

        assert [_one_by_one(acts[a], acts[b]) for a, b in zip(ones, others, strict=True)] == lot.worth(
            np.array(others, np.int64), np.array(ones, np.int64)
        ).tolist()


@given(st.sampled_from(sorted(_MODES)).flatmap(stated))
def test_what_is_written_is_read(act: Stated) -> None:
    """The line that the shelf keeps of an act gives the act back."""
    assert act == read(written(act))
