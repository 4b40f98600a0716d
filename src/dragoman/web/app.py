"""The application: pages and API over one record, behind the guard.

``GET /`` is the list of events. Made by :func:`make`; served by :mod:`dragoman.web.server`.
"""

import hashlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from dragoman import __version__
from dragoman.store import StoreError
from dragoman.web import (
    api,
    assets,
    blind,
    guard,
    pages_course,
    pages_differences,
    pages_documents,
    pages_events,
    pages_export,
    pages_own,
    pages_people,
    pages_review,
    pages_samples,
    pages_second,
    render,
)
from dragoman.web.asked import AskedError
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk, NotHereError

_LOG = logging.getLogger("dragoman.web")
_ERRORS: dict[type[Exception], int] = {AskedError: 400, DecisionError: 400, NotHereError: 404, StoreError: 409}
_PAGES = (
    pages_export, pages_events, pages_documents, pages_people, pages_course, pages_review, pages_own, pages_second,
    pages_differences, pages_samples, assets,
)  # fmt: skip


def make(desk: Desk, rules: guard.Rules | None = None) -> FastAPI:
    """The application on an open record; it is closed when the application ends."""

    @asynccontextmanager
    async def until_done(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="Dragoman",
        version=__version__,
        description="The record of a diplomatic process: events with accounts side by side, claims, positions.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # FastAPI's own pages load from another site; ours is /api
        redoc_url=None,
        lifespan=until_done,
    )
    app.state.desk = desk
    app.state.assets = _assets()
    app.include_router(api.router)
    for module in _PAGES:
        app.include_router(module.router, include_in_schema=False)
    for kind in _ERRORS:
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _defect)
    app.add_middleware(blind.Screen)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(guard.Guard, given=rules or guard.Rules())
    return app


def _assets() -> str:
    """A short name of the static files' content, so that a browser never shows an old page's style."""
    folder = resources.files("dragoman.web") / "static"
    content = b"".join(one.read_bytes() for one in sorted(folder.iterdir(), key=lambda one: one.name))
    return hashlib.sha256(content).hexdigest()[:12]


async def _told(request: Request, problem: Exception) -> Response:
    status = next(status for kind, status in _ERRORS.items() if isinstance(problem, kind))
    return render.refused(request, status, str(problem))


async def _invalid(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in problem.errors()[:5])
    return render.refused(request, 422, said)


async def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    return render.refused(request, problem.status_code, str(problem.detail))


async def _defect(request: Request, problem: Exception) -> Response:
    """A defect: the log has it under a number, the person sees the number only."""
    number = secrets.token_hex(4)
    _LOG.error("defect %s at %s", number, request.url.path, exc_info=problem)
    return render.refused(request, 500, f"a defect of this program; its log has it as {number}")
