"""What holds for every test: no network, and property tests that try the same examples on every machine."""

import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Deterministic in CI; `pytest --hypothesis-profile=explore` looks further. No deadlines: machines differ in speed.
settings.register_profile(
    "dragoman",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dragoman")


class NetworkUsedError(AssertionError):
    """A test, or code under test, tried to reach another machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection or look-up fails the test; sockets between processes of one machine (AF_UNIX) stay allowed."""

    def guarded(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                raise NetworkUsedError(f"tests reach no network, not even {address!r}")
            return original(self, address)

        return connect

    def look_up(host: Any, *_: Any, **__: Any) -> Any:
        raise NetworkUsedError(f"tests look up no address, not even {host!r}")

    monkeypatch.setattr(socket.socket, "connect", guarded("connect"))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded("connect_ex"))
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
