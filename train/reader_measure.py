"""The figures that training is watched by: trees on the dev treebanks, spans of each scheme. Greedy, by the network."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import torch

from dragoman.language.wordpiece import Vocabulary
from train import reader_data as data
from train.reader_batches import IGNORE, SCHEMES, Codes, batch, windows
from train.reader_model import Encoder, Heads

EDGES = tuple(accumulate(SCHEMES, initial=0))


@torch.no_grad()
def tally(
    encoder: Encoder, heads: Heads, known: Vocabulary, numbered: Codes, documents: Sequence[data.Document]
) -> dict[str, list[int]]:
    """Counts: of words all, right UPOS, heads, labelled heads; of spans by scheme right, gold, found."""
    upos = [tag.partition(":")[0] for tag in numbered.tags]
    plain = [name.partition(":")[0] for name in numbered.relations]
    words = [0, 0, 0, 0]
    spans = [[0, 0, 0] for _ in range(3)]
    chosen = [window for document in documents for window in windows(document, 128, known)]
    for at in range(0, len(chosen), 12):
        given = batch(chosen[at : at + 12], known, numbered)
        vectors = encoder(given.ids, given.shapes, given.mask, given.first)
        for group in given.groups:
            tags, arcs, below, above, scored, _, _ = heads(vectors[group.words])
            open_ = torch.cat([torch.ones_like(group.real[:, :1]), group.real], 1)
            guess = arcs.masked_fill(~open_[:, None, :], -1e4).argmax(-1)
            labelled = group.heads != IGNORE
            rows = labelled.nonzero()[:, 0]
            named = heads.relations(below[labelled], above[rows, guess[labelled]]).argmax(-1).tolist()
            gold = group.relations[labelled].tolist()
            same = (guess == group.heads)[labelled].tolist()
            words[0] += len(same)
            words[1] += sum(
                g >= 0 and upos[g] == upos[t]
                for g, t in zip(group.tags[labelled].tolist(), tags.argmax(-1)[labelled].tolist(), strict=True)
            )
            words[2] += sum(same)
            words[3] += sum(s and g >= 0 and plain[g] == plain[n] for s, g, n in zip(same, gold, named, strict=True))
            for which, (start, end) in enumerate(pairwise(EDGES)):
                allowed = group.schemes[which]
                known_here = allowed > 0
                best = scored[..., start:end].argmax(-1)[known_here]
                bits = allowed[known_here]
                spans[which][0] += int(((best > 0) & ((bits >> best) & 1 > 0) & (bits & 1 == 0)).sum())
                spans[which][1] += int((bits & 1 == 0).sum())
                spans[which][2] += int((best > 0).sum())
    return {"words": words, **{name: spans[which] for which, name in enumerate(("names", "mentions", "re3d"))}}


def f1(counts: Sequence[int]) -> float:
    """F1 in percent of right, gold, found."""
    right, gold, found = counts
    return round(200 * right / max(1, gold + found), 2)


def trees(counts: Sequence[int]) -> str:
    """UPOS, UAS, LAS in percent."""
    return " ".join(f"{100 * right / max(1, counts[0]):.2f}" for right in counts[1:])


def measure(
    encoder: Encoder, heads: Heads, known: Vocabulary, numbered: Codes, held: Sequence[str]
) -> dict[str, str | float]:
    """All figures."""
    ewt = tally(encoder, heads, known, numbered, data.ewt("dev"))
    gum = tally(encoder, heads, known, numbered, data.gum("dev"))
    news = tally(encoder, heads, known, numbered, data.news(stem for stem in held if stem in data.stems()))
    kept = tally(encoder, heads, known, numbered, data.re3d(held_out=True))
    return {
        "ewt": trees(ewt["words"]),
        "gum": trees(gum["words"]),
        "headlines": trees(news["words"]),
        "mentions": f1(gum["mentions"]),
        "news names": f1(news["names"]),
        "re3d": f1(kept["re3d"]),
    }
