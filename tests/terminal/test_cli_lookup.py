"""``dragoman lookup``: one phrase, a stream of them, and questions that are none."""

import io
import json

import pytest

from dragoman import cli

ASKED = (
    {"id": 1, "phrase": "the German chancellor", "on": "2019-05-01", "context": None, "country": None},
    {"id": "b", "phrase": "the prime minister", "on": "2023-05-01", "country": "IND"},
    {"phrase": "a flock of geese"},
)


def streamed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, lines: str
) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, answers and talk for lines on stdin."""
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code = cli.main(["lookup", kind])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_questions_are_answered_one_by_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids come back, every answer says why, what is not known is null."""
    code, answers, _ = streamed(monkeypatch, capsys, "actors", "\n".join(map(json.dumps, ASKED)) + "\n\n")

    assert code == 0
    assert [answer.get("id") for answer in answers] == [1, "b", None]
    assert [answer["name"] for answer in answers] == ["Angela Merkel", "Narendra Modi", None]
    assert answers[0]["offices"] == [{"title": "chancellor", "of": "DEU", "since": "2005-11-22", "until": "2021-12-08"}]
    assert all(answer["why"] for answer in answers)


def test_a_phrase_alone_is_answered_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 0 where it is known, 1 where it is not."""
    assert cli.main(["lookup", "times", "last Friday", "--on", "2023-05-16"]) == 0
    assert json.loads(capsys.readouterr().out)["start"] == "2023-05-12"
    assert cli.main(["lookup", "places", "Kharkiv"]) == 0
    assert json.loads(capsys.readouterr().out)["country"] == "UKR"
    assert cli.main(["lookup", "places", "Nowhere-upon-Nothing"]) == 1
    assert json.loads(capsys.readouterr().out)["why"]


def test_a_time_counts_from_its_anchor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The anchor is used for what counts from another time only."""
    rows = [
        {"phrase": "two days earlier", "on": "2023-05-16", "anchor": "2023-05-01"},
        {"phrase": "yesterday", "on": "2023-05-16", "anchor": "2023-05-01"},
    ]
    _, answers, _ = streamed(monkeypatch, capsys, "times", "\n".join(map(json.dumps, rows)))

    assert [answer["start"] for answer in answers] == ["2023-04-29", "2023-05-15"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1]", "line 1: expected an object, found list"),
        ("{", "line 1: no JSON"),
        ('{"phrase": 3}', "line 1: phrase: expected a string or null, found int"),
        ('{"on": "2023-05-16"}', "line 1: phrase: missing or empty"),
        ('{"phrase": "the president", "country": "XX"}', "line 1: country: 'XX' is no ISO 3166-1 alpha-3 code"),
        ("[" * 100_000, "line 1: no question: nested too deeply"),
        ('{"phrase": "x", "on": "May"}', "line 1: on: 'May' is no day (YYYY-MM-DD)"),
        ('\n{"phrase": "x", "anchor": "2023-13-01"}', "line 2: anchor: '2023-13-01' is no day"),
    ],
)
def test_what_is_no_question_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    """The line and the field; exit code 2, no traceback."""
    code, _, err = streamed(monkeypatch, capsys, "times", line)

    assert code == cli.USAGE
    assert told in err
    assert len(err.splitlines()) == 1
