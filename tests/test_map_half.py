"""The map half: stages in their order, plug-ins found and checked, one text's claims each once and in order."""

import dataclasses
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from dragoman import codebook, map_half, plugins
from dragoman.coding import CodingTask, where
from dragoman.types import Act, Analysis, Cell, Claim, Dating, Grounded, Interval, Report, Says, Span, Stance, Voice
from given import claim, report, text

_TEXT = text("The ministers met in Seoul on Friday.")


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stages that find nothing, and extractors that return what the test gives, by name."""

    def plug(**extractors: Any) -> None:
        registered = {plugins.READERS: {"en": None}, plugins.EXTRACTORS: dict.fromkeys(sorted(extractors))}
        monkeypatch.setattr(plugins, "registered", registered.__getitem__)
        monkeypatch.setattr(plugins, "reader", lambda _: lambda of, _at: Analysis(of, (), ()))
        monkeypatch.setattr(plugins, "extractor", lambda name: extractors[name])
        monkeypatch.setattr("dragoman.map_half.mentions.find", lambda *_: ())
        monkeypatch.setattr("dragoman.map_half.ground.ground", lambda *_: Grounded((), (), (), Interval()))
        dating = Dating(_TEXT.id, ((dt.date(2018, 4, 27), ("Friday",)),), Interval(), ("a weekday",))
        monkeypatch.setattr(map_half, "date_text", lambda *_: dating)

    return plug


def giving(*claims: Claim) -> Callable[..., tuple[Claim, ...]]:
    """An extractor that finds these."""
    return lambda *_: claims


def task(*, published: str = "2018-04-27", language: str = "en") -> CodingTask:
    """The task of coding the text."""
    return CodingTask(_TEXT, (report(_TEXT, published=published, language=language),))


def test_claims_are_each_once_and_in_text_order(plugged: Callable[..., None]) -> None:
    """What several extractors find is put in the order of the text, a claim found twice counts once."""
    late, early = claim(_TEXT, 21, 26), claim(_TEXT, 4, 13)
    plugged(one=giving(late), two=giving(early, dataclasses.replace(late, origin="two@1")))
    result = map_half.code_text(task())

    assert (early, late) == result.claims
    assert () == result.failures
    assert result == pickle.loads(pickle.dumps(result))
    assert task() == pickle.loads(pickle.dumps(task()))


def test_only_a_text_without_a_date_is_dated(plugged: Callable[..., None]) -> None:
    """The days a text may be of are sought only where its report has none."""
    plugged()

    assert map_half.code_text(task()).dating is None
    assert map_half.code_text(task(published="")).dating is not None


@pytest.mark.parametrize("language", ["en", "und", ""])
def test_an_undetermined_language_is_read_as_english(plugged: Callable[..., None], language: str) -> None:
    """A text too short to tell its language is tried in English."""
    plugged(one=giving(claim(_TEXT, 4, 13)))

    assert language in map_half.served()
    assert 1 == len(map_half.code_text(task(language=language)).claims)


def test_a_language_nobody_reads_is_refused(plugged: Callable[..., None]) -> None:
    """A text in another language is not coded by mistake."""
    plugged()

    assert "de" not in map_half.served()
    with pytest.raises(map_half.UnservedLanguageError, match="'de'"):
        map_half.code_text(task(language="de"))


def act(**changes: Any) -> Claim:
    """A claim whose act has some other cells."""
    good = claim(_TEXT, 4, 13)
    assert isinstance(good.content, Act)
    return dataclasses.replace(good, content=dataclasses.replace(good.content, **changes))


def stance(issue: str, kind: str) -> Claim:
    """A claim of a stance."""
    span = Span(_TEXT.id, 4, 13)
    words: Cell[str] = Cell("peace", span)
    holder: Cell[Any] = Cell(reason="nobody is named")
    return Claim("s" * 64, _TEXT.id, Stance(holder, issue, kind, words, words), Voice(), Says.AFFIRMS, span, "t@1", 1.0)


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (claim(_TEXT, 30, 99), "words 30-99 lie outside the text of 37 characters"),
        (claim(text("Another."), 0, 7), "it is of another text"),
        (act(trigger=Span("x", 0, 3)), "words 0-3 are of another text (x)"),
        (dataclasses.replace(act(), confidence=1.5), "its confidence 1.5 is not between 0 and 1"),
        (act(type="MEET"), "MEET"),
        (act(cameo="999"), "there is no CAMEO code '999'"),
        (stance("weather", "support"), "there is no issue 'weather'"),
    ],
    ids=["outside", "other", "trigger", "confidence", "type", "cameo", "issue"],
)
def test_a_claim_that_breaks_a_rule_is_dropped_and_told(
    plugged: Callable[..., None], bad: Claim, expected: str
) -> None:
    """An invalid claim becomes a failure that names its extractor; the other claims stand."""
    good = claim(_TEXT, 14, 17)
    plugged(one=giving(bad, good))
    result = map_half.code_text(task())

    assert (good,) == result.claims
    (failure,) = result.failures
    assert str(failure).startswith("a: extractor one: claim ")
    assert expected in failure.reason


def test_an_extractor_that_fails_costs_only_its_own_claims(plugged: Callable[..., None]) -> None:
    """An extractor that raises is told of in one line, and what others found is kept."""

    def broken(*_: Any) -> tuple[Claim, ...]:
        raise KeyError("no such\nrule")

    plugged(broken=broken, fine=giving(claim(_TEXT, 4, 13)))
    result = map_half.code_text(task())

    assert 1 == len(result.claims)
    (failure,) = result.failures
    assert str(failure).startswith("a: extractor broken: KeyError: ")
    assert "\n" not in str(failure)


def test_a_codebook_that_changed_is_noticed(plugged: Callable[..., None]) -> None:
    """A worker never codes with another codebook than the run says."""
    plugged()
    good = dataclasses.replace(task(), codebook_hash=codebook.load().hash)

    assert map_half.code_text(good).claims == ()
    with pytest.raises(ValueError, match="was changed"):
        map_half.code_text(dataclasses.replace(good, codebook_hash="0" * 64))


@pytest.mark.parametrize(
    ("path", "document", "expected"),
    [
        ("in/a.txt", "a.txt", "in/a.txt"),
        ("in/a.jsonl", "d7", "in/a.jsonl: d7"),
        ("", "d7", "d7"),
    ],
)
def test_a_source_is_named_for_a_person(path: str, document: str, expected: str) -> None:
    """The file, and the document in it where the file has several."""
    assert expected == where(Report("r", "t", document, path=path))
