"""What the tests of the command line share: a record in a file, and a way to run command lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

import example_record as example
from dragoman import cli
from dragoman.store import Store
from dragoman.types import Document, Record, Run

Runner = Callable[..., tuple[int, str, str]]

RUN = Run("0" * 32, "1", (), (), "", "")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The example record as a file."""
    path = tmp_path / "r.db"
    with Store.open(path, create=True) as store:
        texts = {text.id: text for text in example.RECORD.texts}
        for report in example.RECORD.reports:
            store.add_document(Document(report, texts[report.text], b"raw", "text/plain", "plain"))
        datings = {dating.text: dating for dating in example.RECORD.datings}
        for text in texts:
            claims = [claim for claim in example.RECORD.claims if claim.text == text]
            store.finish_text(text, RUN, claims, datings.get(text))
        for word in example.RECORD.judgements:
            store.add_judgement(word)
        store.replace_derived(example.RECORD)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A record of nothing."""
    path = tmp_path / "empty.db"
    with Store.open(path, create=True) as store:
        store.replace_derived(Record())
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    """Runs a command line: its exit code, stdout and stderr."""

    def made(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return made
