"""The tables of reconciliation: built as committed, complete, and refused by file and line where they are not."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.reconcile import compare, tables
from dragoman.reconcile.features import FEATURES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def builder() -> ModuleType:
    """The build script as a module."""
    spec = importlib.util.spec_from_file_location("build_reconcile", ROOT / "scripts" / "build_reconcile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables that the build script reads."""
    folder = tmp_path / "reconcile"
    shutil.copytree(ROOT / "resources" / "reconcile", folder)
    monkeypatch.setattr(builder, "SOURCE", folder)
    return folder


def test_the_built_file_is_what_the_tables_give(builder: ModuleType) -> None:
    """Building again changes nothing."""
    assert builder.TARGET.read_text(encoding="utf-8") == builder.build()


def test_every_weight_is_of_a_feature_and_says_why() -> None:
    """No weight stands for nothing, and none without its words."""
    weights = tables.load().weights

    assert set(FEATURES) == set(weights)
    assert all(weight.reason for levels in weights.values() for weight in levels.values())


def test_every_feature_says_what_it_looks_at() -> None:
    """A feature without a sentence of its own could not be explained."""
    assert [] == [name for name, feature in FEATURES.items() if not (feature.__doc__ or "").strip()]


def test_a_type_of_another_codebook_is_a_family_of_its_own() -> None:
    """A user's own type is compared with itself only."""
    kind = tables.load().kind("PICNIC")

    assert ("PICNIC", "deed", False) == (kind.family, kind.manner, kind.hostile)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("weights.csv", "speech_same,", "speech_same,x", "weights.csv:2: points: must be a whole number"),
        ("weights.csv", "feature,", "features,", "weights.csv:1: columns must be"),
        ("kinds.csv", "AGREE,AGREE,speech", "AGREE,AGREE,talk", "kinds.csv:2: manner: must be one of"),
        ("words.csv", "visit,visit", "visit,trip", "words.csv:2: use: must be one of"),
        ("settings.toml", "threshold = 0", 'threshold = "0"', "settings.toml: threshold: must be a whole number"),
    ],
)
def test_a_wrong_table_is_named_by_file_and_line(  # noqa: PLR0917 # a case has four parts
    name: str, old: str, new: str, says: str, builder: ModuleType, source: Path
) -> None:
    """The build refuses the table and says where it is wrong."""
    path = source / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(builder.TableError, match=says):
        builder.build()


def test_points_become_the_share_that_the_settings_give() -> None:
    """Half at ``even`` points; a thousand points more are ``steep`` thousandths of log-odds, whatever the size."""
    settings = {"steep": 500, "even": 400}

    assert [0.5, 0.6225, 0.3775] == [compare.probability(points, settings) for points in (400, 1400, -600)]
    assert [0.0, 1.0] == [compare.probability(points, settings) for points in (-1e9, 1e9)]
