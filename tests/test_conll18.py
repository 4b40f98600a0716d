"""The CoNLL 2018 evaluation, on cases worked out by hand: a figure is twice what is right by all gold and all found."""

from typing import Any

import pytest
from evals import conll18
from evals.conll18 import GoldSentence, GoldToken, GoldWord, SystemSentence, SystemWord

TREEBANK = """\
# newdoc id = made-up
# newpar id = made-up-1
# text = Lee can't stay.
1\tLee\tLee\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tstay\tstay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Talks ended.
1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj:outer\t_\t_
2\tended\tend\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
2.1\tended\tend\tVERB\tVBD\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No

# text = (Nobody won)
1\t(\t(\tPUNCT\t-LRB-\t_\t3\tpunct\t_\tSpaceAfter=No
2\tNobody\tnobody\tPRON\tNN\t_\t3\tnsubj\t_\t_
3\twon\t_\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t)\t)\tPUNCT\t-RRB-\t_\t3\tpunct\t_\t_

# newpar
# text = No.
1-2\tNo.\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_
"""
FIGURES = ("tokens", "sentences", "words", "upos", "lemma", "uas", "las")


def gold(*sentences: str, relation: str = "dep") -> list[GoldSentence]:
    """Sentences of tokens between spaces, the words of a token between "|" after "=": the first word is the root."""
    out: list[GoldSentence] = []
    for text in sentences:
        tokens, at = [], 0
        for written in text.split():
            form, _, parts = written.partition("=")
            words = []
            for part in (parts or form).split("|"):
                words.append(GoldWord(part, part.lower(), "X", 0 if at else -1, relation if at else "root"))
                at += 1
            tokens.append(GoldToken(form, tuple(words)))
        out.append(GoldSentence(tuple(tokens), " ".join(token.form for token in tokens), first=not out))
    return out


def system(*sentences: str, relation: str = "dep") -> list[SystemSentence]:
    """The same as a system gives it, positions counted."""
    return conll18.as_system(gold(*sentences, relation=relation))


def spans(text: str, *forms: str) -> SystemSentence:
    """A sentence of words as they stand in a raw text; the first is the root."""
    words, at = [], 0
    for number, form in enumerate(forms):
        start = text.index(form, at)
        at = start + len(form)
        words.append(SystemWord(start, at, form, form.lower(), "X", 0 if number else -1, "dep" if number else "root"))
    return SystemSentence(tuple(words))


def figures(*values: float) -> Any:
    """What is expected of the seven figures, in their order."""
    return pytest.approx(dict(zip(FIGURES, values, strict=True)))


def test_ranges_are_tokens_and_empty_nodes_nothing() -> None:
    """A range is one token of several words; tags are UPOS, heads count from 0."""
    first, second, third, fourth = conll18.read(TREEBANK)

    assert ["Lee", "can't", "stay", "."] == [token.form for token in first.tokens]
    assert ["ca", "n't"] == [word.form for word in first.tokens[1].words]
    assert GoldWord("n't", "not", "PART", 3, "advmod") == first.tokens[1].words[1]
    assert ["Talks", "ended", "."] == [token.form for token in second.tokens]
    assert -1 == second.tokens[1].words[0].head
    assert [True, False, False, True] == [found.first for found in (first, second, third, fourth)]
    assert [False, True, False, True] == [found.glued for found in (first, second, third, fourth)]


def test_line_ends_and_blank_lines_do_not_matter() -> None:
    """Text with carriage returns, blank lines around it or without a last one reads the same."""
    expected = conll18.read(TREEBANK)

    assert expected == conll18.read(TREEBANK.replace("\n", "\r\n"))
    assert expected == conll18.read("\n\n" + TREEBANK + "\n\n")
    assert [] == conll18.read("")


def test_raw_texts_are_paragraphs() -> None:
    """A system reads paragraph by paragraph, with no space between sentences where the source has none."""
    sentences = conll18.read(TREEBANK)

    assert ["Lee can't stay. Talks ended.(Nobody won)", "No."] == conll18.raw_texts(sentences)
    assert [sentences[:3], sentences[3:]] == conll18.paragraphs(sentences)


def test_a_gold_sentence_without_text_has_no_raw_text() -> None:
    """What the system should read is not guessed from the tokens."""
    with pytest.raises(ValueError, match="# text"):
        conll18.raw_texts(conll18.read("1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n"))


def test_gold_against_itself_is_right() -> None:
    """A system that makes no mistake has 1 everywhere."""
    sentences = conll18.read(TREEBANK)

    assert dict.fromkeys(FIGURES, 1) == conll18.score(sentences, conll18.as_system(sentences))


def test_nothing_is_nothing() -> None:
    """Without gold and without a system figures are 0, not an error."""
    assert dict.fromkeys(FIGURES, 0) == conll18.score([], []) == conll18.score(gold("a b"), [])


def test_tags_lemmas_heads_and_relations_are_asked_one_by_one() -> None:
    """Of four words one has a wrong tag, one a wrong lemma, one a wrong head and another a wrong relation."""
    first, second, third, fourth = (word for token in gold("a b c d")[0].tokens for word in token.words)
    found = SystemSentence(
        (
            SystemWord(0, 1, first.form, first.lemma, "Y", -1, "root"),
            SystemWord(1, 2, second.form, "x", "X", 0, "dep:sub"),
            SystemWord(2, 3, third.form, third.lemma, "X", 1, "dep"),
            SystemWord(3, 4, fourth.form, fourth.lemma, "X", 0, "obj"),
        )
    )

    # Right: upos 3 of 4, lemma 3, heads 3 (not c), heads and relations 2 (neither c nor d; a subtype does not count)
    assert figures(1, 1, 1, 3 / 4, 3 / 4, 3 / 4, 2 / 4) == conll18.score(gold("a b c d"), [found])


def test_a_gold_lemma_that_is_not_given_is_right() -> None:
    """Where gold has "_" any lemma will do; where the system has it, it will not."""
    sentences = conll18.read("1\tNo\t_\tINTJ\tUH\t_\t0\troot\t_\t_\n")
    found = [SystemSentence((SystemWord(0, 2, "No", "no", "INTJ", -1, "root"),))]
    unknown = [SystemSentence((SystemWord(0, 2, "No", "_", "INTJ", -1, "root"),))]

    assert 1 == conll18.score(sentences, found)["lemma"]
    assert 0 == conll18.score(gold("No"), unknown)["lemma"]


@pytest.mark.parametrize(
    ("told", "found", "right", "heads"),
    [
        # 3 gold, 4 found, a and d right: 2 * 2 / 7
        ("a bc d", "a b c d", 2, 2),
        # 4 gold, 3 found: the same
        ("a b c d", "a bc d", 2, 2),
        # "cd" and "bc" cross: only a and e are right of 4 and 4
        ("a b cd e", "a bc d e", 2, 2),
        # the root itself is not aligned: b and c are right words, but both hang from a word that gold has not
        ("a b c", "ab c", 1, 0),
        # white space is no character: "a b" in one token of gold is "ab"
        ("ab c", "a b c", 1, 0),
    ],
)
def test_words_are_aligned_by_their_characters(told: str, found: str, right: int, heads: int) -> None:
    """Without multi-word tokens a word is right where it has exactly the gold word's characters."""
    both = len(told.split()) + len(found.split())
    f1, trees = 2 * right / both, 2 * heads / both

    assert figures(f1, 1, f1, f1, f1, trees, trees) == conll18.score(gold(told), system(found))


def test_words_of_a_multi_word_token_are_aligned_by_their_forms() -> None:
    """A system that cuts "can't" in two plain tokens has its words right, not its tokens."""
    # Tokens: 3 gold (Lee, can't, stay), 4 found, 2 right. Words: 4, 4, 4 right, small or capital.
    score = conll18.score(gold("Lee can't=ca|n't stay"), system("Lee Ca n't stay"))

    assert figures(2 * 2 / 7, 1, 1, 1, 1, 1, 1) == score


def test_words_of_a_multi_word_token_need_not_spell_it() -> None:
    """The longest common sequence is taken where the words are not what stands in the text."""
    # gonna = going, to; found gon, na: 4 gold words, 4 found, I and stay right; tokens 3, 4, 2 right.
    # Heads: I is the root, and stay hangs from I on both sides.
    half = conll18.score(gold("I gonna=going|to stay"), system("I gon na stay"))
    # found as a multi-word token of going and na: words I, going, stay of 4 and 4, all tokens right
    most = conll18.score(gold("I gonna=going|to stay"), system("I gonna=going|na stay"))

    assert figures(4 / 7, 1, 2 / 4, 2 / 4, 2 / 4, 2 / 4, 2 / 4) == half
    assert figures(1, 1, 3 / 4, 3 / 4, 3 / 4, 3 / 4, 3 / 4) == most


def test_a_multi_word_token_of_the_system_may_reach_over_gold_words() -> None:
    """The words of two gold tokens are aligned by form with those of one token found over both."""
    # Tokens: 4 gold, 3 found, a and d right. Words: 4 and 4, all right.
    assert figures(4 / 7, 1, 1, 1, 1, 1, 1) == conll18.score(gold("a b c d"), system("a bc=b|c d"))


def test_a_word_that_begins_before_a_multi_word_token_is_not_aligned_with_it() -> None:
    """A word found that crosses into a multi-word token is right nowhere; the words after it still may be."""
    # gold x | do n't | y, found xdo | n't | y: words 4 and 3, n't and y right; tokens 3 and 3, y right. Both words
    # hang from a root that is not aligned, xdo.
    score = conll18.score(gold("x don't=do|n't y"), system("xdo n't y"))

    assert figures(2 / 6, 1, 4 / 7, 4 / 7, 4 / 7, 0, 0) == score


def test_a_sentence_that_is_cut_costs_its_span_and_its_heads() -> None:
    """One sentence found as two: neither is right, nor is the second root's head."""
    # Sentences: 1 gold, 2 found, 0 right. Heads: c is a root for the system; d hangs from c, in gold from a: 2 of 4.
    assert figures(1, 0, 1, 1, 1, 2 / 4, 2 / 4) == conll18.score(gold("a b c d"), system("a b", "c d"))


def test_sentences_are_right_only_with_both_ends() -> None:
    """Of two gold sentences and two found, cut at another word, none is right, though each shares an end."""
    # Heads: a b | c d against a b c | d. a, b right; c is a root, found under a; d under c, found a root: 2 of 4.
    assert figures(1, 0, 1, 1, 1, 2 / 4, 2 / 4) == conll18.score(gold("a b", "c d"), system("a b c", "d"))
    # 2 gold, 3 found, the first right: 2 * 1 / 5
    assert 2 / 5 == conll18.score(gold("a b", "c d"), system("a b", "c", "d"))["sentences"]


def test_positions_of_a_raw_text_are_counted_without_white_space() -> None:
    """Spans of any spacing come to the same count, over all paragraphs one after the other."""
    sentences = conll18.read(TREEBANK)
    first, second = conll18.raw_texts(sentences)
    readings = [
        [
            spans(first, "Lee", "ca", "n't", "stay", "."),
            spans(first, "Talks", "ended", "."),
            spans(first, "(", "Nobody", "won", ")"),
        ],
        [spans(second, "No", ".")],
    ]
    counted = conll18.counted(sentences, readings)
    score = conll18.score(sentences, counted)

    assert [(0, 3), (3, 5), (5, 8), (8, 12), (12, 13)] == [(word.start, word.end) for word in counted[0].words]
    # 3 + 5 + 4 + 1, 5 + 5 + 1 and 1 + 6 + 3 + 1 characters before the second paragraph: 35
    assert [(35, 37), (37, 38)] == [(word.start, word.end) for word in counted[3].words]
    # 14 words on both sides, all aligned. Tokens: gold 4 + 3 + 4 + 1, found 5 + 3 + 4 + 2, right 3 + 3 + 4 + 0.
    assert (1, 1, 2 * 10 / 26) == (score["words"], score["sentences"], score["tokens"])


def test_a_reading_for_every_paragraph_is_asked_for() -> None:
    """Paragraphs without their reading are a mistake of the caller."""
    with pytest.raises(ValueError, match="shorter"):
        conll18.counted(conll18.read(TREEBANK), [[]])


@pytest.mark.parametrize(
    ("raw", "content", "given", "expected"),
    [
        # spacing of any kind
        ("a \u00a0b\n c", "abc", [(0, 1), (3, 4), (6, 7)], [(0, 1), (1, 2), (2, 3)]),
        ("a b", "ab", [(0, 3)], [(0, 2)]),
        # a zero-width space that gold has and no word found: it stays in the count
        ("a\u200bb", "a\u200bb", [(0, 1), (2, 3)], [(0, 1), (2, 3)]),
        # one that only the raw text has, outside a word, in a word, as a word of its own
        ("a\u200bb", "ab", [(0, 1), (2, 3)], [(0, 1), (1, 2)]),
        ("ab\u00adcd e", "abcde", [(0, 5), (6, 7)], [(0, 4), (4, 5)]),
        ("a\u200bb", "ab", [(0, 1), (1, 2), (2, 3)], [(0, 1), (1, 1), (1, 2)]),
        # one that only gold has
        ("ab", "a\u200bb", [(0, 1), (1, 2)], [(0, 1), (2, 3)]),
        # a sign for a sign is in its place, two for one are nowhere; what stands after them is found again
        ("a “ b", 'a"b', [(0, 1), (2, 3), (4, 5)], [(0, 1), (1, 2), (2, 3)]),
        ("a `` b", 'a"b', [(0, 1), (2, 4), (5, 6)], [(0, 1), (1, 1), (2, 3)]),
        ("", "", [], []),
        ("a", "", [(0, 1)], [(0, 0)]),
    ],
)
def test_spans_are_placed_among_gold_characters(
    raw: str, content: str, given: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    """What both texts have in common keeps its place, whatever only one of them has."""
    assert expected == conll18.placed(raw, given, content)


def test_an_invisible_character_costs_only_its_word() -> None:
    """A zero-width space in a gold token that the system passes over: that token is not right, its neighbours are."""
    sentences = [
        GoldSentence(
            tuple(
                GoldToken(form, (GoldWord(form, "_", "X", head, "dep"),))
                for form, head in (("a", -1), ("b\u200b", 0), ("c", 0))
            ),
            "a b\u200b c",
        )
    ]
    found = conll18.counted(sentences, [[spans("a b\u200b c", "a", "b", "c")]])

    # 3 and 3, a and c right; the relation of the root is "root" for the system, "dep" in gold: las 1
    assert figures(4 / 6, 1, 4 / 6, 4 / 6, 4 / 6, 4 / 6, 2 / 6) == conll18.score(sentences, found)


def test_a_word_without_a_character_counts_as_found() -> None:
    """A word that gold's characters do not have is a wrong word, and the words around it are aligned as ever."""
    sentences = gold("a b")
    marked = GoldSentence(sentences[0].tokens, "a \u200b b", first=True)
    found = conll18.counted([marked], [[spans("a \u200b b", "a", "\u200b", "b")]])

    # 2 gold, 3 found, 2 right
    assert figures(4 / 5, 1, 4 / 5, 4 / 5, 4 / 5, 4 / 5, 4 / 5) == conll18.score([marked], found)


@pytest.mark.parametrize("head", [-2, 1])
def test_a_head_outside_its_sentence_is_refused(head: int) -> None:
    """Such a head is a mistake of the caller, not of the system that is measured."""
    with pytest.raises(ValueError, match=f"'a': head {head} in a sentence of 1 words"):
        conll18.score(gold("a"), [SystemSentence((SystemWord(0, 1, "a", "a", "X", head),))])
