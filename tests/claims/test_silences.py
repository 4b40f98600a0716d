"""Silences: the labelled cases of tests/cases/silences.csv, what is passed over, and who is silent."""

import pytest

from dragoman.types import Act, Medium, Says
from readings import Row, act_claims, cases, coded, lacking, silences, strong, table

FLOOR = 0.80  # measured when the cases were written: 20 of 23


def told(case: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    """(says, code of the silent party, type of the act) of each silence in a case's text, sorted."""
    found = silences(coded(case[0]["text"], "", case[0]["published"]))
    parties = [(claim, act, claim.voice.chain[0].party.value) for claim, act in found]
    return sorted((str(claim.says), party.code if party else "", act.type) for claim, act, party in parties)


def wanted(case: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    """The same, as the case says."""
    return sorted((row["says"], row["party"], row["type"]) for row in case if row["says"] != "-")


@pytest.mark.parametrize("case", strong("silences"), ids=lambda case: f"{case[0]['id']} {case[0]['text']}")
def test_strong_cases_give_exactly_their_silences(case: tuple[Row, ...]) -> None:
    """Who is silent on which sort of act, and nobody else."""
    assert wanted(case) == told(case)


def test_most_cases_are_read_right() -> None:
    """Weak cases count too, and the share read right must not fall."""
    wrong = [case[0]["text"] for case in cases("silences") if wanted(case) != told(case)]

    assert len(wrong) <= (1 - FLOOR) * len(cases("silences")), "\n".join(wrong)


def test_every_row_of_the_table_has_a_case() -> None:
    """Each verb of silences.csv is named by a case."""
    named = {row["rules"] for row in table("tests/cases", "silences")}

    assert [] == lacking((row["verb"] for row in table("resources/claims", "silences")), named)


def test_a_silence_is_about_the_act_told_before_it() -> None:
    """Its content is the same act, word for word, as the one the silence passes over."""
    result = coded("Turkey met Armenia in Georgia on Sunday. Armenia has not confirmed the meeting.")
    ((_, met), (claim, passed_over)) = (*act_claims(result), *silences(result))

    assert isinstance(met, Act)
    assert met == passed_over
    assert Says.SILENT is claim.says
    assert "happened" == claim.about


def test_a_silence_without_an_act_is_none() -> None:
    """Nobody can pass over what no sentence tells."""
    assert [] == silences(coded("Nepal has not commented. The road is long."))


def test_the_silent_party_is_the_only_voice() -> None:
    """The voice's chain is the silent party, on no medium, with the words of the silence as its cue."""
    text = "Israel struck Syria on Tuesday. Israel declined to comment."
    ((claim, _),) = silences(coded(text))
    (speaker,) = claim.voice.chain

    assert speaker.party.value is not None
    assert ("ISR", Medium.UNKNOWN) == (speaker.party.value.code, speaker.medium)
    assert speaker.cue is not None
    assert "declined" == text[speaker.cue.start : speaker.cue.end]
    assert "Israel declined to comment" == text[claim.evidence.start : claim.evidence.end]
