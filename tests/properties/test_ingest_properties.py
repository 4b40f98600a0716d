"""Reading, for any input: never an exception, one line for each failure, and texts exactly as they were given."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ingest import read
from dragoman.types import Document, Failure

# What a store can keep: all of Unicode but NUL and surrogates
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
_BLANKS = st.text(" \n\t\u00a0", max_size=3)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "date", "x"]), inner),
    max_leaves=8,
)


def reading(suffix: str, data: bytes) -> list[Document | Failure]:
    """What reading a file of these bytes gives."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / f"a{suffix}"
        path.write_bytes(data)
        return list(read([path]))


@given(suffix=st.sampled_from([".txt", ".md", ".json", ".jsonl"]), data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(suffix: str, data: bytes) -> None:
    """Whatever a file holds, there is at least one outcome, and what is said of a failure is one line."""
    found = reading(suffix, data)

    assert found
    assert not [item for item in found if isinstance(item, Failure) and len(str(item).splitlines()) != 1]


@given(values=st.lists(_JSON, max_size=4), suffix=st.sampled_from([".json", ".jsonl"]))
def test_any_json_is_read_or_refused_in_one_line(values: list[Any], suffix: str) -> None:
    """The same for files that are JSON, of whatever shape."""
    text = json.dumps(values) if suffix == ".json" else "\n".join(json.dumps(value) for value in values)
    found = reading(suffix, text.encode())

    assert found
    assert not [item for item in found if isinstance(item, Failure) and len(str(item).splitlines()) != 1]


@given(title=_TEXT, body=_TEXT, before=_BLANKS, after=_BLANKS, escaped=st.booleans())
def test_json_text_is_title_and_body_as_given(title: str, body: str, before: str, after: str, escaped: bool) -> None:
    """Title and body come through code point by code point, stripped at their ends and nowhere else."""
    item = {"title": f"{after}{title}{before}", "text": f"{before}{body}{after}"}
    (found,) = reading(".json", json.dumps(item, ensure_ascii=escaped).encode())

    if isinstance(found, Failure):
        assert "" == (title + body).strip()
    else:
        report, content = found.report, found.text.content
        assert body.strip() == content[report.body_at :]
        assert title.strip() == report.title == content[: report.body_at].removesuffix("\n\n" if body.strip() else "")
        assert hashlib.sha256(content.encode()).hexdigest() == found.text.id


@settings(max_examples=50)
@given(body=_TEXT.filter(lambda body: bool(body.strip())))
def test_plain_text_is_never_altered(body: str) -> None:
    """A text file's text is what the file holds, whatever its first line looks like."""
    (found,) = reading(".txt", f"First line.\n{body}".encode())

    assert isinstance(found, Document)
    assert f"First line.\n{body}".strip() == found.text.content


@settings(max_examples=30)
@given(items=st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=5))
def test_reading_twice_gives_the_same(items: list[tuple[str, str]]) -> None:
    """The same bytes give the same documents with the same ids."""
    data = "\n".join(json.dumps({"title": title, "text": text}) for title, text in items).encode()
    first, second = (
        [item.report.id for item in reading(".jsonl", data) if isinstance(item, Document)] for _ in range(2)
    )

    assert first == second
