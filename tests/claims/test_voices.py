"""Voices: whose word an act is told on, by which medium; that a speaker's own act of speech has no further voice."""

import pytest

from dragoman.claims.signs import SHORT
from dragoman.types import Medium, Voice
from readings import act_claims, coded


def voice(text: str) -> Voice:
    """The voice of the only act that a text tells."""
    ((claim, _),) = act_claims(coded(text))
    return claim.voice


@pytest.mark.parametrize(
    ("text", "code", "medium"),
    [
        ("Bolivia stated that Brazil had expelled the Chilean ambassador.", "BOL", Medium.STATEMENT),
        ("The Polish minister posted that Belarus had arrested a Polish nurse.", "POL", Medium.SOCIAL),
        ("The Nepalese king said in a speech that Bhutan had attacked India.", "NPL", Medium.SPEECH),
        ("Syrian state media said that Israel had bombed Syria.", "SYR", Medium.STATE_MEDIA),
        ("According to Chad, Sudan bombed Libya.", "TCD", Medium.UNKNOWN),
        ("Sudan bombed Libya, according to the foreign ministry of Chad.", "TCD", Medium.UNKNOWN),
    ],
)
def test_the_speaker_and_the_medium(text: str, code: str, medium: Medium) -> None:
    """The subject of a verb of saying, or who stands behind "according to", on the medium that the words name."""
    (speaker,) = voice(text).chain

    assert speaker.party.value is not None
    assert (code, medium) == (speaker.party.value.code, speaker.medium)


def test_what_nobody_is_said_to_tell_is_the_outlets_own() -> None:
    """No verb of saying, no chain."""
    assert Voice() == voice("Israel struck Syria on Monday.")


def test_an_act_of_speech_has_no_voice_but_its_actor() -> None:
    """Who condemns says so himself: that is the act, not a source for it."""
    assert Voice() == voice("Norway condemned Belarus on Monday.")


def test_a_report_of_another_partys_speech_has_a_voice() -> None:
    """That X accused Y, told by Z, is on the word of Z."""
    (speaker,) = voice("Latvia said that Poland had condemned Belarus.").chain

    assert speaker.party.value is not None
    assert "LVA" == speaker.party.value.code


def test_a_cue_and_a_span_stand_for_every_speaker() -> None:
    """A speaker has the words that name it and those that make it one."""
    text = "Bolivia stated that Brazil had expelled the Chilean ambassador."
    (speaker,) = voice(text).chain

    assert speaker.cue is not None
    assert speaker.party.span is not None
    assert "stated" == text[speaker.cue.start : speaker.cue.end]
    assert "Bolivia" == text[speaker.party.span.start : speaker.party.span.end]


def test_a_headline_is_told_on_the_word_of_whom_its_body_names() -> None:
    """What the headline states and the body ascribes is that source's word, and its reason says how likely."""
    title = "Sudan bombs Libya"
    claims = act_claims(coded("Sudan bombed Libya on Monday, the foreign ministry of Chad said.", title))

    speakers = [speaker for claim, _ in claims for speaker in claim.voice.chain]
    assert {"TCD"} == {one.party.value.code for one in speakers if one.party.value}
    assert all("likeliest of" in one.party.reason for one in speakers)


def test_a_source_known_by_words_only_is_a_voice_without_a_name() -> None:
    """Whoever no table knows is quoted by the words that name it, and counts as anonymous."""
    (speaker,) = voice("Israeli police arrested a Dutch nurse in Haifa on Monday, her husband said.").chain

    assert speaker.party.value is None
    assert "a source that no table knows" in speaker.party.reason


def test_behind_the_first_sentences_the_rules_name_the_voice() -> None:
    """The weights were learned on the first sentences of texts: further on they are not asked."""
    told = "Bolivia stated that Brazil had expelled the Chilean ambassador."
    for more, expected in ((0, True), (SHORT, False)):
        (speaker,) = voice(f"{'It rained. ' * more}{told}").chain
        assert speaker.party.value is not None
        assert "BOL" == speaker.party.value.code
        assert expected is ("likeliest of" in speaker.party.reason)
