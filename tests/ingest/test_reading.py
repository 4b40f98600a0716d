"""Reading files: what is in the documents, for every format; and that one bad item does not end a batch."""

import datetime as dt
import hashlib
import json
import socket
from pathlib import Path

import pytest

from dragoman.ingest import Limits, read
from dragoman.types import Document, Failure

_BODY = "The foreign ministers of both countries met in the capital on Tuesday and agreed to meet again in spring."


def one(path: Path) -> Document:
    """The only document at a path."""
    (found,) = read([path])
    assert isinstance(found, Document), found
    return found


def failures(path: Path) -> list[str]:
    """What could not be read at a path, as one-liners without the directory."""
    found = [str(item) for item in read([path]) if isinstance(item, Failure)]
    return [line.replace(f"{path.parent}/", "") for line in found]


def write(path: Path, content: object) -> Path:
    """A file with the content: text as it is, a list of objects as JSON Lines, else as JSON."""
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    elif path.suffix == ".jsonl" and isinstance(content, list):
        path.write_text("".join(json.dumps(item) + "\n" for item in content))
    else:
        path.write_text(json.dumps(content))
    return path


def test_text_file_is_all_body(tmp_path: Path) -> None:
    """A bare text file is its body, stripped at its ends and nowhere changed, under its own name."""
    path = write(tmp_path / "talks.txt", f"\ufeff \n{_BODY}\r\n\r\nA second\tparagraph.\n\n")

    found = one(path)

    assert f"{_BODY}\r\n\r\nA second\tparagraph." == found.text.content
    assert hashlib.sha256(found.text.content.encode()).hexdigest() == found.text.id == found.report.text
    assert (
        found.report.document,
        found.report.title,
        found.report.published,
        found.report.body_at,
    ) == ("talks.txt", "", None, 0)
    assert (found.media_type, found.extractor, found.warnings) == ("text/plain", "plain@1", ())
    assert path.read_bytes() == found.raw


def test_text_file_with_head(tmp_path: Path) -> None:
    """A head of known keys gives the report's fields and is no part of the text."""
    head = "Headline: Ministers meet\nDATE: 2023-05-16 08:30\nOutlet: A ministry\nLang: en-GB\nURL: https://a.example/1"
    found = one(write(tmp_path / "a.txt", f"{head}\n\n{_BODY}"))

    assert f"Ministers meet\n\n{_BODY}" == found.text.content
    assert found.text.content[found.report.body_at :] == _BODY
    assert (dt.date(2023, 5, 16), "2023-05-16 08:30") == (found.report.published, found.report.published_at)
    assert (
        found.report.outlet,
        found.report.language,
        found.report.url,
    ) == ("A ministry", "en", "https://a.example/1")


@pytest.mark.parametrize(
    "text",
    [
        f"Moscow: the ministers met.\n\n{_BODY}",
        f"Date: 2023-05-16\n{_BODY}\n\nMore.",
        f"Text: no key of a head.\n\n{_BODY}",
        "Source: the ministry.",
        f"Source: {'the ministry said ' * 40}\n\n{_BODY}",
    ],
    ids=["unknown key", "no blank line", "the text itself", "nothing but a line", "a sentence"],
)
def test_what_is_no_head_stays_in_the_text(tmp_path: Path, text: str) -> None:
    """Lines that only begin like a head are text."""
    assert text == one(write(tmp_path / "a.txt", text)).text.content


def test_markdown(tmp_path: Path) -> None:
    """Front matter gives the fields, unknown keys passed over; the first heading is the headline; markup stays."""
    front = "---\ntitle_image: x.png\ntags:\n  - talks\ndate: '2023-05-16'\nsource: \"A ministry\"\n---\n"
    found = one(write(tmp_path / "a.md", f"{front}\n# Ministers *meet* #\n\n{_BODY}\n\n## Next\n\n- a [link](x)\n"))

    assert f"Ministers *meet*\n\n{_BODY}\n\n## Next\n\n- a [link](x)" == found.text.content
    assert (dt.date(2023, 5, 16), "A ministry", "Ministers *meet*") == (
        found.report.published,
        found.report.outlet,
        found.report.title,
    )


@pytest.mark.parametrize("text", [f"---\n{_BODY}\n---\nMore.", f"--- \n{_BODY}", "#hashtag of the day " + _BODY])
def test_markdown_without_front_matter(tmp_path: Path, text: str) -> None:
    """A rule at the beginning is not front matter unless pairs follow it and a rule closes it."""
    body = one(write(tmp_path / "a.md", text)).text.content

    assert _BODY in body or body == "More."


def test_json_lines(tmp_path: Path) -> None:
    """Every object is a report, with the first of several keys for a field that is not blank."""
    items = [
        {"id": "a", "headline": " T ", "text": None, "lede": f" {_BODY}\n", "published": "2023-05-16 23:34:38"},
        {"id": 7, "body": _BODY, "content": "other", "date": "2023-05-16T23:34:38+09:00", "source": "A"},
        {"text": _BODY, "url": "https://www.news.example/x", "published": "", "date": "2023-05-17", "extra": [1]},
        {"title": "Only a headline about the talks", "lede": ""},
    ]
    reports = [found.report for found in read([write(tmp_path / "x.jsonl", items)]) if isinstance(found, Document)]

    assert [report.document for report in reports] == ["a", "7", "x.jsonl:3", "x.jsonl:4"]
    assert [dt.date(2023, 5, 16), dt.date(2023, 5, 16), dt.date(2023, 5, 17), None] == [r.published for r in reports]
    assert [r.published_at for r in reports[:2]] == ["2023-05-16 23:34:38", "2023-05-16T23:34:38+09:00"]
    assert [report.outlet for report in reports] == ["", "A", "news.example", ""]
    assert [report.body_at for report in reports] == [3, 0, 0, 31]
    assert reports[1].text == reports[2].text != reports[0].text
    assert len(reports) == len({report.id for report in reports})


def test_report_id_is_of_what_it_says(tmp_path: Path) -> None:
    """A report's id is the hash that the contract between modules gives, so that others can make it too."""
    item = {"id": "a", "text": _BODY, "published": "2023-05-16", "outlet": "A", "url": "https://a.example"}
    report = one(write(tmp_path / "x.json", item)).report
    key = "\x1f".join((report.text, "a", "A", "2023-05-16", "https://a.example"))

    assert hashlib.sha256(key.encode()).hexdigest()[:32] == report.id


def test_json_list_is_read_item_by_item(tmp_path: Path) -> None:
    """A list gives its objects with their bytes; a bad one among them does not end it."""
    path = write(tmp_path / "x.json", f'[{{"text": "{_BODY}"}},\n{{"text": 5}}, {{"id": "c", "text": "{_BODY}"}}]')
    documents = [found for found in read([path]) if isinstance(found, Document)]

    assert [found.report.document for found in documents] == ["x.json:1", "c"]
    assert f'{{"id": "c", "text": "{_BODY}"}}'.encode() == documents[1].raw
    assert failures(path) == ["x.json:2: text: must be a string, not a number (item 2)"]


def test_same_id_twice(tmp_path: Path) -> None:
    """One id for two different reports keeps both; the same report again is told, with where it was first."""
    first = {"id": "a", "text": _BODY}
    path = write(tmp_path / "x.jsonl", [first, {**first, "outlet": "B"}, {"text": _BODY}, first, {"text": _BODY}])

    assert sum(isinstance(found, Document) for found in read([path])) == 3
    assert failures(path) == [
        "x.jsonl:4: id: the same report as on line 1",
        "x.jsonl:5: id: the same report as on line 3",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("suffix", [".txt", ".json", ".jsonl"])
def test_byte_order_marks(tmp_path: Path, encoding: str, suffix: str) -> None:
    """UTF-8 and UTF-16 with a byte order mark are read in every format, and the mark is no part of the text."""
    text = "Міністри зустрілися у вівторок і домовилися зустрітися знову навесні."
    path = tmp_path / f"a{suffix}"
    path.write_bytes((text if suffix == ".txt" else json.dumps({"text": text}, ensure_ascii=False)).encode(encoding))

    found = one(path)

    assert (text, "uk") == (found.text.content, found.report.language)


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("", _BODY, "en"),
        ("", "Die Außenminister beider Länder trafen sich am Dienstag in der Hauptstadt.", "de"),
        ("", "两国外长星期二在首都会晤，并同意在春季再次会晤，讨论边界问题和双边贸易关系。", "zh"),
        ("", "Talks.", "und"),
        ("eng", "Talks.", "en"),
        ("pt_BR", _BODY, "pt"),
        ("German", _BODY, "de"),
        ("ceb", _BODY, "ceb"),
    ],
)
def test_language(tmp_path: Path, declared: str, text: str, language: str) -> None:
    """The declared language counts, in ISO 639-1; else it is told from the words, if they are enough."""
    assert language == one(write(tmp_path / "a.json", {"text": text, "lang": declared})).report.language


def test_unknown_language_is_a_warning(tmp_path: Path) -> None:
    """A declared language that is none is told, and the words decide."""
    found = one(write(tmp_path / "a.json", {"text": _BODY, "lang": "Middle-earth"}))

    assert (found.report.language, found.warnings) == ("en", ("unknown language 'Middle-earth': taken for 'en'",))


def test_directory_is_read_in_order_of_names(tmp_path: Path) -> None:
    """Directories are read to any depth by name; hidden files and other kinds of files are passed over."""
    for name in ("b/2.txt", "b/1.txt", "a.TXT", "c.md", ".hidden.txt", ".git/x.txt", "b/picture.png", "b/notes"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(_BODY)
    names = [found.report.path for found in read([tmp_path]) if isinstance(found, Document)]

    assert [f"{tmp_path}/{name}" for name in ("a.TXT", "b/1.txt", "b/2.txt", "c.md")] == names
    assert not [found for found in read([tmp_path]) if isinstance(found, Failure)]


def test_reading_is_lazy(tmp_path: Path) -> None:
    """A document comes before the next file is even looked for."""
    first = write(tmp_path / "1.txt", _BODY)
    second = tmp_path / "2.txt"
    reading = read(iter([first, second]))
    found = next(reading)
    write(second, _BODY)

    assert isinstance(found, Document)
    assert isinstance(next(reading), Document)


def test_nothing_touches_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telling the language and reading plain formats open no connection."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert one(write(tmp_path / "a.txt", _BODY)).report.language == "en"


def test_limits_are_told(tmp_path: Path) -> None:
    """A limit that is hit is a failure that names the limit."""
    small = Limits(text=100, json=400)
    paths = [
        write(tmp_path / "a.txt", "x" * 101),
        write(tmp_path / "b.json", {"text": "é" * 60}),
        write(tmp_path / "c.json", {"text": "x" * 400}),
        write(tmp_path / "d.jsonl", [{"text": "x" * 300}, {"text": "x"}]),
    ]
    found = [str(item).rpartition("/")[2] for item in read(paths, small) if isinstance(item, Failure)]

    assert found == [
        "a.txt: larger than 100 bytes",
        "b.json:1: text: longer than 100 bytes",
        "c.json: larger than 400 bytes",
        "d.jsonl:1: line longer than 100 bytes",
    ]
