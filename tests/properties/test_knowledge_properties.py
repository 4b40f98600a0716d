"""Properties of the look-ups that hold for every actor, day and string."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import fold, load
from dragoman.knowledge_days import Spell

KNOWN = load()
KEYS = st.sampled_from(sorted(KNOWN._actors))
DAYS = st.one_of(st.none(), st.dates(dt.date(1940, 1, 1), dt.date(2040, 1, 1)))
NAMES = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text("AaeiyjskIVXıł'’- .øÉ", max_size=20)


@given(KEYS, DAYS)
def test_every_actor_is_somebody_on_every_day(key: str, on: dt.date | None) -> None:
    """``party`` never raises for an actor of the tables, and keeps its id, name and kind."""
    actor, party = KNOWN.actor(key), KNOWN.party(key, on)

    assert (actor.id, actor.name, actor.kind) == (party.id, party.name, party.kind)
    assert party.code
    assert party.sector


@given(KEYS, st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)))
def test_an_office_and_its_holder_agree(key: str, on: dt.date) -> None:
    """Whoever is a party with a title on a day is among the holders of that title on that day."""
    party = KNOWN.party(key, on)
    person = KNOWN.actor(key).kind == "person"

    assert not (person and party.title) or key in {a.id for a in KNOWN.holders(party.title, party.code, on)}


@given(KEYS, st.dates(dt.date(1940, 1, 1), dt.date(2040, 1, 1)), st.data())
def test_what_is_said_of_a_day_holds_through_its_spell(key: str, on: dt.date, data: st.DataObject) -> None:
    """From its first day to its last, and no holder of an office comes or goes within it."""
    tenures = KNOWN.actor(key).tenures
    office = data.draw(st.sampled_from([(one.title, one.of) for one in tenures] or [("president", "FRA")]))
    spell = Spell(on)
    party, holders = KNOWN.party(key, spell), KNOWN.holders(*office, spell)

    assert spell.since <= on <= spell.until
    for day in (on, spell.since, spell.until, data.draw(st.dates(spell.since, spell.until))):
        assert party == KNOWN.party(key, day)
        assert holders == KNOWN.holders(*office, day)


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    """``fold`` is idempotent."""
    assert fold(name) == fold(fold(name))


@given(NAMES)
def test_any_string_may_be_looked_up(form: str) -> None:
    """No string is an error, entries come weightiest first, and what has entries also starts."""
    weights = [entry.weight for entry in KNOWN.entries(form)]

    assert sorted(weights, reverse=True) == weights
    assert not weights or KNOWN.starts(form.split(" ", 1)[0])
    assert KNOWN.persons(form) is not None
    assert KNOWN.outlet(form) is None or KNOWN.outlet(form) == KNOWN.outlet(form)


@given(st.sampled_from(sorted(KNOWN._exact)), st.booleans())
def test_every_stored_form_is_found_with_any_apostrophe(form: str, curly: bool) -> None:
    """A form of the tables has a meaning whichever apostrophe the text uses, and ``starts`` lets its beginning pass."""
    written = form.replace("'", "’") if curly else form

    assert KNOWN.entries(written)
    assert KNOWN.starts(written.split(" ", 1)[0])
    assert len(written.replace("’s", " ’s").split()) <= KNOWN.longest
