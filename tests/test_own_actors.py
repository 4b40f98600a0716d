"""A user's own table of actors: what its names and offices mean, what is wrong with one, what a record has of it."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coders
from dragoman import cli, knowledge, own_actors, own_actors_rows, phrases, pipeline
from dragoman.knowledge import Knowledge, form_of
from dragoman.own_actors import OwnActorsError
from dragoman.store import Store
from dragoman.types import Act, ActorKind, Decision

TABLE = """\
name,code,sector,kind,aliases,title,of,since,until,wikidata
River Council,IGO,GOV,,The Council of the River|RC’s Bureau,,,,,Q7
Jane Roe,NOR,GOV,,Janie Róe,foreign minister,,2024-01-01,,Q42
Jane Roe,NOR,LEG,,,lawmaker,NOR,2019-01-01,2023-12-31,
John Doe-Smith,NOR,GOV,,,secretary_general,River Council,2020-01-01,,
Han Doyun,KOR,CVL,person,,,,,,
Alpha Group,RUS,MIL,group,Wagner,,,,,
NATO,IGO,MIL,,,,,,,
The Oslo Paper,NOR,JRN,outlet,paper.example,,NOR,,,
Emmanuel Macron,FRA,GOV,,,president,,2017-05-14,2025-01-01,
President of the River Mill,NOR,BUS,office,,,,,,
Mill,NOR,BUS,,,,,,,
Kim Roe-Li,NOR,BUS,,,president,Mill,,,
"""
HEADER, ROW = "name,code,sector,kind,aliases,title,of,since,until,wikidata", "Jane Roe,NOR,GOV,,,,,,,"
ON = dt.date(2025, 5, 1)


def over(table: str) -> Knowledge:
    """The tables with these rows before them."""
    return own_actors.overlaid(table.encode(), "my.csv")


@pytest.fixture(scope="module")
def known() -> Knowledge:
    """The tables with the example before them."""
    return over(TABLE)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The example as a file."""
    path = tmp_path / "my.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def meant(known: Knowledge, form: str) -> list[str]:
    """The keys of what a form means."""
    return [entry.key for entry in known.entries(form)]


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("River Council", "own/river-council"),
        ("RIVER COUNCIL", "own/river-council"),
        ("The Council of the River", "own/river-council"),
        ("Council of the River", "own/river-council"),
        ("RC 's Bureau", "own/river-council"),
        ("Jane Roe", "own/jane-roe"),
        ("Janie Roe", "own/jane-roe"),
        ("Roe", "own/jane-roe"),
        ("Han", "own/han-doyun"),
        ("Wagner", "own/alpha-group"),
        ("Wagner Group", "wagner_group"),
        ("North Atlantic Treaty Organization", "own/nato"),
        ("Macron", "own/emmanuel-macron"),
        ("Oslo Paper", "own/the-oslo-paper"),
    ],
)
def test_a_form_means_the_users_actor_and_nobody_else(known: Knowledge, form: str, key: str) -> None:
    """Names and aliases, also where they mean somebody built in; a family name and a name without article."""
    assert [key] == meant(known, form)
    assert known.starts(form.split(maxsplit=1)[0])


def test_what_is_implied_hides_nothing() -> None:
    """A family name of somebody built in stays theirs; one of two in the table is of both."""
    names = ("Jane Roe", "Ann Biden", "Jack Roeg", "Kim Roeg")
    known = over("\n".join((HEADER, *(f"{name},NOR,GOV,person,,,,,," for name in names))))

    assert meant(knowledge.load(), "Biden") == meant(known, "Biden")
    assert ["own/jack-roeg", "own/kim-roeg"] == meant(known, "Roeg")


def test_rows_of_one_name_and_code_are_its_tenures(known: Knowledge) -> None:
    """By day, with the sector of each; the last words of the table of actors are as given."""
    actor = known.actor("own/jane-roe")
    parties = [known.party(actor.id, dt.date(year, 6, 1)) for year in (2020, 2025)]

    assert (ActorKind.PERSON, "NOR", ("Janie Róe",)) == (actor.kind, actor.code, actor.aliases)
    assert [("LEG", "lawmaker"), ("GOV", "foreign_minister")] == [(one.sector, one.title) for one in parties]
    assert "Q42" in actor.source
    assert [actor] == list(known.persons("JANE ROE"))


def test_holders_are_the_users_where_there_are_any(known: Knowledge) -> None:
    """On the day, of a state or a body of the table; whom the table says to have left holds the office no more."""

    def keys(title: str, of: str, on: dt.date) -> list[str]:
        return [actor.id for actor in known.holders(title, of, on)]

    built_in = knowledge.load()
    assert ["own/jane-roe"] == keys("foreign_minister", "NOR", ON)
    assert ["own/john-doe-smith"] == keys("secretary_general", "own/river-council", ON)
    assert ["own/emmanuel-macron"] == keys("president", "FRA", dt.date(2020, 1, 1))
    assert [] == keys("president", "FRA", ON)
    assert ["own/kim-roe-li"] == keys("president", "own/mill", ON)
    assert [] == keys("president", "NOR", ON)
    assert ["mark_rutte"] == keys("secretary_general", "own/nato", ON)
    shared = {actor.id for actor in built_in.holders("secretary_general", "IGO", ON)}
    assert shared | {"own/john-doe-smith"} == set(keys("secretary_general", "IGO", ON))
    assert [one.id for one in built_in.holders("president", "FRA", ON)] == ["emmanuel_macron"]


def test_an_outlet_is_found_by_name_and_domain(known: Knowledge) -> None:
    """With the state it speaks for."""
    for asked in ("the oslo paper", "https://www.paper.example/1"):
        outlet = known.outlet(asked)
        assert outlet is not None
        assert ("own/the-oslo-paper", ["NOR"]) == (outlet.id, [one.of for one in outlet.tenures])


def test_tables_are_told_apart_by_their_content(known: Knowledge) -> None:
    """The hash is that of the content; the states are the same, and the built-in tables as before."""
    assert known == over(TABLE)
    assert 3 == len({known, over(TABLE + "\n"), knowledge.load()})
    assert knowledge.load().states() == known.states() == over(f"{HEADER}\nNarnia,GBR,GOV,state,,,,,,\n").states()
    assert [] == meant(knowledge.load(), "River Council")


def test_rows_may_be_short_and_marked_and_in_any_order() -> None:
    """Three columns do, in any order and case, with a byte-order mark, empty lines and quoted commas."""
    known = over('\ufeffSector,Name,CODE\r\n\r\nGOV,"Council,  River",UNK\r\n')

    assert "Council, River" == known.actor("own/council-river").name
    assert ActorKind.BODY is known.actor("own/council-river").kind


def test_keys_are_different_for_names_that_read_alike() -> None:
    """By code and number; names in other letters have keys too."""
    table = "name,code,sector\nRed-Blue,NOR,CVL\nRed Blue,SWE,CVL\nRed.Blue,SWE,CVL\nRed_Blue,SWE,CVL\n中国队,CHN,CVL\n"
    known = over(table)
    keys = [meant(known, line.split(",")[0])[0] for line in table.splitlines()[1:]]

    assert ["own/red-blue", "own/red-blue-swe", "own/redblue", "own/red-blue-swe-2"] == keys[:4]
    assert len(set(keys)) == 5


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "1: name: no such column"),
        ("name;code;sector", "1: name: no such column; a table begins with name,code,sector, parted by commas"),
        ("name,sector", "1: code: no such column"),
        ("name,code,sector,alias", "1: alias: unknown; there may be kind, aliases, title"),
        ("name,code,sector,", "1: a column without a name: unknown"),
        ("name,code,sector,name", "1: name: twice in the header"),
        ("name,code,sector\nJane Roe,NOR", "2: has 2 cells, but the header 3"),
        ('name,code,sector\n"Jane Roe,NOR,GOV', "2: not CSV: unexpected end of data"),
        ("name,code,sector\n\n?,NOR,GOV", "3: name: '?' is no name"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_by_file_and_line(table: str, told: str) -> None:
    """In one line."""
    with pytest.raises(OwnActorsError) as raised:
        over(table)

    assert str(raised.value).startswith(f"my.csv:{told}")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (",NOR,GOV,,,,,,,", "2: name: empty"),
        ("Jane\x1b[2J,NOR,GOV,,,,,,,", r"2: name: 'Jane\x1b[2J' is no name"),
        (f"{'Jane ' * 60},NOR,GOV,,,,,,,", "2: name: longer than 200 characters"),
        ("Jane Roe,NO,GOV,,,,,,,", "2: code: 'NO' is no ISO 3166-1 alpha-3 code that is known, nor one of EUR, IGO"),
        ("Jane Roe,,GOV,,,,,,,", "2: code: '' is no ISO"),
        ("Jane Roe,NOR,GVO,,,,,,,", "2: sector: 'GVO' is none of PLOVER's: "),
        ("Jane Roe,NOR,GOV,human,,,,,,", "2: kind: 'human' is none of state, body"),
        ("Jane Roe,NOR,GOV,,J,,,,,", "2: aliases: 'J' is no name"),
        (
            "Jane Roe,NOR,GOV,,,foreign ministre,,,,",
            "2: title: 'foreign ministre' is no title that is known; perhaps f",
        ),
        ("Jane Roe,NOR,GOV,,,,Nowhere,,,", "2: of: 'Nowhere' is no code, and no actor"),
        ("Jane Roe,NOR,GOV,,,,,2024,,", "2: since: '2024' is no day (YYYY-MM-DD)"),
        ("Jane Roe,NOR,GOV,,,,,,2024-02-30,", "2: until: '2024-02-30' is no day"),
        ("Jane Roe,NOR,GOV,,,,,20240101,,", "2: since: '20240101' is no day"),
        ("Jane Roe,NOR,GOV,,,,,2024-01-02,2024-01-01,", "2: since: 2024-01-02 is after until, 2024-01-01"),
        ("Jane Roe,NOR,GOV,,,,,,,42", "2: wikidata: '42' is no item such as Q42"),
        (f"{ROW}\nJohn,NOR,GOV,,Jane Roe,,,,,", "3: aliases: 'Jane Roe' is Jane Roe (NOR) of line 2 already"),
        (f"{ROW}\nJane Roe,SWE,GOV,,,,,,,", "3: name: 'Jane Roe' is Jane Roe (NOR) of line 2 already"),
        ("A Roë,NOR,GOV,person,,,,,,\nA. Roe,NOR,GOV,person,,,,,,", "3: name: 'A. Roe' is A Roë (NOR) of line 2"),
        (f"{ROW}\nJane Roe,NOR,LEG,,,,,,,", "3: sector: LEG, but GOV in line 2"),
        ("Mill,NOR,BUS,body,,,,,,\nMill,NOR,BUS,group,,,,,,", "3: kind: group, but body in line 2"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_line_and_field(rows: str, told: str) -> None:
    """In one line."""
    with pytest.raises(OwnActorsError) as raised:
        over(f"{HEADER}\n{rows}\n")

    assert str(raised.value).startswith(f"my.csv:{told}")
    assert 1 == len(str(raised.value).splitlines())


def test_a_table_has_a_greatest_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no worker spends its time on reading it."""
    monkeypatch.setattr(own_actors_rows, "MOST", 1)

    with pytest.raises(OwnActorsError, match=r"^my\.csv:3: more than 1 rows$"):
        over(f"{HEADER}\n{ROW}\nJohn Doe,NOR,GOV,,,,,,,\n")


def test_a_file_that_is_no_table_is_told_of(tmp_path: Path) -> None:
    """Missing, a directory, too large, of another encoding."""
    large, latin = tmp_path / "large.csv", tmp_path / "latin.csv"
    large.write_bytes(b"name,code,sector\n" + b" " * 5_000_000)
    latin.write_bytes("name,code,sector\n\nJané,NOR,GOV\n".encode("latin-1"))
    for path, told in (
        (tmp_path / "none.csv", "none.csv: cannot be read: No such file or directory"),
        (tmp_path, ": cannot be read: Is a directory"),
        (tmp_path / "a\0", ": cannot be read: embedded null byte"),
        (large, "large.csv: larger than 5 MB"),
        (latin, "latin.csv:3: not UTF-8; save the table as CSV UTF-8"),
    ):
        with pytest.raises(OwnActorsError) as raised:
            own_actors.load(path)
        assert told in str(raised.value)


CELLS = st.sampled_from(
    ["Jane Roe", "NOR", "GOV", "person", "A|B", "president", "Mill", "2024-01-01", '"', "\0", "", "é"]
)


@given(
    st.lists(st.lists(CELLS, min_size=9, max_size=10).map(",".join), max_size=4).map("\n".join), st.binary(max_size=9)
)
def test_whatever_a_file_holds_is_a_table_or_an_error_of_ours(rows: str, tail: bytes) -> None:
    """No other error arises."""
    told = "my.csv:"
    try:
        own_actors.overlaid(f"{HEADER}\n{rows}".encode() + tail, "my.csv")
    except OwnActorsError as problem:
        told = str(problem)

    assert told.startswith("my.csv:")


def test_a_form_is_written_as_the_tables_write_it() -> None:
    """Straight apostrophes, no space before a possessive."""
    assert "People's Front" == form_of("People ’s Front")


def test_phrases_mean_the_users_actors(known: Knowledge) -> None:
    """Only where the table is given."""
    for phrase, key in (
        ("the River Council", "own/river-council"),
        ("Norway's foreign minister", "own/jane-roe"),
        ("the secretary general of the River Council", "own/john-doe-smith"),
        ("President of the River Mill", "own/president-of-the-river-mill"),
    ):
        party = phrases.look_up_actor(phrase, ON, tables=known).value
        assert party is not None
        assert key == party.id
        other = phrases.look_up_actor(phrase, ON).value
        assert other is None or other.id != key


def test_answers_are_remembered_by_table_and_day() -> None:
    """A table that has an office change hands on another day is not asked for what another table said."""
    row = "Jane Roe,NOR,GOV,,,foreign minister,,{},,"
    early, late = (over(f"{HEADER}\n{row.format(day)}\n") for day in ("2024-01-01", "2024-06-01"))
    days = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 5, 31), dt.date(2024, 6, 1)]

    def own(table: Knowledge | None, day: dt.date) -> bool:
        party = phrases.look_up_actor("Norway's foreign minister", day, tables=table).value
        return party is not None and party.id == "own/jane-roe"

    for _ in range(2):
        assert [False, True, True, True] == [own(early, day) for day in days]
        assert [False, False, False, True] == [own(late, day) for day in reversed(days)][::-1]
        assert not any(own(None, day) for day in days)


def test_lookup_answers_by_the_users_table(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the offices of the table; a table that is wrong, or of no use to the question, is refused in one line."""
    assert cli.OK == cli.main(["lookup", "actors", "Jane Roe", "--on", "2020-01-01", "--actors", str(mine)])
    found = json.loads(capsys.readouterr().out)
    assert ("own/jane-roe", "NOR", "LEG") == (found["actor"], found["code"], found["sector"])
    assert ["foreign_minister", "lawmaker"] == [one["title"] for one in found["offices"]]

    assert cli.USAGE == cli.main(["lookup", "times", "today", "--actors", str(mine)])
    assert "dragoman: --actors has no say in times\n" == capsys.readouterr().err
    mine.write_text("name,code,sector\nJane Roe,NO,GOV\n")
    assert cli.USAGE == cli.main(["lookup", "actors", "Jane Roe", "--actors", str(mine)])
    assert f"dragoman: {mine}:2: code: 'NO' is no ISO" in capsys.readouterr().err


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    with Store.open(tmp_path / "r.db", create=True) as opened:
        yield opened


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    """A report of the river talks."""
    path = tmp_path / "a.jsonl"
    text = "Jane Roe met the River Council in Oslo on Monday. The two sides discussed the dam."
    path.write_text(json.dumps({"id": "d", "title": "Talks", "text": text, "published": "2025-05-07", "lang": "en"}))
    return path


def parties(acts: Iterable[Act]) -> set[str]:
    """The keys of all who take part in acts."""
    return {one.party.value.id for act in acts for one in act.participations if one.party.value}


def test_a_record_is_coded_and_kept_with_the_users_table(mine: Path, coverage: Path, store: Store) -> None:
    """Its actors act in the texts, and a person's word finds them later, wherever the file is by then."""
    assert () == pipeline.code([coverage], store, actors=mine).failures
    claims = {claim.id: claim.content for claim in store.read().claims if isinstance(claim.content, Act)}
    assert {"own/jane-roe", "own/river-council"} <= parties(claims.values())

    content = mine.read_bytes()
    mine.unlink()
    run = store.latest_run()
    assert run is not None
    assert content == store.raw(dict(run.options)["actors_file"])
    assert over(TABLE).hash == run.knowledge

    word = {"by": "Ada", "why": "read it", "at": "2025-06-01T00:00:00+00:00"}
    judged = pipeline.judge(store, next(iter(claims)), Decision.SET, "actors", "John Doe-Smith", **word)
    assert "own/john-doe-smith" in parties(event.act for event in judged.events)
    assert [] == store.verify()


def test_another_table_codes_again_and_the_same_adds_nothing(mine: Path, coverage: Path, store: Store) -> None:
    """A run is of one table; going back to an earlier one codes nothing."""

    def coded(actors: Path | None) -> int:
        return pipeline.code([coverage], store, coder=coders.quick, actors=actors).texts_coded

    assert [1, 0, 1, 0] == [coded(mine), coded(mine), coded(None), coded(mine)]
    before = store.digest()
    mine.rename(mine.with_name("other.csv"))
    assert 0 == coded(mine.with_name("other.csv"))
    assert before == store.digest()
    mine.write_text(TABLE + "Second Council,IGO,GOV,,,,,,,\n", encoding="utf-8")
    assert 1 == coded(mine)


def test_a_bad_table_is_refused_before_anything_is_read(
    mine: Path, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with file, line and field, exit code 2, and nothing is added."""
    mine.write_text("name,code,sector\nJane Roe,NOR,XXX\n")
    record = tmp_path / "n.db"

    assert cli.USAGE == cli.main(["code", str(coverage), "--record", str(record), "--actors", str(mine)])
    assert f"dragoman: {mine}:2: sector: 'XXX' is none of PLOVER's" in capsys.readouterr().err
    with Store.open(record) as opened:
        assert () == opened.read().reports
