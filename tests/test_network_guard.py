"""The guard that keeps every test off the network (tests/conftest.py)."""

import socket

import pytest


def test_connections_are_refused() -> None:
    """A test that reaches out fails at once, whether by name or by number."""
    with pytest.raises(AssertionError, match="look up no address"):
        socket.create_connection(("news.example", 443), timeout=1)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as plain, pytest.raises(AssertionError, match="no network"):
        plain.connect(("192.0.2.1", 443))  # an address that RFC 5737 keeps for documentation


def test_processes_of_one_machine_may_talk() -> None:
    """Pipes and socket pairs between processes stay as they are."""
    left, right = socket.socketpair()
    with left, right:
        left.sendall(b"word")

        assert b"word" == right.recv(4)
