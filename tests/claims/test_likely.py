"""An act's day, country, and its participants' state and sector, the act's words being given."""

import datetime as dt

import pytest

from dragoman import knowledge
from dragoman.claims import likely_day, likely_party, likely_place, participant
from dragoman.claims.tree import Tree
from dragoman.types import Span
from readings import token, tree_of


def tree(content: str, published: str = "2023-08-10") -> Tree:
    """A text read and grounded."""
    return tree_of(content, published)


def span(of: Tree, words: str) -> Span:
    """Where words stand first."""
    at = of.analysis.text.content.index(words)
    return Span(of.analysis.text.id, at, at + len(words))


def told(of: Tree, words: str) -> participant.Told:
    """A participant's words as read."""
    return participant.read(of, span(of, words), knowledge.load())


def clause(of: Tree, words: str, act: str, status: str = "happened") -> likely_day.Clause:
    """An act's clause."""
    return likely_day.Clause(token(of, act), of.tokens_in(span(of, words)), status, title=False)


def code(of: Tree, words: str, act: str, role: str) -> tuple[str, str]:
    """The likeliest state and sector of a participant."""
    return likely_party.likely(of, told(of, words), span(of, words), at=token(of, act), role=role)


def test_a_demonym_in_the_plural_is_people() -> None:
    """“Dozens of Bolivians” are people of Bolivia."""
    read = tree("Police in Paris arrested dozens of Bolivians on Tuesday.")

    found = told(read, "dozens of Bolivians")
    assert found.form == "people"
    assert found.counted
    assert found.party is not None
    assert (found.party.code, found.party.sector) == ("BOL", "CVL")


def test_an_owner_is_not_the_officer_named_beside_it() -> None:
    """“Peru” of “Peru's President Dina Boluarte” is the state."""
    read = tree("Peru's President Dina Boluarte thanked Denmark.")

    state = told(read, "Peru").party
    assert state is not None
    assert (state.name, state.code, state.sector) == ("Peru", "PER", "GOV")
    named = told(read, "Peru's President Dina Boluarte").party
    assert named is not None
    assert named.name == "Dina Boluarte"


def test_what_is_only_in_a_phrase_does_not_own_it() -> None:
    """Companies that evade sanctions on a state are not that state's."""
    read = tree("Norway fined companies evading sanctions on Belarus.")

    found = told(read, "companies evading sanctions on Belarus")
    assert found.owner == ""
    assert found.party is None or found.party.code != "BLR"


def test_the_owner_of_an_office_alone_is_the_state() -> None:
    """Not the officer whose title it begins."""
    read = tree("Norwegian Foreign Minister Ana Quux left Oslo.")

    found = told(read, "Norwegian").party
    assert found is not None
    assert ("NOR", "NOR") == (found.id, found.code)


def test_police_without_a_state_are_of_the_place() -> None:
    """The state named beside them."""
    read = tree("Police detained three activists in Nairobi on Monday, Kenya's interior ministry said.")

    assert code(read, "Police", "detained", "actor") == ("KEN", "COP")


def test_news_without_a_time_is_of_the_day() -> None:
    """A main clause in the present or past."""
    read = tree("Chile recalled its ambassador from Peru.")

    found, _ = likely_day.likely_day(read, clause(read, "Chile recalled its ambassador from Peru", "recalled"))
    assert found.value is not None
    assert found.value.start == dt.date(2023, 8, 10)


def test_a_time_in_the_clause_dates_it() -> None:
    """And its words are shown."""
    read = tree("Chile recalled its ambassador from Peru on Tuesday.")

    found, _ = likely_day.likely_day(
        read, clause(read, "Chile recalled its ambassador from Peru on Tuesday", "recalled")
    )
    assert found.value is not None
    assert found.value.start == dt.date(2023, 8, 8)
    assert found.span is not None
    assert "Tuesday" in found.reason


def test_a_visit_is_in_the_state_that_is_visited() -> None:
    """Not in the visitor's."""
    read = tree("Chile's foreign minister visited Peru on Tuesday.")
    visitor, host = told(read, "Chile's foreign minister").party, told(read, "Peru").party
    assert visitor is not None
    assert host is not None

    words = read.tokens_in(span(read, "Chile's foreign minister visited Peru"))
    found = likely_place.likely_place(read, token(read, "visited"), words, actors=[visitor], recipients=[host])
    assert found.value is not None
    assert found.value.country == "PER"


def test_without_any_state_there_is_no_place() -> None:
    """And a reason."""
    read = tree("Somebody met somebody.")

    found = likely_place.likely_place(read, 1, range(0, 3), actors=[], recipients=[])
    assert found.value is None
    assert found.reason


def test_words_without_a_word_name_nobody() -> None:
    """Punctuation alone."""
    read = tree("Chile, Peru and others met.")

    assert participant.read(read, Span(read.analysis.text.id, 5, 6), knowledge.load()).party is None


@pytest.mark.parametrize("published", ["", "2023-08-10"])
def test_an_undated_report_has_no_day_of_its_own(published: str) -> None:
    """Then an act told as news has none either."""
    read = tree("Chile recalled its ambassador from Peru.", published)

    found = likely_day.candidates(read, clause(read, "Chile recalled its ambassador from Peru", "recalled"))
    assert any(one.value and one.mention is None for one in found) == bool(published)
