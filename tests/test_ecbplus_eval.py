"""ECB+ measured: reading of its files, groups of documents, signs of pairs, chains and their figures."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evals import ecbplus, ecbplus_data, ecbplus_pairs
from evals.ecbplus_data import Mention, Unreadable

TEXTS = {
    "1_1a.xml": "The ferry sank off Rhodes on Monday . Forty passengers drowned , the coast guard said .",
    "1_2a.xml": "A ferry with forty passengers sank off Rhodes . The sinking is being looked into .",
    "1_1b.xml": "Miners struck in Oruro for higher wages . The strike closed eleven pits .",
    "1_2b.xml": "Eleven pits were closed as miners in Oruro went on strike for wages .",
    "2_1a.xml": "The museum reopened in Tartu after repairs .",
}
STORY = {name: text.split() for name, text in TEXTS.items()}


def row(document: str, word: str, lemma: str, chain: str, part: str = "VERB") -> dict[str, Any]:
    """A line of mentions for the first place of a word."""
    at = STORY[document].index(word)
    begins = max((place + 1 for place in range(at) if STORY[document][place] == "."), default=0)
    return {
        "coref_chain": chain,
        "doc_id": document,
        "mention_head": word,
        "mention_head_lemma": lemma,
        "mention_head_pos": part,
        "mention_id": f"{document}_{int(begins > 0)}_{at - begins}",
        "tokens_number": [at],
        "topic_id": document[0] + document[3],
    }


ROWS = [
    row("1_1a.xml", "sank", "sink", "sinking"),
    row("1_1a.xml", "drowned", "drown", "deaths"),
    row("1_2a.xml", "sank", "sink", "sinking"),
    row("1_2a.xml", "sinking", "sinking", "sinking", "NOUN"),
    row("1_1b.xml", "struck", "strike", "strike"),
    row("1_1b.xml", "strike", "strike", "strike", "NOUN"),
    row("1_2b.xml", "strike", "strike", "strike", "NOUN"),
    row("2_1a.xml", "reopened", "reopen", "reopening"),
]


def files(folder: Path, rows: list[Any], words: Any = None) -> tuple[Path, Path]:
    """Both files."""
    mentions, tokens = folder / "mentions.jsonl", folder / "tokens.json"
    mentions.write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    tokens.write_text(json.dumps(STORY if words is None else words), encoding="utf-8")
    return mentions, tokens


@pytest.fixture
def corpus(tmp_path: Path) -> ecbplus_data.Corpus:
    """The stories above."""
    return ecbplus_data.read(*files(tmp_path, ROWS))


def test_mentions_are_read(corpus: ecbplus_data.Corpus) -> None:
    """Topic and half apart, the head by its place, the sentence by the number in the mention's name."""
    assert Mention("1_2a.xml", "1", "1a", "sinking", "sinking", False, (10,), 10, 9) == corpus.mentions[3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"doc_id": "9_1a.xml"}, "line 2: doc_id: no words of '9_1a.xml'"),
        ({"tokens_number": [99]}, "line 2: tokens_number: empty, or outside the document"),
        ({"tokens_number": []}, "line 2: tokens_number: empty, or outside the document"),
        ({"tokens_number": [True]}, "line 2: tokens_number: empty, or outside the document"),
        ({"topic_id": "ecb"}, "line 2: topic_id: no number in 'ecb'"),
        ({"mention_head": None}, "line 2: mention_head: not there, or not a str"),
        ({"mention_id": "x"}, "line 2: mention_id: 'x' is not document, sentence and word"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """File, line and field, in one line."""
    with pytest.raises(Unreadable) as problem:
        ecbplus_data.read(*files(tmp_path, [ROWS[0], ROWS[1] | change]))

    assert f"{tmp_path / 'mentions.jsonl'}: {said}" == str(problem.value)


@pytest.mark.parametrize("words", [[], {"a": "b"}, {"a": [1]}])
def test_bad_words_are_named(tmp_path: Path, words: Any) -> None:
    """What is no object of lists of words is refused."""
    with pytest.raises(Unreadable, match="tokens"):
        ecbplus_data.read(*files(tmp_path, ROWS, words))


def test_no_file_and_no_mentions_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status says so too."""
    mentions, tokens = files(tmp_path, [])

    assert 2 == ecbplus.main(["--mentions", str(mentions), "--tokens", str(tokens)])
    assert 2 == ecbplus.main(["--mentions", str(tmp_path / "none"), "--tokens", str(tokens)])
    told = capsys.readouterr().err.splitlines()
    assert f"evals.ecbplus: {mentions}: no mentions" == told[0]
    assert 2 == len(told)


def test_sentences_end_after_closing_marks_and_where_one_is_known_to_begin() -> None:
    """A headline has no full stop: its end is known from the next sentence's mentions."""
    words = ["Ferry", "sinks", "It", "sank", ".", "''", "He", "left", "."]

    assert [(0, 2), (2, 6), (6, 9)] == ecbplus_data.sentences(words, [2])


def test_documents_of_one_happening_are_grouped(corpus: ecbplus_data.Corpus) -> None:
    """Two stories of one topic come apart by their rarer words; topics never meet."""
    alike = np.array([[1, 0.8, 0, 0], [0.8, 1, 0, 0.1], [0, 0, 1, 0.7], [0, 0.1, 0.7, 1]], np.float32)
    names = ["1_1a.xml", "1_2a.xml", "1_1b.xml", "1_2b.xml"]
    own = replace(corpus, mentions=corpus.mentions[:7])

    found = ecbplus_data.groups(own, alike, names)

    assert found["1_1a.xml"] == found["1_2a.xml"] != found["1_1b.xml"] == found["1_2b.xml"]
    assert [1] == ecbplus_data.grouped(np.ones((1, 1), np.float32))


def test_rare_words_make_documents_alike() -> None:
    """A word of one document alone, or of too many, counts for nothing; order does not matter."""
    words = {f"d{at}": ["the", f"w{at}"] for at in range(14)} | {"x": ["the", "Rhodes"], "y": ["the", "rhodes", "the"]}

    names, alike = ecbplus_data.rare(words)
    again = ecbplus_data.rare(dict(reversed(words.items())))

    x, y = names.index("x"), names.index("y")
    assert pytest.approx(1.0) == alike[x, y]
    assert 0 == alike[x, names.index("d3")]
    assert (again[1] == alike).all()


def test_signs_tell_pairs_apart(corpus: ecbplus_data.Corpus) -> None:
    """The same sinking told twice has more in common than the sinking and the deaths."""
    told = ecbplus_pairs.read(corpus)
    group = [told[0], told[1], told[2]]

    found = ecbplus_pairs.signs(group, ecbplus_pairs.rarity(told), np.eye(3, dtype=np.float32))

    other, same, _ = range(3)  # pairs (0, 1), (0, 2), (1, 2)
    assert {"ferry", "rhodes", "monday"} <= told[0].bags["arguments"]
    assert {"ferry"} <= told[2].bags["subject"]
    assert [0, 1, 0] == found["same lemma"].tolist()
    assert [1, 0, 0] == found["one document"].tolist()
    for name in ("arguments in common", "acts vectors", "lemma vectors"):
        assert found[name][same] > found[name][other]
    assert pytest.approx(1.0) == found["lemma vectors"][same]
    assert all(np.isfinite(values).all() and values.shape == (3,) for values in found.values())


def test_weights_are_for_signs_that_there_are(corpus: ecbplus_data.Corpus) -> None:
    """Every sign that the shipped weights ask for is made."""
    groups = ecbplus.told(corpus, halves=True)

    assert set(ecbplus.load().names) <= set(groups[0][1])
    assert [[0, 1, 2, 3], [4, 5, 6], [7]] == [numbers for numbers, _ in groups]
    shares = ecbplus.load().shares(groups[0][1])
    assert ((shares > 0) & (shares < 1)).all()
    assert shares[1] > shares[0]


def test_average_linkage_stops_at_the_bar() -> None:
    """0 and 1 join at .9; 2 joins them at the mean of .8 and .2."""
    shares = np.array([0.9, 0.8, 0.2], np.float32)

    assert 1 == len(set(ecbplus.joined(3, shares, 0.45)))
    first, second, third = ecbplus.joined(3, shares, 0.55)
    assert first == second != third
    assert [1] == ecbplus.joined(1, np.zeros(0, np.float32), 0.5)


def test_score_counts_chains_of_one_mention(corpus: ecbplus_data.Corpus) -> None:
    """By hand: two links of four found; 6 of 8 and 8 of 8; the best assignment of five chains to six."""
    labels = ["a", "b", "a", "c", "d", "d", "e", "f"]

    found = ecbplus.score(corpus.mentions, labels)

    # MUC: links 2 + 2 in the gold, 1 + 1 found, none wrong: R 2/4, P 1
    assert pytest.approx(2 / 3) == found["muc"]
    # B-cubed R: each of two chains of three (2*2/3 + 1*1/3) + two alone: (5/3 * 2 + 2) / 8 = 2/3; P 1
    assert pytest.approx(2 * (2 / 3) / (2 / 3 + 1)) == found["b_cubed"]
    # CEAF-e: 2*2/5 twice and 1 twice = 3.6, of 4 chains in the gold and 6 found
    assert pytest.approx(2 * 0.9 * 0.6 / 1.5) == found["ceaf_e"]
    assert pytest.approx((found["muc"] + found["b_cubed"] + found["ceaf_e"]) / 3) == found["conll"]
    assert 1 == ecbplus.score(corpus.mentions, [mention.chain for mention in corpus.mentions])["conll"]


def test_one_sum_over_topics_is_one_document_of_all(corpus: ecbplus_data.Corpus) -> None:
    """Nothing is joined across topics, so both conventions give one figure."""
    labels = ["a", "b", "a", "c", "d", "d", "e", "f"]
    together = [replace(mention, topic="1") for mention in corpus.mentions]

    assert pytest.approx(ecbplus.score(together, labels)) == ecbplus.score(corpus.mentions, labels)


def test_measured_from_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order of lines does not matter."""
    outputs = []
    for rows in (ROWS, ROWS[::-1]):
        mentions, tokens = files(tmp_path, rows)
        arguments = ["--mentions", str(mentions), "--tokens", str(tokens), "--topics", "halves", "--json"]
        assert 0 == ecbplus.main(arguments)
        outputs.append(json.loads(capsys.readouterr().out))

    assert outputs[0] == outputs[1]
    assert 8 == outputs[0]["mentions"]
    assert pytest.approx(0.8702, abs=1e-3) == outputs[0]["groups"]["conll"]
