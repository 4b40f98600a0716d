"""Pages: the article, what the page says of itself, and warnings where one of them is doubtful."""

import datetime as dt
from pathlib import Path

import pytest

from dragoman.ingest import read
from dragoman.ingest.limits import Limits
from dragoman.ingest.pages import Page, most_attributes, read_page
from dragoman.types import Document

_SENTENCES = tuple(
    f"In the {n} round the ministers of both countries spoke about the border, the bridge and the prisoners of war."
    for n in ("first", "second", "third", "fourth", "fifth")
)
_JSON_LD = '<script type="application/ld+json">%s</script>'
_PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES)


def html(head: str = "", body: str = _PARAGRAPHS, attributes: str = "") -> str:
    """A page with an article."""
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body><article>{body}</article></body></html>"


def page(source: str | bytes) -> Page:
    """The page read in this process."""
    found = read_page(source if isinstance(source, bytes) else source.encode(), Limits())
    assert isinstance(found, Page), found
    return found


def test_page_becomes_a_document(tmp_path: Path) -> None:
    """A page gives title and article with offsets into them, its own metadata, its bytes and who extracted it."""
    head = (
        "<title>Ministers meet | News</title>"
        '<meta property="og:title" content="Ministers meet"><meta property="og:site_name" content="A Newspaper">'
        '<meta property="article:published_time" content="2023-05-16T23:30:00+09:00">'
        '<link rel="canonical" href="https://www.news.example/2023/05/16/ministers">'
    )
    path = tmp_path / "a.html"
    path.write_text(html(head, f"<h1>Ministers meet</h1>{_PARAGRAPHS}", 'lang="en-GB"'), encoding="utf-8")

    (found,) = read([path])

    assert isinstance(found, Document)
    assert found.text.content == "Ministers meet\n\n" + "\n".join(_SENTENCES)
    assert found.text.content[found.report.body_at :].startswith(_SENTENCES[0])
    assert (found.report.published, found.report.published_at) == (dt.date(2023, 5, 16), "2023-05-16T23:30:00+09:00")
    assert (found.report.outlet, found.report.url) == ("A Newspaper", "https://www.news.example/2023/05/16/ministers")
    assert (found.report.language, found.report.document) == ("en", "a.html")
    assert path.read_bytes() == found.raw
    assert found.extractor.startswith("trafilatura@")
    assert found.warnings == ()


@pytest.mark.parametrize("depth", [300, 1500])
def test_deeply_nested_page_keeps_its_text(depth: int) -> None:
    """Nesting at which libxml2 by default drops the rest of a page loses nothing."""
    nest = "<div>" * depth + f"<p>{_SENTENCES[0]}</p>" + "</div>" * depth
    found = page(html(body=nest + _PARAGRAPHS))

    assert all(sentence in found.text for sentence in _SENTENCES)
    assert found.warnings == ()


@pytest.mark.parametrize("bad", ["\x01", "\x00", "&#1;", "&#x0B;", "\ufffe"])
def test_characters_that_no_tree_can_hold_lose_nothing(bad: str) -> None:
    """A control character, or a reference to one, does not cost the page its text."""
    assert page(html(body=_PARAGRAPHS.replace("round", f"ro{bad}und&#8217;s"))).text.startswith("In the first round’s")


@pytest.mark.parametrize(
    ("source", "published", "warned"),
    [
        ('<meta name="DC.date" content="2023-05-16">', "2023-05-16", False),
        ('<meta name="date" content="2023"><meta name="pubdate" content="2023-05-16">', "2023-05-16", False),
        (_JSON_LD % '{"@graph": [{"datePublished": "2023-05-16T08:00"}]}', "2023-05-16T08:00", False),
        (_JSON_LD % '{"datePublished":', "", False),
        ('<meta name="sailthru.date" content="Tue, 16 May 2023 08:00:00 +0200">', "2023-05-16T08:00:00+02:00", False),
        ('<link rel="canonical" href="https://news.example/2023/05/16/talks">', "2023-05-16", False),
        ('<link rel="canonical" href="https://news.example/2023/13/16/talks">', "", False),
        ('<meta name="date" content="last Tuesday">', "", True),
        ("<title>Talks of 16 May 2023</title>", "", False),
    ],
)  # fmt: skip
def test_publication_date(source: str, published: str, warned: bool) -> None:
    """The date is what the page states in its metadata or address, as written, and never guessed from its words."""
    found = page(html(source, _PARAGRAPHS + "<p>Updated on 17 May 2023 and of no other date than this one.</p>"))

    assert published == found.published
    assert warned == any("date not understood" in warning for warning in found.warnings)


def test_date_does_not_depend_on_today() -> None:
    """A page dated after the day of reading keeps its date."""
    assert page(html('<meta name="date" content="2099-01-01">')).published == "2099-01-01"


@pytest.mark.parametrize(
    ("encoding", "declared", "warning"),
    [
        ("cp1251", "windows-1251", ""),
        ("cp1251", "utf-8", "encoding declared as utf-8, but read as "),
        ("cp1251", "", "encoding not declared, read as "),
        ("utf-16", "", ""),
        ("utf-8-sig", "iso-8859-1", ""),
    ],
)
def test_encodings(encoding: str, declared: str, warning: str) -> None:
    """A page is read in the encoding it is in, with a warning where that had to be guessed."""
    sentence = "Министры обеих стран встретились во вторник в столице и договорились продолжить переговоры весной."
    meta = f'<meta charset="{declared}">' if declared else ""
    found = page(html(meta, f"<p>{sentence}</p>" + f"<p>{sentence} Снова.</p>").encode(encoding))

    assert sentence in found.text
    assert ([warning] if warning else []) == [told[: len(warning)] for told in found.warnings]


def test_declared_subset_is_read_as_its_superset() -> None:
    """A page that declares GB 2312 and uses a letter of GB 18030 only is read."""
    sentence = "两国外长星期二在首都会晤，同意在春季再次会晤，总理朱镕基出席了会议并发表讲话。" * 3
    found = page(html('<meta charset="gb2312">', f"<p>{sentence}</p>").encode("gb18030"))

    assert "朱镕基" in found.text


def test_bytes_that_fit_no_encoding_are_told() -> None:
    """Two encodings in one page are not passed off as clean text."""
    source = html(body=f"<p>{_SENTENCES[0]}</p><p>Київ {_SENTENCES[1]}</p>").encode() + "Київ".encode("cp1251") * 3
    found = page(source)

    assert any("encoding" in warning for warning in found.warnings)


def test_lost_text_is_told() -> None:
    """Where less than half of a page's sentences are in its article, the record says so."""
    other = "".join(
        f"<div class='comment'><p>{n}. {'A reader wrote this long remark here. ' * 4}</p></div>" for n in range(9)
    )
    found = page(html(body=_PARAGRAPHS + f"<div id='comments'>{other}</div>"))

    assert any(warning.startswith("suspect extraction: ") for warning in found.warnings)


@pytest.mark.parametrize("source", ["", "<p></p>", "<html><body><script>let x = 1</script></body></html>", "plain"])
def test_no_article(source: str) -> None:
    """A page without an article is a reason in one line."""
    found = read_page(source.encode(), Limits())

    assert isinstance(found, Page) == (source == "plain")
    assert isinstance(found, Page) or found.startswith("no article found in ")


def test_attributes_are_counted_in_linear_time() -> None:
    """The tag with most attributes is found, quoted values not counted, and nothing in it costs more than its size."""
    many = b"<div " + b"a=1 " * 500_000 + b">"

    assert most_attributes(many) == 500_000
    assert most_attributes(b'<div title="' + b"word " * 5_000 + b'" a=1 b>') == 3
    assert most_attributes(b"<div " + b"'" * 1_000_001 + b"<p " + b'"a' * 1_000_000) <= 1


def test_language_of_the_template_counts_only_where_words_do_not_tell(tmp_path: Path) -> None:
    """A page's declared language decides for a text too short to tell, and for no other."""
    short, long = tmp_path / "a.html", tmp_path / "b.html"
    short.write_text(html(body="<p>Talks.</p>", attributes='lang="de"'))
    long.write_text(html(attributes='lang="de"'))
    found = [item.report.language for item in read([short, long]) if isinstance(item, Document)]

    assert found == ["de", "en"]
