"""Names of places: keys and look-ups, which of several places is meant in a text, and how that is measured."""

import csv
import itertools
from pathlib import Path

import pytest
from evals import places as measure
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dragoman import gazetteer
from dragoman.gazetteer_names import fold, inner, simpler, unowned
from dragoman.ground.places import Resolution, Toponym, resolve
from dragoman.types import Place, Precision

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = ROOT / "resources" / "places"
NEAR_KM = 161.0
Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, strict=True))


CASES = table(ROOT / "tests" / "cases" / "places.csv")


def toponyms(text: str, names: str) -> tuple[Toponym, ...]:
    """The names, parted by "|", where they stand in the text one after the other."""
    found, at = [], 0
    for name in names.split("|"):
        at = text.index(name, at)
        found.append(Toponym(name, at, at + len(name)))
        at += len(name)
    return tuple(found)


def asked(row: Row) -> Resolution:
    """What the first of the names that is asked for was resolved to."""
    names = toponyms(row["text"], row["names"])
    return dict(reversed([(t.words, r) for t, r in zip(names, resolve(names, gazetteer.load()), strict=True)]))[
        row["ask"]
    ]


def wrong(row: Row) -> str:
    """What is wrong with the place of a case, "" for nothing."""
    place = asked(row).place
    if place is None:
        return "no place"
    cells = (("name", place.name), ("country", place.country), ("precision", place.precision), ("admin1", place.admin1))
    told = [f"{cell} {value!r}" for cell, value in cells if row[cell] and fold(row[cell]) != fold(value)]
    off = measure.away(place, (float(row["lat"]), float(row["lon"])))
    return ", ".join(told + ([f"{off:.0f} km off"] if off > NEAR_KM else []))


@pytest.mark.parametrize("row", [row for row in CASES if row["strength"] == "STRONG"], ids=lambda row: row["text"][:50])
def test_cases(row: Row) -> None:
    """A name is the place that a reader of the sentence takes it for, within 161 km of its point."""
    assert "" == wrong({**row, "name": "", "precision": "" if row["precision"] == "city" else row["precision"]})


def test_most_names_are_the_expected_ones() -> None:
    """The name and the kind of the place are as told in nearly all cases; spellings of GeoNames may differ."""
    assert 0.9 <= sum(not wrong(row) for row in CASES) / len(CASES)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ḩamāh", "hamah"),
        ("St. Louis", "saint louis"),
        ("The Hague", "hague"),
        ("Sana'a", "sanaa"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Fort Bragg", "fort bragg"),
        ("Ft. Bragg", "fort bragg"),
        ("N.C.", "nc"),
    ],
)
def test_keys(name: str, key: str) -> None:
    """Spellings of one name have one key."""
    assert key == fold(name)


@for_all(st.text(max_size=30))
@settings(deadline=None)
def test_keys_are_their_own_keys(name: str) -> None:
    """Folding twice is folding once, so that keys can be looked up like names."""
    assert fold(name) == fold(fold(name))


def test_possessives() -> None:
    """A possessive is no part of a name."""
    assert ["Iran", "Cyprus", "Paris", "Iran"] == [unowned(name) for name in ("Iran's", "Cyprus’", "Paris", "Iran’s")]


def test_simpler_names() -> None:
    """Words that tell of kinds and directions are left out, the longest remainder first."""
    starts, ends = {"northern": ""}, {"province": "admin"}

    assert [("northern aleppo", "admin"), ("aleppo province", ""), ("aleppo", "admin")] == list(
        simpler("northern aleppo province", starts, ends)
    )
    assert ["b c", "a b", "c", "a"] == list(inner("a b c"))


def test_look_ups() -> None:
    """A name is found in any case and without accents; what is found tells where it lies and how it is named."""
    tables = gazetteer.load()

    best = tables.find("TEXAS")[0]
    assert ("admin1", "USA", "name") == (best.kind, best.country, best.how)
    assert ["United States"] == [tables.name(number) for number in best.within]
    assert "demonym" == tables.find("Turkish")[0].how
    assert () == tables.find("Xyzzyville")
    assert 4736286 == tables.place(best.number).geonameid


def test_search_tells_what_it_left_out() -> None:
    """Words left out tell the kind; a part stands for a longer name, but not for a street's."""
    tables = gazetteer.load()

    assert ("aleppo", "admin", False) == _outline(tables.search("northern Aleppo province"))
    assert ("mosul", "", True) == _outline(tables.search("Mosul Ring Five"))
    assert ("", "", False) == _outline(tables.search("Mosul Street"))
    assert ("", "", False) == _outline(tables.search("the mosul"))
    assert ("marigny", "", True) == _outline(tables.search("Marigny Ring Five", {"marigny"}))


def _outline(found: gazetteer.Found) -> tuple[str, str, bool]:
    return found.form, found.kind, found.part


def test_order_given_is_of_no_effect() -> None:
    """The names of a text mean the same in whatever order they are handed over."""
    names = toponyms("Paris, Texas, and Tripoli, Lebanon, and Dallas", "Paris|Texas|Tripoli|Lebanon|Dallas")
    expected = dict(zip(names, resolve(names, gazetteer.load()), strict=True))

    for order in itertools.islice(itertools.permutations(names), 0, None, 17):
        assert expected == dict(zip(order, resolve(order, gazetteer.load()), strict=True))


def test_an_outlet_speaks_for_its_country() -> None:
    """Where the text tells nothing, the outlet's country does."""
    names = toponyms("A man from Kingston died", "Kingston")

    countries = [resolve(names, gazetteer.load(), home)[0].place for home in ("CAN", "JAM")]
    assert ["CAN", "JAM"] == [place.country for place in countries if place]


def test_unknown_names_are_put_near() -> None:
    """A name that the tables lack is at the place named nearest, is not called named, and says so."""
    names = toponyms("The Zorblatt Mill in Lyon, France", "Zorblatt Mill|Lyon|France")
    mill = resolve(names, gazetteer.load())[0]

    assert ("Lyon", False) == (mill.place.name if mill.place else "", mill.named)
    assert mill.why.startswith("no place of this name is known there; near Lyon")


def test_nothing_known_is_no_place() -> None:
    """Without any known name there is no place, and a reason; without any name there is nothing."""
    (lone,) = resolve((Toponym("Zorblatt", 0, 8),), gazetteer.load())

    assert Resolution(None, False, "no place of this name is known, and no other is named") == lone
    assert () == resolve((), gazetteer.load())


@for_all(
    st.lists(
        st.sampled_from(["Paris", "Texas", "Georgia", "London", "Zz", "", "of", "Springfield", "Ill."]), max_size=8
    )
)
@settings(deadline=None, max_examples=30)
def test_every_name_has_an_answer_with_a_reason(words: list[str]) -> None:
    """Whatever the names, each has one answer with a reason; a named one has a point on the map."""
    found = resolve([Toponym(word, at * 10, at * 10 + len(word)) for at, word in enumerate(words)], gazetteer.load())

    assert len(words) == len(found)
    assert all(one.why for one in found)
    assert all(one.place and one.place.lat is not None for one in found if one.named)


def test_tables_made_by_hand_can_be_read() -> None:
    """Every row has a country of the tables, a point on the globe and a known kind, and its name is found."""
    codes = {row["iso3"] for row in table(TABLES / "country_points.csv")} | {""}
    tables = gazetteer.load()
    rows = [row for name in ("features", "former_divisions") for row in table(TABLES / f"{name}.csv")]

    assert [] == [row["name"] for row in rows if row["country"] not in codes]
    assert [] == [row["name"] for row in rows if abs(float(row["lat"])) > 90 or abs(float(row["lon"])) > 180]
    assert [] == [row["name"] for row in rows if row.get("precision", "admin1") not in set(Precision)]
    assert [] == [row["name"] for row in rows if not tables.find(row["name"])]
    assert 1000 < len(rows)


def test_states_have_points() -> None:
    """Every state and territory has a point of its own."""
    points = table(TABLES / "country_points.csv")

    assert len(points) == len({row["iso3"] for row in points}) == len({(row["lat"], row["lon"]) for row in points})
    assert {row["country"] for row in table(TABLES / "territories.csv")} - {""} == {row["iso3"] for row in points}


def test_corpora_in_three_forms_are_read(tmp_path: Path) -> None:
    """TR-News', GeoWebNews' and GeoVirus' ways to write a name and its point are understood, and the domain."""
    corpus = tmp_path / "corpus.xml"
    corpus.write_text(
        "<articles><article><domain>www.example.co.uk</domain><toponyms>"
        "<toponym><phrase>Lyon</phrase><start>20</start><end>24</end>"
        "<gaztag geonameid='1'><lat>45.75</lat><lon>4.85</lon></gaztag></toponym>"
        "<toponym><phrase>Nowhere</phrase><start>5</start><end>12</end></toponym></toponyms></article>"
        "<article><link>http://example.com/a</link><toponyms><toponym><extractedName>Oslo</extractedName><start>1</start>"
        "<end>5</end><nonLocational>No</nonLocational><latitude>59.9</latitude><longitude>10.7</longitude></toponym>"
        "<toponym><extractedName>men</extractedName><start>7</start><end>10</end><nonLocational>Yes</nonLocational>"
        "</toponym></toponyms></article>"
        "<article><locations><location><name>Rome</name><start>0</start><end>4</end><lat>41.9</lat><lon>12.5</lon>"
        "</location></locations></article></articles>",
        encoding="utf-8",
    )

    first, second, third = measure.documents(corpus)
    assert (("Nowhere", "Lyon"), (None, (45.75, 4.85)), "GBR") == (_words(first), first.gold, first.home)
    assert (("Oslo",), ((59.9, 10.7),), "") == (_words(second), second.gold, second.home)
    assert (("Rome",), ((41.9, 12.5),)) == (_words(third), third.gold)
    figures = measure.measure(corpus, 0)
    assert (4, 3, 1.0, 0.0) == tuple(figures[name] for name in ("names", "scored", "accuracy", "no_candidate"))


def _words(document: measure.Document) -> tuple[str, ...]:
    return tuple(toponym.words for toponym in document.toponyms)


def test_distances() -> None:
    """Great-circle kilometres; no place is as far as can be."""
    assert 344 == round(measure.kilometres((48.8566, 2.3522), (51.5074, -0.1278)))  # Paris, London
    assert 20015 == round(measure.away(None, (0.0, 0.0)))
    assert 20015 == round(measure.away(Place("Nowhere"), (0.0, 0.0)))
