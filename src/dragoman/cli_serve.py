"""``dragoman serve``: opens the workbench, where it is installed. Knows the options and no page."""

import importlib
import importlib.util
from typing import Annotated, Any

import typer

from dragoman.cli_options import USAGE, RecordFile, login
from dragoman.terminal import output

# What the extra `web` installs, without which there is no workbench.
_NEEDED = ("fastapi", "jinja2", "uvicorn")
_MISSING = "dragoman: the workbench is not installed: pip install 'dragoman[web]'"


def serve(
    record: RecordFile,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to serve at; any but this machine's needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port, 0 for any free one.")] = 8765,
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who reviews; kept with each word.")] = "",
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name under which browsers may reach it.")
    ] = None,
    token: Annotated[
        str, typer.Option(metavar="TOKEN", envvar="DRAGOMAN_TOKEN", help="The token to ask for, instead of a made one.")
    ] = "",
) -> None:
    """Open the workbench: the record in a browser, to read, search and review. Needs the extra `web`."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        output.tell(_MISSING)
        raise typer.Exit(USAGE)
    server: Any = importlib.import_module("dragoman.web.server")
    names = tuple(name.lower() for name in allow_host or ())
    server.serve(record, host=host, port=port, by=by or login(), names=names, token=token, told=output.tell)
