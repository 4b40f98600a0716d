"""``dragoman audit``: draw a random sample of claims, and what the samples of a record tell so far. Prints."""

import dataclasses
from typing import Annotated, Any

import typer

from dragoman import kept, samples
from dragoman.audit import Estimate, Share
from dragoman.cli_options import NOTHING, OK, AsJson, RecordFile, login
from dragoman.lookup import look_up
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text, plain
from dragoman.types import Sample


def audit(
    record: RecordFile,
    draw: Annotated[int, typer.Option("--draw", metavar="N", min=0, help="Draw a sample of N claims first.")] = 0,
    per: Annotated[str, typer.Option("--per", metavar="WHAT", help="Stratify it: by type or by band.")] = "",
    seed: Annotated[str, typer.Option("--seed", metavar="S", help="The seed; the same draws the same claims.")] = "1",
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who draws it; default: your login.")] = "",
    as_json: AsJson = False,
) -> None:
    """Estimate how many claims are right, from random samples that people judge at the workbench; draw one.

    Every claim that was drawn has a known probability; the estimate weighs by it and comes with a 95 % interval.
    """
    with Store.open(record) as store:
        held = kept.read(store)
        if draw:
            samples.draw(store, held, draw, seed=seed, per=per, by=by or login())
        look = look_up(held)
        found = [(sample, samples.told(sample, look)[1]) for sample in samples.kept(store)]
    if as_json:
        output.put(json_text([_json(*one) for one in found], indent=2) + "\n")
    elif not found:
        output.tell(f"no sample was drawn of {record}; --draw N draws one")
    else:
        output.put("\n".join(line for one in found for line in _lines(*one)) + "\n")
    raise typer.Exit(OK if found else NOTHING)


def _json(sample: Sample, estimate: Estimate) -> dict[str, Any]:
    about = {"id": sample.id, "by": sample.by, "at": sample.at, "seed": sample.seed, "per": sample.per}
    drawn = [{"claim": one.claim, "stratum": one.stratum, "probability": one.probability} for one in sample.drawn]
    return about | dataclasses.asdict(estimate) | {"sample": drawn}


def _lines(sample: Sample, estimate: Estimate) -> list[str]:
    strata = f", per {sample.per}" if sample.per else ""
    gone = f", {estimate.gone} no more in the record" if estimate.gone else ""
    head = f"sample {sample.id} by {plain(sample.by)}, seed {plain(sample.seed)}{strata}: "
    lines = [f"{head}{estimate.judged} of {estimate.drawn} judged, drawn of {estimate.claims} claims{gone}"]
    lines += [f"  right in every cell: {_shown(estimate.right)}", f"  there at all: {_shown(estimate.found)}"]
    if sample.per:
        lines += [
            f"  {plain(one.name)}: {one.claims} claims, {one.drawn} drawn, {one.judged} judged, {one.right} right"
            for one in estimate.parts
        ]
    return lines


def _shown(share: Share) -> str:
    """``71 % (95 % interval 58 % to 81 %)``."""
    if share.share is None or share.low is None or share.high is None:
        return "nothing judged yet"
    middle, low, high = (f"{100 * one:.0f} %" for one in (share.share, share.low, share.high))
    return f"{middle} (95 % interval {low} to {high})"
