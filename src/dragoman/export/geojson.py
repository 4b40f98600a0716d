"""The export ``geojson``: events as features of RFC 7946, those without a point with a null geometry."""

from collections.abc import Iterator
from typing import Any

from dragoman.export import events
from dragoman.export.flat import COLUMNS
from dragoman.export.forms import File, Format, Part, Source, json_document
from dragoman.export.happenings import Happening, happenings

_AS_POINT = ("latitude", "longitude")


def features(source: Source) -> Iterator[dict[str, Any]]:
    """One feature an event, in order of day and id."""
    from_rows = {row["id"]: row for row in events.rows(source.record)}
    for happening in happenings(source):
        row = from_rows[happening.event.id]
        properties = {column.name: row[column.name] for column in COLUMNS if column.name not in _AS_POINT}
        yield {
            "type": "Feature",
            "id": happening.event.id,
            "geometry": _point(happening),
            "properties": {**properties, "precision": _precision(happening), "reviewed": happening.reviewed},
        }


def _point(happening: Happening) -> dict[str, Any] | None:
    place = happening.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _precision(happening: Happening) -> str | None:
    return happening.place.precision.value if happening.place else None


def files(source: Source) -> tuple[File, ...]:
    """One document."""
    found = list(features(source))
    document = json_document({"type": "FeatureCollection", "features": found})
    return (File("events.geojson", document, len(found)),)


FORMAT = Format(
    "Events as GeoJSON (RFC 7946): points with the columns of csv as properties.",
    files,
    (
        Part(
            "",
            (
                ("geometry", "longitude and latitude (WGS 84) of the place; null where it has none"),
                *((f"properties.{column.name}", column.about) for column in COLUMNS if column.name not in _AS_POINT),
                ("properties.precision", "site, city, admin1, region, water, country: how fine the point is"),
                ("properties.reviewed", "whether a person has judged a claim of it"),
            ),
        ),
    ),
    "As `csv`. The point of a country or region is its middle: draw by `precision`.",
)
