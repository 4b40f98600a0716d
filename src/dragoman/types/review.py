"""What is drawn for an audit: a random sample of claims, kept so that it stays the same, with its probabilities."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the claims that is drawn from by itself: how many there were and how many were drawn."""

    name: str
    claims: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim that was drawn, and the probability (0 to 1) with which it came into the sample.

    ``words`` find it again in its text after re-coding.
    """

    claim: str
    text: str
    words: str
    stratum: str
    probability: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: who drew it when (UTC, ISO 8601), by which seed, stratified by what ("" for nothing, type, band).

    ``drawn`` is in the order in which it was drawn, which is random, so that its beginning is a random sample too.
    """

    id: str
    by: str
    at: str
    seed: str
    per: str
    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]
