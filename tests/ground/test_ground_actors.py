"""Who is meant: names and offices as of the report's day, metonyms, pronouns, unknown persons, and reasons."""

import pytest

from readings import parties, tree_of


@pytest.mark.parametrize(
    ("text", "published", "words", "party"),
    [
        ("Barack Obama left.", "2016-03-21", "Barack Obama", ("USA", "GOV", "Barack Obama")),
        ("Barack Obama left.", "2019-03-21", "Barack Obama", ("USA", "ELI", "Barack Obama")),
        ("The British prime minister left.", "2018-04-27", "The British prime minister", ("GBR", "GOV", "Theresa May")),
        ("The British prime minister left.", "2023-04-27", "The British prime minister", ("GBR", "GOV", "Rishi Sunak")),
        ("The Abkhazian government agreed.", "2019-04-27", "The Abkhazian government", ("GEO", "REB", "Abkhazia")),
        ("The White House agreed.", "2018-04-27", "The White House", ("USA", "GOV", "White House")),
        ("Beijing agreed.", "2018-04-27", "Beijing", ("CHN", "GOV", "China")),
        ("The Chadian army attacked.", "2018-04-27", "The Chadian army", ("TCD", "MIL", "Chadian army")),
        ("The king of Sweden left.", "2018-04-27", "The king of Sweden", ("SWE", "GOV", "King Carl XVI Gustaf")),
        ("Canadian authorities left.", "2018-04-27", "Canadian authorities", ("CAN", "GOV", "Canada")),
        ("Canadian officials left.", "2018-04-27", "Canadian officials", ("CAN", "GOV", "Canada")),
        (
            "Health officials of Peru left.",
            "2018-04-27",
            "Health officials of Peru",
            ("PER", "GOV", "Health officials of Peru"),
        ),
        ("G7 leaders left.", "2018-04-27", "G7 leaders", ("IGO", "GOV", "G7")),
        ("Peruvian leaders left.", "2018-04-27", "Peruvian leaders", ("PER", "GOV", "Peruvian leaders")),
        ("British soldiers left.", "2018-04-27", "British soldiers", ("GBR", "MIL", "British Armed Forces")),
        ("A Canadian official left.", "2018-04-27", "A Canadian official", ("CAN", "GOV", "Canadian official")),
        ("At least 30 Peruvian miners left.", "2018-04-27", "Peruvian miners", ("PER", "LAB", "Peruvian miners")),
        ("NATO-led peacekeepers left.", "2018-04-27", "NATO-led peacekeepers", ("IGO", "MIL", "NATO-led peacekeepers")),
        ("NATO troops left Kosovo.", "2018-04-27", "NATO troops", ("IGO", "MIL", "KFOR")),
        ("The NATO troops left Kosovo.", "2018-04-27", "The NATO troops", ("IGO", "MIL", "KFOR")),
        ("Kosovo thanked the Swiss army.", "2018-04-27", "the Swiss army", ("CHE", "MIL", "Swiss army")),
        ("NATO troops left Poland.", "2018-04-27", "NATO troops", ("IGO", "MIL", "NATO troops")),
        ("Kosovo thanked the peacekeepers.", "2018-04-27", "the peacekeepers", ("IGO", "MIL", "KFOR")),
        ("Kosovo thanked the soldiers.", "2018-04-27", "the soldiers", ("KOS", "MIL", "soldiers")),
        ("Mali thanked U.N. peacekeepers.", "2018-04-27", "U.N. peacekeepers", ("UNO", "MIL", "MINUSMA")),
        ("Mali thanked U.N. peacekeepers.", "2024-04-27", "U.N. peacekeepers", ("UNO", "MIL", "UN peacekeepers")),
        ("Gaza fell silent.", "2018-04-27", "Gaza", ("PSE", "GOV", "Gaza")),
        ("Angela D. Merkel left.", "2018-04-27", "Angela D. Merkel", ("DEU", "GOV", "Angela Merkel")),
        ("Lukashenko said so to lawmakers on Monday.", "2018-04-27", "lawmakers", ("BLR", "LEG", "lawmakers")),
    ],
)
def test_a_mention_is_its_party_as_of_the_day(
    text: str, published: str, words: str, party: tuple[str, str, str]
) -> None:
    """Code, sector and name are those of the day of the report."""
    found = parties(text, published)

    assert party == found[words]


def test_each_of_several_states_has_its_leader() -> None:
    """Named by the office that leads the state; a deputy, and who leads a party, lead none."""
    found = parties("The leaders of Italy, Japan and South Korea met.", "2023-09-01")
    others = parties("The deputy leader of Kosovo's main party met the leader of Chad rebel group.", "2023-09-01")

    assert ["Giorgia Meloni", "Fumio Kishida", "Yoon Suk Yeol"] == [name for _, _, name in found.values()]
    assert all("leader" in name for words, (_, _, name) in others.items() if "leader" in words)


def test_a_surname_is_the_full_name_elsewhere_in_the_text() -> None:
    """Also in a headline above it."""
    found = parties("Merkel praised Rwanda. Angela Merkel met Theresa May.")

    assert found["Merkel"] == found["Angela Merkel"]


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("NATO met in Norway. The alliance thanked Norway.", "The alliance", ("IGO", "GOV", "NATO")),
        ("The NATO military alliance met.", "The NATO military alliance", ("IGO", "GOV", "NATO")),
        ("ASEAN met in Laos. The regional bloc thanked Laos.", "The regional bloc", ("IGO", "GOV", "ASEAN")),
        ("Norway and Norway's king praised the alliance.", "the alliance", ("UNK", "IGO", "alliance")),
        ("NATO met in Norway. An open alliance is wanted.", "An open alliance", ("UNK", "IGO", "open alliance")),
    ],
)
def test_a_body_without_its_name_is_the_one_that_the_text_names(
    text: str, words: str, party: tuple[str, str, str]
) -> None:
    """And no state's: not that of the state named most."""
    assert party == parties(text)[words]


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("Kosovo's police clashed with Serbs on Monday.", "Serbs", ("KOS", "CVL", "Kosovo Serbs")),
        ("Serb protesters gathered in Kosovo.", "Serb protesters", ("KOS", "CVL", "Serb protesters")),
        ("Serbs voted in Belgrade.", "Serbs", ("SRB", "GOV", "Serbia")),
        (
            "Kosovo knew. Serb troops were put on alert.",
            "Serb troops",
            ("SRB", "MIL", "Serbian Armed Forces"),
        ),
        ("Armenians fled Nagorno-Karabakh.", "Armenians", ("AZE", "REB", "Nagorno-Karabakh")),
        ("Armenians voted in Yerevan as Azerbaijan looked on.", "Armenians", ("ARM", "GOV", "Armenia")),
        ("Kurds in Syria asked for help.", "Kurds", ("SYR", "CVL", "Kurds")),
        ("Kurds in Syria and Iraq asked for help.", "Kurds", ("IRQ", "CVL", "Kurds")),
        ("Albanians protested in Kosovo.", "Albanians", ("KOS", "CVL", "Albanians")),
    ],
)
def test_a_people_is_of_the_state_where_the_text_has_it(text: str, words: str, party: tuple[str, str, str]) -> None:
    """Not of the state of its name, for which its army and government act; where that is told of too, some stay its."""
    assert party == parties(text)[words]


def test_an_ethnic_group_is_of_the_state_it_lives_in() -> None:
    """No protesters of Hungary: those of the state that the text is about."""
    found = parties("Romania banned the march. Ethnic Hungarian protesters left Romania.")

    assert "ROU" == next(party for words, party in found.items() if "protesters" in words)[0]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Emmanuel Macron's special envoy visited Cairo.", "special envoy", "FRA"),
        ("Emmanuel Macron said that he would send a special envoy to Cairo.", "a special envoy", "FRA"),
        ("Chad's plan to send an envoy to Mali angered Niger.", "an envoy", "TCD"),
        ("Chad's Mali envoy met the president of Niger.", "Mali envoy", "TCD"),
        ("Kenya will send a peace envoy to Sudan.", "a peace envoy", "KEN"),
        ("Brazil plans to dispatch a delegation to Lima.", "a delegation", "BRA"),
        ("A peace envoy left for Sudan.", "A peace envoy", "UNK"),
        ("Brazil urged all parties to stop.", "all parties", ""),
        ("Brazil's ruling party left.", "Brazil's ruling party", "BRA"),
    ],
)
def test_the_nameless_are_of_whoever_owns_or_sends_them(text: str, words: str, code: str) -> None:
    """By the tree; parties to a conflict are of nobody."""
    assert code == parties(text)[words][0]


def test_a_surname_alone_is_nobody_who_left_office_in_another_state() -> None:
    """A state that the text does not name has no former minister in it."""
    assert "UNK" == parties("Christie left.", "2023-04-27")["Christie"][0]
    assert "BHS" == parties("Christie left the Bahamas.", "2023-04-27")["Christie"][0]


def test_a_pronoun_is_the_subject_named_last() -> None:
    """Not the person named last in another part of the sentence."""
    assert "Angela Merkel" == parties("Angela Merkel met Theresa May. She left.")["She"][2]


def test_a_pronoun_with_nobody_before_it_is_nobody() -> None:
    """The cell is empty and says why."""
    ((_, cell),) = tree_of("He left.").grounded.actors

    assert cell.value is None
    assert "a pronoun with nobody before it" == cell.reason


def test_an_unknown_person_has_the_code_beside_the_name() -> None:
    """A provisional party: the country and office that the words give."""
    found = parties("Georgian Foreign Minister Nino Testname left.")

    assert ("GEO", "GOV", "Nino Testname") == found["Georgian Foreign Minister Nino Testname"]


def test_an_unknown_person_without_a_country_is_unknown() -> None:
    """No country is guessed."""
    assert {"Bartholomew Quux": ("UNK", "", "Bartholomew Quux")} == parties("Bartholomew Quux left.")


def test_an_office_without_a_country_is_not_guessed() -> None:
    """A text that names no state, in no known outlet, leaves the code open."""
    assert "UNK" == parties("The prime minister left.")["The prime minister"][0]


def test_every_cell_has_a_reason_and_the_words() -> None:
    """Whether it is filled or not, a cell says why; filled, from which words."""
    text = "He met Angela Merkel and Chadian officials near the White House, Beijing said."
    grounded = tree_of(text).grounded.actors

    assert len(grounded) > 3
    assert all(cell.reason for _, cell in grounded)
    assert all(cell.span == mention.span for mention, cell in grounded if cell.value)


def test_grounding_does_not_depend_on_other_texts() -> None:
    """Two readings of one text are equal, whatever was read between them."""
    first = tree_of("Angela Merkel met the prime minister. She left.").grounded
    tree_of("Theresa May met the chancellor. He left.")

    assert first == tree_of("Angela Merkel met the prime minister. She left.").grounded
