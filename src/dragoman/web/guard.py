"""Who may speak to the workbench: checked before any page or answer is made, and the headers that every answer has.

- **Host**: a browser that was led here under another name (DNS rebinding) is refused.
- **Token**: needed wherever the workbench is bound to another address than this machine's own.
- **Writes**: only from our own pages (Origin, Sec-Fetch-Site) or from programs that send JSON, which no foreign page
  can do without asking first (fetch.spec.whatwg.org, CORS-safelisted requests).
- **Content-Security-Policy**: nothing but our own files is loaded, nothing inline is run.
"""

import http.cookies
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "dragoman_token"
# The largest body of a write: a word of a person is some hundred bytes.
MOST_BYTES = 64_000

_SAFE = ("GET", "HEAD")
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """``hosts`` are the names this workbench is known by; ``addresses`` whether any bare IP address will do;
    ``token`` "" where none is needed.
    """

    hosts: frozenset[str] = frozenset(LOOPBACK)
    addresses: bool = False
    token: str = ""


def rules(host: str, names: Iterable[str] = (), token: str = "") -> Rules:
    """The rules for a workbench bound to an address; away from this machine a token is made where none is given."""
    if host in LOOPBACK:
        return Rules(frozenset((*LOOPBACK, *names)), token=token)
    # A page that rebinds a name of its own cannot rebind a bare address
    return Rules(frozenset((*LOOPBACK, host, *names)), addresses=True, token=token or secrets.token_urlsafe(24))


class Guard:
    """ASGI middleware that refuses what the rules do not allow."""

    def __init__(self, app: ASGIApp, given: Rules) -> None:
        self.app, self.rules = app, given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal, or hand on to the application with our headers put on what it answers."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._known(headers.get("host", "")):
            return refused(421, "this workbench is not known by that name; --allow-host NAME lets it be")
        if self.rules.token:
            answer = self._token(scope, headers)
            if answer:
                return answer
        return None if scope["method"] in _SAFE else _unsafe(headers)

    def _known(self, host: str) -> bool:
        name = _split(f"//{host}").hostname if host.isascii() and not set(host) & set("/?#@\\ ") else None
        if name is None:
            return False
        return name in self.rules.hosts or (self.rules.addresses and _is_address(name))

    def _token(self, scope: Scope, headers: Headers) -> Response | None:
        """A refusal without the token; where a URL brings it, a cookie for the pages and the URL without it."""
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(given.strip()):
            return None
        jar = http.cookies.SimpleCookie()
        try:
            jar.load(headers.get("cookie", ""))
        except http.cookies.CookieError:
            jar.clear()
        if COOKIE in jar and self._is_token(jar[COOKIE].value):
            return None
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and any(name == "token" and self._is_token(value) for name, value in asked):
            rest = urlencode([(name, value) for name, value in asked if name != "token"])
            path = "/" + scope["path"].lstrip("/\\")  # "//elsewhere" would lead away
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self.rules.token, httponly=True, samesite="strict", path="/")
            return answer
        return refused(401, "a token is needed: open the address that `dragoman serve` printed")

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.rules.token.encode())


def _unsafe(headers: Headers) -> Response | None:
    """A refusal for a write that another site may have caused, or that is too large."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return refused(403, "a write from another site is refused")
    if origin is not None and _split(origin).netloc.lower() != headers.get("host", "").lower():
        return refused(403, "a write from another site is refused")
    as_json = headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    if origin is None and site is None and not as_json:
        return refused(403, "a program writes with the content type application/json")
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        return refused(411, "a write needs its length")
    if len(length) > 9 or int(length) > MOST_BYTES:
        return refused(413, f"a write may have {MOST_BYTES} bytes")
    return None


def refused(status: int, why: str) -> JSONResponse:
    """An error in the one shape that all have."""
    return JSONResponse({"ok": False, "error": why, "status": status}, status)


def _split(url: str) -> SplitResult:
    """The parts of a URL, of one that is none empty parts."""
    try:
        return urlsplit(url)
    except ValueError:  # brackets around what is no IPv6 address
        return urlsplit("")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
