"""Serves a record's workbench: opens the record, says where it is, and runs until it is stopped."""

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from dragoman.web import app, guard
from dragoman.web.desk import Desk


def serve(
    record: Path,
    *,
    host: str,
    port: int,
    by: str,
    names: tuple[str, ...] = (),
    token: str = "",
    told: Callable[[str], None],
) -> None:
    """Serve the record until interrupted; ``told`` gets each line for a person.

    Raises :class:`~dragoman.store.StoreError` for a record that cannot be opened, OSError for a port that is taken.
    """
    wild = (socket.gethostname().lower(),) if host in ("0.0.0.0", "::") else ()
    rules = guard.rules(host, (*names, *wild), token)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as problem:
            raise OSError(
                problem.errno, f"{problem.strerror}; choose another --port or --host", f"{host}:{port}"
            ) from None
        desk = Desk(record, by=by, told=told)
        made = app.make(desk, rules)
        listening.listen()  # who reads the address at once must not be turned away
        told(f"{record} is open at {address(host, listening.getsockname()[1], rules.token)} (Ctrl-C ends it)")
        config = uvicorn.Config(made, log_level="warning", server_header=False, date_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def address(host: str, port: int, token: str) -> str:
    """The address that a person opens."""
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
