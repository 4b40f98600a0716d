"""Asks an ASGI application in this process, as a browser or a program would; no sockets, no library.

For tests and measurements of the workbench.
"""

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

HOST = "127.0.0.1:8765"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``raw`` as sent."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    raw: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.raw) if packed else self.raw).decode()

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


def ask(
    app: ASGIApp, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Answer:
    """One request and its answer."""
    where, _, query = path.partition("?")
    given = {"host": HOST, **({"content-length": str(len(body))} if method == "POST" else {}), **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(where),
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items() if value],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8765),
    }
    sent: list[Message] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        return await asyncio.Future()  # whoever asks stays connected

    async def send(message: Message) -> None:
        sent.append(message)

    async def asked() -> None:
        await app(scope, receive, send)

    asyncio.run(asked())
    start = next(message for message in sent if message["type"] == "http.response.start")
    pairs = [(name.decode().lower(), value.decode()) for name, value in start["headers"]]
    return Answer(
        start["status"],
        dict(pairs),
        tuple(value for name, value in pairs if name == "set-cookie"),
        b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body"),
    )


def post(app: ASGIApp, path: str, value: Any, headers: Mapping[str, str] | None = None) -> Answer:
    """JSON sent as a program sends it."""
    kind = {"content-type": "application/json"}
    return ask(app, path, method="POST", headers={**kind, **(headers or {})}, body=json.dumps(value).encode())
