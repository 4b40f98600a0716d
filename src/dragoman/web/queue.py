"""What is worth a person's time next: claims by how uncertain and how consequential they are, and doubtful pairs.

A claim's place is (1 - its confidence) x the weight of its event (:func:`dragoman.web.index_rows.weight`: 1, and
2 more where it is disputed or accounts differ, up to 1 for the strength of the act, and the logarithm of its reports).
Asked of the index by SQL; knows no page.
"""

from typing import Any

from dragoman.web import search
from dragoman.web.asked import Asked
from dragoman.web.index import Index
from dragoman.web.search import Page

_UNDECIDED = "NOT EXISTS (SELECT 1 FROM decided d WHERE d.claim = claims.id)"


def claims(index: Index, asked: Asked) -> Page:
    """Claims that nobody has judged, each with its ``place`` in the queue, highest first."""
    total = index.one(f"SELECT count(*) FROM claims WHERE {_UNDECIDED}")
    query = f"SELECT * FROM claims WHERE {_UNDECIDED} ORDER BY place DESC, id DESC LIMIT ? OFFSET ?"
    found = index.all(query, (asked.size, (asked.page - 1) * asked.size))
    return Page([search.claim(index, row) for row in found], total, asked.page, asked.size)


def pairs(index: Index, asked: Asked) -> Page:
    """Pairs of claims the program is unsure of and no person spoke of, those nearest to the middle first."""
    total = index.one("SELECT count(*) FROM pairs WHERE NOT spoken")
    query = "SELECT * FROM pairs WHERE NOT spoken ORDER BY abs(score - 0.5), left, right LIMIT ? OFFSET ?"
    found = index.all(query, (asked.size, (asked.page - 1) * asked.size))
    return Page([_pair(index, row) for row in found], total, asked.page, asked.size)


def _pair(index: Index, row: Any) -> dict[str, Any]:
    ends = {
        side: search.claim(index, one)
        for side in ("left", "right")
        for one in index.all("SELECT * FROM claims WHERE id = ?", (row[side],))
    }
    return {"score": row["score"], "left": ends.get("left"), "right": ends.get("right")}
