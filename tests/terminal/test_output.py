"""Where output goes, and when a bar is shown."""

import io

import pytest

from dragoman.terminal import output


class Terminal(io.StringIO):
    """A stream that says that a person is looking."""

    def isatty(self) -> bool:
        """Always."""
        return True


def test_a_bar_is_shown_to_people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that takes its time has a bar on a terminal, and nothing in a log file."""
    monkeypatch.setattr(output, "_PATIENCE", -1.0)
    seen = {}
    for name, stream in (("person", Terminal()), ("file", io.StringIO())):
        monkeypatch.setattr("sys.stderr", stream)
        advance, stop = output.progress_bar()
        advance(1, 2, "one\x1b[2J.txt")
        stop()
        seen[name] = stream.getvalue()

    assert "1/2" in seen["person"]
    assert "one\\x1b[2J.txt" in seen["person"]
    assert not seen["file"]


def test_quick_work_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done within a second leaves the terminal as it was."""
    monkeypatch.setattr("sys.stderr", stream := Terminal())
    advance, stop = output.progress_bar()
    advance(1, 2, "a.txt")
    stop()

    assert not stream.getvalue()


def test_talk_is_one_harmless_line_with_its_indent(capsys: pytest.CaptureFixture[str]) -> None:
    """A reason from a hostile file cannot move the cursor or begin a line of its own."""
    output.tell("  a.txt: bad\nname \x1b[31m")

    assert capsys.readouterr().err == "  a.txt: bad name \\x1b[31m\n"


def test_bytes_for_a_terminal_are_harmless(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A format that is no JSON may hold what a terminal obeys; a pipe gets it as it is."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output.put_bytes([b"name\tx\x1b[2J\r\n"])

    assert capsys.readouterr().out == "name\tx\\x1b[2J\n"
