"""A page's bytes -> its article and what the page says of itself. Runs in a sandbox: see :mod:`dragoman.sandbox`.

trafilatura finds the article. It is given a tree that we parse ourselves, without libxml2's limits on nesting and node
size, at which the rest of a page is dropped without an error (LIBRARIES.md 0.3). What it returns is compared with an
independent reading, and a great loss is a warning. Knows nothing of files and reports.
"""

import importlib.metadata
import re
from dataclasses import dataclass

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.utils import detect_encoding

from dragoman.ingest import visible
from dragoman.ingest.limits import Limits
from dragoman.ingest.pagedates import published

EXTRACTOR = f"trafilatura@{importlib.metadata.version('trafilatura')}"

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# Labels that pages use for a larger encoding (WHATWG Encoding Standard, section 4.2)
_SUPERSETS = {"ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}
# Characters that XML, and so libxml2's tree, cannot hold, as themselves and as references: one such reference makes
# trafilatura 2.3.1 return nothing for the whole page
_NO_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[1245-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[\da-f])(?![\da-f]));?",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb"""\"[^"]*"|'[^']*'""")
# Chosen, not measured: of a page whose sentences are mostly not in the article, something is wrong
_SUSPECT = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page; fields of the report as the page gives them, "" where it does not."""

    title: str
    text: str
    published: str
    outlet: str
    url: str
    language: str
    warnings: tuple[str, ...] = ()


def read_page(data: bytes, limits: Limits) -> Page | str:
    """The page, or in one line why it cannot be read (too many attributes, nothing in it, no article in it)."""
    attributes = most_attributes(data)
    if attributes > limits.page_attributes:
        return f"a tag with {attributes:,} attributes (at most {limits.page_attributes:,} are read)"
    source, warnings = _decoded(data)
    tree = _tree(source)
    article = trafilatura.extract(tree, fast=True, include_comments=False) or "" if tree is not None else ""
    runs = visible.paragraphs(source[: limits.page_check])
    if tree is None or not article.strip():
        return f"no article found in {sum(map(len, runs)):,} characters of text"
    # Bounds and all, as htmldate's default upper bound is today; the date itself we read more strictly
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    about = extract_metadata(tree, date_config=dates, extensive=False)
    day, doubt = published(tree, about.url or "")
    title = " ".join((about.title or "").split())
    return Page(
        title=title,
        text=_without_title(article, title),
        published=day,
        outlet=about.sitename or "",
        url=about.url or "",
        language=(tree.get("lang") or "").strip(),
        warnings=(*warnings, *doubt, *_losses(runs, article)),
    )


def _tree(source: str) -> lxml.html.HtmlElement | None:
    """The page as a tree that holds all of it; None for nothing."""
    parser = lxml.html.HTMLParser(
        huge_tree=True, encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.html.document_fromstring(_NO_XML.sub("", source).encode(), parser=parser)
    except lxml.etree.LxmlError:
        return None


def most_attributes(data: bytes) -> int:
    """The number of attributes of the tag that has most, told in linear time: a bound for what parsing costs."""
    tags = (match[0] for match in re.finditer(rb"<[a-zA-Z][^<>]*", data))
    # Only a tag of some length can have many; the sum of the lengths is that of the page
    return max((len(_QUOTED.sub(b"", tag).split()) - 1 for tag in tags if len(tag) > 1000), default=0)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page as text: in UTF-8 or UTF-16 if it is that, else as it declares, else as its letters suggest."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding) or data.decode(encoding, "replace"), ()
    if (text := _strictly(data, "utf-8")) is not None:
        return text, ()
    declared = _CHARSET.search(data[:4096])
    label = declared[1].decode("ascii").lower() if declared else ""
    if label not in ("", "utf-8", "utf8") and (text := _strictly(data, _SUPERSETS.get(label, label))) is not None:
        return text, ()
    stated = f"encoding declared as {label}, but" if label else "encoding not declared,"
    for guess in detect_encoding(data):
        if (text := _strictly(data, guess)) is not None:
            return text, (f"{stated} read as {guess}",)
    text = data.decode("utf-8", "replace")
    return text, (f"suspect encoding: {text.count(chr(0xFFFD)):,} places fit no encoding",)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _without_title(article: str, title: str) -> str:
    """The article without a first line that only repeats the headline: the report's text begins with it anyway."""
    first, _, rest = article.strip().partition("\n")
    repeated = title and " ".join(first.lstrip("# ").split()).casefold() == title.casefold()
    return rest.strip() if repeated and rest.strip() else article.strip()


def _losses(runs: list[str], article: str) -> tuple[str, ...]:
    """A warning if less of the page's sentences than should be is in its article."""
    whole, kept = visible.prose(runs), visible.kept(runs, article)
    if kept >= _SUSPECT * whole:
        return ()
    return (f"suspect extraction: {kept:,} of {whole:,} characters of sentences are in the article",)
