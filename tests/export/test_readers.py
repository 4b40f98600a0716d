"""Every file is opened by the program it is for, or by the library that such programs read with.

The libraries are the extra ``readers``; a test whose library is not installed is skipped and says so.
"""

import io
from pathlib import Path
from typing import Any

import pytest

import formats
from dragoman.types import Role, Status

KOR, PRK, LIND = formats.NORLAND, formats.SANALAND, formats.LIND
RECORD = formats.record(
    formats.act("CONSULT", [(LIND, Role.VISITOR), (PRK, Role.HOST)], modes=("visit",)),
    formats.act("ASSAULT", [(KOR, Role.ACTOR), (PRK, Role.RECIPIENT)], quantities=(formats.killed(3),)),
    formats.act("CONSULT", [(KOR, Role.ACTOR), (PRK, Role.ACTOR)], status=formats.status(Status.PLANNED)),
)


def library(name: str) -> Any:
    """A library, or a skipped test that says which one is missing."""
    return pytest.importorskip(name, reason=f"{name} is not installed (extra readers)")


def on_disk(form: str, folder: Path, name: str = "") -> Path:
    """The file of a format (of several the one of this name) in a folder."""
    for file in formats.FORMATS[form].files(formats.made(RECORD)):
        (folder / file.name).write_bytes(b"".join(file.content))
        name = name or file.name
    return folder / name


def test_geojson_is_a_layer_to_pyogrio(tmp_path: Path) -> None:
    """GDAL reads points in WGS 84 with the columns as fields, as QGIS does."""
    pyogrio = library("pyogrio")
    told = pyogrio.read_info(on_disk("geojson", tmp_path))

    assert (told["crs"], told["geometry_type"], told["features"]) == ("EPSG:4326", "Point", 3)
    assert {"id", "type", "status", "start"} <= set(told["fields"])
    assert list(told["total_bounds"]) == [125.75, 39.03, 125.75, 39.03]


def test_geojson_is_a_table_of_points_to_geopandas(tmp_path: Path) -> None:
    """Longitude is x."""
    table = library("geopandas").read_file(on_disk("geojson", tmp_path))

    assert {(point.x, point.y) for point in table.geometry} == {(125.75, 39.03)}
    assert sorted(table["id"]) == sorted(event.id for event in RECORD.events)


# (format, file, how it is read, rows, a column with its values); gdelt's columns have numbers, no names
TABLES: tuple[tuple[str, str, dict[str, Any], int, dict[str | int, set[Any]]], ...] = (
    ("csv", "", {}, 3, {"latitude": {39.03}}),
    ("acled", "", {}, 1, {"fatalities": {3}}),
    ("ucdp", "", {}, 1, {"best": {3}}),
    ("icews", "", {"sep": "\t"}, 4, {"Latitude": {39.03}}),
    ("polecat", "", {"sep": "\t"}, 3, {"Latitude": {39.03}}),
    ("travels", "", {"sep": "\t"}, 1, {"Country ID": {"PRK"}}),
    ("gdelt", "gdelt.export.CSV", {"sep": "\t", "header": None}, 4, {56: {39.03}}),
)


@pytest.mark.parametrize("case", TABLES, ids=lambda case: str(case[0]))
def test_tables_are_read_by_pandas(
    case: tuple[str, str, dict[str, Any], int, dict[str | int, set[Any]]], tmp_path: Path
) -> None:
    """Rows and columns come out as they went in, numbers as numbers."""
    form, name, how, rows, columns = case
    table = library("pandas").read_csv(on_disk(form, tmp_path, name), **how)

    assert len(table) == rows
    assert {column: set(table[column]) for column in columns} == columns


@pytest.mark.parametrize("form", ["csv", "acled", "ucdp", "polecat", "icews"])
def test_tables_are_read_by_duckdb(form: str, tmp_path: Path) -> None:
    """Its sniffer finds separator, header and types by itself."""
    duckdb = library("duckdb")
    path = str(on_disk(form, tmp_path))
    (number,) = duckdb.execute("SELECT count(*) FROM read_csv(?)", [path]).fetchone()
    text = Path(path).read_text(encoding="utf-8")

    assert number == len(text.splitlines()) - 1


def test_parquet_is_read_by_duckdb_and_pandas(tmp_path: Path) -> None:
    """Days are days, lists are lists."""
    library("pyarrow")
    path = on_disk("parquet", tmp_path)
    (found,) = (
        library("duckdb").execute("SELECT list(DISTINCT year(start)) FROM read_parquet(?)", [str(path)]).fetchone()
    )

    assert found == [2018]
    assert len(library("pandas").read_parquet(path)) == 3


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networks_are_read_by_networkx(form: str) -> None:
    """Both formats give the same graph."""
    networkx = library("networkx")
    reader = networkx.read_gexf if form == "gexf" else networkx.read_graphml
    graph = reader(io.BytesIO(formats.only(form, RECORD).encode()))

    assert set(graph) == {"p1", "PRK", "KOR"}
    assert graph.number_of_edges() == 3


def test_tables_of_the_package_are_read_by_pandas(tmp_path: Path) -> None:
    """Every table of the data package, by its name in the description."""
    pandas = library("pandas")
    on_disk("datapackage", tmp_path)
    tables = {path.name: pandas.read_csv(path) for path in tmp_path.glob("*.csv")}

    assert len(tables["events.csv"]) == 3
    assert set(tables["participants.csv"]["event"]) == set(tables["events.csv"]["id"])
