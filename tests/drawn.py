"""Hypothesis strategies for claims that tell of a few acts, and for people's words on them."""

import itertools

from hypothesis import strategies as st

from dragoman.types import Link, Says, Verdict
from tellings import Telling, tell, word

WHO = ("CHN/Li Hui > RUS", "CHN/Li Hui > UKR/Volodymyr Zelensky", "CHN > UKR", "UKR+CHN", "CHN/Li Hui > RUS+UKR+POL")
DAYS = ("", "2023-05-15..2023-05-21", "2023-05-17", "2023-05-26")


@st.composite
def tellings(draw: st.DrawFn) -> list[Telling]:
    """Two to seven claims about a few acts that are easily taken for each other."""
    return [
        tell(
            draw(st.sampled_from(WHO)),
            draw(st.sampled_from(("planned", "happened", "cancelled", "denied"))),
            draw(st.sampled_from(DAYS)),
            published=draw(st.sampled_from(("", "2023-05-12", "2023-05-18", "2023-05-27"))),
            voice_of=draw(st.sampled_from(("", "CHN", "UKR", "?officials"))),
            says=draw(st.sampled_from((Says.AFFIRMS, Says.AFFIRMS, Says.DENIES, Says.SILENT))),
            content=f"telling {number}",
        )
        for number in range(draw(st.integers(2, 7)))
    ]


@st.composite
def worded(draw: st.DrawFn) -> tuple[list[Telling], list[Link]]:
    """Claims, and up to eight words of people on pairs of them, contradictions included."""
    told = draw(tellings())
    pairs = list(itertools.combinations(range(len(told)), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=8))
    links = [
        word(
            told[a],
            told[b],
            draw(st.sampled_from((Verdict.SAME, Verdict.NOT_SAME))),
            at=f"2024-01-0{draw(st.integers(1, 9))}T00:00:00Z",
            by=draw(st.sampled_from(("Ana", "Ben"))),
        )
        for a, b in chosen
    ]
    return told, links
