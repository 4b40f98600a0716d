"""A server that is killed (-9) while two people review the same queue."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra web is not installed")


def test_a_killed_server_loses_no_acknowledged_word(record: Path) -> None:
    """What it acknowledged is in the record, and the next server goes on from there.

    In a process of its own: tests open no sockets.
    """
    told = subprocess.run(
        [sys.executable, "-m", "evals.workbench_kill", record], capture_output=True, text=True, timeout=300, check=False
    )

    assert 0 == told.returncode, told.stderr
    assert ", 0 words lost" in told.stdout
