"""Random audits: a sample of claims with known probabilities, and what it tells of all claims. Pure.

A sample is drawn without replacement within strata, by the order of a hash of seed and claim (permanent random numbers,
after E. Ohlsson, "Coordination of samples using permanent random numbers", in Cox et al., Business Survey Methods,
Wiley 1995), so that the same seed draws the same claims on any machine and from any order of them. A claim of a stratum
of N claims, n of them drawn, comes in with probability n/N.
"""

import dataclasses
import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman import found_again, ids, jsonform
from dragoman.said import PERSON
from dragoman.types import Act, Claim, Decision, Drawn, Judgement, Sample, Stratum, Text

# What samples may be stratified by: nothing, the type of the act (or the issue of the stance), the confidence.
PER = ("", "type", "band")
# Bounds of the bands of confidence; the first goes down to 0, the last up to 1.
_BANDS = (0.5, 0.7, 0.9)
# The media type under which a sample is kept in a record.
MEDIA_TYPE = "application/vnd.dragoman.sample+json"
# The normal quantile of a 95 % interval.
_Z = 1.959963984540054


class AuditError(ValueError):
    """A sample that cannot be drawn; one line for a person."""


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share of all claims (0 to 1) with the bounds of its 95 % interval; None where nothing is judged.

    ``horvitz_thompson`` is the total by Horvitz and Thompson over the number of claims; beside ``share``, which is
    Hajek's, it shows how far the sample is from done: of claims not judged yet it counts none as right.
    """

    share: float | None
    low: float | None
    high: float | None
    horvitz_thompson: float


@dataclass(frozen=True, slots=True)
class Part:
    """A stratum's own numbers: claims, drawn, judged, right in every cell, found (right or to be corrected)."""

    name: str
    claims: int
    drawn: int
    judged: int
    right: int
    found: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sample tells so far. ``right``: the share of claims that are right as they were read; ``found``: of those
    that tell of an act or stance that is there, cells to be corrected or not. ``gone``: drawn, and now lost.
    """

    claims: int
    drawn: int
    judged: int
    gone: int
    right: Share
    found: Share
    parts: tuple[Part, ...]


def band(claim: Claim) -> str:
    """The band of confidence a claim is in: ``0.50 to 0.70``."""
    bounds = (0.0, *_BANDS, 1.0)
    number = sum(claim.confidence >= bound for bound in _BANDS)
    return f"{bounds[number]:.2f} to {bounds[number + 1]:.2f}"


def _type(claim: Claim) -> str:
    return claim.content.type if isinstance(claim.content, Act) else f"stance {claim.content.issue}"


_STRATUM: Mapping[str, Callable[[Claim], str]] = {"": lambda _: "all", "type": _type, "band": band}


def draw(claims: Iterable[Claim], texts: Iterable[Text], size: int, *, seed: str, per: str, by: str, at: str) -> Sample:
    """A sample of ``size`` claims that the program read, those that people added left out.

    Strata are drawn from in proportion to their claims, from each at least one. Raises :class:`AuditError`.
    """
    if per not in PER:
        raise AuditError(f"per: {per!r} is none of type, band")
    strata: dict[str, list[Claim]] = {}
    for claim in claims:
        if not claim.origin.startswith(PERSON):
            strata.setdefault(_STRATUM[per](claim), []).append(claim)
    total = sum(map(len, strata.values()))
    if not len(strata) <= size <= total:
        least = f"at least {len(strata)}, one of each {per}" if per else "at least 1"
        raise AuditError(f"size: {size} cannot be drawn of {total} claims: {least}, and no more than there are")
    contents = {text.id: text.content for text in texts}
    sizes = allocated({name: len(found) for name, found in strata.items()}, size)
    drawn = []
    for name, found in strata.items():
        chosen = sorted(found, key=lambda claim: _number(seed, claim.id))[: sizes[name]]
        drawn += [(_number(seed, one.id), _drawn(one, contents, name, sizes[name] / len(found))) for one in chosen]
    made = Sample(
        "", by, at, seed, per,
        tuple(Stratum(name, len(strata[name]), sizes[name]) for name in sorted(strata)),
        tuple(one for _, one in sorted(drawn, key=lambda item: item[0])),
    )  # fmt: skip
    return dataclasses.replace(made, id="s" + ids.sha256(jsonform.dumps(made))[:16])


def _number(seed: str, claim: str) -> str:
    """A claim's random number by a seed, as hexadecimal digits."""
    return hashlib.sha256(f"{seed}\x1f{claim}".encode()).hexdigest()


def _drawn(claim: Claim, contents: Mapping[str, str], stratum: str, probability: float) -> Drawn:
    words = contents.get(claim.text, "")[claim.evidence.start : claim.evidence.end]
    return Drawn(claim.id, claim.text, words, stratum, probability)


def allocated(claims: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each stratum: one, and the rest in proportion, by largest remainders; never more than all."""
    sizes = dict.fromkeys(claims, 1)
    while (left := size - sum(sizes.values())) > 0:
        free = {name: number - sizes[name] for name, number in claims.items() if number > sizes[name]}
        exact = {name: left * number / sum(free.values()) for name, number in free.items()}
        whole = {name: min(free[name], math.floor(share)) for name, share in exact.items()}
        if not any(whole.values()):
            order = sorted(exact, key=lambda name: (-exact[name], name))
            whole = dict.fromkeys(order[:left], 1)
        for name, number in whole.items():
            sizes[name] += number
    return sizes


def verdicts(
    sample: Sample, claims: Sequence[Claim], texts: Iterable[Text], judged: Mapping[str, Sequence[Judgement]]
) -> dict[str, tuple[str, bool | None, bool]]:
    """Drawn claim -> (its id now, "" where it is gone; right in every cell, None where nobody judged it; found)."""
    here = {claim.id: claim for claim in claims}
    words = found_again.worded(claims, {text.id: text for text in texts})
    made = {}
    for one in sample.drawn:
        bare = Judgement("", one.claim, Decision.ACCEPT, "", "", "", text=one.text, words=one.words)
        now = found_again.target(bare, here, words)
        made[one.claim] = (now, *verdict(judged.get(now, ())))
    return made


def verdict(words: Sequence[Judgement]) -> tuple[bool | None, bool]:
    """(right in every cell, found) by the words that count on a claim, oldest first; (None, False) for no words.

    A rejected claim is neither; one with a cell set by a person is found and not right.
    """
    last = next((one.decision for one in reversed(words) if one.decision is not Decision.SET), None)
    corrected = any(one.decision is Decision.SET for one in words)
    if last is None and not corrected:
        return None, False
    found = last is not Decision.REJECT
    return found and not corrected, found


def estimate(sample: Sample, said: Mapping[str, tuple[str, bool | None, bool]]) -> Estimate:
    """What the words so far (:func:`verdicts`) tell of all claims that the sample was drawn of.

    The share is J. Hajek's estimator ("Comment on a paper by D. Basu", in Godambe & Sprott, Foundations of Statistical
    Inference, 1971): right claims over judged ones, each weighed by one over its probability; claims of a stratum that
    are not judged yet are taken for missing at random, so that its weights are claims over judged. Beside it the
    estimator of D. G. Horvitz and D. J. Thompson (Journal of the American Statistical Association 47, 1952). The
    interval is E. B. Wilson's (ibid. 22, 1927) at the effective size of the sample, that is, after L. Kish (Survey
    Sampling, 1965), with the finite population correction; what stratifying gains is not claimed, so that the interval
    is rather too wide than too narrow.
    """
    parts = tuple(_part(stratum, sample, said) for stratum in sample.strata)
    heard = [part for part in parts if part.judged]
    return Estimate(
        claims=sum(part.claims for part in parts),
        drawn=len(sample.drawn),
        judged=sum(part.judged for part in parts),
        gone=sum(not now for now, _, _ in said.values()),
        right=_share(parts, heard, sample, {key: bool(right) for key, (_, right, _) in said.items()}),
        found=_share(
            parts, heard, sample, {key: found for key, (_, right, found) in said.items() if right is not None}
        ),
        parts=parts,
    )


def _part(stratum: Stratum, sample: Sample, said: Mapping[str, tuple[str, bool | None, bool]]) -> Part:
    words = [said.get(one.claim, ("", None, False)) for one in sample.drawn if one.stratum == stratum.name]
    judged = [one for one in words if one[1] is not None]
    right, found = sum(bool(one[1]) for one in judged), sum(one[2] for one in judged)
    return Part(stratum.name, stratum.claims, stratum.drawn, len(judged), right, found)


def _share(parts: Sequence[Part], heard: Sequence[Part], sample: Sample, yes: Mapping[str, bool]) -> Share:
    everything = sum(part.claims for part in parts)
    total = sum(1 / one.probability for one in sample.drawn if yes.get(one.claim))
    if not heard:
        return Share(None, None, None, 0.0)
    covered = sum(part.claims for part in heard)
    good = dict.fromkeys((part.name for part in heard), 0)
    for one in sample.drawn:
        if one.stratum in good:
            good[one.stratum] += yes.get(one.claim, False)
    share = sum(part.claims * good[part.name] / part.judged for part in heard) / covered
    # The variance of the share is p(1-p) times this, were the strata alike: 1 over the effective size.
    spread = sum((part.claims / covered) ** 2 * (1 - part.judged / part.claims) / part.judged for part in heard)
    low, high = wilson(share, spread)
    return Share(share, low, high, total / everything)


def wilson(share: float, spread: float) -> tuple[float, float]:
    """The 95 % interval by Wilson of a share from a sample of effective size 1 / ``spread``; at 0 the share itself."""
    squared = _Z * _Z * spread
    middle, half = share + squared / 2, _Z * math.sqrt(spread * share * (1 - share) + spread * squared / 4)
    low, high = (middle - half) / (1 + squared), (middle + half) / (1 + squared)
    return max(0.0, min(low, share)), min(1.0, max(high, share))
