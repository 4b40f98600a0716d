"""The measuring of the reader on treebanks: CoNLL-U is read as it stands, figures are those of a small treebank."""

import json
from pathlib import Path

import pytest
from evals import reader, treebank

TREEBANK = """\
# newdoc id = made-up
# newpar
# text = Lee can't stay.
1\tLee\tLee\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tstay\tstay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Talks ended.
1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tended\tend\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
2.1\tended\tend\tVERB\tVBD\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A treebank of two sentences in one paragraph."""
    file = tmp_path / "small.conllu"
    file.write_text(TREEBANK, encoding="utf-8")
    return file


def test_ranges_and_empty_nodes_are_no_words(path: Path) -> None:
    """Only syntactic words are read, each with its place in the sentence's text."""
    first, second = treebank.read(path)

    assert ["Lee", "ca", "n't", "stay", "."] == [row.form for row in first.rows]
    assert ["NOUN:NNS", "VERB:VBD", "PUNCT:."] == [row.tag for row in second.rows]


@pytest.mark.parametrize("raw", [[], ["--raw"]])
def test_figures_are_fractions(
    path: Path, raw: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Easy sentences are read without a mistake, from gold words and from raw text, down to their trees."""
    monkeypatch.setattr("sys.argv", ["reader", "--treebank", str(path), "--json", *raw])
    code = reader.main()
    figures = json.loads(capsys.readouterr().out)

    assert 0 == code
    assert [1.0] * 4 == [figures[name] for name in ("upos", "lemma", "uas", "las")]
    assert bool(raw) == ("sentences" in figures)


def test_an_overlong_sentence_is_one_tree() -> None:
    """Its parts are read one by one; their roots hang on the first part's."""
    ((tags, lemmas, heads, relations),) = reader.whole([["talks", ","] * 300])

    assert 600 == len(tags) == len(lemmas) == len(heads) == len(relations)
    assert 1 == heads.count(-1)
    assert all(-1 <= head < 600 for head in heads)


def test_a_missing_treebank_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there is named on one line, with exit code 2."""
    monkeypatch.setattr("sys.argv", ["reader", "--treebank", str(tmp_path / "none.conllu")])

    assert 2 == reader.main()
    assert "none.conllu: no such file" in capsys.readouterr().err
