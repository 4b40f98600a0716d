"""``dragoman agreement``: how far the reviewers of a record agree. Prints; decides nothing."""

import dataclasses

import typer

from dragoman.agreement import agreement as agreed
from dragoman.cli_options import NOTHING, OK, AsJson, RecordFile
from dragoman.store import Store
from dragoman.terminal import output
from dragoman.terminal.plain import json_text, plain


def agreement(
    record: RecordFile,
    as_json: AsJson = False,
) -> None:
    """Say how far reviewers agree on the claims that two or more judged: Krippendorff's alpha, and each two of them.

    Of each reviewer the latest word on a claim counts: accept, reject, or set (a cell corrected, whichever value).
    Words of blind second coding count like others; a third person's decision between differing ones does not.
    """
    with Store.open(record) as store:
        words, _ = store.words_of_people()
        about = store.targets(words)
    found = agreed(words, about)
    if as_json:
        output.put(json_text(dataclasses.asdict(found) | {"decisions": dict(found.decisions)}, indent=2) + "\n")
    elif not found.claims:
        output.tell(f"no claim of {record} was judged by two people")
    else:
        value = "not defined (all said the same)" if found.alpha is None else f"{found.alpha:.3f}"
        counted = ", ".join(f"{number} {decision}" for decision, number in found.decisions)
        claims = "1 claim" if found.claims == 1 else f"{found.claims} claims"
        lines = [f"Krippendorff's alpha (nominal): {value}; {claims} judged by two or more: {counted}"]
        lines += [f"{plain(one.one)} and {plain(one.other)}: {one.alike} of {one.both} alike" for one in found.pairs]
        output.put("\n".join(lines) + "\n")
    raise typer.Exit(OK if found.claims else NOTHING)
