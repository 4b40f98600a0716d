"""The wheel: what a stranger installs has the tables, models, migrations and demo, and works without the network.

It is built once; the environment borrows this one's libraries, so that nothing is fetched.
"""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Cuts the network in every Python started with this folder on its path
NO_NETWORK = """\
import socket


def _refuse(*args, **kwargs):
    raise OSError("the network is off")


socket.socket.connect = socket.getaddrinfo = _refuse
"""


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, its output kept, with nothing of ours on Python's path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DRAGOMAN"))}
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, env={**clean, **environment}
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the project's own build tool from this folder."""
    pytest.importorskip("hatchling", reason="the build tool is installed with the development dependencies")
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("dragoman-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel unpacked in it and this one's libraries beside it: its Python."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    own = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # No .pth file of this environment is read there, so its editable install of the package is not seen
    (packages / "libraries.pth").write_text("\n".join(sorted(own)) + "\n")
    return python


def test_the_wheel_has_what_the_program_reads(wheel: Path) -> None:
    """Tables, models, migrations, the demo and the licences are in it; tests, resources and evals are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"dragoman/data/{path.relative_to(ROOT / 'src/dragoman/data')}" for path in shipped("src/dragoman/data")}
    steps = {
        f"dragoman/storage/migrations/{path.name}" for path in (ROOT / "src/dragoman/storage/migrations").glob("*.*")
    }

    web = {f"dragoman/web/{path.relative_to(ROOT / 'src/dragoman/web')}" for path in shipped("src/dragoman/web")}

    assert set() == (data | steps | web) - names
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names}
    assert set() == {name.partition("/")[0] for name in names if not name.startswith("dragoman")}


def shipped(folder: str) -> list[Path]:
    """The files of a folder of the project, caches left out."""
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_installed_program_codes_the_demo_without_network(installed: Path, tmp_path: Path) -> None:
    """From any folder, with nothing of the source tree and no network, the demo becomes a record."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    where = "import dragoman, pathlib; print(pathlib.Path(dragoman.__file__).parent)"
    package = run(installed, "-c", where).stdout.strip()
    record = tmp_path / "demo.db"
    off = {"PYTHONPATH": str(tmp_path)}
    coded = run(installed, "-m", "dragoman", "code", f"{package}/data/demo", "--record", record, **off)
    shown = run(installed, "-m", "dragoman", "show", "--record", record, "--json", **off)

    assert package.startswith(str(installed.parent.parent))
    assert (0, "") == (coded.returncode, "" if coded.returncode == 0 else coded.stderr)
    assert "13 reports read" in coded.stdout + coded.stderr
    assert 0 == shown.returncode
    assert "CONSULT" in shown.stdout
