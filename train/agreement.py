"""How far the second, blind coding of some of our labels agrees with the first.

    python -m train.agreement

Names: F1 of exact spans with exact types. Words of trees: shares with the same part of speech, the same head, and the
same head and relation (without subtypes). Reads train/labels only.
"""

from train.reader_data import LABELS, table

SECOND = LABELS / "second"


def bare(name: str) -> str:
    """A tag without its form, a relation without its subtype."""
    return name.partition(":")[0]


def names(stems: list[str]) -> tuple[float, int, int]:
    """F1, and how many spans either coding has."""
    first, second = (
        {
            (stem, item, *row)
            for stem in stems
            for item, rows in table(folder / "names" / f"{stem}.tsv").items()
            for row in rows
        }
        for folder in (LABELS, SECOND)
    )
    return 2 * len(first & second) / (len(first) + len(second)), len(first), len(second)


def trees(stems: list[str]) -> tuple[int, float, float, float]:
    """Words coded twice; shares with the same part of speech, head, head and relation."""
    words, tags, heads, both = 0, 0, 0, 0
    for stem in stems:
        first, second = (table(folder / "trees" / f"{stem}.tsv") for folder in (LABELS, SECOND))
        for item, rows in second.items():
            for (_, _, tag, head, relation), (_, _, *other) in zip(first[item], rows, strict=True):
                words += 1
                tags += bare(tag) == bare(other[0])
                heads += head == other[1]
                both += head == other[1] and bare(relation) == bare(other[2])
    return words, tags / words, heads / words, both / words


def main() -> None:
    """Measure and print."""
    stems = sorted(path.stem for path in (SECOND / "names").glob("*.tsv"))
    f1, first, second = names(stems)
    print(f"names: F1 {f1:.3f} ({first} and {second} spans)")
    words, *shares = trees(stems)
    print(f"trees: {words} words; part of speech {shares[0]:.3f}, head {shares[1]:.3f}, with relation {shares[2]:.3f}")


if __name__ == "__main__":
    main()
