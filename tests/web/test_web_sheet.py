"""The format ``html`` and ``dragoman page``: one page, whole, harmless, the same whatever the record's order."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="of the extra web")

import lxml.html

import example_record as example
import formats
from dragoman import cli, imported
from dragoman.export.forms import ExportError, Source
from dragoman.types import Party, Record
from dragoman.web import excerpts, sheet

NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(2)></style><b onclick='x'>&lt;"


def page(record: Record, **changed: Any) -> Any:
    """The page of a record, parsed."""
    return lxml.html.document_fromstring(sheet.page(formats.made(record, **changed)).decode())


def said(node: Any) -> str:
    """The words of a node with single spaces."""
    return " ".join(node.text_content().split())


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The example record as a file."""
    path = tmp_path / "r.db"
    imported.take_in(example.RECORD, formats.RUN, path, "the example")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command line: its exit code, stdout and stderr."""

    def made(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return made


def test_the_page_has_events_by_day_with_their_standing() -> None:
    """Earliest first, those without a day last."""
    whole = page(example.RECORD)
    days = [node.text for node in whole.find_class("day-of") for node in node.iter("h3")]
    lists = [said(node) for node in whole.find_class("day-of")]

    assert days == ["2018-05-29", "2018-06-04", "without a day"]
    assert "Norland" in lists[0]
    assert "done as announced" in lists[1]
    assert "one voice: Norland" in lists[1]
    assert "unacknowledged by Sanaland" in lists[1]


def test_accounts_stand_side_by_side_with_the_words_of_every_cell() -> None:
    """A column per voice; a sign and a class for what differs and what is passed over; words, outlet and day."""
    article = page(example.RECORD).get_element_by_id(example.E_VISIT.id)
    (table,) = article.iter("table")
    head, *rows = [[said(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    cells = {row[0]: row[1:] for row in rows}
    marks = {said(row[0]): [cell.get("class") for cell in row[1:]] for row in table.iter("tr")}

    assert head[1:] == ["Norland Daily, 2018-06-05; Gazette, 2018-06-06", "Weekly Weekly, 2018-05-30"]
    assert marks["status"] == ["m-alone", "m-differs"]
    assert marks["place"] == ["m-alone", "m-silent"]
    assert cells["status"] == [
        "happened, the only account that says so visited Daily, 2018-06-05 and 1 more",
        "≠ planned, differs from the other accounts will Weekly, 2018-05-30",
    ]
    assert cells["place"] == [
        "Port Sana, the only account that says so Port Sana Daily, 2018-06-05 and 1 more",
        "∅ passes it over",
    ]


def test_every_link_in_the_page_leads_to_something_in_it() -> None:
    """Ids are there once; every claim that is cited has its excerpt, every excerpt leads back."""
    whole = page(example.RECORD)
    ids = whole.xpath("//@id")
    targets = {link.removeprefix("#") for link in whole.xpath("//@href")}

    assert len(ids) == len(set(ids))
    assert set() == targets - set(ids)
    assert {f"w-{claim.id}" for claim in example.RECORD.claims} <= targets


def test_an_excerpt_has_the_claims_words_and_no_whole_text() -> None:
    """Cut at spaces, within the lines that hold the words."""
    far = "Far away. " * 60
    text = example.text(f"{far}\nEnvoy Mara Lind visited Port Sana on Monday. {far}")
    span = example.span(text, "Envoy Mara Lind visited Port Sana on Monday")
    claim = dataclasses.replace(example.C_VISIT, text=text.id, evidence=span)
    look = formats.made(Record(texts=(text,), claims=(claim,))).look
    (source,) = excerpts.excerpts({claim.id: ("e1",)}, look)
    (excerpt,) = source.excerpts
    shown = "".join(piece.text for piece in excerpt.pieces)

    assert shown.startswith("Envoy Mara Lind visited Port Sana on Monday. Far away.")
    assert len(shown) < 220
    assert shown.endswith((" Far", " away."))
    assert (excerpt.before, excerpt.after) == (True, True)
    assert ("claim",) in [piece.marks for piece in excerpt.pieces]


def test_positions_stand_by_party_and_issue() -> None:
    """With the condition and the words."""
    (party,) = page(example.RECORD).find_class("party")

    assert said(party) == (
        "Norland territory − rejects a partition of the island if both sides agree 2018-06-04"
        " Norland rejects a partition of the island Daily, 2018-06-05 and 1 more"
    )


def test_the_colophon_says_who_made_it_and_who_reviewed_it() -> None:
    """Version, codebook, what was read; a machine's reading, but for what a person accepted."""
    reviewed = said(page(example.RECORD).find_class("colophon")[0])
    unreviewed = said(page(dataclasses.replace(example.RECORD, judgements=())))

    assert "accepted or set 1 of its 6 claims; the others are a machine's reading and unreviewed" in reviewed
    assert "4 reports of 3 texts; 1 without a day" in reviewed
    assert formats.BOOK.hash in reviewed
    assert "no person has reviewed it" in unreviewed


def hostile() -> Record:
    """The example with markup wherever a source, text or table could bring some."""
    text = example.text(f"{NASTY} Envoy Mara Lind visited \x1b[2J \u202ePort Sana. {NASTY}")
    party = Party("p1", NASTY, example.LIND.kind, "NOR", "GOV", NASTY)
    report = dataclasses.replace(
        example.R_DAILY, text=text.id, title=NASTY, outlet=NASTY, document=NASTY, url="javascript:alert(3)"
    )
    words = example.span(text, f"{NASTY} Envoy Mara Lind visited \x1b[2J \u202ePort Sana")
    act = dataclasses.replace(example.VISIT, participations=(), trigger=example.span(text, "visited"))
    claim = dataclasses.replace(example.C_VISIT, text=text.id, evidence=words, content=act)
    account = dataclasses.replace(example.E_VISIT.accounts[0], root=NASTY, outlets=(NASTY,), cells=((NASTY, NASTY),))
    standing = dataclasses.replace(example.E_VISIT.standing, reasons=(NASTY,), changed=(NASTY,))
    event = dataclasses.replace(
        example.E_VISIT, act=act, accounts=(account,), standing=standing, claims=(claim.id,), differing=(NASTY,)
    )
    position = dataclasses.replace(
        example.POSITION, party=party, object=NASTY, condition=NASTY, issue=NASTY, stance=NASTY, claims=(claim.id,)
    )
    return Record((report,), (text,), (claim,), (event,), (position,))


def test_what_a_source_brings_is_shown_and_never_obeyed() -> None:
    """No element or attribute comes of it; unsafe characters are their visible escapes."""
    content = sheet.page(formats.made(hostile())).decode()
    whole = lxml.html.document_fromstring(content)
    tags = {node.tag for node in whole.iter() if isinstance(node.tag, str)}

    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "svg"}
    assert [] == [name for node in whole.iter() for name in node.attrib if name.startswith("on") or name == "style"]
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", content)
    assert r"\x1b[2J \u202ePort Sana" in content
    assert content.count("<style>") == content.count("</style>") == 1
    assert {link[0] for link in whole.xpath("//@href")} == {"#"}
    assert NASTY in whole.text_content()


def test_the_page_loads_nothing_and_says_so_to_the_browser() -> None:
    """No address but of links; a policy that forbids scripts and loading."""
    report = dataclasses.replace(example.R_WEEKLY, url="https://weekly.example/1")
    content = sheet.page(
        formats.made(dataclasses.replace(example.RECORD, reports=(report, *example.RECORD.reports[:2])))
    ).decode()
    whole = lxml.html.document_fromstring(content)
    (policy,) = whole.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = whole.iter("style")

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "url(" not in style.text
    assert "@import" not in style.text
    assert [] == whole.xpath("//@src | //link | //script")
    assert ["https://weekly.example/1"] == [link for link in whole.xpath("//@href") if not link.startswith("#")]


def test_a_page_without_words_has_anchors() -> None:
    """Of every claim the hash of its text and the code points."""
    content = sheet.page(formats.made(example.RECORD, text_free=True)).decode()
    whole = lxml.html.document_fromstring(content)
    span = example.C_VISIT.evidence

    assert f"sha256:{span.text}#char={span.start},{span.end}" in whole.text_content()
    assert "visited" not in whole.text_content()
    assert [] == list(whole.iter("q"))


def test_the_page_is_small() -> None:
    """Besides its style, some kilobytes an event."""
    content = sheet.page(formats.made(example.RECORD)).decode()
    style = re.search("<style>.*</style>", content, re.DOTALL)

    assert style
    assert len(style[0]) < 32_000
    assert len(content) - len(style[0]) < 8_000 * len(example.RECORD.events)


def test_print_colours_can_be_read() -> None:
    """At least 4.5 : 1 (WCAG 2.2, 1.4.3) for every pair that the page prints."""
    css = (Path(sheet.__file__).parent / "static" / "sheet.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", css))

    for ink, paper in (
        ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "bad-bg"), ("good", "good-bg"),
        ("bad", "bad-bg"), ("mild", "mild-bg"), ("mark-ink", "mark"), ("mark-ink", "mark-cell"),
        ("mark-ink", "mark-voice"), ("ink", "sunk"),
    ):  # fmt: skip
        assert _contrast(found[ink], found[paper]) >= 4.5, (ink, paper)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_jinja2_a_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no traceback."""
    monkeypatch.setattr(sheet, "escaping", None)

    with pytest.raises(ExportError, match=r"html needs jinja2: pip install 'dragoman\[web\]'"):
        sheet.page(Source(Record(), formats.made(Record()).look, formats.BOOK))


def test_the_command_writes_the_page(record: Path, run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """To a file with a line on stderr, or to stdout; the same bytes."""
    code, nothing, told = run("page", "--record", record, "-o", tmp_path / "page.html")
    again, out, _ = run("page", "--record", record)
    content = (tmp_path / "page.html").read_text(encoding="utf-8")

    assert (code, again, nothing) == (cli.OK, cli.OK, "")
    assert told == f"3 events written to {tmp_path / 'page.html'}, {len(content.encode())} bytes\n"
    assert out == content


def test_chosen_events_stand_alone(record: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    """By the beginning of an id; without positions and without what others say."""
    _, out, _ = run("page", "e1", "--record", record)
    whole = lxml.html.document_fromstring(out)

    assert [example.E_VISIT.id] == [node.get("id") for node in whole.find_class("happening")]
    assert "Chosen from a record of 3 events" in whole.text_content()
    assert [] == whole.find_class("party")
    assert f"w-{example.C_DEMAND.id}" not in whole.xpath("//@id")


@pytest.mark.parametrize(
    ("chosen", "told"),
    [("zz", "no claim, event or position with the id 'zz'"), ("aa11", "is no event; dragoman show lists the events")],
)
def test_what_is_no_event_is_told(
    chosen: str, told: str, record: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    """In one line."""
    code, out, err = run("page", chosen, "--record", record)

    assert (code, out) == (cli.NOTHING, "")
    assert err.startswith("dragoman: ")
    assert told in err
    assert err.count("\n") == 1
