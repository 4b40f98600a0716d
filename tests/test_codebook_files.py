"""Users' own codebooks: alone or on top of the built-in one, and how a wrong one is refused."""

import json
import re
from pathlib import Path

import pytest

from dragoman.codebook import CodebookError, load, parse

ROOT = Path(__file__).resolve().parent.parent


def written(tmp_path: Path, text: str) -> Path:
    """A codebook file with this text."""
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


SMALL = """schema = 1
name = "small"
version = "1"

[types.TALK]
quad = 1
score = 2
recipient = false
definition = "Talks."
cameo = "04"

[types.TALK.modes]
phone = { score = 1.5, definition = "By phone." }

[contexts]
water = "Rivers."

[issues]
dams = "Dams."

[stances]
wants = "Wants it."

[cameo.04]
label = "Consult"
plover = "TALK"

[when]
done = ["happened"]

[[to_cameo]]
when = "done"
type = "TALK"
mode = "phone"
code = "04"
"""


def test_small_book_of_ones_own(tmp_path: Path) -> None:
    """A book may be as small as one type, one issue and one stance."""
    mine = load(written(tmp_path, SMALL))

    assert ("small", "1", ("dams",), ("wants",)) == (mine.name, mine.version, mine.issues, mine.stances)
    assert "04" == mine.to_cameo("TALK", ["phone"], "happened")
    assert "" == mine.to_cameo("TALK", ["phone"], "planned")
    assert ("TALK", ("phone",), "") == mine.to_plover("TALK", ["phone"], "planned")


def test_example_of_the_reference_works(tmp_path: Path) -> None:
    """The book shown in docs/codebook.md loads, adds, overrides, and leaves the rest as it is."""
    reference = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", reference, re.DOTALL)
    assert example is not None
    book, mine = load(), load(written(tmp_path, example[1]))

    assert (*book.issues, "dams") == mine.issues
    assert 3.0 == mine.score("AGREE", ["joint-body"])
    assert (2.0, 4.0) == (mine.score("CONSULT"), mine.score("CONSULT", ["visit"]))
    assert "030" == mine.to_cameo("AGREE", ["joint-body"], "happened", ["economic"])
    assert book.types["ASSAULT"] == mine.types["ASSAULT"]
    assert mine.hash != book.hash


def test_own_row_replaces_the_built_in_one(tmp_path: Path) -> None:
    """A row for the same act takes the place of the built-in row instead of clashing with it."""
    rows_of_mine = '[[to_cameo]]\nwhen="done"\ntype="CONSULT"\nmode="phone"\ncode="040"\n'
    book, mine = (
        load(),
        load(written(tmp_path, f'schema=1\nname="x"\nversion="1"\nextends="plover-2.0"\n{rows_of_mine}')),
    )

    assert ("041", "040") == tuple(each.to_cameo("CONSULT", ["phone"], "happened") for each in (book, mine))
    assert "042" == mine.to_cameo("CONSULT", ["visit"], "happened")


def test_own_row_narrows_a_built_in_one(tmp_path: Path) -> None:
    """A way to PLOVER for one type leaves the built-in way of the others in its row as it is."""
    head = 'schema=1\nname="x"\nversion="1"\nextends="plover-2.0"\n'
    mine = load(written(tmp_path, head + '[[to_plover]]\nwhen="intended"\ntypes=["AID"]\nbecomes=""\n'))

    assert ("AID", (), "") == mine.to_plover("AID", [], "planned")
    assert ("AGREE", (), "") == mine.to_plover("CONSULT", ["visit"], "planned")


@pytest.mark.parametrize("rows", ["to_cameo = 3", "to_plover = [4]", "[[to_plover]]\ntypes = 5"])
def test_rows_that_are_none_are_refused(tmp_path: Path, rows: str) -> None:
    """What should be rows and is something else is refused before it is merged."""
    head = 'schema=1\nname="x"\nversion="1"\nextends="plover-2.0"\n'
    with pytest.raises(CodebookError, match=r"my\.toml:5: to_(cameo|plover)(\[1\])?: must be a"):
        load(written(tmp_path, head + rows))


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    """A changed comment is another file: the hash tells, so that a record says with what it was coded."""
    one = load(written(tmp_path, SMALL)).hash

    assert one == load(written(tmp_path, SMALL)).hash
    assert one != load(written(tmp_path, SMALL + "# a comment\n")).hash
    assert 64 == len(one)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("schema = 1", "schema = 2", 1, "schema: must be 1, the form this program reads, not 2"),
        ("schema = 1", "schema = true", 1, "schema: must be 1"),
        ('name = "small"', "name = 3", 2, "name: must be a text, not 3"),
        ('name = "small"', "", 0, "name: missing"),
        ('name = "small"', 'name = "small"\nname = "b"', 3, "not TOML: Cannot overwrite a value"),
        ("[contexts]", "[contexts", 15, "not TOML"),
        ("quad = 1", "quad = 7", 6, "types.TALK.quad: must be 1, 2, 3 or 4, not 7"),
        ("quad = 1", "quad = true", 6, "types.TALK.quad: must be a whole number, not True"),
        ("quad = 1", "quad = 1.0", 6, "types.TALK.quad: must be a whole number, not 1.0"),
        ("quad = 1\n", "", 5, "types.TALK.quad: missing"),
        ("quad = 1", "quad = 1\ncolour = 3", 7, "types.TALK.colour: unknown key, expected one of quad, score"),
        ("score = 2", "score = -11", 7, "types.TALK.score: must be from -10 to 10, not -11"),
        ("score = 2", "score = nan", 7, "types.TALK.score: must be from -10 to 10, not nan"),
        ("recipient = false", 'recipient = "no"', 8, "types.TALK.recipient: must be true or false, not 'no'"),
        ('"Talks."', '"  "', 9, "types.TALK.definition: must be a definition in words"),
        ('cameo = "04"', 'cameo = "99"', 10, "types.TALK.cameo: no CAMEO code '99' in this codebook"),
        ("score = 1.5, ", "", 13, "types.TALK.modes.phone.score: missing"),
        ('"By phone."', '"By phone.", contexts = ["air"]', 13, "types.TALK.modes.phone.contexts: no context 'air'"),
        ("phone = {", "Phone = {", 13, "types.TALK.modes.Phone: a code here is small letters"),
        ("types.TALK", "types.talk", 5, "types.talk: a code here is capital letters"),
        ('water = "Rivers."', "water = 3", 16, "contexts.water: must be a definition in words, not 3"),
        ('dams = "Dams."', "", 18, "issues: needs at least one issue"),
        ("[issues]", "[problems]", 18, "problems: unknown key, expected one of schema, name"),
        ('label = "Consult"', "", 24, "cameo.04.label: missing"),
        ('plover = "TALK"', 'plover = "CHAT"', 26, "cameo.04.plover: no type 'CHAT' in this codebook"),
        ('plover = "TALK"', 'plover = "TALK"\nmode = "visit"', 27, "cameo.04.mode: TALK has no mode 'visit'"),
        ('plover = "TALK"', 'mode = "phone"', 26, "cameo.04.mode: no type has no mode 'phone'"),
        ("[cameo.04]", "[cameo.o4]", 24, "cameo.o4: a code here is two to four digits"),
        ('done = ["happened"]', 'done = ["done"]', 29, "when.done: no status 'done' in this codebook"),
        ('done = ["happened"]', 'done = ["happened", "happened"]', 29, "when.done: 'happened' is given twice"),
        (
            'done = ["happened"]',
            'done = ["happened"]\nold = ["happened"]',
            30,
            "when.old: 'happened' is in when.done",
        ),
        ('when = "done"', 'when = "soon"', 32, "to_cameo[1].when: no class of statuses 'soon'"),
        ('mode = "phone"', 'mode = "visit"', 34, "to_cameo[1].mode: TALK has no mode 'visit'"),
        ('code = "04"\n', 'code = "05"\n', 35, "to_cameo[1].code: no CAMEO code '05'"),
        ('code = "04"\n', "code = 4\n", 35, "to_cameo[1].code: must be a text, not 4"),
        ("[[to_cameo]]", "[to_cameo]", 31, "to_cameo: must be a list"),
        ("[[to_cameo]]", '[says]\nmutters = "04"\n[[to_cameo]]', 32, "says.mutters: no key 'mutters'"),
        ("[[to_cameo]]", '[hosting]\n04 = "05"\n[[to_cameo]]', 32, "hosting.04: no code '05'"),
        ("[[to_cameo]]", '[auxiliary.status]\nplanned = "soon"\n[[to_cameo]]', 32, "auxiliary.status.planned: no code"),
        ("[[to_cameo]]", "[auxiliary]\nmood = {}\n[[to_cameo]]", 32, "auxiliary.mood: unknown key"),
        ("schema = 1", 'schema = 1\nextends = "cameo"', 2, "extends: must be 'plover-2.0', the built-in codebook"),
    ],
)
def test_wrong_books_name_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    """Each violation is one line that names the file, the line where one can be named, the key and what is expected."""
    assert old in SMALL
    path = written(tmp_path, SMALL.replace(old, new))
    with pytest.raises(CodebookError) as refusal:
        load(path)

    assert f"{path}{f':{line}' if line else ''}: {words}" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_rows_given_twice_are_refused(tmp_path: Path) -> None:
    """Two rows for one act would leave the code to chance."""
    twice = SMALL + SMALL[SMALL.index("[[to_cameo]]") :]
    with pytest.raises(CodebookError, match=r"my\.toml:36: to_cameo\[2\]: TALK phone is given twice"):
        load(written(tmp_path, twice))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('types = ["TALK", "TALK"]\nbecomes = ""', r"types: 'TALK' is given twice"),
        ('types = ["CHAT"]\nbecomes = ""', r"types: no type 'CHAT'"),
        ('types = [3]\nbecomes = ""', r"types: must be a definition in words"),
        ('types = ["TALK"]\nbecomes = "CHAT"', r"becomes: no type 'CHAT'"),
        ('types = ["TALK"]\nbecomes = ""\nmode = "phone"', r"mode: no type has no mode 'phone'"),
    ],
)
def test_wrong_ways_to_plover_are_refused(tmp_path: Path, row: str, words: str) -> None:
    """A row to PLOVER speaks of types and modes that the book has."""
    with pytest.raises(CodebookError, match=r"to_plover\[1\]\." + words):
        load(written(tmp_path, f'{SMALL}\n[[to_plover]]\nwhen = "done"\n{row}\n'))


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    """No file, a folder and a file of another encoding are each one line."""
    latin = tmp_path / "latin.toml"
    latin.write_bytes('name = "Zürich"'.encode("latin-1"))

    for path, words in (
        (tmp_path / "none.toml", "No such file"),
        (tmp_path, "directory"),
        (latin, "not UTF-8 at byte 9"),
    ):
        with pytest.raises(CodebookError, match=words):
            load(path)


def test_raw_tables_need_no_file() -> None:
    """A program may check tables of its own making; the key alone is named then."""
    with pytest.raises(CodebookError, match=r"^types: must be a table, not \[\]"):
        parse(json.loads('{"schema": 1, "name": "x", "version": "1", "types": []}'), "")
