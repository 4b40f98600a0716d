"""The map half: one text, its reports -> its claims. Pure, and picklable both ways, so that any process can run it.

The order of reading a text is fixed here: read, find, ground, claim. What extractors return is checked here, whoever
wrote them: what breaks a rule is dropped and reported, never stored. Knows no file and no other text.
"""

import functools
from collections.abc import Iterator
from pathlib import Path

from dragoman import anchors, codebook, ground, knowledge, mentions, own_actors, plugins
from dragoman.codebook import Codebook
from dragoman.coding import CodingResult, CodingTask, where
from dragoman.ground.dating import date_text
from dragoman.knowledge import Knowledge
from dragoman.types import Act, Analysis, Claim, Failure, Grounded, Report

# What a text in an undetermined language (ISO 639-2 "und", or none given) is read as: most coverage at hand is English.
_UNDETERMINED = {"": "en", "und": "en"}


class UnservedLanguageError(ValueError):
    """No reader is registered for a text's language."""


def served() -> tuple[str, ...]:
    """The languages that can be read, with those undetermined ones that are tried."""
    readers = plugins.registered(plugins.READERS)
    return (*readers, *(code for code, tried in _UNDETERMINED.items() if tried in readers))


def code_text(task: CodingTask) -> CodingResult:
    """The claims of a text, each once, in text order; and the days it may be of, where its report has no date.

    A failure names what an extractor did wrong; its other claims and those of other extractors stand. Raises what a
    reader or a stage raises: then there is nothing to keep.
    """
    report = task.reports[0]
    book = _book(task.codebook, task.codebook_hash)
    known = _known(task.actors, task.actors_hash)
    analysis = _reader(report)(task.text, report.body_at)
    found = mentions.find(analysis, known)
    dating = date_text(analysis, found, known) if report.published is None else None
    grounded = ground.ground(report, analysis, found, known)
    claims: dict[str, Claim] = {}
    failures = []
    for name in plugins.registered(plugins.EXTRACTORS):
        for item in _extracted(name, report, analysis, grounded, book):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                claims.setdefault(item.id, item)
    ordered = sorted(claims.values(), key=lambda claim: (claim.evidence.start, claim.id))
    return CodingResult(task.text.id, tuple(ordered), dating, tuple(failures))


def _reader(report: Report) -> plugins.Reader:
    language = _UNDETERMINED.get(report.language, report.language)
    if language not in plugins.registered(plugins.READERS):
        raise UnservedLanguageError(f"no reader for the language {language!r}")
    return plugins.reader(language)


@functools.lru_cache(maxsize=1)  # a worker codes with one codebook
def _book(path: str, wanted: str) -> Codebook:
    book = codebook.load(Path(path) if path else None)
    if wanted and book.hash != wanted:
        raise ValueError(f"{path}: the codebook was changed while coding; run the command again")
    return book


@functools.lru_cache(maxsize=1)  # and with one table of actors
def _known(path: str, wanted: str) -> Knowledge:
    known = own_actors.load(Path(path)) if path else knowledge.load()
    if wanted and known.hash != wanted:
        raise ValueError(f"{path}: the table of actors was changed while coding; run the command again")
    return known


def _extracted(
    name: str, report: Report, analysis: Analysis, grounded: Grounded, book: Codebook
) -> Iterator[Claim | Failure]:
    """The claims of one extractor that keep the rules, and a failure for each that does not."""
    try:
        claims = plugins.extractor(name)(report, analysis, grounded, book)
    except Exception as error:  # somebody else's code: whatever it raises must not cost the other extractors' claims
        said = " ".join(str(error).split())
        yield Failure(where(report), f"extractor {name}: {type(error).__name__}: {said}", stage="code")
        return
    for claim in claims:
        problems = check(claim, analysis, book)
        if problems:
            yield Failure(where(report), f"extractor {name}: claim {claim.id[:12]}: {problems[0]}", stage="code")
        else:
            yield claim


def check(claim: Claim, analysis: Analysis, book: Codebook) -> list[str]:
    """What is wrong with a claim: words outside its text, codes that the codebook does not have."""
    problems = []
    if claim.text != analysis.text.id:
        problems.append("it is of another text")
    misplaced = anchors.misplaced(claim, analysis.text.id, len(analysis.text.content))
    if misplaced:
        problems.append(misplaced)
    if not 0 <= claim.confidence <= 1:
        problems.append(f"its confidence {claim.confidence} is not between 0 and 1")
    content = claim.content
    if isinstance(content, Act):
        problems += book.check_act(content.type, content.modes, content.contexts)
        if content.cameo and content.cameo not in book.cameo:
            problems.append(f"there is no CAMEO code {content.cameo!r}")
    else:
        if content.issue not in book.issues:
            problems.append(f"there is no issue {content.issue!r}")
        if content.stance not in book.stances:
            problems.append(f"there is no stance {content.stance!r}")
    return problems
